// Saves a scorecard's draft while it is written. What the server has not acknowledged yet stays in localStorage,
// across reloads, lost networks and expired sessions. No text is ever replaced without the writer's choice.

const PAUSE = 800;
const RETRY = [5_000, 15_000, 30_000, 60_000];
const UNSAVED = new Set(["csrfmiddlewaretoken", "edit", "save", "submit"]);

const TRIED = 8; // offline for a whole interview must not fill the device's store with every pause
const CONFLICT = "Changed in another tab or device: choose which text to keep";
const NOT_DONE = { submit: "Not submitted yet.", lock: "Not locked yet.", save: "Not stored yet." };
const WORDS = /^(evidence|note)_|^summary$/;

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
    const group = control?.closest("fieldset")?.querySelector("legend")?.firstChild?.textContent.trim();
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
    this.conflicts = new Map(); // what is put to the writer, by field
    this.refusals = new Map(); // the values that the server will not store, by field
    this.failures = 0;
    this.restore();
    this.listen();
    document.querySelector("[data-save-by-hand]")?.remove();
  }

  listen() {
    // The kit's controls belong to the form and stand outside of it.
    for (const kind of ["input", "change"]) {
      document.addEventListener(kind, (event) => event.target.form === this.form && this.note());
    }
    this.form.addEventListener("submit", (event) => this.beforeSubmit(event));
    window.addEventListener("online", () => this.wake());
    window.addEventListener("pagehide", () => this.leave());
    window.addEventListener("pageshow", (event) => {
      if (!event.persisted) return;
      this.leaving = false;
      this.wake();
    });
    document.addEventListener("resume", () => this.wake());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.flush() : this.wake()));
    window.addEventListener("beforeunload", (event) => {
      if (this.kept === false && Object.keys(this.pending).length) event.preventDefault();
    });
  }

  /** After a sleep, a lost network or another tab: what waits is sent now, not when its timer comes round. */
  wake() {
    return this.lostSession || this.failures ? this.returned() : this.flush();
  }

  /** Bring back what earlier pages of this device could not send; what changed meanwhile is put to the writer. */
  restore() {
    const found = store.keys(this.prefix).filter((key) => !key.endsWith(":left")).map((key) => [key, store.read(key)]);
    found.sort(([, one], [, other]) => (one.at ?? 0) - (other.at ?? 0));
    const elsewhere = new Map();
    for (const [, kept] of found) this.adopt(kept, elsewhere);
    for (const name of Object.keys(this.pending).filter((each) => this.pending[each] === this.known[each])) {
      delete this.pending[name];
      delete this.tried[name];
    }
    this.keep();
    for (const [key] of found) store.clear(key);
    for (const [name, others] of elsewhere) this.askInTurn(name, others);
    if (Object.keys(this.pending).length) this.flush();
    if (this.conflicts.size) this.say("conflict", [CONFLICT]);
  }

  adopt(kept, elsewhere) {
    for (const [name, value] of Object.entries(kept.fields ?? {})) {
      if (!this.fields.names().has(name)) {
        this.leaveOver(name, value);
        continue;
      }
      const stored = !(name in this.pending);
      const text = stored ? this.fields.get(name) : this.pending[name];
      if (text === value) continue;
      this.fields.set(name, value);
      this.pending[name] = value;
      const tried = kept.tried?.[name] ?? [];
      this.tried[name] = [...(this.tried[name] ?? []), ...tried];
      if (![kept.known?.[name] ?? "", ...tried].includes(text)) elsewhere.set(name, [...(elsewhere.get(name) ?? []), { text, stored }]);
    }
  }

  /** Words for a field that this page no longer has (it was opened before an update): leftovers.js shows them. */
  leaveOver(name, value) {
    if (!WORDS.test(name) || !value.trim()) return;
    const key = `${this.prefix}left`;
    const left = store.read(key);
    store.write(key, { ...left, fields: { ...left.fields, [name]: value } });
  }

  note() {
    for (const [name, value] of Object.entries(this.fields.all())) {
      if (value === (this.pending[name] ?? this.known[name] ?? "")) continue;
      this.pending[name] = value;
      this.unmark(name);
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

  where() {
    return this.kept === false ? "not kept anywhere: please keep this page open" : "kept on this device";
  }

  /** Send what is pending, one request at a time. True once nothing is left to send or to settle. */
  flush() {
    clearTimeout(this.timer);
    this.running ??= this.drain().finally(() => (this.running = null));
    return this.running;
  }

  async drain() {
    this.singly = false;
    for (let batch = this.sendable(); Object.keys(batch).length; batch = this.sendable()) {
      if (this.over) return false;
      if (!this.failures && !this.lostSession) this.say("saving", [], "Saving…");
      if (!(await this.send(batch))) return false;
    }
    return this.conflicts.size === 0 && this.refusals.size === 0;
  }

  sendable() {
    const free = ([name, value]) => !this.conflicts.has(name) && this.refusals.get(name)?.value !== value;
    const fields = Object.entries(this.pending).filter(free);
    return Object.fromEntries(this.singly ? fields.slice(0, 1) : fields);
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

  remember(batch) {
    for (const [name, value] of Object.entries(batch)) {
      this.tried[name] = [...new Set([...(this.tried[name] ?? []), value])].slice(-TRIED);
    }
    this.keep();
  }

  async send(batch) {
    this.remember(batch);
    try {
      const response = await this.post(this.body(batch), { signal: AbortSignal.timeout(20_000) });
      return await this.receive(response, batch);
    } catch {
      return this.retryLater("Offline");
    }
  }

  async receive(response, batch) {
    if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) {
      return this.signedOut();
    }
    const answer = await response.json().catch(() => ({}));
    if (response.status === 409 && answer.conflicts) return this.collide(answer);
    if (response.status >= 500 || response.status === 429) return this.retryLater("Not saved yet");
    if ([400, 413, 422].includes(response.status)) return this.refused(answer, batch);
    if (!response.ok || !answer.ok) return this.closed(answer);
    return this.saved(answer, batch);
  }

  saved(answer, batch) {
    this.failures = 0;
    this.acknowledge(batch);
    this.setEdit(answer.edit);
    const merged = this.merge(answer.others);
    document.body.dispatchEvent(new CustomEvent("scorecard-saved"));
    this.savedAt = answer.saved_words;
    this.settle(merged ? ". What another tab or device wrote is here now too" : "");
    return true;
  }

  /** The time is the server's, in the company's zone and named: a device's own clock may be wrong. */
  settle(note = "") {
    if (this.conflicts.size) this.say("conflict", [CONFLICT]);
    else if (this.refusals.size) this.sayRefused();
    else this.say("saved", ["Saved"], this.savedAt ? ` ${this.savedAt}` : "", note);
  }

  /** Take over what changed elsewhere and not here; a field that changed in both places is put to the writer. */
  merge(others = {}) {
    let merged = false;
    for (const [name, text] of Object.entries(others)) {
      if (name in this.pending || this.conflicts.has(name)) {
        if (this.pending[name] !== text && !this.isOurs(name, text)) this.ask(name, { text, stored: true });
      } else if (this.fields.names().has(name) && this.fields.get(name) !== text) {
        this.fields.set(name, text);
        merged = true;
      }
      if (!this.conflicts.has(name)) this.known[name] = text;
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
    this.failures = 0;
    this.setEdit(answer.edit);
    this.merge(answer.others);
    const real = Object.entries(answer.conflicts).filter(([name, { theirs }]) => !this.isOurs(name, theirs));
    for (const [name, { theirs }] of real) this.ask(name, { text: theirs, stored: true });
    if (real.length) this.say("conflict", [CONFLICT]);
    return true;
  }

  isOurs(name, text) {
    return text === (this.known[name] ?? "") || (this.tried[name] ?? []).includes(text);
  }

  /** Put another text of a field beside the writer's; `stored` is false for one that this device kept unsent. A text
      that the server got while the question stands takes the place of the older one. */
  ask(name, other, waiting = []) {
    const open = this.conflicts.get(name);
    if (open && !open.other.stored) return void open.waiting.push(other);
    const mine = this.pending[name] ?? this.fields.get(name);
    const choose = (value) => this.chosen(name, value);
    const box = conflictBox(this.fields, name, () => this.fields.get(name) || mine, other, choose);
    this.conflicts.set(name, { other, box, waiting: open?.waiting ?? waiting });
    if (open) return open.box.replaceWith(box);
    const control = this.fields.controls(name)[0];
    (control.closest("fieldset") ?? control.parentElement).append(box);
  }

  /** Put the first of the texts to the writer that is not what stands here already; the others wait. */
  askInTurn(name, others) {
    const [next, ...rest] = others.filter(({ text }) => text !== this.fields.get(name));
    if (next) this.ask(name, next, rest);
  }

  chosen(name, value) {
    const { other, waiting } = this.conflicts.get(name);
    this.conflicts.delete(name);
    if (other.stored) this.known[name] = other.text;
    this.fields.set(name, value);
    if (value === this.known[name]) delete this.pending[name];
    else this.pending[name] = value;
    this.keep();
    this.askInTurn(name, waiting);
    this.fields.controls(name)[0]?.focus();
    this.flush();
    if (!Object.keys(this.pending).length) this.settle();
  }

  signedOut() {
    const next = encodeURIComponent(location.pathname);
    this.keep();
    this.say("signed-out", [`Signed out, ${this.where()}: `, link("sign in to send", `/accounts/login/?next=${next}`)]);
    this.lostSession = true;
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.returned(), SIGN_IN_AGAIN);
    return false;
  }

  /** Signing in again in another tab is enough: fetch a fresh token there, if it is the same person, and send. */
  async returned() {
    if (!(await this.present())) return false;
    this.failures = 0;
    if (!Object.keys(this.pending).length) this.settle();
    return this.flush();
  }

  /** Whether the server answers and knows this person; the page's forms get a fresh token then. */
  async present() {
    try {
      const headers = { Accept: "application/json" };
      const signal = AbortSignal.timeout(20_000);
      const response = await fetch(this.form.dataset.autosaveUrl, { redirect: "manual", headers, signal });
      if (response.status >= 500) return this.retryLater("Not saved yet");
      if (!response.ok) return this.signedOut();
      const { csrf } = await response.json();
      this.lostSession = false;
      for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = csrf;
      return true;
    } catch {
      return this.retryLater("Offline");
    }
  }

  /** One field that cannot be stored must not hold up the others: they are sent one by one, it alone is named. */
  refused(answer, batch) {
    const [name, more] = Object.keys(batch);
    this.singly = true;
    if (more) return true;
    const words = answer.message || "The server cannot store this.";
    this.refusals.set(name, { value: batch[name], words });
    this.mark(name, words);
    this.sayRefused();
    return true;
  }

  sayRefused() {
    const [[name, { words }]] = this.refusals;
    const where = link(this.fields.label(name), `#${this.fields.controls(name)[0].id}`);
    this.say("refused", ["Not saved: ", where, `. ${words}`]);
  }

  mark(name, words) {
    const control = this.fields.controls(name)[0];
    const id = `refused_${name}`;
    document.getElementById(id)?.remove();
    (control.closest(".eh-levels") ?? control).after(element("p", { id, class: "eh-field-error" }, words));
    control.setAttribute("aria-invalid", "true");
    control.setAttribute("aria-describedby", id);
  }

  unmark(name) {
    if (!this.refusals.delete(name)) return;
    document.getElementById(`refused_${name}`)?.remove();
    const control = this.fields.controls(name)[0];
    for (const attribute of ["aria-invalid", "aria-describedby"]) control.removeAttribute(attribute);
  }

  /** Submitted or declined elsewhere, or no longer this person's: nothing more can be stored. */
  closed(answer) {
    this.over = true;
    const why = answer.finished ? "This scorecard was finished elsewhere" : "This scorecard is not yours to write any more";
    this.say("refused", [`${why}. What you wrote since is ${this.where()}: `, link("look at it", location.pathname)]);
    return false;
  }

  retryLater(words) {
    this.keep();
    const unsent = Object.keys(this.pending).length > 0;
    this.say("offline", [unsent ? `${words}, ${this.where()}` : "The server does not answer; all you wrote is stored"]);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.wake(), RETRY[Math.min(this.failures++, RETRY.length - 1)]);
    return false;
  }

  /** Everything pending goes out first, so that the posted form never races with its own draft; without server or
      session the page stays where it is and says so. */
  async beforeSubmit(event) {
    if (this.leaving) return;
    event.preventDefault();
    if (this.waiting) return;
    this.waiting = true;
    const { submitter } = event;
    this.undone = "";
    const done = (await this.flush()) && !Object.keys(this.pending).length && (await this.present());
    this.waiting = false;
    if (!done) return this.notDone(submitter);
    this.leaving = true;
    this.form.requestSubmit(submitter);
  }

  notDone(submitter) {
    this.undone = NOT_DONE[submitter?.name] ?? NOT_DONE.save;
    this.say(...this.said);
    const [refused] = this.refusals.keys();
    (document.querySelector("[data-conflict] button") ?? this.fields.controls(refused)[0])?.focus();
  }

  /** The page goes: a last request that outlives it. A request on its way dies with the page, so this one has all. */
  leave() {
    this.singly = false;
    const batch = this.sendable();
    if (this.leaving || this.over || !Object.keys(batch).length) return;
    this.remember(batch);
    this.post(this.body(batch), { keepalive: true }).catch(() => {});
  }

  setEdit(edit) {
    this.edit = edit;
    this.form.dataset.edit = edit;
    if (this.form.elements.edit) this.form.elements.edit.value = edit;
  }

  /** Show the state. A screen reader hears it when it changes, not with each save: what is `unspoken` stands in an
      element that it does not read, and the spoken one is only touched when its words change. */
  say(state, content, unspoken = "", note = "") {
    if (!this.status) return;
    const [spoken, silent, more] = this.status.children;
    const busy = state === "saving";
    this.status.dataset.saveStatus = state;
    spoken.classList.toggle("eh-visually-hidden", busy);
    silent.textContent = unspoken;
    more.textContent = note;
    if (busy) return;
    this.said = [state, content, unspoken, note];
    const parts = this.undone ? [`${this.undone} `, ...content] : content;
    const words = parts.map((part) => part.textContent ?? part).join("");
    if (words !== this.spoken) spoken.replaceChildren(...parts);
    this.spoken = words;
  }
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
function conflictBox(fields, name, mine, { text: theirs, stored }, choose) {
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
  const buttons = [button("Keep mine", mine), button(stored ? "Keep theirs" : "Keep the earlier one", () => theirs)];
  if (isText) buttons.push(button("Join both", () => [mine(), theirs].filter(Boolean).join("\n\n")));
  box.append(
    element("p", {}, `${stored ? "Another tab or device wrote this meanwhile" : "This device kept two texts"}: ${fields.label(name)}`),
    element("div", { class: "eh-conflict-sides" }, column("Yours, here", fields.words(name, mine())), column(stored ? "Stored from elsewhere" : "Kept earlier, not stored", fields.words(name, theirs))),
    element("div", { class: "eh-actions" }, ...buttons),
  );
  return box;
}

for (const form of document.querySelectorAll("form[data-autosave-url]")) new Autosave(form);
