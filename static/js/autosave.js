// Saves a scorecard's draft while it is written. What the server has not acknowledged yet stays in localStorage,
// across reloads, lost networks and expired sessions. No text is ever replaced without the writer's choice.

const PAUSE = 800;
const RETRY = [5_000, 15_000, 30_000, 60_000];
const UNSAVED = new Set(["csrfmiddlewaretoken", "edit", "save", "submit"]);

const CONFLICT = "Changed in another tab or device: choose which text to keep";

// One entry for each open page, so that two tabs never overwrite each other's words; a page adopts what it finds.
const prefixOf = (user, scorecard) => `evenhand:${user}:${scorecard}:`;
const SIGN_IN_AGAIN = 5_000;

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
  keys(prefix) {
    try {
      return Object.keys(localStorage).filter((key) => key.startsWith(prefix));
    } catch {
      return [];
    }
  },
};

/** A form's fields by name as plain text: "" for a group with nothing chosen or a box not ticked. */
class Fields {
  constructor(form) {
    this.form = form;
  }

  names() {
    const named = [...this.form.elements].filter((e) => e.name && !UNSAVED.has(e.name));
    return new Set(named.filter((e) => !["button", "submit", "hidden"].includes(e.type)).map((e) => e.name));
  }

  controls(name) {
    return [...this.form.elements].filter((e) => e.name === name && e.type !== "hidden");
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
    this.prefix = prefixOf(form.dataset.user, form.dataset.scorecard);
    this.key = this.prefix + crypto.getRandomValues(new Uint32Array(2)).join("");
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
    // The kit's controls belong to the form and stand outside of it.
    for (const kind of ["input", "change"]) {
      document.addEventListener(kind, (event) => event.target.form === this.form && this.note());
    }
    this.form.addEventListener("submit", (event) => this.beforeSubmit(event));
    window.addEventListener("online", () => this.flush());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", (event) => {
      if (event.persisted) this.leaving = false;
    });
    document.addEventListener("visibilitychange", () => (document.hidden ? this.flush() : this.returned()));
  }

  /** Bring back what earlier pages of this device could not send; what changed meanwhile is put to the writer. */
  restore() {
    const found = store.keys(this.prefix).map((key) => [key, store.read(key)]);
    found.sort(([, one], [, other]) => (one.at ?? 0) - (other.at ?? 0));
    const elsewhere = new Map();
    for (const [, kept] of found) this.adopt(kept, elsewhere);
    this.keep();
    for (const [key] of found) store.clear(key);
    for (const [name, theirs] of elsewhere) this.ask(name, theirs);
    if (Object.keys(this.pending).length) this.flush();
    if (elsewhere.size) this.say("conflict", CONFLICT);
  }

  adopt(kept, elsewhere) {
    for (const [name, value] of Object.entries(kept.fields ?? {})) {
      const theirs = this.pending[name] ?? this.fields.get(name);
      if (!this.fields.names().has(name) || theirs === value) continue;
      this.fields.set(name, value);
      this.pending[name] = value;
      const ours = [kept.known?.[name] ?? "", ...(kept.tried?.[name] ?? [])];
      if (!ours.includes(theirs)) elsewhere.set(name, theirs);
    }
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
    this.kept = store.write(this.key, { fields: this.pending, known, tried: this.tried, at: Date.now() });
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
    const body = new URLSearchParams(); // half the cost of a multipart form for the server
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
    if (response.status === 409 && answer.conflicts) return this.collide(answer);
    if (response.status >= 500 || response.status === 429) return this.retryLater("Not saved yet, kept on this device");
    if (!response.ok || !answer.ok) return this.refused(answer);
    return this.saved(answer, batch);
  }

  saved(answer, batch) {
    this.failures = 0;
    this.acknowledge(batch);
    this.setEdit(answer.edit);
    const merged = this.merge(answer.others);
    document.body.dispatchEvent(new CustomEvent("scorecard-saved"));
    const note = merged ? ". What another tab or device wrote is here now too" : "";
    if (!this.conflicts.size) this.say("saved", `Saved ${clock(answer.saved_at)}${note}`);
    return true;
  }

  /** Take over what changed elsewhere and not here; a field that changed in both places is put to the writer. */
  merge(others = {}) {
    let merged = false;
    for (const [name, theirs] of Object.entries(others)) {
      if (name in this.pending || this.conflicts.has(name)) {
        if (this.pending[name] !== theirs && !this.isOurs(name, theirs)) this.ask(name, theirs);
      } else if (this.fields.names().has(name) && this.fields.get(name) !== theirs) {
        this.fields.set(name, theirs);
        merged = true;
      }
      if (!this.conflicts.has(name)) this.known[name] = theirs;
    }
    return merged;
  }

  acknowledge(batch) {
    for (const [name, value] of Object.entries(batch)) {
      this.known[name] = value;
      delete this.tried[name];
      if (this.pending[name] === value) delete this.pending[name];
    }
    this.keep();
  }

  /** 409: what this page sent before without an answer is no stranger's text; the rest is put to the writer. */
  collide(answer) {
    this.setEdit(answer.edit);
    this.merge(answer.others);
    const real = Object.entries(answer.conflicts).filter(([name, { theirs }]) => !this.isOurs(name, theirs));
    for (const [name, { theirs }] of real) this.ask(name, theirs);
    if (real.length) this.say("conflict", CONFLICT);
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
    const next = encodeURIComponent(location.pathname);
    this.say("signed-out", "Signed out, kept on this device: ", link("sign in to send", `/accounts/login/?next=${next}`));
    this.keep();
    this.lostSession = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.returned(), SIGN_IN_AGAIN);
    return false;
  }

  /** Signing in again in another tab is enough: fetch a fresh token there, if it is the same person, and send. */
  async returned() {
    if (!this.lostSession) return;
    try {
      const response = await fetch(this.form.dataset.autosaveUrl, { redirect: "manual", headers: { Accept: "application/json" } });
      if (!response.ok) return this.signedOut();
      const answer = await response.json();
      this.lostSession = false;
      for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = answer.csrf;
      this.flush();
    } catch {
      this.signedOut();
    }
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
    element("div", { class: "eh-conflict-side" }, element("p", { class: "eh-conflict-title" }, title), element("p", { class: "eh-prewrap" }, text || "(empty)"));
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
for (const page of document.querySelectorAll("[data-clear-draft]")) {
  for (const key of store.keys(`evenhand:${page.dataset.clearDraft}:`)) store.clear(key);
}
