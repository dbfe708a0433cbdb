// Django's completing choice has no name of its own: it gets that of its field's label.
window.addEventListener("load", () => {
  for (const box of document.querySelectorAll(".select2-selection")) {
    const field = box.closest(".select2-container")?.previousElementSibling;
    const label = field && document.querySelector(`label[for="${field.id}"]`);
    if (label) box.setAttribute("aria-label", label.textContent.trim());
  }
});
