// The text editor of a page: what is typed is sent as changes of the text that the server put there.
Object.assign(window.editorPage, {
  number: 0,  // of the text that the server put there last
  isPutting: false,
  before: "",  // the text when the connection was lost
  ready: null,

  follow(component, view, updateListener) {
    component.emitting = false;  // the component would send its changes without that number
    this.component = component;
    const first = component.value;
    if (view.state.doc.toString() !== first) this.send(0, first.length, view.state.doc.toString());
    tellWhatIsKept();
    const { socket } = window;
    socket.on("disconnect", () => { this.before = view.state.doc.toString(); });
    socket.io.on("open", () => { window.hasUnsaved = false; });  // it answers: the text is safe
    socket.on("connect", () => emitEvent("editor-here", this.number));
    const kept = JSON.parse(sessionStorage.getItem("timeline-typed") || "null");
    if (kept && kept.at === location.href) emitEvent("editor-kept", kept);
    sessionStorage.removeItem("timeline-typed");
    return updateListener.of((update) => {
      if (!update.docChanged || this.isPutting) return;
      let [from, to, start, end] = [Infinity, -1, Infinity, -1];
      update.changes.iterChangedRanges((fromA, toA, fromB, toB) => {
        [from, to] = [Math.min(from, fromA), Math.max(to, toA)];
        [start, end] = [Math.min(start, fromB), Math.max(end, toB)];
      });
      this.send(from, to, update.state.doc.sliceString(start, end));
      if (!socket.connected) {
        const text = update.state.doc.toString();
        const kept = { at: location.href, before: this.before, text };
        sessionStorage.setItem("timeline-typed", JSON.stringify(kept));
      }
    });
  },

  send(from, to, inserted) {
    emitEvent("editor-typed", { number: this.number, from, to, inserted });
  },

  // The text of the server in place of the one that is there; the cursor stays where it was.
  async put(number, text) {
    const view = await this.ready;
    const { Transaction } = await import("nicegui-codemirror");
    const old = view.state.doc.toString();
    const most = Math.min(old.length, text.length);
    let start = 0, rest = 0;
    while (start < most && old[start] === text[start]) start++;
    while (rest < most - start && old.at(-1 - rest) === text.at(-1 - rest)) rest++;
    this.number = number;
    this.isPutting = true;
    view.dispatch({
      changes: { from: start, to: old.length - rest, insert: text.slice(start, text.length - rest) },
      annotations: Transaction.addToHistory.of(false),  // Ctrl-Z takes back what was typed here
    });
    this.isPutting = false;
  },

  // The lines with a problem, and what is said of each.
  async mark(lines, told) {
    await this.ready;
    this.component.setDecorations(lines.map((line) => ({ kind: "line", line, class: "has-problem" })));
    this.component.setLineTooltips(told);
  },

  async dark(theme) {
    await this.ready;
    this.component.setTheme(theme);
  },

  // The server has all that was typed while the connection was lost.
  isHere(hasUnsaved) {
    sessionStorage.removeItem("timeline-typed");
    window.hasUnsaved = hasUnsaved;
  },
});

const KEPT = "Text that is not saved: as long as the command runs it keeps the text, and takes what "
  + "you type here when it is reached again. If the command was stopped, the text is in this page "
  + "alone: copy it, or keep it as a file, before you close the page.";

function tellWhatIsKept() {
  const acts = document.createElement("span");
  acts.className = "tools";
  const text = () => editorPage.view.state.doc.toString();
  const add = (label, act) => {
    const button = document.createElement("button");
    button.textContent = label;
    button.addEventListener("click", act);
    acts.append(button);
  };
  add("Copy the text", () => navigator.clipboard.writeText(text()));
  add("Keep the text as a file", () => {
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([text()], { type: "text/yaml" }));
    link.download = new URLSearchParams(location.search).get("name").split("/").pop();
    link.click();
    URL.revokeObjectURL(link.href);
  });
  tellConnection(KEPT, acts);
}
