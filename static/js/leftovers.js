// Words that this device kept and that have no place any more, because their field is gone or the scorecard was
// finished elsewhere. They stay in sight until their writer lets them go.

const MEANT = /^(evidence|note)_|^summary$/;

function read(key) {
  try {
    return JSON.parse(localStorage.getItem(key))?.fields ?? {};
  } catch {
    return {};
  }
}

function made(tag, attributes, ...children) {
  const element = Object.assign(document.createElement(tag), attributes);
  element.append(...children);
  return element;
}

function show(place, keys, texts) {
  const button = made("button", { type: "button", className: "btn btn-secondary" }, "Discard these words");
  const box = made(
    "section",
    { className: "eh-conflict" },
    made("h2", {}, "Kept on this device, not stored"),
    made("p", {}, place.dataset.leftoversWhy),
    ...texts.map((text) => made("p", { className: "eh-prewrap eh-conflict-side" }, text)),
    button,
  );
  button.addEventListener("click", () => {
    for (const key of keys) localStorage.removeItem(key);
    box.replaceWith(made("p", { className: "eh-meta", role: "status" }, "Discarded."));
  });
  place.append(box);
}

function keysOf(prefix) {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
  } catch {
    return []; // a browser that keeps nothing has nothing left over
  }
}

// A candidate who was erased: what this device kept about them goes unseen. A name that ends with a colon stands for all
// that begin with it; another for itself and its parts.
for (const said of document.querySelectorAll("[data-erased]")) {
  for (const name of said.dataset.erased.split(" ")) {
    const whole = keysOf(name).filter((key) => name.endsWith(":") || key === name || key.startsWith(`${name}-`));
    for (const key of whole) localStorage.removeItem(key);
  }
}

for (const place of document.querySelectorAll("[data-leftovers]")) {
  const keys = keysOf(place.dataset.leftovers);
  const shown = document.querySelector("main").textContent;
  const kept = keys.flatMap((key) => Object.entries(read(key))).filter(([name]) => MEANT.test(name));
  const texts = [...new Set(kept.map(([, text]) => text))].filter((text) => text.trim() && !shown.includes(text));
  if (texts.length) show(place, keys, texts);
  else for (const key of keys) localStorage.removeItem(key);
}
