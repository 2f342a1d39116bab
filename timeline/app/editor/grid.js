// The cells of the grids: how they are drawn, jumps to them, and cells that take no text. All rules
// are the server's. A row has a name ("#row") that follows it, while its number may change.
Object.assign(window.editorPage, {
  kept: new WeakMap(),  // of each grid what is drawn when the cell is closed in which one writes

  // Bring a grid to other columns, rows, or another order of them. All is done in one task: no key
  // comes in between, and the focus is on the same row as before, or where that row was.
  draw(id, told) {
    const component = getElement(id), api = component?.api;
    if (!api) return;
    const kept = this.kept.get(api);
    if (kept) told = { ...kept, ...told, rows: [...kept.rows, ...told.rows] };
    if (!kept) api.addEventListener("cellEditingStopped", () => {
      if (this.kept.get(api)?.isWaiting) this.draw(id, { rows: [] });
    });
    const [open] = api.getEditingCells(), isOpen = Boolean(open);
    const name = open && api.getDisplayedRowAtIndex(open.rowIndex)?.data["#row"];
    const isWaiting = isOpen  // the grid would close the cell, and what is typed would be lost
      && Boolean(told.columns || told.order || told.rows.some((row) => row["#row"] === name));
    this.kept.set(api, isWaiting ? { ...told, isWaiting } : { rows: [] });
    if (isWaiting) return;
    const had = document.activeElement, isIn = !isOpen && component.$el.contains(had);
    const at = this.cells.get(api);  // the grid itself puts the focus to the row of the same number
    if (told.columns) component.run_grid_method("setGridOption", "columnDefs", told.columns);
    if (told.order) {
      this.numbers.set(api, new Map(told.order.map((name, at) => [name, at + 1])));
      const rows = new Map();
      api.forEachNode((node) => rows.set(node.data["#row"], node.data));
      for (const row of told.rows) rows.set(row["#row"], row);
      api.setGridOption("rowData", told.order.map((name) => rows.get(name)));
      api.refreshCells({ columns: ["#row"], force: true });  // the numbers
    } else if (told.rows.length) {
      api.applyTransaction({ update: told.rows });
    }
    if (this.only.get(api)?.value) {
      const at = api.getFocusedCell(), row = at && api.getDisplayedRowAtIndex(at.rowIndex);
      if (row) this.only.get(api).led.add(row.data["#row"]);  // where one works
      api.onFilterChanged();
    }
    const nodes = told.rows.map((row) => api.getRowNode(String(row["#row"]))).filter(Boolean);
    if (nodes.length) api.refreshCells({ rowNodes: nodes, force: true });
    const isHeld = document.activeElement === had && had.isConnected;
    if (at) this.cells.set(api, at);
    if (isIn && !(isHeld && !had.closest(".ag-cell"))) this.enter(api);
  },

  numbers: new WeakMap(),  // of each grid the numbers of its rows by their names, also of hidden ones
  only: new WeakMap(),  // of each grid which of its rows are shown

  numberOf(api, row) {
    return this.numbers.get(api)?.get(row["#row"]) ?? "";
  },

  // Show only the rows with a value in a part of theirs, with the one that has the focus and those
  // that are led to. While the audit waits a row has the value that it had.
  showOnly(id, part, value) {
    const api = getElement(id)?.api;
    if (!api) return;
    const before = this.only.get(api)?.seen ?? new Map();
    const only = { part, value, led: new Set(), seen: before };
    this.only.set(api, only);
    api.setGridOption("isExternalFilterPresent", () => Boolean(only.value));
    api.setGridOption("doesExternalFilterPass", (node) => {
      const name = node.data["#row"], now = node.data[part]?.conclusion;
      if (now) only.seen.set(name, now);
      return !only.seen.has(name) || only.seen.get(name) === value || only.led.has(name);
    });
    api.onFilterChanged();
  },

  // A row is led to: it is shown, whatever was chosen.
  lead(api, node) {
    if (!node || node.rowIndex !== null) return;
    this.only.get(api)?.led.add(node.data["#row"]);
    api.onFilterChanged();
  },

  // What a key of the browser does with the row that has the focus; empty for any other key.
  act(event) {
    if (event.target.closest("input, textarea, select")) return "";
    if (event.ctrlKey && event.key === "Delete") return "out";
    return event.altKey ? { ArrowUp: "up", ArrowDown: "down" }[event.key] ?? "" : "";
  },

  // The name of the row, and the column, of the cell that has the focus; 0 for none.
  chosen(id) {
    const api = getElement(id).api, at = api.getFocusedCell();
    const row = at && api.getDisplayedRowAtIndex(at.rowIndex);
    return { row: row?.data["#row"] ?? 0, key: at?.column.getColId() ?? "" };
  },

  // Give the focus to a cell, where it is in the section of the grid, or nowhere.
  focus(id, name, key) {
    const component = getElement(id), api = component?.api;
    if (api) this.lead(api, api.getRowNode(String(name)));
    const row = api?.getRowNode(String(name))?.rowIndex ?? null;
    if (row === null) return;
    const column = api.getColumn(key) ?? api.getAllDisplayedColumns()[0];
    this.cells.set(api, { name: String(name), row, column: column.getColId() });
    const at = document.activeElement;
    if (at !== document.body && !component.$el.closest(".grid-section").contains(at)) return;
    api.ensureIndexVisible(row);
    api.ensureColumnVisible(column);
    api.setFocusedCell(row, column);
  },

  // Bring a cell into sight and give it the focus.
  cell(table, row, key) {
    const section = document.getElementById(`${table}-grid`);
    const api = section && getElement(Number(section.dataset.grid))?.api;
    const name = [...(api ? this.numbers.get(api) ?? [] : [])].find(([, at]) => at === row + 1)?.[0];
    const node = name && api.getRowNode(String(name));
    if (!node) return;
    this.lead(api, node);
    row = node.rowIndex;
    section.scrollIntoView({ block: "nearest" });
    api.ensureIndexVisible(row);
    if (api.getColumn(key)) api.ensureColumnVisible(key);
    api.setFocusedCell(row, api.getColumn(key) ? key : api.getAllDisplayedColumns()[0].getColId());
  },

  // Lead to a line of the text, and to the cell that it is of, once both are there.
  async openAt(line, cell) {
    while (!this.ready) await new Promise((resolve) => setTimeout(resolve, 50));
    await this.ready;
    this.jump(line, 1);
    for (let look = 0; cell && look < 40; look++) {
      this.cell(...cell);
      if (document.activeElement.closest(".ag-cell")) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  },

  // Give the focus to the cell that had it last, else to the first; to a heading of an empty grid.
  enter(api) {
    const at = this.cells.get(api);
    const column = api.getColumn(at?.column ?? "") ?? api.getAllDisplayedColumns()[0];
    const last = api.getDisplayedRowCount() - 1;
    const row = (at && api.getRowNode(at.name)?.rowIndex) ?? at?.row ?? 0;
    if (last >= 0) api.setFocusedCell(Math.min(row, last), column);
    else api.setFocusedHeader(column);
    return true;
  },

  cells: new WeakMap(),  // of each grid the cell that had the focus last

  // The grid of an element of the browser; nothing for the fields beside it.
  gridOf(element) {
    const root = element.closest?.(".grid-section .sheet");
    return root && { root, api: getElement(Number(root.closest(".grid-section").dataset.grid))?.api };
  },

  // The next element with the focus behind a grid, or before it.
  beside(root, isBefore) {
    const side = isBefore ? Node.DOCUMENT_POSITION_PRECEDING : Node.DOCUMENT_POSITION_FOLLOWING;
    const every = [...document.querySelectorAll(
      "a[href], button, input, select, textarea, summary, [contenteditable], [tabindex]")];
    const found = every.filter((each) => each.tabIndex >= 0 && !each.disabled
      && each.getClientRects().length && !root.contains(each)
      && root.compareDocumentPosition(each) & side);
    return isBefore ? found.at(-1) : found[0];
  },

  // The cell of an event of the browser, where one begins to write in it and it takes no text.
  refused(event, id) {
    if (event.target.closest("input, textarea, select")) return null;
    if (event.type === "keydown" && (event.ctrlKey || event.metaKey || event.altKey
        || !(["Enter", "F2", "Delete", "Backspace"].includes(event.key) || event.key.length === 1)))
      return null;
    const link = event.target.closest(".ag-cell")?.querySelector("a[href]");  // to a finding
    if (event.key === "Enter" && link) link.click();
    const api = getElement(id).api, at = api.getFocusedCell();
    const row = at && api.getDisplayedRowAtIndex(at.rowIndex);
    return row && !at.column.isCellEditable(row) ? this.chosen(id) : null;
  },
});

document.addEventListener("click", (event) => {
  const link = event.target.closest("a[data-table]");
  if (!link) return;
  event.preventDefault();
  history.pushState(history.state, "");  // Back leads to the place of the link
  editorPage.cell(link.dataset.table, Number(link.dataset.row), link.dataset.key);
});

// A grid is one stop of Tab, and the arrows lead within it (ARIA Authoring Practices, grid pattern).
// While one writes in a cell, Tab goes on to the next one, as in a spreadsheet.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Tab" || event.ctrlKey || event.altKey || event.metaKey) return;
  const grid = editorPage.gridOf(event.target);
  if (!grid || event.target.matches("input, textarea, select")) return;
  const next = editorPage.beside(grid.root, event.shiftKey);
  if (!next) return;
  event.preventDefault();
  event.stopPropagation();
  next.focus();
}, true);

// Escape leaves a cell as it was, and the focus on it: after Tab the grid would go a row down, as
// it does after Enter.
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.isComposing) return;
  const api = editorPage.gridOf(event.target)?.api, cell = api?.getEditingCells()[0];
  if (!cell) return;
  event.preventDefault();
  event.stopPropagation();
  api.stopEditing(true);
  api.setFocusedCell(cell.rowIndex, cell.colId ?? cell.column.getColId());
}, true);

// A row or a part that scrolls may take the focus of the browser: it belongs to the cell.
document.addEventListener("focusin", (event) => {
  const grid = editorPage.gridOf(event.target);
  const isPart = ".ag-cell, .ag-header-cell, .ag-tab-guard, input, textarea, select";
  const cell = event.target.closest(".ag-cell");
  if (grid?.api && cell) {
    const row = cell.closest("[row-id]");
    editorPage.cells.set(grid.api, {
      name: row.getAttribute("row-id"), row: Number(row.getAttribute("row-index")),
      column: cell.getAttribute("col-id"),
    });
  }
  if (grid?.api && !event.target.closest(isPart)) editorPage.enter(grid.api);
});
