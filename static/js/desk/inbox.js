// The inbox by keys: j and k walk through it, Enter opens what is shown, p publishes it after a question.
// Every link works without this; here the preview comes without a new page.
const list = document.querySelector("#inbox-list");
const preview = document.querySelector("#inbox-preview");
let wanted = 0;

function links() {
  return [...list.querySelectorAll("a[data-item]")].filter((link) => link.checkVisibility());
}

async function show(link) {
  const turn = ++wanted;
  list.querySelectorAll("[aria-current]").forEach((other) => other.removeAttribute("aria-current"));
  list.querySelectorAll(".is-shown").forEach((other) => other.classList.remove("is-shown"));
  link.setAttribute("aria-current", "true");
  link.closest(".item").classList.add("is-shown");
  link.focus();
  const answer = await fetch(link.href, { credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  const fresh = page.querySelector("#inbox-preview");
  if (turn !== wanted) return;
  if (!answer.ok || answer.redirected || !fresh || !page.querySelector(`a[aria-current][href="${CSS.escape(link.getAttribute("href"))}"]`)) {
    location.assign(link.href); // logged out, or somebody else has dealt with it
    return;
  }
  preview.replaceChildren(...fresh.childNodes);
  history.replaceState(null, "", link.href);
}

function step(by) {
  const all = links();
  const here = all.findIndex((link) => link.hasAttribute("aria-current"));
  const next = all[here < 0 ? 0 : here + by];
  if (next) show(next);
}

const acts = {
  j: () => step(1),
  k: () => step(-1),
  Enter: () => preview.querySelector("a[data-open]")?.click(),
  p: () => preview.querySelector("button[data-publish]")?.click(),
};

function means(key, target) {
  const elsewhere = "input, textarea, select, [contenteditable]"; // there a letter is a letter
  return !target.closest(key === "Enter" ? `${elsewhere}, button, summary` : elsewhere);
}

if (list && preview) {
  list.addEventListener("click", (event) => {
    const link = event.target.closest("a[data-item]");
    if (!link || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    event.preventDefault();
    show(link);
  });
  preview.addEventListener("click", (event) => {
    const button = event.target.closest("button[data-publish]");
    if (button && !confirm(button.dataset.publish)) event.preventDefault();
  });
  document.addEventListener("keydown", (event) => {
    const act = acts[event.key];
    if (!act || event.ctrlKey || event.metaKey || event.altKey || !means(event.key, event.target)) return;
    event.preventDefault();
    act();
  });
}
