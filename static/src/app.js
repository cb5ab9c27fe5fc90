// Everything works without this file: it only adds focus moves and the folded navigation of GOV.UK Frontend,
// keeps no draft of what is being saved, and says where none could be kept.
import {
  createAll,
  Button,
  CharacterCount,
  Checkboxes,
  ErrorSummary,
  NotificationBanner,
  Radios,
  ServiceNavigation,
  SkipLink,
} from "./govuk-frontend.min.js";

document.body.classList.add("js-enabled", "govuk-frontend-supported");
for (const part of [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, Radios, ServiceNavigation, SkipLink]) {
  createAll(part);
}

let sent = false;
document.addEventListener("input", () => {
  sent = false;
});
document.addEventListener("submit", (event) => {
  const draft = event.target.querySelector(".app-draft");
  if (!draft) return;
  sent = true;
  window.htmx?.trigger(draft, "htmx:abort");
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (sent && event.target.matches(".app-draft")) event.preventDefault();
});
document.addEventListener("htmx:beforeSwap", ({ target, detail }) => {
  if (!target.matches(".app-draft")) return;
  const answered = detail.xhr.status === 200 && new URL(detail.xhr.responseURL).pathname === location.pathname;
  if (answered) return;
  detail.shouldSwap = true;
  detail.serverResponse = "Not kept as a draft: you may no longer be signed in. Copy what you typed before you go on";
});
document.addEventListener("htmx:sendError", ({ target }) => {
  if (!target.matches(".app-draft")) return;
  target.textContent = "Not kept as a draft: the server cannot be reached. Copy what you typed before you go on";
});
