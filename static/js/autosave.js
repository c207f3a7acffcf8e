// Saves a scorecard's draft while it is written. What the server has not acknowledged yet stays in localStorage,
// across reloads, lost networks and expired sessions. No text is ever replaced without the writer's choice.

const PAUSE = 800;
const RETRY = [5_000, 15_000, 30_000, 60_000];
const UNSAVED = new Set(["csrfmiddlewaretoken", "edit", "save", "submit"]);

const CONFLICT = "Changed in another tab or device: choose which text to keep";

const draftKey = (user, scorecard) => `evenhand:${user}:${scorecard}`;

/** localStorage that never throws: private windows and full disks only cost the offline copy. */
const store = {
  read(key) {
    try {
      return JSON.parse(localStorage.getItem(key)) ?? {};
    } catch {
      return {};
    }
  },
  write(key, draft) {
    try {
      localStorage.setItem(key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  },
  clear(key) {
    try {
      localStorage.removeItem(key);
    } catch { /* nothing kept, nothing to clear */ }
  },
};

/** A form's fields by name as plain text: "" for a group with nothing chosen or a box not ticked. */
class Fields {
  constructor(form) {
    this.form = form;
  }

  names() {
    const names = [...this.form.elements].filter((e) => e.name && !UNSAVED.has(e.name) && e.type !== "button");
    return new Set(names.map((e) => e.name));
  }

  controls(name) {
    return [...this.form.elements].filter((e) => e.name === name);
  }

  get(name) {
    const controls = this.controls(name);
    if (["radio", "checkbox"].includes(controls[0]?.type)) {
      return controls.find((e) => e.checked)?.value ?? "";
    }
    return (controls[0]?.value ?? "").replaceAll("\r\n", "\n");
  }

  set(name, value) {
    for (const control of this.controls(name)) {
      if (control.type === "radio" || control.type === "checkbox") control.checked = control.value === value;
      else control.value = value;
    }
  }

  all() {
    return Object.fromEntries([...this.names()].map((name) => [name, this.get(name)]));
  }

  label(name) {
    const control = this.controls(name)[0];
    const group = control?.closest("fieldset")?.querySelector("legend")?.textContent.trim();
    const own = control?.type === "radio" ? "" : control?.labels?.[0]?.firstChild?.textContent.trim();
    return [group, own].filter(Boolean).join(": ") || name;
  }

  words(name, value) {
    const control = this.controls(name).find((e) => e.type === "radio" && e.value === value);
    const chosen = control?.labels?.[0];
    return (chosen?.querySelector(".eh-level-head") ?? chosen)?.innerText.trim().replace(/\s+/g, " ") || value;
  }
}

class Autosave {
  constructor(form) {
    this.form = form;
    this.fields = new Fields(form);
    this.key = draftKey(form.dataset.user, form.dataset.scorecard);
    this.status = document.querySelector("[data-save-status]");
    this.edit = Number(form.dataset.edit);
    this.known = this.fields.all(); // what the server is known to hold, by field
    this.pending = {}; // what it does not hold yet
    this.tried = {}; // what was sent of it without an answer: found on the server later, it is no stranger's
    this.conflicts = new Set();
    this.failures = 0;
    this.restore();
    this.listen();
  }

  listen() {
    for (const kind of ["input", "change"]) this.form.addEventListener(kind, () => this.note());
    this.form.addEventListener("submit", (event) => this.beforeSubmit(event));
    window.addEventListener("online", () => this.flush());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.leaving = false;
    });
    document.addEventListener("visibilitychange", () => document.hidden && this.flush());
  }

  /** Bring back what an earlier page of this device could not send; what changed meanwhile is put to the writer. */
  restore() {
    const kept = store.read(this.key);
    const elsewhere = [];
    for (const [name, value] of Object.entries(kept.fields ?? {})) {
      const theirs = this.fields.get(name);
      if (!this.fields.names().has(name) || theirs === value) continue;
      this.fields.set(name, value);
      this.pending[name] = value;
      const ours = [kept.known?.[name] ?? "", ...(kept.tried?.[name] ?? [])];
      if (!ours.includes(theirs)) elsewhere.push([name, theirs]);
    }
    this.keep();
    for (const [name, theirs] of elsewhere) this.ask(name, theirs);
    if (Object.keys(this.pending).length) this.flush();
    if (elsewhere.length) this.say("conflict", CONFLICT);
  }

  note() {
    for (const [name, value] of Object.entries(this.fields.all())) {
      if (value !== (this.pending[name] ?? this.known[name] ?? "")) this.pending[name] = value;
    }
    if (!Object.keys(this.pending).length) return;
    this.keep();
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), PAUSE);
  }

  keep() {
    const names = Object.keys(this.pending);
    if (!names.length) return store.clear(this.key);
    const known = Object.fromEntries(names.map((name) => [name, this.known[name] ?? ""]));
    this.kept = store.write(this.key, { fields: this.pending, known, tried: this.tried });
  }

  /** Send what is pending, one request at a time. True once nothing is left to send. */
  flush() {
    clearTimeout(this.timer);
    this.running ??= this.drain().finally(() => (this.running = null));
    return this.running;
  }

  async drain() {
    while (true) {
      const batch = this.sendable();
      if (!Object.keys(batch).length) return this.conflicts.size === 0;
      this.say("saving", "Saving…");
      if (!(await this.send(batch))) return false;
    }
  }

  sendable() {
    return Object.fromEntries(Object.entries(this.pending).filter(([name]) => !this.conflicts.has(name)));
  }

  body(batch, edit = this.edit) {
    const body = new FormData();
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    body.set("edit", edit);
    for (const [name, value] of Object.entries(batch)) body.set(name, value);
    return body;
  }

  async post(body, options = {}) {
    const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
    return fetch(this.form.dataset.autosaveUrl, {
      method: "POST", body, headers, credentials: "same-origin", redirect: "manual", ...options,
    });
  }

  async send(batch) {
    for (const [name, value] of Object.entries(batch)) (this.tried[name] ??= []).push(value);
    this.keep();
    try {
      const response = await this.post(this.body(batch), { signal: AbortSignal.timeout(20_000) });
      return await this.receive(response, batch);
    } catch {
      return this.retryLater("Offline, kept on this device");
    }
  }

  async receive(response, batch) {
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      return this.signedOut();
    }
    const answer = await response.json().catch(() => ({}));
    if (response.status === 409 && answer.conflicts) return this.collide(answer, batch);
    if (response.status >= 500 || response.status === 429) return this.retryLater("Not saved yet, kept on this device");
    if (!response.ok || !answer.ok) return this.refused(answer);
    return this.saved(answer, batch);
  }

  saved(answer, batch) {
    const elsewhere = answer.edit > this.edit + 1;
    // Stay on the old count where someone else saved between: our other fields are still the old ones.
    if (!elsewhere) this.setEdit(answer.edit);
    this.failures = 0;
    this.acknowledge(batch);
    const note = elsewhere ? ". Another tab or device wrote here too: reload to see it" : "";
    if (!this.conflicts.size) this.say("saved", `Saved ${clock(answer.saved_at)}${note}`);
    return true;
  }

  acknowledge(batch) {
    for (const [name, value] of Object.entries(batch)) {
      this.known[name] = value;
      delete this.tried[name];
      if (this.pending[name] === value) delete this.pending[name];
    }
    this.keep();
  }

  /** 409: a field whose stored text is the one we started from is no conflict; the others are put to the writer. */
  async collide(answer, batch) {
    const real = Object.entries(answer.conflicts).filter(([name, { theirs }]) => !this.isOurs(name, theirs));
    if (!real.length) {
      const again = await this.post(this.body(batch, answer.edit));
      const reply = await again.json().catch(() => ({}));
      if (!again.ok || !reply.ok) return this.retryLater("Not saved yet, kept on this device");
      this.acknowledge(batch);
      this.say("saved", `Saved ${clock(reply.saved_at)}. Another tab or device wrote here too: reload to see it`);
      return true;
    }
    for (const [name, { theirs }] of real) this.ask(name, theirs);
    this.say("conflict", CONFLICT);
    return true;
  }

  isOurs(name, text) {
    return text === (this.known[name] ?? "") || (this.tried[name] ?? []).includes(text);
  }

  ask(name, theirs) {
    if (this.conflicts.has(name)) return;
    this.conflicts.add(name);
    const mine = this.pending[name] ?? this.fields.get(name);
    const choose = (value) => {
      this.conflicts.delete(name);
      this.known[name] = theirs;
      this.fields.set(name, value);
      if (value === theirs) delete this.pending[name];
      else this.pending[name] = value;
      this.keep();
      this.fields.controls(name)[0]?.focus();
      this.flush();
      if (!this.conflicts.size && !Object.keys(this.pending).length) this.say("saved", "Both texts are settled");
    };
    const control = this.fields.controls(name)[0];
    const place = control.closest("fieldset") ?? control.parentElement;
    place.append(conflictBox(this.fields, name, () => this.fields.get(name) || mine, theirs, choose));
  }

  signedOut() {
    this.say("signed-out", "Signed out: ", link("sign in to send", `/accounts/login/?next=${encodeURIComponent(location.pathname)}`));
    this.keep();
    return false;
  }

  refused(answer) {
    this.say("refused", answer.error || answer.message || "The server refused this change; it is kept on this device");
    return false;
  }

  retryLater(words) {
    this.keep();
    this.say("offline", this.kept === false ? "Not saved. Please keep this page open" : words);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), RETRY[Math.min(this.failures++, RETRY.length - 1)]);
    return false;
  }

  /** Everything pending goes out first, so that the posted form never races with its own draft. */
  async beforeSubmit(event) {
    if (this.leaving || (!this.running && !Object.keys(this.pending).length)) {
      this.leaving = true;
      return;
    }
    event.preventDefault();
    if (this.waiting) return;
    this.waiting = true;
    const { submitter } = event;
    const done = (await this.flush()) && !Object.keys(this.pending).length;
    this.waiting = false;
    if (!done) {
      document.querySelector("[data-conflict] button")?.focus();
      return;
    }
    this.leaving = true;
    this.form.requestSubmit(submitter);
  }

  leave() {
    const batch = this.sendable();
    if (this.leaving || this.running || !Object.keys(batch).length) return;
    this.keep();
    this.post(this.body(batch), { keepalive: true }).catch(() => {});
  }

  setEdit(edit) {
    this.edit = edit;
    this.form.dataset.edit = edit;
    if (this.form.elements.edit) this.form.elements.edit.value = edit;
  }

  say(state, ...content) {
    if (!this.status) return;
    this.status.dataset.saveStatus = state;
    this.status.replaceChildren(...content);
  }
}

