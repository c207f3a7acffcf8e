// A form's fields by name, each as plain text: "" for a group with nothing chosen or a box not ticked.

import { element } from "./elements.js";

const UNSAVED = new Set(["csrfmiddlewaretoken", "edit", "save", "submit", "do"]);
const NO_FIELDS = ["button", "submit", "hidden"];
const TICKED = ["radio", "checkbox"];

export class Fields {
  constructor(form) {
    this.form = form;
  }

  names() {
    const named = [...this.form.elements].filter((e) => e.name && !UNSAVED.has(e.name));
    return new Set(named.filter((e) => !NO_FIELDS.includes(e.type)).map((e) => e.name));
  }

  controls(name) {
    return [...this.form.elements].filter((e) => e.name === name && e.type !== "hidden");
  }

  get(name) {
    const controls = this.controls(name);
    if (TICKED.includes(controls[0]?.type)) {
      return controls.find((e) => e.checked)?.value ?? "";
    }
    return (controls[0]?.value ?? "").replaceAll("\r\n", "\n");
  }

  set(name, value) {
    for (const control of this.controls(name)) {
      if (TICKED.includes(control.type)) control.checked = control.value === value;
      else control.value = value;
    }
  }

  all() {
    return Object.fromEntries([...this.names()].map((name) => [name, this.get(name)]));
  }

  focus(name) {
    this.controls(name)[0]?.focus();
  }

  /** What a page calls the field: "Depth: Evidence". */
  label(name) {
    const control = this.controls(name)[0];
    const legend = control?.closest("fieldset")?.querySelector("legend");
    const own = control?.type === "radio" ? null : control?.labels?.[0];
    const parts = [legend, own].map((part) => part?.firstChild?.textContent.trim());
    return parts.filter(Boolean).join(": ") || name;
  }

  /** A value as the page words it: the label of the choice, or the text itself. */
  words(name, value) {
    const control = this.controls(name).find((e) => e.type === "radio" && e.value === value);
    const chosen = control?.labels?.[0];
    const head = chosen?.querySelector(".eh-level-head") ?? chosen;
    return head?.innerText.trim().replace(/\s+/g, " ") || value;
  }

  /** Say beside a field why the server does not take it. */
  mark(name, words) {
    const control = this.controls(name)[0];
    const id = `refused_${name}`;
    document.getElementById(id)?.remove();
    const place = control.closest(".eh-levels") ?? control;
    place.after(element("p", { id, class: "eh-field-error" }, words));
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", id);
  }

  unmark(name) {
    document.getElementById(`refused_${name}`)?.remove();
    const control = this.controls(name)[0];
    control.removeAttribute("aria-invalid");
    control.removeAttribute("aria-describedby");
  }
}
