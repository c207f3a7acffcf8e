// Beside the form: how much is left, hints on what is written, a timer for the round, and the kit one tap away on a phone.

import { timerKey } from "./storage.js";

const form = document.querySelector("form[data-autosave-url]");
const line = document.querySelector("[data-progress]");

function progress() {
  const fold = form.querySelector(".eh-fold");
  const own = [...form.querySelectorAll("[data-rating]")].filter((rating) => !fold?.contains(rating));
  const done = own.filter((rating) => rating.querySelector(".eh-level-input:checked")).length;
  const chosen = form.querySelector("[name=recommendation]:checked");
  line.textContent = `${done} of ${own.length} dimensions done · ${chosen ? "recommendation given" : "no recommendation yet"}`;
}

if (form && line) {
  line.hidden = false;
  document.addEventListener("change", progress);
  document.body.addEventListener("scorecard-saved", progress);
  progress();
}

const hints = document.querySelector("#hints");
const REST = 1_000;

/** Hints are asked for where they can be read: nobody who types at the top of the form makes the server work for them. */
class Hints {
  constructor(box) {
    this.box = box;
    new IntersectionObserver(([entry]) => this.look(entry.isIntersecting), { rootMargin: "300px" }).observe(box);
    document.body.addEventListener("scorecard-saved", () => {
      this.stale = true;
      clearTimeout(this.timer);
      this.timer = setTimeout(() => this.ask(), REST);
    });
  }

  look(near) {
    this.near = near;
    this.ask();
  }

  ask() {
    if (!this.near || !this.stale) return;
    this.stale = false;
    this.box.dispatchEvent(new CustomEvent("hints-due"));
  }
}

if (hints) new Hints(hints);

const timer = document.querySelector("[data-timer]");
const KEY = timerKey(location.pathname);

/** Seconds since the start, kept for this tab so that a reload does not lose it; null where it was not started. */
function elapsed() {
  const started = Number(sessionStorage.getItem(KEY));
  return started ? Math.max(0, Math.floor((Date.now() - started) / 1000)) : null;
}

/** A device's clock that is set back under way moves the start along, so that the timer goes on. */
let seen = Date.now();
function follow() {
  const now = Date.now();
  const started = Number(sessionStorage.getItem(KEY));
  if (started && now < seen) sessionStorage.setItem(KEY, started - (seen - now));
  seen = now;
}

function tick() {
  follow();
  const seconds = elapsed();
  timer.querySelector("[data-timer-button]").textContent = seconds === null ? "Start timer" : "Stop timer";
  const shown = seconds ?? 0;
  timer.querySelector("[data-timer-shown]").textContent = `${Math.floor(shown / 60)}:${String(shown % 60).padStart(2, "0")}`;
  timer.classList.toggle("eh-timer-over", shown > Number(timer.dataset.minutes) * 60);
}

if (timer) {
  timer.hidden = false;
  timer.querySelector("[data-timer-button]").addEventListener("click", () => {
    if (elapsed() === null) sessionStorage.setItem(KEY, Date.now());
    else sessionStorage.removeItem(KEY);
    tick();
  });
  setInterval(tick, 1000);
  tick();
}

for (const keys of document.querySelectorAll("[data-show-keys]")) keys.hidden = false;

document.querySelector("[data-open-kit]")?.addEventListener("click", () => {
  document.querySelector(".eh-kit > details").open = true;
});
