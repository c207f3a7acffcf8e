// Saves a draft (of a scorecard, or of a rubric) while it is written: what is unsent is in the outbox, the transport takes it to the server,
// and the status says where it stands. One word says what the page is about:
//   writing     all is well
//   offline     the server does not answer: it is asked again after a while
//   signed-out  the session is over: the same, until somebody has signed in in another tab
//   submitting  the writer wants the form posted: everything unsent goes out first
//   leaving     the form is on its way
//   closed      finished elsewhere, or no longer this person's: nothing more can be stored

import { askWriter } from "./conflicts.js";
import { Fields } from "./fields.js";
import { Outbox } from "./outbox.js";
import { Status } from "./status.js";
import { Transport } from "./transport.js";

const PAUSE = 800;

class Autosave {
  constructor(form) {
    this.form = form;
    this.fields = new Fields(form);
    this.outbox = new Outbox(this.fields, form.dataset, (name, mine, other) => this.ask(name, mine, other));
    this.transport = new Transport(form);
    this.status = new Status(document.querySelector("[data-save-status]"), form.dataset);
    this.state = "writing";
    this.round = null; // the sending that is under way, as a promise
    this.timer = null; // the next flush or question to the server; there is one at most
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
    window.addEventListener("pageshow", (event) => event.persisted && this.comeBack());
    document.addEventListener("resume", () => this.wake());
    document.addEventListener("visibilitychange", () => (document.hidden ? this.flush() : this.wake()));
    window.addEventListener("beforeunload", (event) => {
      if (!this.outbox.isKept && !this.outbox.isEmpty) event.preventDefault();
    });
  }

  // --- the state -----------------------------------------------------------------------------------------------------
  get isLost() {
    return this.state === "offline" || this.state === "signed-out";
  }

  /** No answer, or none to this person. A form on its way stays so, and what is closed stays closed. */
  lose(state) {
    if (this.state !== "leaving" && this.state !== "closed") this.state = state;
  }

  /** The server answers this person. */
  reach() {
    if (this.isLost) this.state = "writing";
  }

  // --- when something is sent ----------------------------------------------------------------------------------------
  restore() {
    this.outbox.restore();
    if (!this.outbox.isEmpty) this.flush();
    if (this.outbox.questions.size) this.status.conflict();
  }

  note() {
    this.outbox.note();
    if (!this.outbox.isEmpty) this.later(PAUSE, () => this.flush());
  }

  later(pause, call) {
    clearTimeout(this.timer);
    this.timer = setTimeout(call, pause);
  }

  /** After a sleep, a lost network or another tab: what waits is sent now, not when its timer comes round. */
  wake() {
    return this.isLost ? this.tryAgain() : this.flush();
  }

  /** Back from the browser's memory of pages, where a form that was on its way has long arrived. */
  comeBack() {
    if (this.state === "leaving") this.state = "writing";
    this.wake();
  }

  /** Signing in again in another tab is enough: fetch a fresh token there, if it is the same person, and send. */
  async tryAgain() {
    if (!(await this.isPresent())) return false;
    if (this.outbox.isEmpty) this.settle();
    return this.flush();
  }

  /** Whether the server answers and knows this person. */
  async isPresent() {
    const answer = await this.transport.signInAgain();
    if (answer.outcome === "present") {
      this.reach();
      return true;
    }
    return answer.outcome === "offline" ? this.offline(answer.reached) : this.signedOut();
  }

  /** Send what is pending, one request at a time. True once nothing is left to send or to settle. */
  flush() {
    clearTimeout(this.timer);
    this.round ??= this.drain().catch((error) => this.failed(error)).finally(() => (this.round = null));
    return this.round;
  }

  async drain() {
    let singly = false;
    for (let batch = this.outbox.sendable(); batch; batch = this.outbox.sendable(singly)) {
      if (this.state === "closed") return false;
      if (!this.isLost) this.status.saving();
      this.outbox.remember(batch);
      const answer = await this.transport.send(batch);
      if (!this.take(answer, batch)) return false;
      // One field that cannot be stored must not hold up the others: from here on each goes alone.
      if (answer.outcome === "refused") singly = true;
    }
    return this.outbox.isSettled;
  }

