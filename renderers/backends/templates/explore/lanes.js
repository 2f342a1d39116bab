// Which lanes or columns are shown, in which order and in which groups; those left out close up.
const body = scene.bands.find((band) => band.name === "body") || { rows: [] };
const bodyPanels = [...plot.querySelectorAll(".panel.body")];
// What may be sorted and left out, by number: lanes and sections are rows of the scene.
const parts = scene[scene.arranged];
const inColumns = scene.arranged === "columns";
const all = inColumns ? parts.map((_, column) => column) : body.rows;
const sortable = all.filter((part) => parts[part].facts);
const lanes = inColumns ? [] : sortable;
const columnOf = (item) => scene.items[item]?.[5] ?? null;
const partOf = ({ row, item }) => (inColumns ? parts[columnOf(item)] : parts[row]);
const groupsOf = (selector) => {
  const found = new Map();
  for (const group of plot.querySelectorAll(selector)) {
    const row = Number(group.dataset.row);
    found.set(row, [...(found.get(row) || []), group]);
  }
  return found;
};
const rowGroups = groupsOf(".body .row");
const openings = groupsOf(".body .opening");
const printedTop = new Map();
{
  let top = 0;
  for (const row of body.rows) { printedTop.set(row, top); top += scene.rows[row].height; }
}
const fact = (part, heading) => parts[part].facts.find(([name]) => name === heading);
const headings = [...new Set(sortable.flatMap((part) => parts[part].facts.map(([name]) => name)))];
const compare = (a, b) => {
  for (let n = 0; n < Math.max(a.length, b.length); n += 1) {
    if (n >= a.length || n >= b.length) return a.length - b.length;
    for (let m = 0; m < 3; m += 1) {
      if (a[n][m] !== b[n][m]) return a[n][m] < b[n][m] ? -1 : 1;
    }
  }
  return 0;
};
const LAST = [[9, 0, ""]]; // after every known value
const rankOf = (part, heading) => (fact(part, heading) || [])[2] || LAST;
const groupOf = (part, heading) => (heading === "printed" ? parts[part].group : (fact(part, heading) || ["", "–"])[1]);

const chosen = { order: "printed", reversed: false, group: "printed", search: "", off: new Set() };
const isShown = (part) => {
  if (chosen.off.has(part)) return false;
  if (!chosen.search || !parts[part].facts) return true;
  const { name, facts = [] } = parts[part];
  return [name, ...facts.map(([, text]) => text)].some((text) => text.toLowerCase().includes(chosen.search));
};
const sorted = () => {
  if (!sortable.length) return [...all];
  const found = [...sortable];
  if (chosen.order !== "printed") {
    const way = chosen.reversed ? -1 : 1;
    found.sort((a, b) => way * compare(rankOf(a, chosen.order), rankOf(b, chosen.order)));
  }
  if (chosen.group && chosen.group !== "printed") {
    const rank = (part) => rankOf(part, chosen.group);
    found.sort((a, b) => compare(rank(a), rank(b)) || groupOf(a, chosen.group).localeCompare(groupOf(b, chosen.group)));
  } else if (chosen.group === "printed") {
    const names = [...new Set(sortable.map((part) => parts[part].group))];
    found.sort((a, b) => names.indexOf(parts[a].group) - names.indexOf(parts[b].group));
  }
  const others = all.filter((part) => !sortable.includes(part));
  return [...others.filter((part) => part < sortable[0]), ...found, ...others.filter((part) => part > sortable[0])];
};
const isPrinted = () => chosen.order === "printed" && !chosen.reversed && chosen.group === "printed" && all.every(isShown);

