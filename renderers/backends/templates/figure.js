"use strict";
(() => {
  const figure = document.getElementById("figure");
  const card = document.getElementById("card");
  const things = [...figure.querySelectorAll(".thing")];
  const whole = figure.viewBox.baseVal;
  const all = { x: whole.x, y: whole.y, w: whole.width, h: whole.height };
  let view = { ...all };

  for (const part of document.querySelectorAll("#tools, .script, input")) part.hidden = false;

  // What is pointed at or in focus is told in a card; its text is text, never markup.
  const tell = (thing) => {
    const said = thing.getAttribute("aria-label");
    const place = / \[([^\[]*)\]$/.exec(said);
    card.textContent = place ? said.slice(0, place.index) : said;
    if (place) card.appendChild(document.createElement("small")).textContent = place[1];
    card.hidden = false;
    const box = (thing.querySelector(".hit") || thing).getBoundingClientRect();
    const room = card.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - room.width - 8);
    const below = box.bottom + 6;
    const fits = below + room.height < document.documentElement.clientHeight;
    card.style.left = `${Math.max(4, left)}px`;
    card.style.top = `${Math.max(4, fits ? below : box.top - room.height - 6)}px`;
  };
  const hush = () => { card.hidden = true; };
  const focused = () => things.find((thing) => thing === document.activeElement);
  for (const thing of things) {
    thing.addEventListener("pointerenter", () => tell(thing));
    thing.addEventListener("pointerleave", () => (focused() ? tell(focused()) : hush()));
    thing.addEventListener("focus", () => tell(thing));
    thing.addEventListener("blur", hush);
  }
  addEventListener("scroll", () => (focused() ? tell(focused()) : hush()), true);

  // Filters: a mark is hidden with any of its styles or with its row, a thing with all its marks.
  const boxes = [...document.querySelectorAll("#legend input")];
  const filter = () => {
    const off = boxes.filter((box) => !box.checked);
    const styles = new Set(off.map((box) => box.dataset.style).filter(Boolean));
    const rows = new Set(off.map((box) => box.dataset.of).filter(Boolean));
    for (const mark of figure.querySelectorAll(".mark")) {
      const used = (mark.dataset.styles || "").split("|");
      mark.classList.toggle("off", rows.has(mark.dataset.row) || used.some((each) => styles.has(each)));
    }
    for (const thing of things) {
      thing.classList.toggle("off", !thing.querySelector(".mark:not(.off)"));
    }
  };
  for (const box of boxes) {
    box.checked = true;
    box.addEventListener("change", filter);
  }

  // Zoom about a point of the figure, and pan by dragging what is zoomed.
  const show = () => {
    figure.setAttribute("viewBox", `${view.x} ${view.y} ${view.w} ${view.h}`);
    figure.classList.toggle("zoomed", view.w < all.w);
  };
  const keep = (low, size, from, of) => Math.min(Math.max(low, from), from + of - size);
  const move = (x, y) => {
    view.x = keep(x, view.w, all.x, all.w);
    view.y = keep(y, view.h, all.y, all.h);
    show();
  };
  const zoom = (factor, at) => {
    const share = Math.min(1, Math.max(1 / 12, (view.w / all.w) / factor));
    const [w, h] = [all.w * share, all.h * share];
    const x = at.x - ((at.x - view.x) * w) / view.w;
    const y = at.y - ((at.y - view.y) * h) / view.h;
    view = { x, y, w, h };
    move(x, y);
  };
  const middle = () => {
    const thing = focused();
    if (!thing) return { x: view.x + view.w / 2, y: view.y + view.h / 2 };
    const box = thing.getBBox();
    return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
  };
  const point = (event) => {
    const place = new DOMPoint(event.clientX, event.clientY);
    return place.matrixTransform(figure.getScreenCTM().inverse());
  };
  document.getElementById("in").addEventListener("click", () => zoom(1.5, middle()));
  document.getElementById("out").addEventListener("click", () => zoom(1 / 1.5, middle()));
  document.getElementById("whole").addEventListener("click", () => zoom(0, middle()));
  figure.addEventListener("wheel", (event) => {
    if (!event.ctrlKey) return;
    event.preventDefault();
    zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, point(event));
  }, { passive: false });
  let held = null;
  figure.addEventListener("pointerdown", (event) => {
    if (view.w < all.w) held = point(event);
  });
  addEventListener("pointermove", (event) => {
    if (!held) return;
    const now = point(event);
    move(view.x + held.x - now.x, view.y + held.y - now.y);
  });
  addEventListener("pointerup", () => { held = null; });

  // Keys: left and right within a row by time, up and down to the nearest of the next row.
  const seen = () => things.filter((thing) => !thing.classList.contains("off"));
  const x = (thing) => { const box = (thing.querySelector(".hit") || thing).getBBox(); return box.x + box.width / 2; };
  const inRow = (row) => seen().filter((thing) => thing.dataset.row === row).sort((a, b) => x(a) - x(b));
  const step = (thing, way) => {
    const row = inRow(thing.dataset.row);
    return row[row.indexOf(thing) + way];
  };
  const cross = (thing, way) => {
    const rows = [...new Set(seen().map((each) => Number(each.dataset.row)))].sort((a, b) => a - b);
    const next = rows[rows.indexOf(Number(thing.dataset.row)) + way];
    if (next === undefined) return undefined;
    return inRow(String(next)).reduce((a, b) => (Math.abs(x(b) - x(thing)) < Math.abs(x(a) - x(thing)) ? b : a));
  };
  const ways = {
    ArrowRight: (thing) => step(thing, 1),
    ArrowLeft: (thing) => step(thing, -1),
    ArrowDown: (thing) => cross(thing, 1),
    ArrowUp: (thing) => cross(thing, -1),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const thing = focused();
    if (thing && ways[event.key]) {
      const next = ways[event.key](thing);
      if (next) next.focus();
      event.preventDefault();
    } else if (event.key === "Escape") hush();
    else if (event.key === "+") zoom(1.5, middle());
    else if (event.key === "-") zoom(1 / 1.5, middle());
    else if (event.key === "0") zoom(0, middle());
  });
})();
