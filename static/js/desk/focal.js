// Sets a picture's focal point by click or arrow keys and shows what each crop keeps. Without script: two number fields.
const frame = document.querySelector("[data-focal]");
const across = document.querySelector("#id_focal_x");
const down = document.querySelector("#id_focal_y");

function crop(image, ratio) {
  const copy = document.createElement("img");
  copy.src = image.src;
  copy.alt = "";
  copy.style.aspectRatio = ratio;
  return copy;
}

if (frame && across && down) {
  const image = frame.querySelector("img");
  const point = document.createElement("button");
  point.type = "button";
  point.setAttribute("aria-label", "Blickpunkt: mit den Pfeiltasten verschieben");
  frame.append(point);
  const crops = document.createElement("div");
  crops.className = "crops";
  crops.append(...["16 / 9", "4 / 3", "1 / 1"].map((ratio) => crop(image, ratio)));
  frame.after(crops);

  const show = () => {
    const place = `${across.value}% ${down.value}%`;
    point.style.left = `${across.value}%`;
    point.style.top = `${down.value}%`;
    for (const copy of crops.children) copy.style.objectPosition = place;
  };
  const set = (x, y) => {
    across.value = Math.min(100, Math.max(0, Math.round(x)));
    down.value = Math.min(100, Math.max(0, Math.round(y)));
    show();
  };
  image.addEventListener("click", (event) => {
    const box = image.getBoundingClientRect();
    set(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
  });
  point.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key];
    if (!step) return;
    event.preventDefault();
    set(Number(across.value) + step[0], Number(down.value) + step[1]);
  });
  across.addEventListener("input", show);
  down.addEventListener("input", show);
  show();
}
