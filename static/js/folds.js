// Opens what an address points at where it is folded away, and everything before a page is printed.
// On a narrow screen it folds long tables that stand open elsewhere.
// Every page works without this file: a fold opens by itself, and style sheets unfold what is printed.

const folds = "details.wm-fold, details.wm-trend__details";

if (!window.matchMedia("(min-width: 40.0625em)").matches) {
  document.querySelectorAll("details.wm-fold--narrow").forEach((fold) => (fold.open = false));
}

const reveal = () => {
  const found = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
  const fold = found && found.closest("details.wm-fold");
  if (fold && !fold.open) {
    fold.open = true;
    found.scrollIntoView();
  }
};
window.addEventListener("hashchange", reveal);
// A link to where one already is changes no address.
document.addEventListener("click", (event) => {
  if (event.target.closest('a[href^="#"]')) {
    setTimeout(reveal);
  }
});
reveal();

let opened = [];
window.addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll(folds)].filter((fold) => !fold.open);
  opened.forEach((fold) => (fold.open = true));
});
window.addEventListener("afterprint", () => opened.forEach((fold) => (fold.open = false)));
