// Small conveniences of every page; each page works without them.

import { forget, keysOfUser } from "../scorecards/storage.js";

// The interview kit stands open beside the form on wide screens and starts folded on phones.
const wide = window.matchMedia("(min-width: 1000px)");
for (const fold of document.querySelectorAll(".eh-kit > details")) {
  const fit = () => (fold.open = wide.matches);
  fit();
  wide.addEventListener("change", fit);
}

// A file may be dropped anywhere on the area of its field.
for (const area of document.querySelectorAll(".eh-upload")) {
  const input = area.querySelector("input[type=file]");
  if (!input) continue;
  for (const kind of ["dragenter", "dragover"]) {
    area.addEventListener(kind, (event) => {
      event.preventDefault();
      area.classList.add("eh-upload-over");
    });
  }
  for (const kind of ["dragleave", "drop"]) area.addEventListener(kind, () => area.classList.remove("eh-upload-over"));
  area.addEventListener("drop", (event) => {
    event.preventDefault();
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    input.dispatchEvent(new Event("change", { bubbles: true }));
    input.focus();
  });
}

// A new password is typed once: it can be looked at, and is hidden again before it is sent.
for (const field of document.querySelectorAll("input[data-show-password]")) {
  const button = document.createElement("button");
  const show = (shown) => {
    field.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", shown);
  };
  button.type = "button";
  button.className = "btn btn-secondary eh-show-password";
  button.textContent = "Show password";
  button.setAttribute("aria-controls", field.id);
  button.addEventListener("click", () => show(field.type === "password"));
  field.form.addEventListener("submit", () => show(false));
  show(false);
  field.after(button);
}

// On a phone the tab that is shown may lie beyond the edge.
for (const tab of document.querySelectorAll(".eh-tabs [aria-current]")) {
  const tabs = tab.closest(".eh-tabs");
  tabs.scrollLeft = tab.offsetLeft + tab.offsetWidth / 2 - tabs.offsetLeft - tabs.clientWidth / 2;
}

// After a refused form the reader starts at what is wrong.
document.querySelector(".alert-danger[tabindex='-1']")?.focus();

// A piece of a page that answers with another page (signed out meanwhile) is not put into this one.
document.body.addEventListener("htmx:beforeSwap", (event) => {
  const asked = new URL(event.detail.requestConfig.path, location.href).pathname;
  if (new URL(event.detail.xhr.responseURL || location.href).pathname !== asked) event.detail.shouldSwap = false;
});

// Signing out takes the drafts kept on this device along; words that never reached the server are asked about.
const signOut = document.querySelector("form[data-sign-out]");
signOut?.addEventListener("submit", (event) => {
  const kept = keysOfUser(signOut.dataset.signOut);
  const lost = "Some of what you wrote is not saved yet and exists only on this device. Sign out and lose it?";
  if (kept.length && !window.confirm(lost)) return event.preventDefault();
  forget(kept);
});
