// Words that this device kept and that have no place any more, because their field is gone or the scorecard was
// finished elsewhere. They stay in sight until their writer lets them go.

import { button, element } from "./elements.js";
import { clear, keysOfForm, keysOfScorecard, leftKey, read, WORDS } from "./storage.js";

function clearAll(keys) {
  for (const key of keys) clear(key);
}

function show(place, keys, texts) {
  const discard = button("Discard this text", () => {
    clearAll(keys);
    box.replaceWith(element("p", { class: "eh-meta", role: "status" }, "Discarded."));
  });
  const box = element(
    "section",
    { class: "eh-conflict" },
    element("h2", {}, "Kept on this device, not saved"),
    element("p", {}, place.dataset.leftoversWhy),
    ...texts.map((text) => element("p", { class: "eh-prewrap eh-conflict-side" }, text)),
    discard,
  );
  place.append(box);
}

/** The texts under these keys that the page does not show anyway. */
function textsOf(keys) {
  const shown = document.querySelector("main").textContent;
  const fields = keys.flatMap((key) => Object.entries(read(key)?.fields ?? {}));
  const words = fields.filter(([name]) => WORDS.test(name)).map(([, text]) => text);
  return [...new Set(words)].filter((text) => text.trim() && !shown.includes(text));
}

function keysOfPlace({ user, scorecard, leftovers }) {
  return leftovers === "fields" ? [leftKey(user, scorecard)] : keysOfScorecard(user, scorecard);
}

// A candidate who was erased: what this device kept about them goes unseen.
for (const { dataset } of document.querySelectorAll("[data-erased-forms]")) {
  const { user, erasedScorecard, erasedForms } = dataset;
  if (erasedScorecard) clearAll(keysOfScorecard(user, erasedScorecard));
  for (const name of erasedForms.split(/\s+/)) clearAll(keysOfForm(user, name));
}

// Words without a field (data-leftovers="fields"), or all that is kept of a finished scorecard ("scorecard").
for (const place of document.querySelectorAll("[data-leftovers]")) {
  const keys = keysOfPlace(place.dataset);
  const texts = textsOf(keys);
  if (texts.length) show(place, keys, texts);
  else clearAll(keys);
}
