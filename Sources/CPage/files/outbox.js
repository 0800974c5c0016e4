// Decisions that have not reached the server: kept in localStorage, sent in order, deleted when the server has
// answered.

const retryAfter = 1000; // milliseconds

export class Outbox {
  /**
   * @param name of the entry in localStorage
   * @param changed is told whenever something is added, sent or refused
   */
  constructor(name, changed) {
    this.name = name;
    this.changed = changed;
    this.failed = false;
    this.sending = null;
    this.memory = null;
    window.addEventListener("online", () => this.send());
    setTimeout(() => this.send());
  }

  get entries() {
    if (this.memory) return this.memory;
    try {
      return JSON.parse(localStorage.getItem(this.name) ?? "[]");
    } catch {
      return [];
    }
  }

  keep(entries) {
    try {
      localStorage.setItem(this.name, JSON.stringify(entries));
      this.memory = null;
    } catch {
      // The browser can't store it, so it is kept in memory until the user leaves the page.
      this.memory = entries;
    }
  }

  /** @param entry { id, address, body }; anything else in it comes back with the answer. */
  add(entry) {
    this.keep([...this.entries, entry]);
    this.changed();
    this.send();
  }

  /** Takes back what was not sent; says whether that was possible. */
  take(id) {
    const entries = this.entries;
    if (this.sending === id || !entries.some((entry) => entry.id === id)) return false;
    this.keep(entries.filter((entry) => entry.id !== id));
    this.changed();
    return true;
  }

  async send() {
    if (this.sending) return;
    clearTimeout(this.timer);
    const [entry] = this.entries;
    if (!entry) {
      this.failed = false;
      return this.changed();
    }
    this.sending = entry.id;
    let answer, content;
    try {
      const limit = AbortSignal.timeout(15000);
      answer = await fetch(entry.address, {
        method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(entry.body), signal: limit,
      });
      content = await answer.json().catch(() => ({}));
    } catch {
      answer = null;
    }
    this.sending = null;
    // Without an answer, or if the server is overloaded, it is sent again; its id prevents storing it twice.
    if (!answer || answer.status >= 500 || answer.status === 401 || answer.status === 429) {
      this.failed = true;
      this.changed();
      this.timer = setTimeout(() => this.send(), retryAfter);
      return;
    }
    this.failed = false;
    this.keep(this.entries.filter((other) => other.id !== entry.id));
    this.changed(entry, answer.status, content);
    this.send();
  }
}
