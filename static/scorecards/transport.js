// How a draft reaches the server, and what became of it. Each answer names one outcome:
//   saved       it is stored: `edit`, `others` (what changed elsewhere, by field), `saved_words` (the time, as words)
//   conflict    nothing is stored, since these fields changed elsewhere: `edit`, `others`, `conflicts` (by field)
//   refused     the server will not store this: `message`
//   closed      nothing more can be stored: `finished` where the scorecard was submitted or declined elsewhere
//   signed-out  the session is over, or another person's
//   offline     no answer, or none that counts: `reached` where there was one

const PATIENCE = 20_000;
const RETRY = [5_000, 15_000, 30_000, 60_000];
const SIGN_IN_AGAIN = 5_000;
const REFUSED = [400, 413, 422];

export class Transport {
  constructor(form) {
    this.form = form;
    this.url = form.dataset.autosaveUrl;
    this.failures = 0; // in a row
  }

  /** Send values by field, and read the answer. */
  async send(batch) {
    try {
      const signal = AbortSignal.timeout(PATIENCE);
      return await this.read(await this.post(batch, { signal }));
    } catch {
      return this.failed({ reached: false });
    }
  }

  /** A last request, which outlives the page; nobody hears its answer. */
  sendLast(batch) {
    this.post(batch, { keepalive: true }).catch(() => {});
  }

  post(batch, options) {
    const body = new URLSearchParams(); // half the cost of a multipart form for the server
    body.set("csrfmiddlewaretoken", this.form.elements.csrfmiddlewaretoken.value);
    body.set("edit", this.form.dataset.edit);
    for (const [name, value] of Object.entries(batch)) body.set(name, value);
    const headers = { Accept: "application/json", "X-Requested-With": "XMLHttpRequest" };
    return fetch(this.url, {
      method: "POST",
      body,
      headers,
      credentials: "same-origin",
      redirect: "manual",
      ...options,
    });
  }

  async read(response) {
    if (response.type === "opaqueredirect" || [401, 403].includes(response.status)) {
      return { outcome: "signed-out" };
    }
    const answer = await response.json().catch(() => ({}));
    if (response.status === 409 && answer.conflicts) return this.answered("conflict", answer);
    if (response.status >= 500 || response.status === 429) return this.failed({ reached: true });
    if (REFUSED.includes(response.status)) return this.answered("refused", answer);
    if (!response.ok || !answer.ok) return this.answered("closed", answer);
    return this.answered("saved", answer);
  }

  answered(outcome, answer) {
    this.failures = 0;
    if ("edit" in answer) this.setEdit(answer.edit);
    return { ...answer, outcome };
  }

  failed({ reached }) {
    this.failures += 1;
    return { outcome: "offline", reached };
  }

  setEdit(edit) {
    this.form.dataset.edit = edit;
    if (this.form.elements.edit) this.form.elements.edit.value = edit;
  }

  /** Ask whether the server answers and knows this person. It gives the page's forms a fresh token then, which a page
      needs whose writer has signed in again in another tab. The outcome is `present`, `signed-out` or `offline`. */
  async signInAgain() {
    try {
      const headers = { Accept: "application/json" };
      const signal = AbortSignal.timeout(PATIENCE);
      const response = await fetch(this.url, { redirect: "manual", headers, signal });
      if (response.status >= 500) return this.failed({ reached: true });
      if (!response.ok) return { outcome: "signed-out" };
      const { csrf } = await response.json();
      this.failures = 0;
      for (const token of document.querySelectorAll("[name=csrfmiddlewaretoken]")) token.value = csrf;
      return { outcome: "present" };
    } catch {
      return this.failed({ reached: false });
    }
  }

  /** Milliseconds until the server is asked again: more with each failure in a row. */
  pauseAfter(outcome) {
    if (outcome === "signed-out") return SIGN_IN_AGAIN;
    return RETRY[Math.min(Math.max(this.failures, 1), RETRY.length) - 1];
  }
}
