"""Every figure on every page, of the cases and of made-up cohorts, into a folder.

python tests/gallery.py FOLDER [PRESET…]
python tests/gallery.py --check [PRESET…]: paints all of them and names each text that touches
another, lies under a mark, is clipped or too small; exit code 1 where there is one
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from functools import partial
from itertools import product
from pathlib import Path

import attrs

ROOT = Path(__file__).resolve().parent.parent
if __name__ == "__main__":
    sys.path[0] = str(ROOT)  # not this folder: tests.statistics would hide a module of Python

from renderers.backends.save import pages  # noqa: E402
from renderers.gallery.build import GalleryOutput, build_gallery  # noqa: E402
from renderers.gallery.contact_sheet import Picture, sheet  # noqa: E402
from renderers.gallery.entries import (  # noqa: E402
    GalleryEntry,
    entries_of,
    entry,
    joint_entries,
    journal_pages,
    machines,
)
from renderers.gallery.page import gallery_index  # noqa: E402
from renderers.swimmer.tables.figure import swimmer_from_tables  # noqa: E402
from tests.renderers.cohort import cohort  # noqa: E402
from tests.renderers.overlap import faults  # noqa: E402
from tests.renderers.patients import REPORTS, report  # noqa: E402
from tests.renderers.swimmer.made import lined  # noqa: E402
from tests.renderers.swimmer.test_ggswim import SOURCE  # noqa: E402
from timeline.endpoints.derived_case import DerivedCase  # noqa: E402

SIZES = (15, 36, 60, 200)


@attrs.frozen(eq=False)
class Later(Sequence[DerivedCase]):
    """Patients who are derived when a figure of them is drawn, and not before."""

    made: Callable[[], Sequence[DerivedCase]]

    def __len__(self) -> int:
        return len(self.made())

    def __getitem__(self, place):
        return self.made()[place]


def entries() -> tuple[GalleryEntry, ...]:
    """The two reports; cohorts of each size; vague dates, several lines, a plain table."""
    made = [
        each
        for size in SIZES
        for each in joint_entries(f"cohort of {size}", Later(partial(cohort, size)))
    ]
    return (
        *entries_of([report(name) for name in REPORTS]),
        *made,
        *joint_entries("vague dates, 15", Later(partial(cohort, 15, vague=True))),
        entry("several lines, 36", "swimmer", "bars by drug, in groups by diagnosis",
              Later(partial(lined, 36)), colour="drug", group="diagnosis"),
        GalleryEntry(name="ggswim, table",
                     description="a plain table, drawn in spite of its faults",
              make=lambda on: swimmer_from_tables(SOURCE, on, skip_invalid=True).scene),
        *machines(),
    )  # fmt: skip


# The contact sheet of the docs: an entry and the page it is shown on.
SHOWN = (
    ("wang2023, timeline", "nature", "double"),
    ("wang2023, timeline", "nature", "single"),
    ("jin2025, timeline", "cell", "single"),
    ("cohort of 36, swimmer", "nature", "double"),
    ("several lines, 36, swimmer", "elsevier", "double"),
    ("cohort of 60, waterfall", "nature", "double"),
    ("cohort of 15, waterfall", "elsevier", "single"),
    ("cohort of 36, spider", "cell", "single"),
    ("cohort of 60, survival", "nature", "single"),
    ("vague dates, 15, survival", "lancet", "middle"),
    ("cohort of 15, swimmer", "cell", "single"),
    ("wang2023, path of line 4 by iRECIST", "nature", "double"),
)


def shown(outputs: Sequence[GalleryOutput]) -> list[Picture]:
    """The first page of each figure of the contact sheet, of those that were drawn."""
    drawn = {
        (each.entry.name, each.page.preset.name, each.page.column): each
        for each in outputs
        if not each.refused
    }
    return [
        Picture(f"{name}: {preset}, {column}", drawn[name, preset, column].previews[0])
        for name, preset, column in SHOWN
        if (name, preset, column) in drawn
    ]


def by_paper(outputs: Sequence[GalleryOutput], folder: Path) -> None:
    """A contact sheet of every page on each page."""
    for page in dict.fromkeys(each.page for each in outputs):
        found = [each for each in outputs if each.page == page]
        pictures = [Picture(each.entry.name, file) for each in found for file in each.previews]
        if pictures:
            sheet(pictures, folder / f"sheet-{page.preset.name}-{page.column}.png")


def main(folder: Path, presets: Sequence[str]) -> int:
    """Draw, write the page and the sheets, and print the number of each."""
    began, outputs = time.perf_counter(), []
    for each in build_gallery(entries(), journal_pages(presets), folder):
        outputs.append(each)
        if sys.stdout.isatty():
            sys.stdout.write(
                f"\r{len(outputs)} {each.entry.name}, {each.page.preset.name}".ljust(79)
            )
            sys.stdout.flush()
    gallery_index(outputs, folder, "Every figure on every page")
    by_paper(outputs, folder)
    if pictures := shown(outputs):  # none where the presets are others
        sheet(pictures, folder / "gallery.png")
    drawn = sum(not each.refused for each in outputs)
    sheets = sum(len(each.vectors) for each in outputs)
    took = time.perf_counter() - began
    sys.stdout.write(
        f"{drawn} figures on {sheets} pages, {len(outputs) - drawn} refused, {took:.0f} s: "
        f"{folder / 'index.html'}\n"
    )
    return 0


def check(presets: Sequence[str]) -> int:
    """Hold every page against its own edges; print what is wrong, and how many were looked at."""
    looked = wrong = refused = 0
    for each, on in product(entries(), journal_pages(presets)):
        try:
            found = pages(each.make(on), on)
        except ValueError:
            refused += 1
            continue
        for page in found:
            problems = faults(page, on)
            looked, wrong = looked + 1, wrong + bool(problems)
            sys.stdout.writelines(f"{page.name} on {on}: {fault}\n" for fault in problems)
    sys.stdout.write(f"{looked} pages looked at, {wrong} with faults, {refused} figures refused\n")
    return min(wrong, 1)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    first, *named = sys.argv[1:]
    sys.exit(check(named) if first == "--check" else main(Path(first), named))
