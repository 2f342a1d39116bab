// Buttons, wheel and brush; light and dark; files to keep; print.
element("zoom-in").addEventListener("click", () => zoomBy(1.5));
element("zoom-out").addEventListener("click", () => zoomBy(1 / 1.5));
element("whole").addEventListener("click", wholeTime);
view.addEventListener("wheel", (event) => {
  if (!event.ctrlKey) return;
  event.preventDefault();
  const offset = event.clientX - view.getBoundingClientRect().left - stays(leftPanel);
  const at = inSight()[0] + offset / pixels();
  setZoom(zoom * (event.deltaY < 0 ? 1.25 : 1 / 1.25), frame.stretches ? printed(at) : cuts.left + (view.scrollLeft + offset) / pixels(), offset);
}, { passive: false });
addEventListener("resize", () => { drawAxes(); placeCard(); });

// A drag over the figure (with a mouse) or over its axis (with a finger as well) chooses a time.
const FAR = 6; // pixels that a pointer moves before a click becomes a drag
let held = null;
const brush = document.createElement("div");
[brush.id, brush.hidden] = ["brush", true];
plot.style.position = "relative";
plot.append(brush);
const millimetre = (clientX) => {
  const panel = timePanels[0].getBoundingClientRect();
  return cuts.left + (clientX - panel.left) / pixels();
};
plot.addEventListener("pointerdown", (event) => {
  const onAxis = event.target.closest(".foot.time");
  const onTime = event.target.closest(".panel.time");
  if (event.button || (event.pointerType !== "mouse" && !onAxis)) { held = { x: event.clientX, y: event.clientY, brushes: false }; return; }
  held = { x: event.clientX, y: event.clientY, brushes: Boolean(onTime) && frame.stretches, at: millimetre(event.clientX) };
});
addEventListener("pointermove", (event) => {
  if (!held?.brushes) return;
  if (Math.abs(event.clientX - held.x) > FAR) held.far = true;
  if (!held.far) return;
  plot.classList.add("picking");
  const from = plot.getBoundingClientRect().left;
  const [low, high] = [held.x, event.clientX].sort((a, b) => a - b);
  [brush.hidden, brush.style.left, brush.style.width] = [false, `${low - from}px`, `${high - low}px`];
});
const released = (event) => {
  const was = held;
  held = null;
  brush.hidden = true;
  plot.classList.remove("picking");
  if (!was || event.type === "pointercancel") return;
  if (was.far) zoomTo(printed(was.at), printed(millimetre(event.clientX)));
  else if (Math.hypot(event.clientX - was.x, event.clientY - was.y) <= FAR && plot.contains(event.target)) clicked(event);
};
addEventListener("pointerup", released);
addEventListener("pointercancel", released);
document.addEventListener("pointerdown", (event) => {
  for (const menu of document.querySelectorAll(".menu[open]")) if (!menu.contains(event.target)) menu.open = false;
  if (!card.hidden && !card.contains(event.target) && !plot.contains(event.target)) closeCard(false);
});

// Light or dark: as the system asks, until the reader chooses.
const asks = matchMedia("(prefers-color-scheme: dark)");
const setTheme = (dark) => {
  root.dataset.theme = dark ? "dark" : "light";
  element("theme").setAttribute("aria-pressed", String(dark));
};
setTheme(asks.matches);
const follow = ({ matches }) => setTheme(matches);
asks.addEventListener("change", follow);
element("theme").addEventListener("click", () => {
  asks.removeEventListener("change", follow);
  setTheme(root.dataset.theme !== "dark");
});

