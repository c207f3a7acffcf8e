// What the server does not hold yet of a scorecard. It stays on this device until the server has acknowledged it,
// across reloads, lost networks and expired sessions; what changed elsewhere is merged, or put to the writer.

import { clear, keysOfScorecard, leftKey, pageKey, read, write, WORDS } from "./storage.js";

const TRIED = 8; // offline for a whole interview must not fill the device's store with every pause

export class Outbox {
  /** `ask(name, mine, other)` shows the writer two texts of a field; the answer comes back through `choose`. */
  constructor(fields, { user, scorecard }, ask) {
    this.fields = fields;
    this.user = user;
    this.scorecard = scorecard;
    this.ask = ask;
    this.key = pageKey(user, scorecard);
    this.known = fields.all(); // what the server is known to hold, by field
    this.pending = {}; // what it does not hold yet
    this.tried = {}; // what was sent of it without an answer: found on the server later, it is no stranger's
    this.questions = new Map(); // by field: the other text that is put to the writer, and those that wait behind it
    this.refusals = new Map(); // by field: the value that the server will not store, and its words
    this.isKept = true; // false once the device has not taken the copy of what is pending
  }

  get isEmpty() {
    return Object.keys(this.pending).length === 0;
  }

  /** Nothing waits for the writer. */
  get isSettled() {
    return this.questions.size === 0 && this.refusals.size === 0;
  }

  // --- on this device ------------------------------------------------------------------------------------------------
  /** Bring back what earlier pages of this device could not send; what changed meanwhile is put to the writer. */
  restore() {
    const found = this.earlier();
    const elsewhere = new Map();
    for (const { kept } of found) {
      for (const [name, other] of this.adopt(kept)) elsewhere.set(name, [...(elsewhere.get(name) ?? []), other]);
    }
    this.dropKnown();
    this.keep();
    for (const { key } of found) clear(key);
    for (const [name, others] of elsewhere) this.putInTurn(name, others);
  }

  /** What earlier pages kept, the oldest first. */
  earlier() {
    const left = leftKey(this.user, this.scorecard);
    const keys = keysOfScorecard(this.user, this.scorecard).filter((key) => key !== left);
    const found = keys.map((key) => ({ key, kept: read(key) ?? {} }));
    return found.sort((one, other) => (one.kept.at ?? 0) - (other.kept.at ?? 0));
  }

  /** Take over what one page kept. The pairs of field and text that stood in its way and are nothing it knew of. */
  adopt(kept) {
    const elsewhere = [];
    const here = this.fields.names();
    for (const [name, value] of Object.entries(kept.fields ?? {})) {
      if (!here.has(name)) {
        this.leaveOver(name, value);
        continue;
      }
      const stored = !(name in this.pending);
      const text = stored ? this.fields.get(name) : this.pending[name];
      if (text === value) continue;
      const tried = kept.tried?.[name] ?? [];
      const ours = [kept.known?.[name] ?? "", ...tried];
      this.fields.set(name, value);
      this.pending[name] = value;
      this.tried[name] = [...(this.tried[name] ?? []), ...tried];
      if (!ours.includes(text)) elsewhere.push([name, { text, stored }]);
    }
    return elsewhere;
  }

  /** Words for a field that this page no longer has (it was opened before an update): leftovers.js shows them. */
  leaveOver(name, value) {
    if (!WORDS.test(name) || !value.trim()) return;
    const key = leftKey(this.user, this.scorecard);
    const left = read(key) ?? {};
    write(key, { ...left, fields: { ...left.fields, [name]: value } });
  }

  dropKnown() {
    for (const [name, value] of Object.entries(this.pending)) {
      if (value !== this.known[name]) continue;
      delete this.pending[name];
      delete this.tried[name];
    }
  }

  keep() {
    if (this.isEmpty) return clear(this.key);
    const known = {};
    for (const name of Object.keys(this.pending)) known[name] = this.known[name] ?? "";
    this.isKept = write(this.key, { fields: this.pending, known, tried: this.tried, at: Date.now() });
  }

