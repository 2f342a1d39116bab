// The figure as data, and where a place on the time axis is at the present zoom.
const element = (id) => document.getElementById(id);
const scene = JSON.parse(element("scene").textContent);
const { words, frame, cuts } = scene;
const root = document.documentElement;
const plot = element("plot");
const view = element("window");
const timePanels = [...plot.querySelectorAll(".panel.time")];
const leftPanel = plot.querySelector(".panel.body.left");
const rightPanel = plot.querySelector(".panel.body.right");
const fill = (text, parts) => text.replace(/\{(\w+)\}/g, (whole, name) => parts[name] ?? whole);
const say = (text) => { element("said").textContent = text; };
const svgNode = (name, attributes, text = "") => {
  const made = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.textContent = text;
  return made;
};
root.classList.add("script");
for (const part of document.querySelectorAll(".script[hidden], input[hidden]")) part.hidden = false;

// Stops of the printed axis, time and millimetre; between two of them it is even.
const stops = [[frame.low, frame.left]];
for (const [start, end, x0, x1] of frame.breaks) stops.push([start, x0], [end, x1]);
stops.push([frame.high, frame.right]);
const between = (value, from, to) => {
  let n = 1;
  while (n < stops.length - 1 && value > stops[n][from]) n += 1;
  const [a, b] = [stops[n - 1], stops[n]];
  return a[to] + ((value - a[from]) * (b[to] - a[to])) / (b[from] - a[from]);
};
const toX = (time) => between(time, 0, 1);
const toTime = (x) => between(x, 1, 0);
const inBreak = (time) => frame.breaks.some(([start, end]) => start < time && time < end);

let zoom = 1;
const place = (x) => frame.left + (x - frame.left) * zoom;
const printed = (x) => frame.left + (x - frame.left) / zoom;

// A path whose points may move: each with its x, its time on the axis, its y.
const models = new WeakMap();
const model = (path) => {
  if (!models.has(path)) {
    const times = (path.dataset.p || "").split(" ");
    const points = [...path.getAttribute("d").matchAll(/([ML])(-?[\d.]+) (-?[\d.]+)(Z?)/g)];
    models.set(path, points.map(([, step, x, y, end], n) => ({
      step, end, x: Number(x), y: Number(y), top: Number(y),
      time: path.dataset.p === undefined ? null : Number(path.dataset.p ? times[n] : x),
    })));
  }
  return models.get(path);
};
const round = (value) => Math.round(value * 100) / 100;
const redraw = (path) => {
  const steps = model(path).map(({ step, x, y, time, end }) => {
    const moved = time === null ? x : place(time) + x - time;
    return `${step}${round(moved)} ${round(y)}${end}`;
  });
  path.setAttribute("d", steps.join(""));
};

// Pixels for a millimetre, and the width of what stays in sight on the left and on the right.
const pixels = () => {
  const panel = timePanels[0];
  return panel.getBoundingClientRect().width / panel.viewBox.baseVal.width;
};
const stays = (panel) => (panel && getComputedStyle(panel).position === "sticky"
  ? panel.getBoundingClientRect().width : 0);
const room = () => Math.max(80, view.clientWidth - stays(leftPanel) - stays(rightPanel));
// The part of the time panel that is in sight, in its own millimetres.
const inSight = () => {
  const scale = pixels();
  const low = cuts.left + view.scrollLeft / scale;
  return [low, Math.min(low + room() / scale, cuts.right + (frame.right - frame.left) * (zoom - 1))];
};

const moving = { rigid: null, stretched: null };
const stretch = () => {
  moving.rigid ??= [...plot.querySelectorAll(".time [data-t]")].map((each) => [each, Number(each.dataset.t)]);
  moving.stretched ??= [...plot.querySelectorAll(".time [data-p]")];
  for (const [each, time] of moving.rigid) {
    each.setAttribute("transform", `translate(${round(place(time) - time)} 0)`);
  }
  moving.stretched.forEach(redraw);
  const width = cuts.right - cuts.left + (frame.right - frame.left) * (zoom - 1);
  for (const panel of timePanels) {
    panel.viewBox.baseVal.width = width;
    panel.style.width = zoom === 1 ? "" : `calc(var(--mm) * ${width})`;
  }
  if (inColumns) layOut();
};

const MOST = 60; // times the printed width
const least = () => {
  const printedWidth = (cuts.right - cuts.left) * pixels() / (frame.stretches ? 1 : zoom);
  const edges = (frame.stretches ? cuts.right - cuts.left - frame.right + frame.left : 0) * pixels();
  return Math.min(1, (room() - edges - 1) / (printedWidth - edges));
};
// Zoom to a factor; the printed millimetre ``at`` stays ``offset`` pixels from the left of what
// is in sight.
const setZoom = (factor, at, offset) => {
  const before = zoom;
  zoom = Math.min(MOST, Math.max(least(), factor));
  if (Math.abs(zoom - 1) < 0.004) zoom = 1;
  if (zoom !== before) {
    if (frame.stretches) stretch();
    else plot.style.setProperty("--mm", zoom === 1 ? "" : `calc(${pixels() / before}px * ${zoom})`);
  }
  if (frame.stretches) view.scrollLeft = (place(at) - cuts.left) * pixels() - offset;
  else view.scrollLeft = (at - cuts.left) * pixels() - offset;
  plot.classList.toggle("dense", frame.stretches && zoom < 0.8);
  drawAxes();
  tell();
};
const middle = () => {
  const [low, high] = inSight();
  return [frame.stretches ? printed((low + high) / 2) : cuts.left + (view.scrollLeft + room() / 2) / pixels(), room() / 2];
};
const zoomBy = (factor) => setZoom(zoom * factor, ...middle());
const wholeTime = () => {
  setZoom(least(), frame.left, 0);
  view.scrollLeft = 0;
};
const zoomTo = (from, to) => {
  const [low, high] = [Math.min(from, to), Math.max(from, to)];
  const factor = room() / pixels() / Math.max(high - low, 0.05);
  setZoom(factor, Math.min(high, low), 0);
};
