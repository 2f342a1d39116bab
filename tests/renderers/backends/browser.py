"""Chromium, and what a test reads off a page in it: ticks, markers, lanes."""

from __future__ import annotations

import shutil

import pytest

_BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
CHROMIUM = next(filter(None, map(shutil.which, _BROWSERS)), None)
QUIET = (
    *("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
)
browsed = pytest.mark.skipif(
    CHROMIUM is None, reason="no Chromium here (Debian: apt-get install chromium)"
)

# The number of each tick in sight, and its place in pixels.
TICKS = """() =>
  [...document.querySelectorAll('.foot.time .axis:not(.off) text, .foot.time .drawn text')]
  .map(node => [node.textContent.replace('−', '-'), node.getBoundingClientRect()])
  .filter(([text]) => /^-?\\d+$/.test(text))
  .map(([text, box]) => [Number(text), box.x + box.width / 2])"""
# The item of each marker, and the place of its middle.
MARKERS = """() =>
  [...document.querySelectorAll('.body.time .item')].filter(each => each.getClientRects().length)
  .flatMap(each => [...each.querySelectorAll(':scope > .mark[data-t]')]
    .map(mark => [Number(each.dataset.item), mark.getBoundingClientRect()]))
  .map(([item, box]) => [item, box.x + box.width / 2])"""
# The name of each lane from the top, its upper edge and its height.
LANES = """() =>
  [...document.querySelectorAll('.body.left .row:not(.off)')]
  .map(each => [each.querySelector('text')?.textContent,
                each.querySelector('.hit')?.getBoundingClientRect()])
  .filter(([, box]) => box).sort((a, b) => a[1].y - b[1].y)
  .map(([name, box]) => [name, box.y, box.height])"""


def days_of_markers(page, per_tick):
    """The day of each marker by its place between the ticks of the axis, as a reader would."""
    ticks = page.evaluate(TICKS)
    (low, x0), (high, x1) = ticks[0], ticks[-1]
    found = {}
    for item, x in page.evaluate(MARKERS):
        days = (low + (high - low) * (x - x0) / (x1 - x0)) * per_tick
        found.setdefault(item, []).append(days)
    return found


def until(page, expression, seconds=10):
    """Wait until an expression holds; the page itself may evaluate no text."""
    for _ in range(int(seconds * 50)):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(20)
    raise AssertionError(f"never true: {expression}")


def redrawn(page):
    """Wait until the page has drawn what followed from a scroll: two frames."""
    page.evaluate("() => new Promise(done => "
                  "requestAnimationFrame(() => requestAnimationFrame(done)))")  # fmt: skip
