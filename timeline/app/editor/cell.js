// A cell whose text was not taken: it is open again with the text, and below it stands why.
Object.assign(window.editorPage, {
  told: null,  // the message that is shown, with its cell: { box, api, input, typed, row, column }
  later: new WeakMap(),  // of each grid the cell to open again when another one is closed

  // Open a cell again with what was typed, what is wrong with it, and what it may become. Escape
  // leaves the cell as it was. Another cell in which one has typed meanwhile is not closed.
  // `number` is that of the refusal: the server is told when it is gone.
  refuse(id, name, key, typed, what, ways, number) {
    const component = getElement(id), api = component?.api;
    const row = api?.getRowNode(String(name))?.rowIndex ?? null;
    if (row === null || !api.getColumn(key)) {
      if (component) this.gone({ component, number });
      return;
    }
    const [open] = api.getEditingCells();
    if (open) {
      const node = api.getDisplayedRowAtIndex(open.rowIndex), colKey = open.colId ?? open.column;
      const input = component.$el.querySelector(".ag-cell-inline-editing input");
      if (input?.value !== String(api.getCellValue({ rowNode: node, colKey }) ?? "")) {
        if (!this.later.has(api)) api.addEventListener("cellEditingStopped", () => {
          const call = this.later.get(api);
          this.later.set(api, null);
          if (call) setTimeout(() => this.refuse(...call));
        });
        this.later.set(api, [id, name, key, typed, what, ways, number]);
        return;
      }
      api.stopEditing(true);
    }
    api.ensureIndexVisible(row);
    api.ensureColumnVisible(key);
    api.setFocusedCell(row, key);
    api.startEditingCell({ rowIndex: row, colKey: key });
    const input = component.$el.querySelector(".ag-cell-inline-editing input");
    if (!input) return;
    input.value = typed;
    input.dispatchEvent(new Event("input", { bubbles: true }));
    input.select();  // as in any cell: what is typed replaces it, and the arrows lead into it
    this.tellCell(component, api, input, { typed, row, key, what, ways, number });
  },

  tellCell(component, api, input, { typed, row, key, what, ways, number }) {
    this.untellCell();
    const box = document.createElement("div"), words = document.createElement("p");
    box.className = "cell-fault";
    words.id = `cell-fault-${component.$el.id}`;
    words.textContent = what;
    box.append(words);
    ways.forEach((way, number) => {
      const button = document.createElement("button");
      button.type = "button";
      button.textContent = way;
      button.addEventListener("mousedown", (event) => event.preventDefault());
      button.addEventListener("click", () => {
        this.leaveCell();
        component.$el.dispatchEvent(new CustomEvent("way", { detail: number }));
      });
      box.append(button);
    });
    words.append(`${ways.length ? " Down: to what it may become." : ""} Escape: as it was before.`);
    input.setAttribute("aria-invalid", "true");
    input.setAttribute("aria-describedby", words.id);
    const home = component.$el.parentElement, at = input.closest(".ag-cell").getBoundingClientRect();
    const around = home.getBoundingClientRect();
    box.style.top = `${at.bottom - around.top}px`;
    home.append(box);  // within the grid and the window: the page is not widened by it
    const most = Math.min(around.width, document.documentElement.clientWidth - around.left);
    box.style.left = `${Math.max(Math.min(at.left - around.left, most - box.offsetWidth), 0)}px`;
    this.told = { box, api, input, typed, row, key, component, number };
    api.addEventListener("cellEditingStopped", () => this.told?.box === box && this.untellCell());
    box.scrollIntoView({ block: "nearest" });
  },

  untellCell() {
    const { told } = this;
    this.told = null;  // before the focus leaves the box with it
    told?.box.remove();
    if (told) this.gone(told);
  },

  // The reason of a refusal is gone, and with it what is said of it beside the grid.
  gone({ component, number }) {
    component.$el.dispatchEvent(new CustomEvent("gone", { detail: number }));
  },

  // Close the cell as it was, with the focus on it.
  leaveCell() {
    const { told } = this;
    this.told = null;
    told.api.stopEditing(true);
    told.api.setFocusedCell(told.row, told.key);
    told.box.remove();
    this.gone(told);
  },
});

// The arrows lead from the cell to its buttons and back, and Escape out of them.
document.addEventListener("keydown", (event) => {
  const told = editorPage.told;
  if (!told) return;
  const stops = [told.input, ...told.box.querySelectorAll("button")];
  const at = stops.indexOf(event.target);
  if (at < 0) return;
  const by = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (event.key === "Tab" && told.input.value === told.typed) {  // no trap: the text waits
    editorPage.beside(told.component.$el, event.shiftKey)?.focus();
  } else if (event.key === "Escape" && at > 0) editorPage.leaveCell();
  else if (by && stops[at + by]) stops[at + by].focus();
  else return;
  event.preventDefault();
  event.stopPropagation();
}, true);

// A text that was not taken stays in its cell until it is put right or left by Escape: another cell
// is not opened, as the grid has but one that is open. What is not a cell takes the click.
for (const type of ["mousedown", "click", "dblclick"]) document.addEventListener(type, (event) => {
  const told = editorPage.told;
  if (!told?.input.isConnected || told.input.value !== told.typed
      || !event.target.closest?.(".ag-cell")) return;
  if (event.target === told.input || told.box.contains(event.target)) return;
  event.preventDefault();
  event.stopPropagation();
  told.box.scrollIntoView({ block: "nearest" });
  told.input.focus();
}, true);

document.addEventListener("focusout", (event) => {
  const told = editorPage.told;
  if (!told || (event.target !== told.input && !told.box.contains(event.target))) return;
  const to = event.relatedTarget;
  // A text that was typed anew is sent as that of any cell; the one that was not taken stays open.
  const isSame = told.input.value === told.typed, isWithin = to === told.input || told.box.contains(to);
  if (!document.hasFocus() || isSame || isWithin) event.stopPropagation();
}, true);