function clock(iso) {
  const at = iso ? new Date(iso) : new Date();
  return (Number.isNaN(at.valueOf()) ? new Date() : at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
}

function element(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
}

function link(words, href) {
  return element("a", { href }, words);
}

/** Both texts side by side, and what to do with them. `mine` is read late: the writer may go on typing. */
function conflictBox(fields, name, mine, theirs, choose) {
  const isText = ["textarea", "text"].includes(fields.controls(name)[0]?.type);
  const box = element("div", { class: "eh-conflict", "data-conflict": name, role: "group", "aria-label": `Two versions of ${fields.label(name)}` });
  const column = (title, text) =>
    element("div", { class: "eh-conflict-side" }, element("h3", {}, title), element("p", { class: "eh-prewrap" }, text || "(empty)"));
  const button = (label, value) => {
    const made = element("button", { type: "button", class: "btn btn-secondary" }, label);
    made.addEventListener("click", () => {
      box.remove();
      choose(value());
    });
    return made;
  };
  const buttons = [button("Keep mine", mine), button("Keep theirs", () => theirs)];
  if (isText) buttons.push(button("Join both", () => [mine(), theirs].filter(Boolean).join("\n\n")));
  box.append(
    element("p", {}, `Another tab or device wrote this meanwhile: ${fields.label(name)}`),
    element("div", { class: "eh-conflict-sides" }, column("Yours, here", fields.words(name, mine())), column("Stored from elsewhere", fields.words(name, theirs))),
    element("div", { class: "eh-actions" }, ...buttons),
  );
  return box;
}

for (const form of document.querySelectorAll("form[data-autosave-url]")) new Autosave(form);
for (const page of document.querySelectorAll("[data-clear-draft]")) store.clear(`evenhand:${page.dataset.clearDraft}`);
