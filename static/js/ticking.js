// Counts the ticked actions and ticks a whole page without loading it again. The list works without this file.

const form = document.getElementById("ticked");
const ticks = () => [...document.querySelectorAll("input.wm-tick")];
const all = form.querySelector("[data-tick]");
const count = form.querySelector("[data-ticked]");

const show = () => {
  const ticked = ticks().filter((tick) => tick.checked).length;
  count.textContent = ticked ? `${ticked} ticked` : "";
  const full = ticked > 0 && ticked === ticks().length;
  all.textContent = full ? "Untick all" : "Tick all on this page";
};
all.addEventListener("click", (event) => {
  event.preventDefault();
  const full = ticks().every((tick) => tick.checked);
  for (const tick of ticks()) {
    tick.checked = !full;
  }
  show();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("input.wm-tick")) {
    show();
  }
});
document.addEventListener("htmx:afterSwap", show);
show();
