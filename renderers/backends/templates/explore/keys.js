// One stop of the tab key for the figure; arrows go from event to event and from lane to lane.
const itemsByRow = () => {
  const found = new Map();
  scene.items.forEach(([row], item) => {
    if (isVisible(item)) found.set(row, [...(found.get(row) || []), item]);
  });
  return found;
};
const timeAt = (item) => {
  const [, low, high] = scene.items[item];
  if (low !== null && high !== null) return (low + high) / 2;
  return low ?? high ?? (itemGroups[item][0].getBBox().x);
};
const inOrder = (items) => [...items].sort((a, b) => timeAt(a) - timeAt(b) || a - b);
const rowsInSight = (byRow) => {
  const head = [...byRow.keys()].filter((row) => !inBody.has(row) && row < (body.rows[0] ?? 0));
  const rest = [...byRow.keys()].filter((row) => !inBody.has(row) && !head.includes(row));
  const numeric = (a, b) => a - b;
  return [...head.sort(numeric), ...sequence.filter((row) => byRow.has(row) || lanes.includes(row)), ...rest.sort(numeric)];
};
const step = (way) => {
  const items = inOrder(itemsByRow().get(current.row) || []);
  const places = lanes.includes(current.row) ? [null, ...items] : items;
  const next = places[places.indexOf(current.item) + way];
  return next === undefined ? null : { row: current.row, item: next };
};
const cross = (way) => {
  const byRow = itemsByRow();
  const rows = rowsInSight(byRow);
  const row = rows[rows.indexOf(current.row) + way];
  if (row === undefined) return null;
  if (current.item === null && lanes.includes(row)) return { row, item: null };
  const items = byRow.get(row) || [];
  if (!items.length) return { row, item: null };
  const from = current.item === null ? -Infinity : timeAt(current.item);
  const nearest = inOrder(items).reduce((a, b) => (Math.abs(timeAt(b) - from) < Math.abs(timeAt(a) - from) ? b : a));
  return { row, item: nearest };
};
const first = () => {
  const byRow = itemsByRow();
  const [row] = rowsInSight(byRow);
  if (row === undefined) return null;
  return { row, item: lanes.includes(row) ? null : inOrder(byRow.get(row))[0] };
};
const end = (last) => {
  const items = inOrder(itemsByRow().get(current.row) || []);
  return items.length ? { row: current.row, item: items[last ? items.length - 1 : 0] } : null;
};
const moves = {
  ArrowRight: () => step(1), ArrowLeft: () => step(-1), ArrowDown: () => cross(1), ArrowUp: () => cross(-1),
  Home: () => end(false), End: () => end(true),
};
const acts = {
  Enter: () => openCard(), " ": () => openCard(), Escape: () => { closeCard(false); select(null); },
  "+": () => zoomBy(1.5), "=": () => zoomBy(1.5), "-": () => zoomBy(1 / 1.5), 0: () => wholeTime(),
};
plot.tabIndex = 0;
plot.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target !== plot) return;
  if (moves[event.key]) {
    const next = current ? moves[event.key]() : first();
    if (next) { card.hidden = true; select(next); }
  } else if (acts[event.key]) {
    if (!current && (event.key === "Enter" || event.key === " ")) select(first());
    if (current || !["Enter", " "].includes(event.key)) acts[event.key]();
  } else return;
  event.preventDefault();
});
plot.addEventListener("focus", () => { if (!current && plot.matches(":focus-visible")) select(first(), { reveal: false }); });
addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  for (const menu of document.querySelectorAll(".menu[open]")) { menu.open = false; menu.querySelector("summary").focus(); }
  if (!card.hidden) { closeCard(true); event.preventDefault(); }
});
