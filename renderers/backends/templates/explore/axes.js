// Ticks of the time that is in sight: whole units, months or years at the finest step that fits.
const TEXT = scene.text;
const DIGIT = 0.64 * TEXT; // the width of a digit
const SPACING = 1.25;
const widthOf = (text) => text.length * DIGIT;
const DAY = 86400000;
const ORDINAL = 719163; // 1970-01-01, as days are counted from 0001-01-01
const dateOf = (ordinal) => new Date((Math.round(ordinal) - ORDINAL) * DAY);
const ordinalOf = (year, month, day = 1) => {
  const date = new Date(0);
  date.setUTCFullYear(year, month, day);
  return date.getTime() / DAY + ORDINAL;
};
const isoOf = (ordinal) => dateOf(ordinal).toISOString().slice(0, 10);

// Millimetres of a step of the frame at the present zoom, outside of breaks.
const density = () => ((stops[1][1] - stops[0][1]) / (stops[1][0] - stops[0][0])) * zoom;
const round125 = function* (above) {
  for (let power = 10 ** Math.floor(Math.log10(above)); ; power *= 10) {
    for (const digit of [1, 2, 5]) if (digit * power > above) yield digit * power;
  }
};
const stepFor = (length, steps, needed) => {
  for (const step of steps) if (step * length * density() >= needed) return step;
  for (const step of round125(steps[steps.length - 1])) if (step * length * density() >= needed) return step;
  return steps[steps.length - 1];
};

// In a finer unit where the window holds few ticks, unless the unit is printed beside the axis.
const countedTicks = (rule, low, high, isTitled) => {
  const units = isTitled ? rule.units : rule.units.slice(0, 1);
  let chosen = 0;
  while (chosen < units.length - 1 && (high - low) / (units[chosen][0] * units[chosen][1][0]) < 4) chosen += 1;
  const [length, steps, title] = units[chosen];
  const longest = Math.max(3, String(Math.trunc((high - rule.zero) / length)).length);
  const step = stepFor(length, steps, longest * DIGIT * SPACING);
  const ticks = [];
  for (let n = Math.ceil((low - rule.zero) / length / step - 1e-9); rule.zero + n * step * length <= high + 1e-9; n += 1) {
    ticks.push({ at: rule.zero + n * step * length, text: String(n * step).replace("-", "−"), size: 1 });
  }
  return { ticks, captions: [], title: isTitled ? title : "" };
};

// Each row: a kind of step, how many of it, the days it takes, the width of its longest label.
const calendarSteps = (rule) => {
  const month = Math.max(...rule.months.map(widthOf));
  return [
    ["day", 1, 1, 2 * DIGIT], ["day", 2, 2, 2 * DIGIT], ["day", 7, 7, 2 * DIGIT],
    ["month", 1, 30.4, month], ["month", 3, 91.3, month], ["month", 6, 182.6, month],
    ...[1, 2, 5, 10, 20, 50, 100].map((years) => ["year", years, years * 365.25, 4 * DIGIT]),
  ];
};
const daysOfMonth = { 1: 31, 2: 29, 7: 22 }; // the last one that has a tick
const calendarTicks = (rule, low, high) => {
  const fits = calendarSteps(rule).find(([, , days, wide]) => days * density() >= wide * SPACING);
  const [kind, count] = fits || ["year", 200];
  const [from, to] = [low - rule.zero, high - rule.zero];
  const [first, last] = [dateOf(from).getUTCFullYear(), dateOf(to).getUTCFullYear()];
  const found = { ticks: [], captions: [], title: "" };
  const tick = (ordinal, text, size) => {
    if (ordinal >= from && ordinal <= to) found.ticks.push({ at: ordinal + rule.zero, text, size });
  };
  for (let year = first; year <= last; year += 1) {
    if (kind === "year") {
      tick(ordinalOf(year, 0), year % count ? "" : String(year), year % count ? 1 : 1.6);
      continue;
    }
    if (kind === "month") found.captions.push([ordinalOf(year, 0) + rule.zero, ordinalOf(year + 1, 0) + rule.zero, String(year)]);
    for (let month = 0; month < 12; month += kind === "month" ? count : 1) {
      const start = ordinalOf(year, month);
      if (kind === "month") tick(start, rule.months[month], month ? 1 : 1.6);
      else {
        const end = ordinalOf(year, month + 1);
        if (end < from || start > to) continue;
        found.captions.push([start + rule.zero, end + rule.zero, `${rule.months[month]} ${year}`]);
        for (let day = 1; day <= Math.min(daysOfMonth[count], end - start); day += count) tick(start + day - 1, String(day), day === 1 ? 1.6 : 1);
      }
    }
  }
  return found;
};
const yearCaptions = (low, high) => {
  const captions = [];
  for (let year = dateOf(low).getUTCFullYear(); year <= dateOf(high).getUTCFullYear(); year += 1) {
    captions.push([ordinalOf(year, 0), ordinalOf(year + 1, 0), String(year)]);
  }
  return { ticks: captions.map(([at]) => ({ at, text: "", size: 1 })), captions, title: "" };
};

