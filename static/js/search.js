// The search in the head: "/" leads to it, the arrows through what it found, Escape back to where one was.

const form = document.querySelector("[data-search]");
const field = form?.querySelector("input");
const hits = form?.querySelector("[role=listbox]");
let before = null;

const options = () => [...hits.querySelectorAll("[role=option]")];
const chosen = () => hits.querySelector("[aria-selected=true]");

function choose(option) {
  chosen()?.setAttribute("aria-selected", "false");
  option?.setAttribute("aria-selected", "true");
  option?.scrollIntoView({ block: "nearest" });
  if (option) field.setAttribute("aria-activedescendant", option.id);
  else field.removeAttribute("aria-activedescendant");
}

function show(open) {
  hits.hidden = !open;
  field.setAttribute("aria-expanded", String(open));
  if (!open) choose(null);
}

function step(by) {
  const all = options();
  if (!all.length) return;
  show(true);
  const at = all.indexOf(chosen());
  const next = at < 0 ? (by > 0 ? 0 : all.length - 1) : (at + by + all.length) % all.length;
  choose(all[next]);
}

function isWriting(target) {
  return target.isContentEditable || target.matches("input, textarea, select");
}

function leave() {
  field.blur();
  before?.focus();
}

if (form) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
    event.preventDefault();
    before = document.activeElement;
    field.focus();
    field.select();
  });

  field.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") step(1);
    else if (event.key === "ArrowUp") step(-1);
    else if (event.key === "Enter" && chosen()) chosen().click();
    else if (event.key === "Escape" && !hits.hidden) show(false);
    else if (event.key === "Escape") leave();
    else return;
    event.preventDefault();
  });

  hits.addEventListener("htmx:afterSwap", () => {
    choose(null);
    show(field.value.trim() !== "" && form.contains(document.activeElement));
  });

  form.addEventListener("focusout", (event) => {
    if (!form.contains(event.relatedTarget)) show(false);
  });
  field.addEventListener("focus", () => show(hits.childElementCount > 0 && field.value.trim() !== ""));
}
