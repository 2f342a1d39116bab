// Forms, uploads, keys, suggestions and jumps of the pages of the editor. All rules are the server's.
window.editorPage = {
  view: null,
  asked: 0,
  answers: new Map(),

  // The text editor of a page: its name, its suggestions; called when the page is built.
  async start(id) {
    let isReady;
    this.ready = new Promise((resolve) => { isReady = resolve; });
    const { EditorState, EditorView, StateEffect } = await import("nicegui-codemirror");
    const component = getElement(id);
    const view = await component.editorPromise;
    this.view = view;
    const source = (context) => {
      const word = context.matchBefore(/[^\s{}[\],:#]+/);
      if (!context.explicit && !word) return null;
      const line = context.state.doc.lineAt(context.pos);
      const before = [...line.text.slice(0, context.pos - line.from)].length;
      return this.ask({ line: line.number, column: before + 1 }).then((words) => words.length ? {
        from: line.from + [...line.text].slice(0, words[0].start - 1).join("").length,
        options: words.map((each) => ({
          label: each.text, info: each.description || undefined,
          type: each.kind === "key" ? "property" : "enum",
        })),
        filter: false,
      } : null);
    };
    view.dispatch({ effects: StateEffect.appendConfig.of([
      this.follow(component, view, EditorView.updateListener),
      EditorState.languageData.of(() => [{ autocomplete: source }]),
      EditorView.contentAttributes.of({ "aria-label": "Text of the file (YAML)", tabindex: "0" }),
    ]) });
    isReady(view);
  },

  ask(place) {
    const number = ++this.asked;
    return new Promise((resolve) => {
      this.answers.clear();
      this.answers.set(number, resolve);
      emitEvent("editor-complete", { number, ...place });
    });
  },

  answer(number, words) {
    this.answers.get(number)?.(words);
    this.answers.delete(number);
  },

  // A grid tells what was written in a cell in a task of its own, and a key that follows at once
  // may come before it: a Save must not leave out the cell, so keys and clicks wait for such tasks.
  inTurn(act) {
    setTimeout(act);
  },

  // The place of a problem in the text.
  jump(line, column) {
    const view = this.view;
    if (!view || line < 1 || line > view.state.doc.lines) return;
    const at = view.state.doc.line(line);
    view.dom.scrollIntoView({ block: "nearest" });
    view.dispatch({
      selection: { anchor: Math.min(at.from + Math.max(column - 1, 0), at.to) }, scrollIntoView: true,
    });
    view.focus();
  },

  // A form takes its next values once what it sent has been done.
  answered(name) {
    const form = document.querySelector(`form[data-name="${name}"]`);
    if (!form) return;
    delete form.dataset.busy;
    form.querySelector("button[type=submit]")?.removeAttribute("aria-disabled");
  },

  async upload(input) {
    const file = input.files[0];
    if (!file) return;
    const refused = (why) => emitEvent("upload-refused", { url: input.dataset.url, name: file.name, why });
    if (file.size > Number(input.dataset.limit)) {
      refused(`larger than ${input.dataset.limitText}`);
    } else {
      const form = new FormData();
      form.append("file", file);
      try {
        const answer = await fetch(input.dataset.url, { method: "POST", body: form });
        if (!answer.ok) refused(answer.status === 413 ? `larger than ${input.dataset.limitText}`
          : `the server answered ${answer.status}`);
      } catch {
        refused("it was not taken");
      }
    }
    input.value = "";
  },
};

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-name]");
  if (!form) return;
  event.preventDefault();
  if (form.dataset.busy) return;  // Enter or a click that comes before the answer to the first
  const send = form.querySelector("button[type=submit]");
  if (send) {
    form.dataset.busy = "1";
    send.setAttribute("aria-disabled", "true");
  }
  const values = Object.fromEntries(new FormData(form));
  editorPage.inTurn(() => emitEvent("form", { name: form.dataset.name, values }));
});

// Fields that belong to some choices of the first list of their form alone.
document.addEventListener("change", (event) => {
  const form = event.target.matches("select") && event.target.closest("form[data-name]");
  if (!form || event.target !== form.querySelector("select")) return;
  for (const field of form.querySelectorAll("[data-kinds]")) {
    const isOfKind = field.dataset.kinds.split(" ").includes(event.target.value);
    field.hidden = !isOfKind;
    field.querySelectorAll("input, select").forEach((each) => { each.disabled = !isOfKind; });
  }
});

document.addEventListener("change", (event) => {
  if (event.target.matches("input[type=file][data-url]")) editorPage.upload(event.target);
  else if (event.target.matches("[data-live]")) event.target.form.requestSubmit();
});

// The words of a column are offered in its cells.
document.addEventListener("focusin", (event) => {
  if (!event.target.matches(".ag-cell input")) return;
  const section = event.target.closest(".grid-section");
  const id = `${section.id}-${event.target.closest("[col-id]").getAttribute("col-id")}`;
  if (document.getElementById(id)) event.target.setAttribute("list", id);
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-line]");
  if (!link) return;
  event.preventDefault();
  const other = link.closest("[data-file]")?.dataset.file;  // a grid of another file than the text
  if (other) {
    location.assign(`/edit?name=${encodeURIComponent(other)}&line=${link.dataset.line}`);
    return;
  }
  history.pushState(history.state, "");  // Back leads to the place of the link
  editorPage.jump(Number(link.dataset.line), Number(link.dataset.column));
});

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
  const key = event.key.toLowerCase();
  const typing = event.target.closest("input, textarea, .cm-editor");
  const name = key === "s" ? "save" : typing ? "" : key === "z" ? (event.shiftKey ? "redo" : "undo")
    : key === "y" ? "redo" : "";
  if (!name) return;
  event.preventDefault();
  editorPage.inTurn(() => emitEvent("editor-key", name));
});

window.addEventListener("load", () => {  // the headings of a grid stay below the messages
  const messages = document.querySelector(".messages");
  if (!messages) return;
  new ResizeObserver(() => document.documentElement.style
    .setProperty("--messages", `${messages.offsetHeight}px`)).observe(messages);
});

window.addEventListener("beforeunload", (event) => {
  if (window.hasUnsaved) event.preventDefault();
});

{
  const dark = matchMedia("(prefers-color-scheme: dark)");
  const tell = () => emitEvent("editor-dark", dark.matches);
  dark.addEventListener("change", tell);
  window.addEventListener("load", () => dark.matches && tell());
}
