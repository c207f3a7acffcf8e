// Beside the autosave of a rubric's draft: live shares, word of another tab's rows, dragging, and where the writer goes
// on after a button. All of it is an extra: the page works without.

const form = document.querySelector(".eh-editor");

/** Once the autosave runs, it has stored every field before a button's form goes out: that need not send them again,
    and so never meets what another tab has stored since. */
form.addEventListener("formdata", ({ formData }) => {
  if (document.querySelector("[data-save-by-hand]")) return;
  for (const name of new Set(formData.keys())) {
    if (!["csrfmiddlewaretoken", "edit", "do"].includes(name)) formData.delete(name);
  }
});

/** The answer to a save says no more of the rows and their shares where nothing can have changed in them. */
document.body.addEventListener("scorecard-saved", ({ detail }) => {
  if (!detail.outline) return;
  for (const place of document.querySelectorAll("[data-share]")) {
    place.textContent = detail.shares[place.dataset.share] ?? place.textContent;
  }
  document.querySelector("[data-weighing]").textContent = detail.weighing;
  document.querySelector("[data-outdated]").hidden = detail.outline === form.dataset.outline;
});

// --- where the writer goes on ----------------------------------------------------------------------------------------
/** The control that the address names; the other one of two where it is at its end. */
function goOn() {
  const control = document.getElementById(location.hash.slice(1));
  if (!control?.matches("button, input, textarea, select")) return;
  const usable = control.disabled ? control.parentElement.querySelector("button:not(:disabled)") : control;
  usable?.closest("details")?.setAttribute("open", "");
  usable?.focus();
}
goOn();

// --- dragging --------------------------------------------------------------------------------------------------------
let dragged = null;

function place(row) {
  const own = [...row.parentElement.querySelectorAll(":scope > [data-row]")];
  return own.indexOf(row);
}

/** Post the row's new place as a button would. */
function drop(row) {
  const button = document.createElement("button");
  button.type = "submit";
  button.name = "do";
  button.value = `place ${row.dataset.row} ${place(row)}`;
  button.hidden = true;
  form.append(button);
  form.requestSubmit(button);
}

/** The dragged row stands before or after the one that the pointer is over, by the half of it. */
function over(event) {
  const target = event.target.closest("[data-row]");
  if (!dragged || !target || target === dragged || target.parentElement !== dragged.parentElement) return;
  event.preventDefault();
  const { top, height } = target.getBoundingClientRect();
  if (event.clientY < top + height / 2) target.before(dragged);
  else target.after(dragged);
}

for (const grip of document.querySelectorAll("[data-grip]")) {
  const row = grip.closest("[data-row]");
  grip.hidden = row.parentElement.querySelectorAll(":scope > [data-row]").length < 2;
  grip.draggable = true;
  grip.addEventListener("dragstart", (event) => {
    dragged = row;
    dragged.start = place(row);
    event.dataTransfer.setDragImage(row, 0, 0);
    event.dataTransfer.effectAllowed = "move";
    row.classList.add("eh-dragged");
  });
  grip.addEventListener("dragend", () => {
    row.classList.remove("eh-dragged");
    if (place(row) !== row.start) drop(row);
    dragged = null;
  });
}
form.addEventListener("dragover", over);
form.addEventListener("drop", (event) => dragged && event.preventDefault());
