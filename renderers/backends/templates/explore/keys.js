// One stop of the tab key for the figure; arrows go from event to event and from lane to lane.
// A strand is what left and right move along: a lane, a section, one patient of a plot, or its columns.
const strandOf = (row, item) => `${row}|${item === null || inColumns || lanes.includes(row) ? "" : scene.items[item][4]}`;
const timeAt = (item) => {
  if (inColumns) return placed.get(columnOf(item));
  const [, low, high] = scene.items[item];
  if (low !== null && high !== null) return (low + high) / 2;
  return low ?? high ?? itemGroups[item][0].getBBox().x;
};
const inOrder = (items) => [...items].sort((a, b) => timeAt(a) - timeAt(b) || a - b);
// The strands in sight from the top, each with its row and its events.
const strands = () => {
  const found = new Map(lanes.filter((row) => topOf.has(row)).map((row) => [strandOf(row, null), { row, items: [] }]));
  scene.items.forEach(([row], item) => {
    if (!isVisible(item)) return;
    const key = strandOf(row, item);
    if (!found.has(key)) found.set(key, { row, items: [] });
    found.get(key).items.push(item);
  });
  const place = (row) => (inBody.has(row) ? sequence.indexOf(row) : row < (body.rows[0] ?? 0) ? row - 1e6 : row + 1e6);
  return new Map([...found].sort(([, a], [, b]) => place(a.row) - place(b.row)));
};
const step = (way) => {
  const items = inOrder(strands().get(strandOf(current.row, current.item))?.items || []);
  const places = lanes.includes(current.row) ? [null, ...items] : items;
  const next = places[places.indexOf(current.item) + way];
  return next === undefined ? null : { row: current.row, item: next };
};
const cross = (way) => {
  const all = strands();
  const keys = [...all.keys()];
  const next = all.get(keys[keys.indexOf(strandOf(current.row, current.item)) + way]);
  if (!next) return null;
  const isLane = lanes.includes(next.row);
  if (!next.items.length || (current.item === null && isLane)) return { row: next.row, item: null };
  const from = current.item === null ? -Infinity : timeAt(current.item);
  const nearest = inOrder(next.items).reduce((a, b) => (Math.abs(timeAt(b) - from) < Math.abs(timeAt(a) - from) ? b : a));
  return { row: next.row, item: nearest };
};
const first = () => {
  const [strand] = strands().values();
  if (!strand) return null;
  return { row: strand.row, item: lanes.includes(strand.row) ? null : inOrder(strand.items)[0] };
};
const end = (last) => {
  const items = inOrder(strands().get(strandOf(current.row, current.item))?.items || []);
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
for (const panel of plot.querySelectorAll(".panel")) { // what is in it is read out one by one
  panel.setAttribute("role", "group");
  panel.removeAttribute("aria-hidden");
}
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