const stroke = (d, colour = "#1A1A1A", width = 0.176) => svgNode("path", { d, fill: "none", stroke: colour, "stroke-width": width });
const label = (x, y, text) => svgNode("text", { x: round(x), y: round(y + 0.36 * TEXT), "font-size": TEXT, "text-anchor": "middle", fill: "#1A1A1A" }, text);

const drawAxis = (axis, group, low, high) => {
  const times = [toTime(printed(low)), toTime(printed(high))].map((time) => Math.min(frame.high, Math.max(frame.low, time)));
  const { rule, y, plain } = axis;
  const { ticks, captions, title } = plain ? yearCaptions(...times)
    : rule.months.length ? calendarTicks(rule, ...times) : countedTicks(rule, ...times, Boolean(axis.title));
  const way = plain ? -1 : 1;
  const parts = plain ? [] : [stroke(`M${round(Math.max(low, place(frame.left)))} ${y}L${round(Math.min(high, place(frame.right)))} ${y}`, "#1A1A1A", 0.212)];
  let free = -Infinity;
  for (const { at, text, size } of ticks) {
    if (inBreak(at) || at < frame.low || at > frame.high) continue;
    const x = place(toX(at));
    parts.push(stroke(`M${round(x)} ${y}L${round(x)} ${round(y + way * size)}`));
    if (text && x - widthOf(text) / 2 >= free) {
      parts.push(label(x, y + 3, text));
      free = x + (widthOf(text) * SPACING) / 2;
    }
  }
  for (const [start, end, text] of captions) {
    const [x0, x1] = [start, end].map((time) => place(toX(Math.min(frame.high, Math.max(frame.low, time)))));
    const [from, to] = [Math.max(x0, low), Math.min(x1, high)];
    if (to - from >= widthOf(text) * 1.05) parts.push(label((from + to) / 2, plain ? y - 2 : y + 6.2, text));
    if (!plain) parts.push(stroke(`M${round(x0)} ${y + 4.8}L${round(x0)} ${y + 7.4}`, "#5F5F5F", 0.141));
  }
  if (title) parts.push(label((Math.max(low, place(frame.left)) + Math.min(high, place(frame.right))) / 2, y + 6.2, title));
  group.replaceChildren(...parts);
};

// The printed axis, unless the panel is stretched or wider than what is in sight.
const axisGroups = [...plot.querySelectorAll(".axis")].map((group) => {
  const drawn = svgNode("g", { class: "drawn" });
  group.after(drawn);
  return { group, drawn, axis: scene.axes[Number(group.dataset.axis)] };
});
const drawAxes = () => {
  markEdges();
  if (!frame.stretches) return;
  const [low, high] = inSight();
  const wide = timePanels[0].getBoundingClientRect().width > room() + 2;
  for (const { group, drawn, axis } of axisGroups) {
    const asPrinted = zoom === 1 && !wide;
    group.classList.toggle("off", !asPrinted);
    drawn.replaceChildren();
    if (!asPrinted && axis.rule) drawAxis(axis, drawn, low, high);
  }
};
let asked = false;
view.addEventListener("scroll", () => {
  if (asked) return;
  asked = true;
  requestAnimationFrame(() => { asked = false; drawAxes(); tell(); placeCard(); });
});
// On which sides something of the figure is out of sight.
const markEdges = () => {
  const { scrollLeft, scrollTop, clientWidth, clientHeight, scrollWidth, scrollHeight } = view;
  plot.classList.toggle("on-left", scrollLeft > 1);
  plot.classList.toggle("on-top", scrollTop > 1);
  plot.classList.toggle("on-right", scrollLeft + clientWidth < scrollWidth - 2);
  plot.classList.toggle("on-bottom", scrollTop + clientHeight < scrollHeight - 2);
};
// What is in sight, in words. The rule of the first axis that counts, where the frame has no dates.
const counted = frame.dated ? null : scene.axes.map(({ rule }) => rule).find((rule) => rule?.units.length);
const timeText = (time) => (frame.dated ? isoOf(time) : String(Math.round(time * 10) / 10).replace("-", "−").replace(".", scene.point));
const tell = () => {
  const parts = [];
  if (zoom > 1 && frame.unit && frame.stretches) {
    const seen = inSight().map((x) => Math.min(frame.high, Math.max(frame.low, toTime(printed(x)))));
    const [low, high] = seen.map((time) => timeText(counted ? (time - counted.zero) / counted.units[0][0] : time));
    parts.push(`${counted ? `${counted.units[0][2]}: ` : ""}${low} – ${high}`);
  }
  if (plot.classList.contains("dense") && plot.querySelector(".time .item text")) parts.push(words.hidden_texts);
  parts.push(...shownText());
  element("state").textContent = parts.join(" · ");
};
