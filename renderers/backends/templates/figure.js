"use strict";
(() => {
  const figure = document.getElementById("figure");
  const card = document.getElementById("card");
  const items = [...figure.querySelectorAll(".item")];
  const whole = figure.viewBox.baseVal;
  const all = { x: whole.x, y: whole.y, w: whole.width, h: whole.height };
  let view = { ...all };

  for (const part of document.querySelectorAll("#tools, .script, input")) part.hidden = false;

  // What is pointed at or in focus is described in a card; its text is text, never markup.
  const showTooltip = (item) => {
    const text = item.getAttribute("aria-label");
    const place = / \[([^\[]*)\]$/.exec(text);
    card.textContent = place ? text.slice(0, place.index) : text;
    if (place) card.appendChild(document.createElement("small")).textContent = place[1];
    card.hidden = false;
    const box = (item.querySelector(".hit") || item).getBoundingClientRect();
    const room = card.getBoundingClientRect();
    const left = Math.min(box.left, document.documentElement.clientWidth - room.width - 8);
    const below = box.bottom + 6;
    const fits = below + room.height < document.documentElement.clientHeight;
    card.style.left = `${Math.max(4, left)}px`;
    card.style.top = `${Math.max(4, fits ? below : box.top - room.height - 6)}px`;
  };
  const hideTooltip = () => { card.hidden = true; };
  const focused = () => items.find((item) => item === document.activeElement);
  for (const item of items) {
    item.addEventListener("pointerenter", () => showTooltip(item));
    item.addEventListener("pointerleave", () => (focused() ? showTooltip(focused()) : hideTooltip()));
    item.addEventListener("focus", () => showTooltip(item));
    item.addEventListener("blur", hideTooltip);
  }
  addEventListener("scroll", () => (focused() ? showTooltip(focused()) : hideTooltip()), true);

  // Filters: a mark is hidden with any of its styles or with its row, an item with all its marks.
  const boxes = [...document.querySelectorAll("#legend input")];
  const filter = () => {
    const off = boxes.filter((box) => !box.checked);
    const styles = new Set(off.map((box) => box.dataset.style).filter(Boolean));
    const rows = new Set(off.map((box) => box.dataset.of).filter(Boolean));
    for (const mark of figure.querySelectorAll(".mark")) {
      const used = (mark.dataset.styles || "").split("|");
      mark.classList.toggle("off", rows.has(mark.dataset.row) || used.some((each) => styles.has(each)));
    }
    for (const item of items) {
      item.classList.toggle("off", !item.querySelector(".mark:not(.off)"));
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
    const item = focused();
    if (!item) return { x: view.x + view.w / 2, y: view.y + view.h / 2 };
    const box = item.getBBox();
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
  const visible = () => items.filter((item) => !item.classList.contains("off"));
  const x = (item) => { const box = (item.querySelector(".hit") || item).getBBox(); return box.x + box.width / 2; };
  const inRow = (row) => visible().filter((item) => item.dataset.row === row).sort((a, b) => x(a) - x(b));
  const step = (item, way) => {
    const row = inRow(item.dataset.row);
    return row[row.indexOf(item) + way];
  };
  const cross = (item, way) => {
    const rows = [...new Set(visible().map((each) => Number(each.dataset.row)))].sort((a, b) => a - b);
    const next = rows[rows.indexOf(Number(item.dataset.row)) + way];
    if (next === undefined) return undefined;
    return inRow(String(next)).reduce((a, b) => (Math.abs(x(b) - x(item)) < Math.abs(x(a) - x(item)) ? b : a));
  };
  const ways = {
    ArrowRight: (item) => step(item, 1),
    ArrowLeft: (item) => step(item, -1),
    ArrowDown: (item) => cross(item, 1),
    ArrowUp: (item) => cross(item, -1),
  };
  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const item = focused();
    if (item && ways[event.key]) {
      const next = ways[event.key](item);
      if (next) next.focus();
      event.preventDefault();
    } else if (event.key === "Escape") hideTooltip();
    else if (event.key === "+") zoom(1.5, middle());
    else if (event.key === "-") zoom(1 / 1.5, middle());
    else if (event.key === "0") zoom(0, middle());
  });
})();
