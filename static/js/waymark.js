// Wakes GOV.UK Frontend's components and gives htmx the page's token. Every page works without this file.

const wide = window.matchMedia("(min-width: 48.0625em)");

// Beside its list the filter stays open, so that what a screen reader hears agrees with what is seen.
for (const filter of document.querySelectorAll("details.wm-filter")) {
  filter.open = filter.open || wide.matches;
}

// The token's cookie cannot be read by scripts; every page that may write holds a form with the token in it.
document.addEventListener("htmx:configRequest", (event) => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (token && event.detail.verb !== "get") {
    event.detail.headers["X-CSRFToken"] = token.value;
  }
});

// The address of GOV.UK Frontend carries a fingerprint, so the page names it.
const { initAll } = await import(document.querySelector("script[data-govuk]").dataset.govuk);
document.body.classList.add("js-enabled", "govuk-frontend-supported");
initAll();
document.addEventListener("htmx:load", (event) => {
  if (event.detail.elt !== document.body) {
    initAll({ scope: event.detail.elt });
  }
});
