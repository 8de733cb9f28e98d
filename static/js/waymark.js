// Wakes GOV.UK Frontend's components and gives htmx the page's token. Every page works without this file.

const wide = window.matchMedia("(min-width: 73.75em)");

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

// Where a part of the page could not be fetched or saved, say so beside it and leave what was typed.
const say = (place, words) => {
  place.querySelector(".wm-unsaved")?.remove();
  const message = document.createElement("p");
  message.className = "govuk-error-message wm-unsaved";
  message.setAttribute("role", "alert");
  message.textContent = words;
  place.append(message);
};
const beside = (element) => (element.matches("form") ? element : element.parentElement);
document.addEventListener("htmx:sendError", (event) => {
  say(beside(event.detail.elt), "The server could not be reached. What you typed is still here; try again in a moment.");
});
document.addEventListener("htmx:responseError", (event) => {
  const words = `That did not work (${event.detail.xhr.status}). What you typed is still here; copy it, then reload the page.`;
  say(beside(event.detail.elt), words);
});
document.addEventListener("htmx:beforeSwap", (event) => {
  if (new URL(event.detail.xhr.responseURL).pathname.startsWith("/account/")) {
    event.detail.shouldSwap = false;
    say(beside(event.detail.elt), "You have been signed out. Copy what you typed, then reload the page to sign in again.");
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