const HEADING = 4.4; // millimetres of the name of a group
let sequence = [...all]; // the parts in sight, from the top or from the left
let topOf = new Map(printedTop);
// The titles of the groups in sight, by the part that each begins with.
const titlesInSight = () => {
  const found = new Map();
  let group = "";
  for (const part of isPrinted() ? [] : sequence) {
    const name = chosen.group && sortable.includes(part) ? groupOf(part, chosen.group) : "";
    if (name && name !== group) {
      const members = sortable.filter((each) => groupOf(each, chosen.group) === name);
      const number = members.filter(isShown).length;
      found.set(part, { number, text: fill(number === members.length ? words.group_size : words.group_part, { group: name, number, all: members.length }) });
    }
    group = name;
  }
  return found;
};
const layOut = () => {
  sequence = sorted().filter(isShown);
  bodyPanels.forEach((panel) => panel.querySelectorAll(".title").forEach((each) => each.remove()));
  arrange[scene.arranged](titlesInSight());
  hideRows();
  tell();
};
const setHeight = (height, asPrinted) => {
  for (const panel of bodyPanels) {
    panel.viewBox.baseVal.height = height;
    panel.style.height = asPrinted ? "" : `calc(var(--mm) * ${height})`;
  }
};
const titleText = (x, y, text, align = "start") => svgNode("text", { class: "title", x: round(x), y: round(y), "font-size": 2.29, "font-weight": "bold", "text-anchor": align, fill: "#1A1A1A" }, text);
// Rows one below the other, the title of a group above its first.
const stackRows = (titles) => {
  const asPrinted = isPrinted();
  topOf = new Map();
  let top = 0;
  for (const row of sequence) {
    const { height, opening = 0 } = scene.rows[row];
    if (titles.has(row)) {
      bodyPanels[0].append(titleText(0, top + 3, titles.get(row).text));
      top += HEADING;
    }
    topOf.set(row, asPrinted ? top : top - opening);
    top += asPrinted ? height : height - opening;
  }
  for (const [row, groups] of rowGroups) {
    for (const each of groups) {
      each.classList.toggle("off", !topOf.has(row));
      if (topOf.has(row)) each.setAttribute("transform", `translate(0 ${round(topOf.get(row))})`);
    }
  }
  for (const groups of openings.values()) for (const each of groups) each.classList.toggle("off", !asPrinted);
  spanRows();
  setHeight(Math.max(top, 6), asPrinted);
};
// What passes through rows, from the first to the last of them that is shown.
const spans = [...plot.querySelectorAll(".body .through [data-rows]")];
const spanRows = () => {
  for (const span of spans) {
    const [first, last] = span.dataset.rows.split(" ").map(Number);
    const within = sequence.filter((row) => first <= row && row <= last);
    span.classList.toggle("off", !within.length);
    if (!within.length) continue;
    const below = (row, tops) => tops.get(row) + scene.rows[row].height;
    const [oldTop, oldEnd] = [printedTop.get(first), below(last, printedTop)];
    const top = topOf.get(within[0]) + (isPrinted() ? 0 : scene.rows[within[0]].opening || 0);
    const end = below(within[within.length - 1], topOf);
    for (const path of span.querySelectorAll("path")) {
      const points = model(path);
      const [high, low] = [Math.min(...points.map((p) => p.top)), Math.max(...points.map((p) => p.top))];
      for (const point of points) {
        point.y = point.top === high ? top + (high - oldTop) : end + (low - oldEnd);
      }
      redraw(path);
    }
  }
};

// Columns side by side from the left. Texts beside bars take turns in height: the n-th from the left
// has the height of the n-th as printed, with the line that leads from there.
const inColumn = [...plot.querySelectorAll("[data-column]")].map((group) => ({
  group,
  column: Number(group.dataset.column),
  row: group.closest("[data-row]").dataset.row,
  text: group.matches(".item") ? null : group.querySelector("text"),
  leads: Boolean(group.querySelector('.mark[data-styles="leader"]')),
}));
const turns = new Map(inColumn.filter(({ text }) => text).map(({ row }) => [row, []]));
for (const each of inColumn) if (each.text) turns.get(each.row).push(each);
const heightOf = ({ text }) => Number(text.getAttribute("y")) || 0;
const placed = new Map(inColumns ? all.map((column, n) => [column, n]) : []); // of columns in sight, from 0
const lineUpColumns = (titles) => {
  placed.clear();
  sequence.forEach((column, n) => placed.set(column, n));
  const pitch = place(toX(1)) - place(toX(0));
  const move = ({ group, column }, to, down = 0) => {
    group.classList.toggle("off", to === undefined);
    if (to !== undefined) group.setAttribute("transform", `translate(${round((to - column) * pitch)} ${round(down)})`);
  };
  for (const each of inColumn) move(each, placed.get(each.column));
  for (const texts of turns.values()) {
    const shown = texts.filter(({ column }) => placed.has(column)).sort((a, b) => placed.get(a.column) - placed.get(b.column));
    shown.forEach((each, n) => move(each, placed.get(each.column), heightOf(texts[n]) - heightOf(each)));
    for (const leader of inColumn.filter(({ leads, row }) => leads && row === texts[0].row)) {
      move(leader, placed.get(shown[texts.findIndex(({ column }) => column === leader.column)]?.column));
    }
  }
  hideStyles();
  drawBrackets(titles, pitch);
};
// The title of each group below a line under its columns; titles that would meet take turns.
const drawBrackets = (titles, pitch) => {
  const panel = bodyPanels.find((each) => each.matches(".time"));
  const bottom = body.rows.reduce((sum, row) => sum + scene.rows[row].height, 0);
  const ends = []; // where the last title of each line of titles ends
  for (const [column, { number, text }] of titles) {
    const start = place(toX(0)) + placed.get(column) * pitch;
    const end = start + number * pitch;
    panel.append(svgNode("path", { class: "title", d: `M${round(start + 0.1 * pitch)} ${round(bottom + 0.9)}L${round(end - 0.1 * pitch)} ${round(bottom + 0.9)}`, fill: "none", stroke: "#1A1A1A", "stroke-width": 0.212 }));
    const half = text.length * 0.62;
    const middle = Math.max(cuts.left + half, Math.min((start + end) / 2, panel.viewBox.baseVal.x + panel.viewBox.baseVal.width - half));
    let line = ends.findIndex((last) => last < middle - half);
    if (line < 0) line = ends.length;
    ends[line] = middle + half + 1;
    panel.append(titleText(middle, bottom + 3.6 + line * 3.2, text, "middle"));
  }
  setHeight(bottom + (ends.length ? 1.4 + ends.length * 3.2 : 0), !ends.length);
};
const arrange = { rows: stackRows, columns: lineUpColumns };

