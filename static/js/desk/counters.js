// Counts the signs of a field and says from where on its line breaks in teasers. Without script nothing is missing but the number.
for (const field of document.querySelectorAll("[data-count]")) {
  const label = document.querySelector(`label[for="${field.id}"]`);
  if (!label) continue;
  const count = document.createElement("span");
  count.className = "count";
  label.append(count);
  const best = Number(field.dataset.count);
  const show = () => {
    const signs = [...field.value].length;
    count.textContent = `${signs}/${best}`;
    count.classList.toggle("over", signs > best);
  };
  field.addEventListener("input", show);
  show();
}
