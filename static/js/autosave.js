// Saves what changed after each pause in typing; keeps unsent changes on this device until the server has them.
const PAUSE = 800;
const form = document.querySelector("form[data-autosave-url]");
const done = document.querySelector("[data-clear-draft]");
if (done) localStorage.removeItem(`evenhand:${done.dataset.clearDraft}`);
if (form) start(form);

function start(form) {
  const key = `evenhand:${form.dataset.user}:${form.dataset.scorecard}`;
  const status = form.querySelector("[data-save-status]");
  const counter = form.elements.namedItem("edit");
  const token = form.elements.namedItem("csrfmiddlewaretoken").value;
  let pending = read();
  let sending = false;
  let timer = 0;
  let submitting = false;

  function read() {
    try { return JSON.parse(localStorage.getItem(key)) || {}; } catch { return {}; }
  }
  function keep() {
    if (Object.keys(pending).length) localStorage.setItem(key, JSON.stringify(pending));
    else localStorage.removeItem(key);
  }
  function say(text) { if (status && status.textContent !== text) status.textContent = text; }
  function valueOf(element) { return element.type === "checkbox" ? (element.checked ? "on" : "") : element.value; }
  function show(name, value) {
    for (const element of form.querySelectorAll(`[name="${CSS.escape(name)}"]`)) {
      if (element.type === "radio") element.checked = element.value === value;
      else if (element.type === "checkbox") element.checked = value === "on";
      else element.value = value;
    }
  }
  function changed(event) {
    const element = event.target;
    if (!element.name || element.type === "hidden") return;
    pending[element.name] = valueOf(element);
    keep();
    clearTimeout(timer);
    timer = setTimeout(send, event.type === "change" && element.type !== "textarea" ? 0 : PAUSE);
  }
  async function send() {
    if (sending || submitting || !Object.keys(pending).length) return;
    sending = true;
    const batch = { ...pending };
    say("Saving…");
    try {
      const body = new URLSearchParams({ ...batch, edit: counter.value, csrfmiddlewaretoken: token });
      const response = await fetch(form.dataset.autosaveUrl, { method: "POST", body, redirect: "manual", headers: { Accept: "application/json" } });
      if (response.type === "opaqueredirect" || response.status === 403) say("Signed out: sign in to send");
      else await answered(response, batch);
    } catch {
      say("Offline, kept on this device");
      setTimeout(send, 5000);
    }
    sending = false;
  }
  async function answered(response, batch) {
    const answer = await response.json();
    if (response.ok) {
      counter.value = answer.edit;
      for (const name of Object.keys(batch)) if (pending[name] === batch[name]) delete pending[name];
      keep();
      const time = new Date(answer.saved_at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
      say(`Saved ${time}`);
      if (Object.keys(pending).length) setTimeout(send, 0);
    } else if (answer.conflicts) {
      counter.value = answer.edit;
      for (const [name, both] of Object.entries(answer.conflicts)) ask(name, both);
      say("Another tab or device changed this too: choose below");
    } else say(answer.message || "Not saved: kept on this device");
  }
  function ask(name, both) {
    delete pending[name];
    const box = document.createElement("div");
    box.className = "eh-conflict";
    box.setAttribute("role", "alert");
    for (const [label, text] of [["Here", both.mine], ["There", both.theirs]]) {
      const part = document.createElement("pre");
      part.textContent = `${label}: ${text}`;
      box.append(part);
    }
    const choices = [["Keep mine", both.mine], ["Take the other", both.theirs]];
    if (/^(evidence|summary)/.test(name)) choices.push(["Keep both", `${both.theirs}\n${both.mine}`]);
    for (const [label, value] of choices) {
      const button = document.createElement("button");
      button.type = "button";
      button.className = "btn btn-secondary";
      button.textContent = label;
      button.addEventListener("click", () => { show(name, value); pending[name] = value; keep(); box.remove(); send(); });
      box.append(button, " ");
    }
    const field = form.querySelector(`[name="${CSS.escape(name)}"]`);
    (field.closest("fieldset") || field.parentElement).append(box);
  }

  for (const [name, value] of Object.entries(pending)) show(name, value);
  form.addEventListener("input", changed);
  form.addEventListener("change", changed);
  form.addEventListener("submit", () => { submitting = true; clearTimeout(timer); });
  window.addEventListener("online", send);
  window.addEventListener("focus", send);
  send();
}
