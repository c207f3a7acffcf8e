// Beside the boxes of a panel: who has how much to do in the week in question, who is elsewhere then, and, where there
// are many, a field that finds who is meant: by the server where `data-people` is its address, else by the names on the
// page. The boxes work without.

const MANY = 8;
const groups = new Map();

for (const box of document.querySelectorAll("input[type=checkbox][data-people]")) {
  const group = groups.get(box.name) ?? { url: box.dataset.people, boxes: [] };
  group.boxes.push(box);
  groups.set(box.name, group);
}

const row = (box) => box.closest(".form-check") ?? box.parentElement;

/** Whom the list shows: everybody who is chosen, and those found; nobody else where there are many. */
function show(group, found) {
  let shown = 0;
  for (const box of group.boxes) {
    const meant = found ? found.has(Number(box.value)) : shown < MANY;
    if (meant) shown += 1;
    row(box).hidden = !(meant || box.checked);
  }
  if (!group.status) return;
  const rest = group.boxes.length - group.boxes.filter((box) => !row(box).hidden).length;
  group.status.textContent = found
    ? `${shown} found.`
    : rest ? `${rest} more: type a name to find them.` : "";
}

function say(group, words) {
  for (const box of group.boxes) {
    let note = row(box).querySelector(".eh-meta");
    if (!note) {
      note = document.createElement("span");
      note.className = "eh-meta";
      note.id = `${box.id}_busy`;
      row(box).append(" ", note);
      box.setAttribute("aria-describedby", note.id);
    }
    note.textContent = words[box.value] ?? "";
  }
}

const answers = new Map(); // what was asked already, by address: leads and shadows ask the same

function fetched(url) {
  if (!answers.has(url)) {
    answers.set(url, fetch(url).then((answer) => (answer.ok && !answer.redirected ? answer.json() : null)));
  }
  return answers.get(url);
}

const plain = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** Those beside whose box every word stands that was typed. */
function named(group, typed) {
  const words = plain(typed).split(/\s+/);
  const meant = group.boxes.filter((box) => words.every((word) => plain(row(box).textContent).includes(word)));
  return new Set(meant.map((box) => Number(box.value)));
}

async function ask(group) {
  const typed = group.field?.value.trim() ?? "";
  if (!group.url) {
    show(group, typed ? named(group, typed) : null);
    return;
  }
  const form = group.boxes[0].form;
  const asked = new URLSearchParams({ q: typed });
  if (form.elements.starts_at?.value) asked.set("at", form.elements.starts_at.value);
  if (form.elements.round?.value) asked.set("round", form.elements.round.value);
  if (group.boxes[0].dataset.interview) asked.set("interview", group.boxes[0].dataset.interview);
  group.asked = `${group.url}?${asked}`;
  const url = group.asked;
  const answer = await fetched(url).catch(() => answers.delete(url) && null);
  if (!answer || url !== group.asked) return; // signed out, offline, or asked anew meanwhile: the boxes stay
  say(group, answer.words);
  if (group.field) show(group, answer.found && new Set(answer.found));
}

function addField(group, name) {
  const first = row(group.boxes[0]);
  const label = document.createElement("label");
  const legend = group.boxes[0].closest("fieldset")?.querySelector("legend, label")?.textContent.replace("*", "").trim();
  label.className = "visually-hidden";
  label.htmlFor = `find_${name}`;
  label.textContent = `Find people: ${legend ?? ""}`;
  group.field = document.createElement("input");
  Object.assign(group.field, { type: "search", id: label.htmlFor, className: "form-control", placeholder: "Find people" });
  group.field.autocomplete = "off";
  group.status = document.createElement("p");
  group.status.className = "eh-meta";
  group.status.setAttribute("role", "status");
  first.before(label, group.field, group.status);
  let waiting;
  group.field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => ask(group), 200);
  });
  group.field.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault(); // the form is not sent from here: the first who was found is chosen
      const hit = group.boxes.find((box) => !row(box).hidden && !box.checked);
      if (group.field.value.trim() && hit) hit.checked = true;
      group.field.select();
    } else if (event.key === "Escape" && group.field.value) {
      group.field.value = "";
      ask(group);
    }
  });
  show(group, null);
}

for (const [name, group] of groups) {
  if (group.boxes.length > MANY) addField(group, name);
  const form = group.boxes[0].form;
  for (const control of [form.elements.starts_at, form.elements.round]) control?.addEventListener("change", () => ask(group));
  ask(group);
}
