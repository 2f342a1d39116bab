// Which lanes are shown, in which order and in which groups; those left out close up.
const body = scene.bands.find((band) => band.name === "body") || { rows: [] };
const bodyPanels = [...plot.querySelectorAll(".panel.body")];
const lanes = body.rows.filter((row) => scene.rows[row].facts);
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
const fact = (row, heading) => scene.rows[row].facts.find(([name]) => name === heading);
const headings = [...new Set(lanes.flatMap((row) => scene.rows[row].facts.map(([name]) => name)))];
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
const rankOf = (row, heading) => (fact(row, heading) || [])[2] || LAST;
const groupOf = (row, heading) => (heading === "printed" ? scene.rows[row].group : (fact(row, heading) || ["", "–"])[1]);

const chosen = { order: "printed", reversed: false, group: "printed", search: "", off: new Set() };
const isShown = (row) => {
  if (chosen.off.has(row)) return false;
  if (!chosen.search || !scene.rows[row].facts) return true;
  const { name, facts = [] } = scene.rows[row];
  return [name, ...facts.map(([, text]) => text)].some((text) => text.toLowerCase().includes(chosen.search));
};
const sorted = () => {
  if (!lanes.length) return [...body.rows];
  const found = [...lanes];
  if (chosen.order !== "printed") {
    const way = chosen.reversed ? -1 : 1;
    found.sort((a, b) => way * compare(rankOf(a, chosen.order), rankOf(b, chosen.order)));
  }
  if (chosen.group && chosen.group !== "printed") {
    const rank = (row) => rankOf(row, chosen.group);
    found.sort((a, b) => compare(rank(a), rank(b)) || groupOf(a, chosen.group).localeCompare(groupOf(b, chosen.group)));
  } else if (chosen.group === "printed") {
    const names = [...new Set(lanes.map((row) => scene.rows[row].group))];
    found.sort((a, b) => names.indexOf(scene.rows[a].group) - names.indexOf(scene.rows[b].group));
  }
  const others = body.rows.filter((row) => !lanes.includes(row));
  return [...others.filter((row) => row < lanes[0]), ...found, ...others.filter((row) => row > lanes[0])];
};
const isPrinted = () => chosen.order === "printed" && !chosen.reversed && chosen.group === "printed" && body.rows.every(isShown);

const HEADING = 4.4; // millimetres of the name of a group
let sequence = [...body.rows]; // the rows in sight, from the top
let topOf = new Map(printedTop);
const layOut = () => {
  const asPrinted = isPrinted();
  const order = sorted();
  sequence = order.filter(isShown);
  topOf = new Map();
  const titles = [];
  let [top, group] = [0, ""];
  for (const row of sequence) {
    const { height, opening = 0 } = scene.rows[row];
    const name = chosen.group && lanes.includes(row) ? groupOf(row, chosen.group) : "";
    if (!asPrinted && name && name !== group) {
      const members = lanes.filter((each) => groupOf(each, chosen.group) === name);
      titles.push([top, name, members.filter(isShown).length, members.length]);
      top += HEADING;
    }
    group = name;
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
  drawTitles(titles);
  spanRows();
  const height = Math.max(top, 6);
  for (const panel of bodyPanels) {
    panel.viewBox.baseVal.height = height;
    panel.style.height = asPrinted ? "" : `calc(var(--mm) * ${height})`;
  }
  hideRows();
  tell();
};
const drawTitles = (titles) => {
  const panel = bodyPanels[0];
  panel.querySelectorAll(".title").forEach((each) => each.remove());
  for (const [top, name, number, all] of titles) {
    const text = fill(number === all ? words.group_size : words.group_part, { group: name, number, all });
    panel.append(svgNode("text", { class: "title", x: 0, y: round(top + 3), "font-size": 2.29, "font-weight": "bold", fill: "#1A1A1A" }, text));
  }
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
    for (const group of groups || []) group.classList.toggle("off", !group.querySelector(".mark:not(.off)"));
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
const every = lanes.length ? lanes : body.rows;
const countText = () => {
  const parts = { shown: every.filter(isShown).length, all: every.length };
  return fill(lanes.length ? words.lanes_shown : words.rows_shown, parts);
};
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
  const hasGroups = lanes.some((row) => scene.rows[row].group);
  element("group").append(option("printed", hasGroups ? words.as_printed : words.no_group));
  if (hasGroups) element("group").append(option("", words.no_group));
  for (const heading of headings) {
    const different = new Set(lanes.map((row) => groupOf(row, heading))).size;
    if (different > 1 && different <= Math.min(12, lanes.length - 1)) element("group").append(option(`+${heading}`, heading));
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
