// The lane or event that is chosen: its frame, its card, its row of the table.
let current = null; // { row, item }: item null for the lane as a whole
const card = element("card");
const hint = element("hint");
const cellsOf = (item) => [...tableRows[item].cells].map((cell) => cell.textContent);
const labelOf = ({ row, item }) => {
  if (item === null) return scene.rows[row].name;
  const [name, what, at, from, to, , text] = cellsOf(item);
  return [scene.items[item][4] ? "" : name, text || what, at || [from, to].filter(Boolean).join(" – ")].filter(Boolean).join(", ");
};
const groupsFor = ({ row, item }) => (item === null
  ? [...plot.querySelectorAll(`.left .row[data-row="${row}"]`)] : itemGroups[item] || []);
const boxOf = (target) => {
  const group = groupsFor(target).find((each) => each.getClientRects().length);
  return group && (group.querySelector(":scope > .hit") || group).getBoundingClientRect();
};

const known = (low, high) => low !== null || high !== null;
const range = (low, high) => {
  if (low === null) return fill(words.open_low, { high });
  if (high === null) return fill(words.open_high, { low });
  return low === high ? String(low) : fill(words.from_to, { low, high });
};
// The first day of treatment of a lane, or of the figure where it has no lanes.
const startOf = (row) => {
  if (!frame.dated) return null;
  const treated = scene.items.filter(([where, low, , styles]) => low !== null
    && (where === row || !lanes.length) && styles.some((style) => scene.treatments.includes(style)) && styles.length === 1);
  return treated.length ? Math.min(...treated.map(([, low]) => low)) : null;
};
const timeOf = (item) => {
  const [row, low, high] = scene.items[item];
  const found = [];
  if (!known(low, high)) return found;
  const both = (change) => range(low === null ? null : change(low), high === null ? null : change(high));
  if (counted) {
    const [length, , title] = counted.units[0];
    found.push([title, both((time) => timeText((time - counted.zero) / length))]);
    if (frame.unit === "days" && length !== 1) found.push([words.days, both((time) => timeText(time - counted.zero))]);
  } else found.push([words.time, both(timeText) + (frame.dated ? "" : ` ${frame.unit}`)]);
  const start = startOf(row);
  if (start !== null) found.push([words.since_start, both((time) => String(Math.round(time - start)))]);
  return found;
};
// The drugs that are given on the days of an item.
const drugsAt = (item) => {
  const [row, low, high] = scene.items[item];
  const given = scene.items.filter(([where, from, to, styles]) => where === row && from !== null && styles.some((style) => scene.treatments.includes(style))
    && (low === null || to === null || to >= low) && (high === null || from <= high));
  return [...new Set(given.flatMap(([, , , styles]) => styles.filter((style) => scene.treatments.includes(style)).map((style) => scene.styles[style])))];
};
const laneDrugs = (row) => [...new Set(scene.items.filter(([where]) => where === row)
  .flatMap(([, , , styles]) => styles.filter((style) => scene.treatments.includes(style)).map((style) => scene.styles[style])))];

const fieldsOf = ({ row, item }) => {
  const isLane = Boolean(scene.rows[row].facts);
  const facts = (partOf({ row, item }).facts || []).map(([heading, text]) => [heading, text]);
  if (item === null) return [[words.drug, laneDrugs(row).join("; ")], ...facts];
  const [name, what, , , , , text, source] = cellsOf(item);
  return [
    [isLane ? words.lane : words.row, isLane || (!inColumns && boxes("lane").length > 1) ? name : ""],
    [words.subject, isLane ? "" : scene.items[item][4]],
    [words.what, scene.items[item][3].map((style) => scene.styles[style]).filter(Boolean).join("; ") || what],
    ...timeOf(item),
    ...(isLane ? [[words.drug, drugsAt(item).join("; ")]] : []),
    ...facts.slice(0, inColumns ? facts.length : 3).filter(([, each]) => ![name, scene.items[item][4]].includes(each)),
    [words.text, text === titleOf(text) ? "" : text],
    [words.source, source],
  ];
};
// The first clause of a text; the card has all of it below.
const titleOf = (text) => text.split("; ")[0].slice(0, 120);
const placeCard = () => {
  if (card.hidden || !current) return;
  const box = boxOf(current) || plot.getBoundingClientRect();
  const wide = document.documentElement.clientWidth;
  const { width, height } = card.getBoundingClientRect();
  card.style.left = `${Math.max(8, Math.min(box.left, wide - width - 8))}px`;
  const fits = box.bottom + 8 + height < innerHeight;
  card.style.top = `${Math.max(8, Math.min(fits ? box.bottom + 8 : box.top - height - 8, innerHeight - height - 8))}px`;
};
const button = (text, act) => {
  const made = document.createElement("button");
  [made.type, made.textContent] = ["button", text];
  made.addEventListener("click", act);
  return made;
};
const openCard = () => {
  const list = document.createElement("dl");
  for (const [term, text] of fieldsOf(current)) {
    if (!text) continue;
    list.append(document.createElement("dt"), document.createElement("dd"));
    [list.children[list.children.length - 2].textContent, list.lastChild.textContent] = [term, text];
  }
  const title = document.createElement("h3");
  const cells = current.item === null ? null : cellsOf(current.item);
  title.textContent = cells ? titleOf(cells[6]) || cells[1] : scene.rows[current.row].name;
  const buttons = document.createElement("p");
  if (current.item !== null) buttons.append(button(words.to_table, toTable));
  buttons.append(button(words.close, () => closeCard(true)));
  card.replaceChildren(title, list, buttons);
  hint.hidden = true;
  card.hidden = false;
  card.scrollTop = 0;
  placeCard();
  card.focus({ preventScroll: true });
};
const closeCard = (back) => {
  const held = card.contains(document.activeElement);
  card.hidden = true;
  if (back || held) plot.focus({ preventScroll: true });
};
const toTable = () => {
  closeCard(false);
  region.scrollIntoView({ block: "center" });
  revealRow(current.item);
  region.focus({ preventScroll: true });
};

