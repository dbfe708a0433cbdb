// Beside a choice of a picture stands the picture itself. Without script its name must do.
function watch(select) {
  const image = document.createElement("img");
  image.className = "chosen";
  image.alt = "";
  const show = () => {
    if (!/^\d+$/.test(select.value)) return image.remove();
    image.src = `/admin/articles/picture/${select.value}/klein/`;
    (select.closest(".related-widget-wrapper") ?? select.parentElement).append(image);
  };
  image.addEventListener("error", () => image.remove());
  // Django's completing choice tells its own library of a change, not the browser.
  window.django?.jQuery(select).on("change", show);
  select.addEventListener("change", show);
  show();
}

document.querySelectorAll("select[data-field-name=picture]").forEach(watch);
