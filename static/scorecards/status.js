// The line that says where the draft stands. A screen reader hears it when the state changes, not with each save: what
// is unspoken stands in an element that it does not read, and the spoken one is touched only when its words change.

import { link } from "./elements.js";

const NOT_DONE = { submit: "Not submitted yet.", lock: "Not locked yet.", save: "Not saved yet.", do: "Not done yet." };
const CONFLICT = "Changed in another tab or device. Choose which version to keep";
const ALL_STORED = "The server does not respond, but everything you wrote is saved";

function where(isKept) {
  return isKept ? "kept on this device" : "not kept anywhere. Keep this page open";
}

export class Status {
  /** `finished`, `lost` and `view` are what a form that is no scorecard's says in place of its words. */
  constructor(line, { finished, lost, view }) {
    this.line = line;
    this.finished = finished ?? "This scorecard was finished elsewhere";
    this.lost = lost ?? "You can no longer edit this scorecard";
    this.view = view ?? "view scorecard";
    this.spoken = line.querySelector("[data-save-spoken]");
    this.unspoken = line.querySelector("[data-save-unspoken]");
    this.more = line.querySelector("[data-save-more]");
    this.savedAt = ""; // the server's time, in the company's zone and named: a device's own clock may be wrong
    this.undone = ""; // what the writer asked for in vain; it stands before every state until they ask again
    this.said = []; // the state last shown, to be shown again with another `undone`
    this.heard = null; // the words of the spoken element
  }

  saving() {
    this.line.dataset.saveStatus = "saving";
    this.spoken.classList.add("eh-visually-hidden");
    this.unspoken.textContent = "Saving…";
    this.more.textContent = "";
  }

  saved(isMerged = false) {
    const time = this.savedAt ? ` ${this.savedAt}` : "";
    const more = isMerged ? ". Changes from another tab or device have been added" : "";
    this.say("saved", ["Saved"], time, more);
  }

  conflict() {
    this.say("conflict", [CONFLICT]);
  }

  /** The server will not store a field: its label, the id of its control, and why. */
  refused(label, id, words) {
    this.say("refused", ["Not saved: ", link(label, `#${id}`), `. ${words}`]);
  }

  closed(isFinished, isKept) {
    const words = `${isFinished ? this.finished : this.lost}. What you wrote since then is ${where(isKept)}: `;
    this.say("refused", [words, link(this.view, location.pathname)]);
  }

  signedOut(isKept) {
    const next = encodeURIComponent(location.pathname);
    const signIn = link("sign in to save it", `/accounts/login/?next=${next}`);
    this.say("signed-out", [`Signed out, ${where(isKept)}: `, signIn]);
  }

  offline(isReached, isKept) {
    this.say("offline", [`${isReached ? "Not saved yet" : "Offline"}, ${where(isKept)}`]);
  }

  offlineWithNothingUnsent() {
    this.say("offline", [ALL_STORED]);
  }

  /** What the writer asked for with the button of this name was not done; the state says why. */
  notDone(button) {
    this.undone = NOT_DONE[button] ?? NOT_DONE.save;
    this.say(...this.said);
  }

  say(state, content, unspoken = "", more = "") {
    this.said = [state, content, unspoken, more];
    this.line.dataset.saveStatus = state;
    this.spoken.classList.remove("eh-visually-hidden");
    this.unspoken.textContent = unspoken;
    this.more.textContent = more;
    this.speak(this.undone ? [`${this.undone} `, ...content] : content);
  }

  speak(parts) {
    const words = parts.map((part) => part.textContent ?? part).join("");
    if (words !== this.heard) this.spoken.replaceChildren(...parts);
    this.heard = words;
  }
}
