// The cells of the grids: jumps to them, and cells that take no text. All rules are the server's.
Object.assign(window.editorPage, {
  // Bring a cell into sight and give it the focus.
  cell(table, row, key) {
    const section = document.getElementById(`${table}-grid`);
    const api = section && getElement(Number(section.dataset.grid))?.api;
    if (!api?.getDisplayedRowAtIndex(row)) return;
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
    if (last >= 0) api.setFocusedCell(Math.min(at?.row ?? 0, last), column);
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
    if (!row || at.column.isCellEditable(row)) return null;
    return { row: at.rowIndex, key: at.column.getColId() };
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
    const row = Number(cell.closest("[row-id]").getAttribute("row-id"));
    editorPage.cells.set(grid.api, { row, column: cell.getAttribute("col-id") });
  }
  if (grid?.api && !event.target.closest(isPart)) editorPage.enter(grid.api);
});
