// Two texts of one field, put to the writer side by side. None is ever replaced without the writer's choice.

import { button, element } from "./elements.js";

/** Put the question into the page, in place of an older one about the field. `other` is `{ text, stored }`: `stored` is
    false for a text that this device kept unsent. `choose` is called with the text that the writer settles on. */
export function askWriter(fields, name, mine, other, choose) {
  // Read late: the writer may go on typing while the question stands.
  const box = conflictBox(fields, name, () => fields.get(name) || mine, other, choose);
  const open = document.querySelector(`[data-conflict="${name}"]`);
  if (open) return open.replaceWith(box);
  const control = fields.controls(name)[0];
  (control.closest("fieldset") ?? control.parentElement).append(box);
}

function conflictBox(fields, name, mine, { text: theirs, stored }, choose) {
  const label = fields.label(name);
  const why = stored ? "Another tab or device has changed this" : "This device has two versions";
  const theirTitle = stored ? "Saved elsewhere" : "Kept earlier, not saved";
  const box = element("div", {
    class: "eh-conflict",
    "data-conflict": name,
    role: "group",
    "aria-label": `Two versions of ${label}`,
  });
  const choice = (words, text) =>
    button(words, () => {
      box.remove();
      choose(text());
    });
  const choices = [
    choice("Keep mine", mine),
    choice(stored ? "Keep theirs" : "Keep the earlier one", () => theirs),
  ];
  if (isText(fields, name)) choices.push(choice("Keep both", () => joined(mine(), theirs)));
  box.append(
    element("p", {}, `${why}: ${label}`),
    element(
      "div",
      { class: "eh-conflict-sides" },
      side("Yours", fields.words(name, mine())),
      side(theirTitle, fields.words(name, theirs)),
    ),
    element("div", { class: "eh-actions" }, ...choices),
  );
  return box;
}

function isText(fields, name) {
  return ["textarea", "text"].includes(fields.controls(name)[0]?.type);
}

function joined(...texts) {
  return texts.filter(Boolean).join("\n\n");
}

function side(title, text) {
  return element(
    "div",
    { class: "eh-conflict-side" },
    element("p", { class: "eh-conflict-title" }, title),
    element("p", { class: "eh-prewrap" }, text || "(empty)"),
  );
}