// Choose a lane or an event; it is scrolled into sight within the figure.
const select = (target, { reveal = true } = {}) => {
  for (const each of plot.querySelectorAll(".current")) { each.classList.remove("current"); each.removeAttribute("id"); }
  if (current && current.item !== null) tableRows[current.item].removeAttribute("aria-selected");
  current = target;
  if (!target) { plot.removeAttribute("aria-activedescendant"); return; }
  const groups = groupsFor(target);
  groups.forEach((each) => each.classList.add("current"));
  if (groups.length) {
    groups[0].id = "chosen-mark";
    groups[0].setAttribute("role", "img");
    groups[0].setAttribute("aria-label", labelOf(target));
    plot.setAttribute("aria-activedescendant", "chosen-mark");
  }
  if (target.item !== null) {
    tableRows[target.item].setAttribute("aria-selected", "true");
    revealRow(target.item);
  }
  if (reveal) revealMark(target);
  say(labelOf(target));
};
const revealMark = (target) => {
  const box = boxOf(target);
  if (!box) return;
  const seen = view.getBoundingClientRect();
  const [left, right] = [seen.left + stays(leftPanel), seen.left + view.clientWidth - stays(rightPanel)];
  if (target.item !== null && (box.right > right || box.left < left)) view.scrollLeft += box.left - (left + right) / 2;
  const band = (name) => plot.querySelector(`.panel.time.${name}`)?.getBoundingClientRect();
  const end = seen.top + view.clientHeight;
  const [top, bottom] = [seen.top + (band("head")?.height || 0), Math.min(end, band("foot")?.top ?? end)];
  if (box.bottom > bottom || box.top < top) view.scrollTop += box.top - (top + bottom) / 2;
};

const targetOf = (node) => {
  const item = node.closest?.(".item");
  if (item) return { row: scene.items[Number(item.dataset.item)][0], item: Number(item.dataset.item) };
  const column = node.closest?.("[data-column]");
  if (column) {
    const own = scene.items.findIndex((_, each) => columnOf(each) === Number(column.dataset.column));
    return own < 0 ? null : { row: scene.items[own][0], item: own };
  }
  const row = node.closest?.(".left .row");
  return row && lanes.includes(Number(row.dataset.row)) ? { row: Number(row.dataset.row), item: null } : null;
};
const clicked = (event) => {
  const target = targetOf(event.target);
  if (target) { select(target, { reveal: false }); openCard(); } else { closeCard(false); select(null); }
};
plot.addEventListener("pointermove", (event) => {
  const target = event.pointerType === "mouse" && card.hidden && !event.buttons ? targetOf(event.target) : null;
  hint.hidden = !target;
  if (!target) return;
  hint.textContent = labelOf(target);
  const { width, height } = hint.getBoundingClientRect();
  hint.style.left = `${Math.max(4, Math.min(event.clientX + 12, document.documentElement.clientWidth - width - 4))}px`;
  hint.style.top = `${event.clientY + 18 + height < innerHeight ? event.clientY + 18 : event.clientY - height - 10}px`;
});
plot.addEventListener("pointerleave", () => { hint.hidden = true; });
region?.addEventListener("click", (event) => {
  const row = event.target.closest("tbody tr");
  if (!row) return;
  const item = tableRows.indexOf(row);
  if (!isVisible(item)) { say(words.no_mark); return; }
  select({ row: scene.items[item][0], item });
  view.scrollIntoView({ block: "nearest" });
});