  /** A fault of our own must not end the saving: the words are kept, and sent again. */
  failed(error) {
    console.error(error);
    return this.offline(false);
  }

  // --- what became of it: each is true where the round goes on -------------------------------------------------------
  take(answer, batch) {
    switch (answer.outcome) {
      case "saved": return this.saved(answer, batch);
      case "conflict": return this.collided(answer);
      case "refused": return this.refused(answer, batch);
      case "closed": return this.closed(answer);
      case "signed-out": return this.signedOut();
      default: return this.offline(answer.reached);
    }
  }

  saved(answer, batch) {
    this.reach();
    this.outbox.acknowledge(batch);
    const isMerged = this.outbox.merge(answer.others);
    document.body.dispatchEvent(new CustomEvent("scorecard-saved", { detail: answer }));
    this.status.savedAt = answer.saved_words;
    this.settle(isMerged);
    return true;
  }

  collided(answer) {
    this.reach();
    this.outbox.merge(answer.others);
    if (this.outbox.collide(answer.conflicts)) this.status.conflict();
    return true;
  }

  /** Which of several fields it was comes out when they are sent one by one; it alone is named. */
  refused(answer, batch) {
    this.reach();
    const [name, more] = Object.keys(batch);
    if (more) return true;
    this.outbox.refuse(name, batch[name], answer.message || "The server cannot save this.");
    this.sayRefused();
    return true;
  }

  closed(answer) {
    this.state = "closed";
    this.status.closed(answer.finished, this.outbox.isKept);
    return false;
  }

  signedOut() {
    this.lose("signed-out");
    this.outbox.keep();
    this.status.signedOut(this.outbox.isKept);
    this.later(this.transport.pauseAfter("signed-out"), () => this.tryAgain());
    return false;
  }

  offline(isReached) {
    this.lose("offline");
    this.outbox.keep();
    if (this.outbox.isEmpty) this.status.offlineWithNothingUnsent();
    else this.status.offline(isReached, this.outbox.isKept);
    this.later(this.transport.pauseAfter("offline"), () => this.wake());
    return false;
  }

  // --- what the writer is told and asked -----------------------------------------------------------------------------
  settle(isMerged = false) {
    if (this.outbox.questions.size) this.status.conflict();
    else if (this.outbox.refusals.size) this.sayRefused();
    else this.status.saved(isMerged);
  }

  sayRefused() {
    const [[name, { words }]] = this.outbox.refusals;
    const [control] = this.fields.controls(name);
    this.status.refused(this.fields.label(name), control.id, words);
  }

  ask(name, mine, other) {
    askWriter(this.fields, name, mine, other, (value) => this.chosen(name, value));
  }

  chosen(name, value) {
    this.outbox.choose(name, value);
    this.fields.focus(name);
    this.flush();
    if (this.outbox.isEmpty) this.settle();
  }

  // --- the form and the page go --------------------------------------------------------------------------------------
  /** Everything pending goes out first, so that the posted form never races with its own draft; without server or
      session the page stays where it is and says so. */
  async beforeSubmit(event) {
    if (this.state === "leaving") return;
    event.preventDefault();
    if (this.state === "submitting") return;
    const { submitter } = event;
    const before = this.state;
    if (before !== "closed") this.state = "submitting";
    this.status.undone = "";
    const isReady = (await this.flush()) && this.outbox.isEmpty && (await this.isPresent());
    if (this.state === "leaving") return; // asked a second time after a failure under way, and that one was quicker
    if (!isReady) return this.notDone(submitter, before);
    this.state = "leaving";
    this.form.requestSubmit(submitter);
  }

  notDone(submitter, before) {
    if (this.state === "submitting") this.state = before;
    this.status.notDone(submitter?.name);
    const choice = document.querySelector("[data-conflict] button");
    const [refused] = this.outbox.refusals.keys();
    if (choice) choice.focus();
    else this.fields.focus(refused);
  }

  /** A last request that outlives the page. A request on its way dies with the page, so this one has all. */
  leave() {
    const batch = this.outbox.sendable();
    if (this.state === "leaving" || this.state === "closed" || !batch) return;
    this.outbox.remember(batch);
    this.transport.sendLast(batch);
  }
}

for (const form of document.querySelectorAll("form[data-autosave-url]")) new Autosave(form);
