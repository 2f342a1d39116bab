// The table of data. Its rows wait in a document without a window; those looked at are shown.
const MANY = 400; // rows that are added at a time
const region = element("rows");
const tableBody = (() => {
  const source = region?.querySelector("noscript");
  if (!source) return document.createElement("tbody");
  const table = new DOMParser().parseFromString(source.textContent, "text/html").querySelector("table");
  source.replaceWith(document.adoptNode(table));
  return table.tBodies[0];
})();
const tableRows = [...tableBody.rows];
tableBody.replaceChildren();
// What the file of the data has in a cell, which may be shown in another language.
const writtenIn = (cell) => cell.dataset.written ?? cell.textContent;
const tableHead = [...(region?.querySelectorAll("th") || [])].map(writtenIn);
const shownRows = { all: tableRows, from: 0, to: MANY };
const fillTable = () => {
  tableBody.replaceChildren(...shownRows.all.slice(shownRows.from, shownRows.to));
};
// Show the rows for which a test holds, or all.
const filterTable = (test) => {
  shownRows.all = test ? tableRows.filter((_, item) => test(item)) : tableRows;
  [shownRows.from, shownRows.to] = [0, MANY];
  fillTable();
};
// Bring a row into the table and into sight within it.
const revealRow = (item) => {
  const row = tableRows[item];
  if (!row.isConnected) {
    const at = shownRows.all.indexOf(row);
    if (at < 0) return;
    [shownRows.from, shownRows.to] = [Math.max(0, at - MANY / 2), at + MANY / 2];
    fillTable();
  }
  region.scrollTop = row.offsetTop - region.clientHeight / 3;
};
region?.addEventListener("scroll", () => {
  const { scrollTop, clientHeight, scrollHeight } = region;
  if (scrollTop + clientHeight > scrollHeight - 80 && shownRows.to < shownRows.all.length) {
    shownRows.to += MANY;
    tableBody.append(...shownRows.all.slice(shownRows.to - MANY, shownRows.to));
  } else if (scrollTop < 80 && shownRows.from) {
    const first = tableBody.rows[0];
    const added = shownRows.all.slice(Math.max(0, shownRows.from - MANY), shownRows.from);
    tableBody.prepend(...added);
    shownRows.from -= added.length;
    region.scrollTop = scrollTop + first.offsetTop - added[0].offsetTop;
  }
});
fillTable();
