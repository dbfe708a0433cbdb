// Completes the last name of a comma-separated line from the admin's own search. Without script the line is typed in full.
const SEPARATOR = /[,;]/;

function lastName(value) {
  return value.split(SEPARATOR).pop().trim();
}

async function search(field, term) {
  const query = new URLSearchParams({ app_label: "articles", model_name: field.dataset.namesModel, field_name: field.dataset.namesField, term });
  const answer = await fetch(`/admin/autocomplete/?${query}`, { headers: { Accept: "application/json" } });
  return answer.ok ? (await answer.json()).results.slice(0, 8).map((row) => row.text) : [];
}

function complete(field) {
  const box = document.createElement("div");
  const list = document.createElement("ul");
  box.className = "names-box";
  list.className = "names-list";
  list.id = `${field.id}_names`;
  list.setAttribute("role", "listbox");
  list.hidden = true;
  field.before(box);
  box.append(field, list);
  for (const [name, value] of [["role", "combobox"], ["aria-expanded", "false"], ["aria-controls", list.id], ["aria-autocomplete", "list"]]) field.setAttribute(name, value);

  let chosen = -1;
  let asked = 0;
  const close = () => { list.hidden = true; chosen = -1; field.setAttribute("aria-expanded", "false"); field.removeAttribute("aria-activedescendant"); };
  const choose = (index) => {
    chosen = index;
    [...list.children].forEach((row, place) => row.setAttribute("aria-selected", String(place === index)));
    if (list.children[index]) field.setAttribute("aria-activedescendant", list.children[index].id);
  };
  const take = (name) => {
    const before = field.value.split(SEPARATOR).slice(0, -1).map((part) => part.trim()).filter(Boolean);
    field.value = `${[...before, name].join(", ")}, `;
    close();
    field.focus();
  };
  const show = (names) => {
    list.replaceChildren(...names.map((name, place) => {
      const row = document.createElement("li");
      row.id = `${list.id}_${place}`;
      row.setAttribute("role", "option");
      row.textContent = name;
      row.addEventListener("mousedown", (event) => { event.preventDefault(); take(name); });
      return row;
    }));
    list.hidden = names.length === 0;
    field.setAttribute("aria-expanded", String(names.length > 0));
    choose(-1);
  };
  field.addEventListener("input", async () => {
    const term = lastName(field.value);
    const turn = ++asked;
    if (term.length < 2) return close();
    const names = await search(field, term);
    if (turn === asked) show(names);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    const last = list.children.length - 1;
    if (event.key === "ArrowDown") choose(chosen >= last ? 0 : chosen + 1);
    else if (event.key === "ArrowUp") choose(chosen <= 0 ? last : chosen - 1);
    else if (event.key === "Escape") close();
    else if (event.key === "Enter" && chosen >= 0) take(list.children[chosen].textContent);
    else return;
    event.preventDefault();
  });
  field.addEventListener("blur", () => { asked += 1; close(); }); // an answer still under way comes too late
}

document.querySelectorAll("[data-names-model]").forEach(complete);

// Suggestions beside the form: pressed, they stand in the line and go from the list.
document.querySelectorAll("[data-add-tag]").forEach((button) => {
  button.addEventListener("click", () => {
    const field = document.querySelector("[data-names-model=tag]");
    if (!field) return;
    const names = field.value.split(SEPARATOR).map((part) => part.trim()).filter(Boolean);
    field.value = [...names, button.dataset.addTag].join(", ");
    field.dispatchEvent(new Event("change", { bubbles: true }));
    button.closest("li").remove();
  });
});