// The figure as it is shown, with its legend, as one SVG on white.
const wholeSvg = () => {
  const panels = [...document.querySelectorAll(".panel")];
  const grid = plot.getBoundingClientRect();
  const scale = pixels();
  const made = svgNode("svg", { xmlns: "http://www.w3.org/2000/svg", role: "img", "aria-labelledby": "t d", "font-family": "Arial, Helvetica, 'Liberation Sans', sans-serif", lang: root.lang });
  made.append(svgNode("title", { id: "t" }, scene.name), svgNode("desc", { id: "d" }, element("alt").textContent));
  made.append(plot.querySelector("defs").cloneNode(true));
  const ground = made.appendChild(svgNode("rect", { fill: "#FFFFFF" }));
  const columns = ["left", "time", "right"].map((name) => panels.find((each) => each.classList.contains(name))?.viewBox.baseVal.width || 0);
  const starts = { left: 0, time: columns[0], right: columns[0] + columns[1] };
  let [top, high] = [2, 0];
  for (const band of scene.bands) {
    const own = panels.filter((each) => each.classList.contains(band.name));
    for (const panel of [...own.filter((each) => each.matches(".time")), ...own.filter((each) => !each.matches(".time"))]) {
      const { x, width, height } = panel.viewBox.baseVal;
      const name = ["left", "time", "right"].find((each) => panel.classList.contains(each));
      const copy = panel.cloneNode(true);
      copy.querySelectorAll(".off, .hit, title, desc").forEach((each) => each.remove());
      for (const each of copy.querySelectorAll("*")) for (const key of Object.keys(each.dataset)) delete each.dataset[key];
      const group = svgNode("g", { transform: `translate(${round((band.name === "notes" ? 0 : starts[name]) - x)} ${round(top)})` });
      group.append(...copy.childNodes);
      made.append(group);
      high = Math.max(high, height);
    }
    top += high;
    high = 0;
  }
  let width = columns.reduce((a, b) => a + b, 0);
  top += 3;
  for (const group of document.querySelectorAll("#legend .group")) {
    const place = { x: 32, y: top };
    made.append(svgNode("text", { x: 1.5, y: round(top + 2.4), "font-size": 2.29, "font-weight": "bold", fill: "#1A1A1A" }, group.querySelector("b").textContent));
    for (const entry of group.querySelectorAll("label")) {
      const text = entry.textContent.trim();
      const wide = 9 + text.length * 1.35;
      if (place.x > 32 && place.x + wide > width) { place.x = 32; place.y += 3.8; }
      const sample = svgNode("g", { transform: `translate(${round(place.x)} ${round(place.y)})` });
      sample.append(...entry.querySelector("svg").cloneNode(true).childNodes);
      made.append(sample, svgNode("text", { x: round(place.x + 7), y: round(place.y + 2.5), "font-size": TEXT, fill: "#1A1A1A" }, text));
      place.x += wide;
    }
    top = place.y + 4.2;
  }
  width = Math.max(width, grid.width / scale, 60);
  for (const [node, size] of [[ground, { width, height: top + 2 }], [made, { width: `${round(width)}mm`, height: `${round(top + 2)}mm`, viewBox: `0 0 ${round(width)} ${round(top + 2)}` }]]) {
    for (const [key, value] of Object.entries(size)) node.setAttribute(key, value);
  }
  return { text: new XMLSerializer().serializeToString(made), width, height: top + 2 };
};
const fileName = (suffix) => `${scene.name.replace(/[^\p{L}\p{N}._-]+/gu, "-").slice(0, 80) || "figure"}${suffix}`;
const keep = (blob, suffix) => {
  const link = document.createElement("a");
  [link.href, link.download] = [URL.createObjectURL(blob), fileName(suffix)];
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
};
element("save-svg").addEventListener("click", () => keep(new Blob([wholeSvg().text], { type: "image/svg+xml" }), ".svg"));
const MOST_DOTS = 16000; // of a side of a picture that browsers draw
element("save-png").addEventListener("click", () => {
  const { text, width, height } = wholeSvg();
  const dots = Math.min(300 / 25.4, MOST_DOTS / Math.max(width, height)); // dots for a millimetre
  const image = new Image();
  image.addEventListener("load", () => {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [Math.round(width * dots), Math.round(height * dots)];
    canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
    canvas.toBlob((blob) => keep(blob, ".png"), "image/png");
  });
  image.src = `data:image/svg+xml;charset=utf-8,${encodeURIComponent(text)}`;
});
// A cell that a spreadsheet would run is led by an apostrophe, as in the file of data.
const inert = (text) => {
  const cell = text.replaceAll("\r", " ");
  const runs = scene.inert.lead.some((lead) => cell.trimStart().startsWith(lead) || cell.startsWith(lead));
  return runs && !new RegExp(`^(?:${scene.inert.number})$`).test(cell) ? `'${cell}` : cell;
};
const quoted = (cell) => (/[",\n\r]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);
element("save-csv").addEventListener("click", () => {
  const rows = tableRows.map((row) => [...row.cells].map((cell) => inert(writtenIn(cell))));
  keep(new Blob([[tableHead, ...rows].map((row) => `${row.map(quoted).join(",")}\n`).join("")], { type: "text/csv" }), ".csv");
});

// Print shows all lanes and the whole time; afterwards the page is as it was.
let before = null;
addEventListener("beforeprint", () => {
  if (before) return;
  before = { zoom, left: view.scrollLeft, chosen: { ...chosen }, styles: [...hiddenStyles] };
  Object.assign(chosen, { order: "printed", reversed: false, group: "printed", search: "", off: new Set() });
  for (const box of boxes("style")) box.checked = true;
  closeCard(false);
  hint.hidden = true;
  zoom = 1;
  if (frame.stretches) stretch(); else plot.style.setProperty("--mm", "");
  plot.classList.remove("dense");
  hideStyles();
  layOut();
  shownRows.to = tableRows.length;
  fillTable();
  for (const { group, drawn } of axisGroups) { group.classList.remove("off"); drawn.replaceChildren(); }
});
addEventListener("afterprint", () => {
  if (!before) return;
  Object.assign(chosen, before.chosen);
  for (const box of boxes("style")) box.checked = !before.styles.includes(box.dataset.style);
  hideStyles();
  layOut();
  setZoom(before.zoom, frame.left, 0);
  view.scrollLeft = before.left;
  before = null;
});
if (frame.stretches && lanes.length && least() < 1) wholeTime();
drawAxes();
tell();
