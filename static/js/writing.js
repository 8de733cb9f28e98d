// Writing a section: saved as one types, and never lost. Without this file the Save button does the same.
//
// What is typed lies in this browser until the server has confirmed it, whatever becomes of the connection, the session
// or the window. Nobody else's text is put aside: the server answers 409, and both versions are shown.

const SAVE_AFTER = 2000; // milliseconds after the last key
const SAVE_AT_LEAST = 15000; // while somebody types without a pause
const KEEP_AFTER = 200;
const FIRST_RETRY = 3000;
const LAST_RETRY = 30000;

const time = (at) => new Date(at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });

// What this browser keeps. Storage may be full or switched off; then leaving the page asks first.
const drafts = {
  read(key) {
    try {
      const kept = JSON.parse(localStorage.getItem(key));
      return typeof kept?.text === "string" ? kept : null;
    } catch {
      return null;
    }
  },
  keep(key, draft) {
    try {
      localStorage.setItem(key, JSON.stringify(draft));
      return true;
    } catch {
      return false;
    }
  },
  drop(key) {
    try {
      localStorage.removeItem(key);
    } catch {
      // There is nothing to drop where nothing can be kept.
    }
  },
};

// In the list of sections: which of them wait to be got back.
for (const line of document.querySelectorAll("[data-draft-key]")) {
  line.querySelector(".wm-section__kept").hidden = !drafts.read(line.dataset.draftKey);
}

class Writing {
  constructor(page) {
    this.page = page;
    this.form = page.querySelector("form.wm-writing__form");
    this.words = this.form.elements.body;
    this.version = this.form.elements.version;
    this.status = page.querySelector("[data-status]");
    this.key = page.dataset.key;
    this.longest = Number(page.dataset.longest);
    this.saved = this.words.value; // what the server has, as far as this page knows
    this.sending = false;
    this.stopped = page.querySelector("[data-theirs]").childElementCount > 0;
    this.retry = FIRST_RETRY;
    this.kept = true;
    this.offer();
    this.listen();
    this.showMarks();
  }

  get unsaved() {
    return this.words.value !== this.saved;
  }

