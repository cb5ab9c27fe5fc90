// Everything works without this file: it only adds focus moves and the folded navigation of GOV.UK Frontend,
// and keeps no draft of what is being saved.
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
