// Rating by keyboard: 1 to 5 and N set the dimension that has the focus, J and K move between dimensions, ? explains.

const KEYS = [
  ["1 to 5", "Set the level of this dimension"],
  ["N", "Not assessed"],
  ["J", "Next dimension"],
  ["K", "Previous dimension"],
  ["?", "Show or close this list"],
];

const ratings = () => [...document.querySelectorAll("[data-rating]")].filter((rating) => rating.checkVisibility());
const isWriting = (target) => target.matches("textarea, select, input:not([type=radio], [type=checkbox])");

function rate(rating, value) {
  const input = rating.querySelector(`.eh-level-input[value="${value}"]`);
  input.checked = true;
  input.focus();
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function move(from, step) {
  const all = ratings();
  const to = all[from ? all.indexOf(from) + step : 0];
  if (!to) return;
  to.scrollIntoView({ block: "start" });
  (to.querySelector(".eh-level-input:checked") ?? to.querySelector(".eh-level-input")).focus({ preventScroll: true });
}

function help() {
  const dialog = document.createElement("dialog");
  dialog.className = "eh-dialog";
  dialog.setAttribute("aria-labelledby", "eh-keys");
  const title = Object.assign(document.createElement("h2"), { id: "eh-keys", textContent: "Keyboard shortcuts" });
  const list = document.createElement("dl");
  list.className = "eh-keys";
  for (const [key, what] of KEYS) {
    const row = document.createElement("div");
    const term = document.createElement("dt");
    term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    row.append(term, Object.assign(document.createElement("dd"), { textContent: what }));
    list.append(row);
  }
  const close = Object.assign(document.createElement("button"), { type: "button", className: "btn btn-primary", textContent: "Close" });
  close.addEventListener("click", () => dialog.close());
  dialog.append(title, list, close);
  document.body.append(dialog);
  return dialog;
}

let dialog;
function toggleHelp() {
  dialog ??= help();
  if (dialog.open) dialog.close();
  else dialog.showModal();
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || isWriting(event.target)) return;
  if (event.key === "?" && (dialog?.open || document.querySelector("[data-rating]"))) {
    event.preventDefault();
    return toggleHelp();
  }
  const rating = event.target.closest("[data-rating]");
  if (!rating || dialog?.open) return;
  const key = event.key.toLowerCase();
  if (/^[1-5]$/.test(key)) rate(rating, key);
  else if (key === "n") rate(rating, "na");
  else if (key === "j") move(rating, 1);
  else if (key === "k") move(rating, -1);
  else return;
  event.preventDefault();
});

document.addEventListener("click", (event) => {
  if (event.target.closest("[data-show-keys]")) toggleHelp();
});
