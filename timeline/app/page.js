// What every page has: panels stay open, the focus stays where one works, a lost connection is told.

// A panel is replaced as a whole after a change; what the reader had opened in it stays open.
document.addEventListener("toggle", (event) => {
  const id = event.target.id;
  if (!id || event.target.tagName !== "DETAILS") return;
  window.opened = window.opened || new Set();
  if (event.target.open) window.opened.add(id); else window.opened.delete(id);
}, true);

// The focus falls to the body when its element is taken out or hidden. It is then put to the same
// cell of the grid, to the element of the same name, or to the heading of its section.
const focusKeeper = {
  last: null,

  note(element) {
    const cell = element.closest(".ag-cell, .ag-header-cell");
    const section = element.closest("section, header, main");
    this.last = {
      element, section, id: element.id, text: element.textContent.slice(0, 80),
      tag: element.tagName, name: element.getAttribute("name"),
      cell: cell && {
        row: Number(cell.closest("[row-index]")?.getAttribute("row-index") ?? -1),
        column: cell.getAttribute("col-id"),
      },
    };
  },

  isLost() {
    const at = document.activeElement;
    if (!this.last || (at && at !== document.body)) return false;
    const { element } = this.last;
    return !element.isConnected || !element.getClientRects().length;
  },

  keep() {
    if (!this.isLost()) return;
    const last = this.last;
    const section = last.section?.id ? document.getElementById(last.section.id) : last.section;
    const home = section?.isConnected && section.getClientRects().length ? section : document;
    if (last.cell && this.cell(home, last.cell)) return;
    const same = [...home.querySelectorAll(last.tag)].filter((each) => each.getClientRects().length);
    const found = (last.id && document.getElementById(last.id))
      || same.find((each) => last.name && each.getAttribute("name") === last.name)
      || same.find((each) => each.tabIndex >= 0 && each.textContent.slice(0, 80) === last.text);
    const next = found?.getClientRects().length ? found : this.heading(home);
    if (next.tabIndex < 0) next.tabIndex = -1;  // such as a heading, to which F6 had led
    next.focus();
  },

  cell(home, { row, column }) {
    const api = home.dataset?.grid && window.getElement?.(Number(home.dataset.grid))?.api;
    if (!api) return false;
    const count = api.getDisplayedRowCount();
    const columns = api.getAllDisplayedColumns().map((each) => each.getColId());
    const key = columns.includes(column) ? column : columns[0];
    if (count) api.setFocusedCell(Math.min(Math.max(row, 0), count - 1), key);
    else api.setFocusedHeader?.(key);
    return document.activeElement !== document.body;
  },

  heading(home) {
    const found = home.querySelector?.("h2, h1") || document.querySelector("h1");
    found.tabIndex = -1;
    return found;
  },
};
document.addEventListener("focusin", (event) => focusKeeper.note(event.target));

// A page that is loaded anew gives the focus back to where it was.
addEventListener("pagehide", () => {
  if (document.activeElement === document.body || !focusKeeper.last) return;
  const { section, element, ...last } = focusKeeper.last;
  const place = { at: location.href, section: section?.id, ...last };
  sessionStorage.setItem("timeline-focus", JSON.stringify(place));
});
addEventListener("load", () => {
  const last = JSON.parse(sessionStorage.getItem("timeline-focus") || "null");
  sessionStorage.removeItem("timeline-focus");
  if (last?.at !== location.href) return;
  const limit = Date.now() + 5000;
  const give = () => {
    if (document.activeElement !== document.body || Date.now() > limit) return;
    const section = document.getElementById(last.section);
    const api = section?.dataset.grid && window.getElement?.(Number(section.dataset.grid))?.api;
    const isDrawn = api && (last.cell?.row < 0 || api.getDisplayedRowCount());  // a cell of a row
    if (!section || (last.cell && !isDrawn)) {
      setTimeout(give, 100);
    } else {
      focusKeeper.last = { ...last, section, element: document.createElement("span") };
      focusKeeper.keep();
    }
  };
  give();
});

new MutationObserver(() => {
  for (const id of window.opened || []) {
    const found = document.getElementById(id);
    if (found && !found.open) found.open = true;
  }
  if (focusKeeper.isLost()) setTimeout(() => focusKeeper.keep(), 50);  // the grid may do it itself
}).observe(document.documentElement, {
  attributes: true, attributeFilter: ["class", "hidden", "style"], childList: true, subtree: true,
});

// F6 leads from section to section, as in an office program; with Shift backwards.
document.addEventListener("keydown", (event) => {
  if (event.key !== "F6" || event.ctrlKey || event.altKey || event.metaKey) return;
  const every = [...document.querySelectorAll("header.top, .panels section[id]")]
    .filter((each) => each.getClientRects().length);
  if (!every.length) return;
  event.preventDefault();
  const here = document.activeElement.closest("header.top, .panels section[id]");
  const step = event.shiftKey ? -1 : 1;
  const at = here ? every.indexOf(here) + step : event.shiftKey ? -1 : 0;
  const next = every[(at + every.length) % every.length];
  const grid = next.dataset.grid && window.getElement?.(Number(next.dataset.grid));
  if (grid?.api) {
    editorPage.enter(grid.api);
  } else if (next.querySelector(".cm-content")) {
    next.querySelector(".cm-content").focus();
  } else {
    const heading = next.querySelector("h1, h2");
    heading.tabIndex = -1;
    heading.focus();
  }
  next.scrollIntoView({ block: "nearest" });
});

// What a lost connection means; a page with a text says what becomes of it, and what can be done.
window.tellConnection = (words, ...acts) => {
  const popup = document.getElementById("popup");
  if (!popup) return;
  popup.setAttribute("role", "alert");
  const lines = ["The connection to the command is lost.", words].map((line) => {
    const span = document.createElement("span");
    span.textContent = line;
    return span;
  });
  popup.replaceChildren(...lines, ...acts);
};
document.addEventListener("DOMContentLoaded", () => tellConnection(
  "It may have been stopped. This page tries to reach it again."));
