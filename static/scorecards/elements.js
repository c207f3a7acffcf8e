// Pieces of a page; text given to them stays text.

export function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

export function link(words, href) {
  return element("a", { href }, words);
}

/** A quiet button that does something in the page. */
export function button(words, act) {
  const made = element("button", { type: "button", class: "btn btn-secondary" }, words);
  made.addEventListener("click", act);
  return made;
}
