// Keeps what is typed into a longer form on this device until the server says that it has it: through an expired
// session, a lost network, a reload. A form says `data-keep="name"` and whose it is with `data-user`.

import { clear, formKey, read, write } from "./storage.js";

function controls(form) {
  return [...form.elements].filter((e) => e.name && !["hidden", "submit", "button"].includes(e.type));
}

function values(form) {
  const texts = {};
  for (const e of controls(form)) {
    if (!["radio", "checkbox"].includes(e.type)) texts[e.name] = e.value;
    else if (e.checked) texts[e.name] = [...(texts[e.name] ?? []), e.value];
  }
  return texts;
}

function fill(form, kept) {
  for (const e of controls(form)) {
    if (["radio", "checkbox"].includes(e.type)) e.checked = (kept[e.name] ?? []).includes(e.value);
    else if (e.name in kept) e.value = kept[e.name];
  }
}

function watch(form) {
  const key = formKey(form.dataset.user, form.dataset.keep);
  const first = JSON.stringify(values(form));
  const kept = read(key);
  const note = document.createElement("p");
  note.className = "eh-meta";
  note.setAttribute("role", "status");
  form.append(note);
  if (kept && JSON.stringify(kept) !== first && !form.querySelector("[aria-invalid='true']")) {
    fill(form, kept);
    form.closest("details")?.setAttribute("open", "");
    note.textContent = "We restored what you wrote here but had not sent.";
  }
  form.addEventListener("input", () => write(key, values(form)));
}

// First what the server says that it has, then what is still to be brought back.
for (const said of document.querySelectorAll("[data-kept]")) {
  for (const name of said.dataset.kept.split(" ")) clear(formKey(said.dataset.user, name));
}
for (const form of document.querySelectorAll("form[data-keep]")) watch(form);