  // --- what is written and sent --------------------------------------------------------------------------------------
  /** Take up what changed in the form. */
  note() {
    for (const [name, value] of Object.entries(this.fields.all())) {
      if (value === (this.pending[name] ?? this.known[name] ?? "")) continue;
      this.pending[name] = value;
      if (this.refusals.delete(name)) this.fields.unmark(name);
    }
    if (!this.isEmpty) this.keep();
  }

  /** The values to send, by field: all that wait for no answer of the writer, or the first of them. Null for none. */
  sendable(singly = false) {
    const fields = Object.entries(this.pending).filter(([name, value]) => this.isFree(name, value));
    if (!fields.length) return null;
    return Object.fromEntries(singly ? fields.slice(0, 1) : fields);
  }

  isFree(name, value) {
    return !this.questions.has(name) && this.refusals.get(name)?.value !== value;
  }

  /** A batch is about to be sent: its answer may get lost. */
  remember(batch) {
    for (const [name, value] of Object.entries(batch)) {
      const tried = new Set([...(this.tried[name] ?? []), value]);
      this.tried[name] = [...tried].slice(-TRIED);
    }
    this.keep();
  }

  /** The server has stored a batch. */
  acknowledge(batch) {
    for (const [name, value] of Object.entries(batch)) {
      this.known[name] = value;
      delete this.tried[name];
      if (this.pending[name] === value) delete this.pending[name];
    }
    this.keep();
  }

  /** The server will not store this value: it is not sent again, and its field says why. */
  refuse(name, value, words) {
    this.refusals.set(name, { value, words });
    this.fields.mark(name, words);
  }

  // --- what changed elsewhere ----------------------------------------------------------------------------------------
  /** Take over what changed elsewhere and not here; a field that changed in both places is put to the writer. True
      where the page shows something new. */
  merge(others = {}) {
    let merged = false;
    for (const [name, text] of Object.entries(others)) {
      if (name in this.pending || this.questions.has(name)) {
        if (!this.isMine(name, text)) this.put(name, { text, stored: true });
      } else if (this.fields.names().has(name) && this.fields.get(name) !== text) {
        this.fields.set(name, text);
        merged = true;
      }
      if (!this.questions.has(name)) this.known[name] = text;
    }
    return merged;
  }

  /** The server did not store a batch, since these fields changed there meanwhile. What this page sent before without
      an answer is no stranger's text; the rest is put to the writer. True where something is. */
  collide(conflicts) {
    const real = Object.entries(conflicts).filter(([name, { theirs }]) => !this.isOurs(name, theirs));
    for (const [name, { theirs }] of real) this.put(name, { text: theirs, stored: true });
    return real.length > 0;
  }

  isMine(name, text) {
    return this.pending[name] === text || this.isOurs(name, text);
  }

  isOurs(name, text) {
    return text === (this.known[name] ?? "") || (this.tried[name] ?? []).includes(text);
  }

  /** Put another text of a field beside the writer's; `stored` is false for one that this device kept unsent. A text
      that the server got while the question stands takes the place of the older one. */
  put(name, other, waiting = []) {
    const open = this.questions.get(name);
    if (open && !open.other.stored) {
      open.waiting.push(other);
      return;
    }
    this.questions.set(name, { other, waiting: open?.waiting ?? waiting });
    this.ask(name, this.pending[name] ?? this.fields.get(name), other);
  }

  /** Put the first of the texts to the writer that is not what stands here already; the others wait. */
  putInTurn(name, others) {
    const [next, ...rest] = others.filter(({ text }) => text !== this.fields.get(name));
    if (next) this.put(name, next, rest);
  }

  /** The writer has settled on this value; what waited behind the question is put next. */
  choose(name, value) {
    const { other, waiting } = this.questions.get(name);
    this.questions.delete(name);
    if (other.stored) this.known[name] = other.text;
    this.fields.set(name, value);
    if (value === this.known[name]) delete this.pending[name];
    else this.pending[name] = value;
    this.keep();
    this.putInTurn(name, waiting);
  }
}
