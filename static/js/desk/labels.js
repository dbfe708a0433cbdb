// Django's completing choice has no name of its own: it gets that of its field's label, whenever it is drawn.
function name(box) {
  const field = box.closest(".select2-container")?.previousElementSibling;
  const label = field && document.querySelector(`label[for="${field.id}"]`);
  if (!label) return;
  const words = label.textContent.trim();
  box.setAttribute("aria-label", words);
  box.querySelector("[role=textbox]")?.setAttribute("aria-label", words);
}

function nameAll() {
  document.querySelectorAll(".select2-selection:not([aria-label])").forEach(name);
}

nameAll();
new MutationObserver(nameAll).observe(document.body, { childList: true, subtree: true });