  listen() {
    this.words.addEventListener("input", () => this.typed());
    this.form.addEventListener("submit", (event) => this.submit(event));
    this.form.elements.kept_because.addEventListener("change", () => this.soon(0));
    window.addEventListener("online", () => this.soon(0));
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") {
        this.keep();
        this.soon(0);
      }
    });
    window.addEventListener("pagehide", () => this.keep());
    window.addEventListener("beforeunload", (event) => {
      this.keep();
      if (this.unsaved && !this.kept) {
        event.preventDefault();
      }
    });
    // The status line says when the server cannot be reached; previews and presence need not say it again.
    for (const name of ["htmx:sendError", "htmx:responseError"]) {
      this.page.addEventListener(name, (event) => event.stopPropagation());
    }
    this.page.addEventListener("htmx:beforeSwap", (event) => {
      if (new URL(event.detail.xhr.responseURL).pathname.startsWith("/account/")) {
        event.detail.shouldSwap = false;
        event.stopPropagation();
      }
    });
    // Typed before this file was there, or brought back by the browser itself.
    if (this.words.value !== this.words.defaultValue) {
      this.saved = this.words.defaultValue;
      this.typed();
    }
  }

  typed() {
    clearTimeout(this.keeping);
    this.keeping = setTimeout(() => this.keep(), KEEP_AFTER);
    if (!this.stopped) {
      this.say("Not saved yet.");
    }
    this.typingSince ??= Date.now();
    this.soon(Math.max(0, Math.min(SAVE_AFTER, this.typingSince + SAVE_AT_LEAST - Date.now())));
  }

  keep() {
    clearTimeout(this.keeping);
    if (this.unsaved) {
      this.kept = drafts.keep(this.key, {
        text: this.words.value,
        version: this.version.value,
        at: Date.now(),
      });
    }
  }

  soon(milliseconds) {
    clearTimeout(this.waiting);
    this.waiting = setTimeout(() => this.save(), milliseconds);
  }

  say(words) {
    if (this.status.textContent !== words) {
      this.status.textContent = words;
    }
  }

  // One request at a time. `button` is the one that was pressed, if any.
  async save(button) {
    clearTimeout(this.waiting);
    if (this.sending || (!button && (!this.unsaved || this.stopped))) {
      return;
    }
    this.keep();
    const text = this.words.value;
    if (text.length > this.longest) {
      const [has, most] = [text.length, this.longest].map((each) => each.toLocaleString("en-GB"));
      this.say(`Not saved. This is ${has} characters long. Keep it under ${most}, or move a part of it.`);
      return;
    }
    this.sending = true;
    this.typingSince = null;
    this.say("Saving…");
    let response = null;
    let body = {};
    try {
      const data = new FormData(this.form);
      if (button?.name) {
        data.set(button.name, button.value);
      }
      response = await fetch(this.form.action, {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        redirect: "manual",
      });
      if (response.headers.get("Content-Type")?.startsWith("application/json")) {
        body = await response.json();
      }
    } catch {
      response = null;
    }
    this.sending = false;
    await this.answered(response, body, text, button);
  }

  async answered(response, body, text, button) {
    if (response?.ok && body.version) {
      this.confirmed(body, text);
      if (button && body.next) {
        window.location.assign(body.next);
      } else if (this.unsaved) {
        this.soon(SAVE_AFTER);
      }
    } else if (response?.status === 409) {
      this.clash(body);
    } else if (response?.status === 422 || response?.status === 410) {
      this.say(body.said ?? "Not saved.");
      if (body.asks_why) {
        this.page.querySelector("[data-why]").hidden = false;
      }
    } else {
      await this.failed(response);
    }
  }

  confirmed(body, text) {
    this.saved = text;
    this.version.value = body.version;
    this.stopped = false;
    this.retry = FIRST_RETRY;
    this.page.querySelector("[data-theirs]").replaceChildren();
    this.page.querySelector("[data-about]").innerHTML = body.about;
    this.page.querySelector("[data-told]").textContent = body.told;
    this.say(body.said);
    if (this.unsaved) {
      this.keep();
    } else {
      drafts.drop(this.key);
    }
  }

  // Somebody else was quicker: nothing is saved by itself until the writer has seen both.
  clash(body) {
    this.stopped = true;
    this.keep();
    this.version.value = body.version;
    const theirs = this.page.querySelector("[data-theirs]");
    theirs.innerHTML = body.theirs;
    theirs.firstElementChild.focus();
    this.say("Not saved: somebody else changed this section. Their words are above, yours are here.");
  }

  async failed(response) {
    const kept = this.kept ? "Your text is kept in this browser" : "Copy your text: this browser cannot keep it";
    if (response === null) {
      this.say(`Not saved: the server cannot be reached. ${kept}; trying again.`);
    } else if (response.type === "opaqueredirect") {
      this.say(`Not saved: you have been signed out. ${kept}, and is saved once you sign in again. `);
      const link = document.createElement("a");
      link.href = `${this.page.dataset.signIn}?next=${encodeURIComponent(window.location.pathname)}`;
      link.target = "_blank";
      link.className = "govuk-link";
      link.textContent = "Sign in (opens a new tab)";
      this.status.append(link);
    } else {
      this.say(`Not saved: the server refused it (${response.status}). ${kept}; trying again.`);
    }
    if (response?.status === 403) {
      await this.renewToken();
    }
    this.soon(this.retry);
    this.retry = Math.min(this.retry * 2, LAST_RETRY);
  }

  // Who signs in again has another token; the page's own is the one of before.
  async renewToken() {
    try {
      const response = await fetch(window.location.pathname, { redirect: "manual" });
      const token = /name="csrfmiddlewaretoken" value="(\w+)"/.exec(await response.text())?.[1];
      if (token) {
        for (const field of document.querySelectorAll("input[name=csrfmiddlewaretoken]")) {
          field.value = token;
        }
      }
    } catch {
      // The next try says what is wrong.
    }
  }

  submit(event) {
    event.preventDefault();
    const button = event.submitter ?? {};
    if (this.sending) {
      setTimeout(() => this.form.requestSubmit(event.submitter), 300);
    } else {
      this.save(button);
    }
  }

  // Text of an earlier visit that the server never had.
  offer() {
    const draft = drafts.read(this.key);
    const place = this.page.querySelector("[data-kept]");
    if (!draft || draft.text === this.words.value) {
      drafts.drop(this.key);
      return;
    }
    const day = new Date(draft.at).toDateString() === new Date().toDateString();
    const when = day ? time(draft.at) : `${new Date(draft.at).toLocaleDateString("en-GB")}, ${time(draft.at)}`;
    place.querySelector("[data-kept-title]").textContent = `Text from ${when} was not saved`;
    place.querySelector("[data-kept-text]").textContent = draft.text || "(Everything had been taken out.)";
    place.querySelector("[data-restore]").addEventListener("click", () => {
      place.hidden = true;
      this.words.value = draft.text;
      // Begun from older words, it meets the newer ones as any other late writer does.
      this.version.value = draft.version;
      this.words.focus();
      this.changed();
    });
    place.querySelector("[data-discard]").addEventListener("click", () => {
      place.hidden = true;
      drafts.drop(this.key);
      this.words.focus();
    });
    place.hidden = false;
  }

  changed() {
    this.words.dispatchEvent(new Event("input", { bubbles: true }));
  }

  showMarks() {
    const marks = this.page.querySelector("[data-marks]");
    marks.hidden = false;
    marks.addEventListener("click", (event) => {
      const kind = event.target.closest("[data-mark]")?.dataset.mark;
      if (kind) {
        this.mark(kind);
      }
    });
    marks.querySelector("[data-figure]").addEventListener("change", (event) => {
      const { selectionStart: start, selectionEnd: end } = this.words;
      const name = event.target.value;
      event.target.value = "";
      if (name) {
        this.put(start, end, name, start + name.length, 0);
      }
    });
    this.words.addEventListener("keydown", (event) => {
      const kind = { b: "bold", i: "italic" }[event.key.toLowerCase()];
      if (kind && (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey) {
        event.preventDefault();
        this.mark(kind);
      }
    });
  }

  // Around the words that are selected, or at the beginning of their lines.
  mark(kind) {
    const { value, selectionStart: start, selectionEnd: end } = this.words;
    const around = { bold: "**", italic: "*" }[kind];
    if (around) {
      const words = value.slice(start, end) || kind;
      this.put(start, end, around + words + around, start + around.length, words.length);
      return;
    }
    const first = value.lastIndexOf("\n", start - 1) + 1;
    const next = value.indexOf("\n", Math.max(start, end - 1));
    const last = next < 0 ? value.length : next;
    const begin = { list: () => "- ", numbers: (at) => `${at + 1}. `, quotation: () => "> " }[kind];
    const lines = value.slice(first, last).split("\n").map((line, at) => begin(at) + line).join("\n");
    // A list and a quotation stand apart from the paragraph before them.
    const gap = first > 0 && value[first - 2] !== "\n" ? "\n" : "";
    this.put(first, last, gap + lines, first + gap.length, lines.length);
  }

  // As if it were typed, so that undoing works.
  put(start, end, text, select, length) {
    this.words.focus();
    this.words.setSelectionRange(start, end);
    if (!document.execCommand("insertText", false, text)) {
      this.words.setRangeText(text, start, end);
      this.changed();
    }
    this.words.setSelectionRange(select, select + length);
  }
}

for (const page of document.querySelectorAll("[data-writing]")) {
  new Writing(page);
}