// Marks are hidden with any of their styles, items with all their marks.
const boxes = (kind) => [...document.querySelectorAll(`input[data-${kind}]`)];
const itemGroups = [];
for (const group of document.querySelectorAll(".panel .item")) (itemGroups[Number(group.dataset.item)] ||= []).push(group);
const hiddenStyles = new Set();
const hideStyles = () => {
  hiddenStyles.clear();
  for (const box of boxes("style")) if (!box.checked) hiddenStyles.add(box.dataset.style);
  for (const mark of plot.querySelectorAll(".mark[data-styles]")) {
    mark.classList.toggle("off", mark.dataset.styles.split("|").some((each) => hiddenStyles.has(each)));
  }
  for (const groups of itemGroups) {
    for (const group of groups || []) {
      const isIn = !inColumns || placed.has(Number(group.dataset.column));
      group.classList.toggle("off", !isIn || !group.querySelector(".mark:not(.off)"));
    }
  }
  hideRows();
};
const inBody = new Set(body.rows);
// Rows of data beyond the items are numbers that are printed as text: they have no mark.
const isText = (item) => item >= scene.items.length;
const isVisible = (item) => {
  if (isText(item)) return false;
  const [row] = scene.items[item];
  return (!inBody.has(row) || topOf.has(row)) && (itemGroups[item] || []).some((each) => !each.classList.contains("off"));
};
const hideRows = () => filterTable(isPrinted() && !hiddenStyles.size ? null : (item) => isText(item) || isVisible(item));
const every = sortable.length ? sortable : all;
const countText = () => fill(words.parts_shown, { shown: every.filter(isShown).length, all: every.length });
const shownText = () => (every.every(isShown) ? [] : [countText()]);

// The choices of the reader.
const choose = (changes) => {
  Object.assign(chosen, changes);
  layOut();
  say(countText());
};
const option = (value, text) => {
  const made = document.createElement("option");
  [made.value, made.textContent] = [value, text];
  return made;
};
if (element("order")) {
  element("order").append(option("printed", words.as_printed));
  for (const heading of headings) {
    element("order").append(option(`+${heading}`, heading), option(`-${heading}`, `${heading}, ${words.reversed}`));
  }
  element("order").addEventListener("change", ({ target: { value } }) => {
    choose({ order: value === "printed" ? value : value.slice(1), reversed: value.startsWith("-") });
  });
  const hasGroups = sortable.some((part) => parts[part].group);
  element("group").append(option("printed", hasGroups ? words.as_printed : words.no_group));
  if (hasGroups) element("group").append(option("", words.no_group));
  for (const heading of headings) {
    const different = new Set(sortable.map((part) => groupOf(part, heading))).size;
    if (different > 1 && different <= Math.min(12, sortable.length - 1)) element("group").append(option(`+${heading}`, heading));
  }
  element("group").addEventListener("change", ({ target: { value } }) => {
    choose({ group: value === "printed" ? value : value.slice(1) });
  });
}
if (element("search")) {
  element("search").addEventListener("input", ({ target: { value } }) => choose({ search: value.trim().toLowerCase() }));
}
const readLanes = () => choose({ off: new Set(boxes("lane").filter((box) => !box.checked).map((box) => Number(box.dataset.lane))) });
for (const box of boxes("lane")) box.addEventListener("change", readLanes);
for (const box of boxes("style")) box.addEventListener("change", hideStyles);
for (const button of document.querySelectorAll("[data-all], [data-none]")) {
  const kind = button.dataset.all || button.dataset.none;
  button.addEventListener("click", () => {
    const within = kind === "style" ? button.closest(".group") : document;
    for (const box of within.querySelectorAll(`input[data-${kind}]`)) box.checked = Boolean(button.dataset.all);
    if (kind === "lane") readLanes();
    else hideStyles();
  });
}
for (const box of document.querySelectorAll("input[type=checkbox]")) box.checked = true;
