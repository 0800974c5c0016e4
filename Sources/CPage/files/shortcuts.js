// One key per action, which can be changed; all can be turned off (WCAG 2.1.4). No key works while a field has the
// focus.

const store = "streetnum.keys";

export class Shortcuts {
  /** @param standard the key of each action */
  constructor(standard) {
    this.standard = standard;
    this.read();
  }

  read() {
    let kept = {};
    try {
      kept = JSON.parse(localStorage.getItem(store) ?? "{}");
    } catch {
      // Invalid stored keys are ignored: the default keys apply.
    }
    this.on = kept.on !== false;
    this.keys = { ...this.standard };
    for (const [action, key] of Object.entries(kept.keys ?? {})) if (action in this.standard) this.keys[action] = key;
  }

  keep(on, keys) {
    localStorage.setItem(store, JSON.stringify({ on, keys }));
    this.read();
  }

  /** The action of a key that was pressed; null where there is none. */
  action(event) {
    if (!this.on || event.ctrlKey || event.altKey || event.metaKey || event.isComposing) return null;
    const target = event.target;
    if (target instanceof Element && target.closest("input, textarea, select, [contenteditable], dialog")) return null;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    return Object.keys(this.keys).find((action) => this.keys[action] === key) ?? null;
  }

  /** Shows the keys on what has `data-action`, and connects the dialog in which they are changed. */
  connect(dialog, opener, names, changed) {
    const show = () => {
      for (const [action, key] of Object.entries(this.keys)) {
        const button = document.querySelector(`[data-action="${action}"]`);
        const mark = button?.querySelector("kbd");
        if (mark) {
          mark.textContent = key === " " ? "Space" : key;
          mark.hidden = !this.on || !key;
        }
        if (this.on && key) button?.setAttribute("aria-keyshortcuts", key);
        else button?.removeAttribute("aria-keyshortcuts");
      }
      changed?.();
    };
    const fields = dialog.querySelector(".keys");
    const toggle = dialog.querySelector("[name=on]");
    const fault = dialog.querySelector("[data-fault]");
    const fill = (keys) => {
      fields.replaceChildren(...Object.keys(this.standard).map((action) => {
        const label = document.createElement("label");
        label.htmlFor = "key-" + action;
        label.textContent = names[action];
        const field = document.createElement("input");
        Object.assign(field, { id: "key-" + action, name: action, value: keys[action], maxLength: 1, autocomplete: "off" });
        return [label, field];
      }).flat());
    };
    opener.addEventListener("click", () => {
      toggle.checked = this.on;
      fault.textContent = "";
      fill(this.keys);
      dialog.showModal();
    });
    dialog.querySelector("[data-standard]").addEventListener("click", () => {
      toggle.checked = true;
      fill(this.standard);
    });
    dialog.querySelector("form").addEventListener("submit", (event) => {
      if (event.submitter?.value === "cancel") return;
      const keys = Object.fromEntries([...fields.querySelectorAll("input")].map((field) => [field.name, field.value.toLowerCase()]));
      const used = Object.values(keys).filter(Boolean);
      if (new Set(used).size < used.length) {
        event.preventDefault();
        fault.textContent = "Two actions have the same key.";
        return;
      }
      this.keep(toggle.checked, keys);
      show();
    });
    show();
  }
}
