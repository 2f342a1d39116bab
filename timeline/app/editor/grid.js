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

  // The cell of an event of the browser, where one begins to write in it and it takes no text.
  refused(event, id) {
    if (event.target.closest("input, textarea, select")) return null;
    if (event.type === "keydown" && (event.ctrlKey || event.metaKey || event.altKey
        || !(["Enter", "F2", "Delete", "Backspace"].includes(event.key) || event.key.length === 1)))
      return null;
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
  editorPage.cell(link.dataset.table, Number(link.dataset.row), link.dataset.key);
});
