"""The requirements of journals, one row each, and the page that a figure is laid out on.

A scene is laid out at one size of text (`scene.BODY`, 6.5 points); a preset gives how much
larger its text is printed, and so the size of its page in the millimetres of the layout. Nothing
shrinks to fit: what does not fit goes on another page, or is refused.
"""

from __future__ import annotations

import math
import re
from pathlib import Path
from typing import ClassVar

import attrs

from renderers.languages import LANGUAGES
from renderers.scene.fonts import font_named
from renderers.scene.scene import SMALL
from timeline.core.frozen_class import frozen
from timeline.core.problem import near

# A number with one point; versions and the numbers of sections keep theirs.
_VERSIONS = "".join(f"(?<!{word})" for word in ("RECIST ", "CTCAE ", "CTCAE v", "version "))
_DECIMAL = re.compile(_VERSIONS + r"(?<![\d.])(\d+)\.(?=\d+(?![\d.]*\d))")
_PERCENT = re.compile(r"(?<=\d) %")
_P_VALUE = re.compile(r"\bP(?= [=<] \d)")
EDGE = 1.5  # millimetres of air around a figure


@frozen(kw_only=True)
class JournalPreset:
    """One row: widths of the columns and height in millimetres, smallest text in points.

    ``least`` is the size of the smallest text in print; ``dpi`` that of a picture made of line
    art and text. ``source``: where the figures are from, and how certain they are.
    """

    name: str
    columns: tuple[tuple[str, float], ...]
    height: float
    least: float
    dpi: int
    source: str
    family: str = "sans-serif"
    point: str = "."  # how a decimal point is printed
    percent: str = " %"  # how a percent sign follows its number
    p_value: str = "P"  # how a p value is named

    def house_style(self, text: str) -> str:
        """The text with its decimal points, percent signs and p values as the journal prints them.

        >>> PRESETS["lancet"].house_style("RECIST 1.1, 4.4.2: 8.4 months")
        'RECIST 1.1, 4.4.2: 8·4 months'
        >>> PRESETS["lancet"].house_style("95 % CI 0.98 to 4.72, P = 0.053")
        '95% CI 0·98 to 4·72, p = 0·053'
        """
        text = text if self.point == "." else _DECIMAL.sub(rf"\1{self.point}", text)
        return _P_VALUE.sub(self.p_value, _PERCENT.sub(self.percent, text))

    @property
    def scale(self) -> float:
        """How much larger than laid out it is printed; never smaller."""
        return max(1.0, self.least / SMALL)


@frozen(kw_only=True)
class Page:
    """A column of a preset's page: what a figure is laid out on.

    ``width`` and ``height`` are in the millimetres of the layout, air left off; one of them is
    ``scale`` millimetres in print. One that ``scrolls`` is a page to explore, on which lanes
    need not fit the height.
    """

    preset: JournalPreset
    column: str
    language: str = "en"
    font: str = ""  # an installed one; empty: the first one of the family that is installed
    scrolls: bool = False

    def for_file(self, path: Path | str) -> Page:
        """The page for a file: one that is scrolled where it is HTML.

        >>> page_of().for_file("figure.html").scrolls, page_of().for_file("figure.pdf").scrolls
        (True, False)
        """
        return attrs.evolve(self, scrolls=Path(path).suffix.lower() in (".html", ".htm"))

    continues: ClassVar[bool] = True  # whether what does not fit goes on another page

    def house_style(self, text: str) -> str:
        """The text as the journal prints it; its decimal points else as the language has them.

        >>> page_of("generic", language="de").house_style("PFS 8.4")
        'PFS 8,4'
        """
        mine = LANGUAGES[self.language].point
        own = self.preset
        if own.point == "." != mine:
            own = attrs.evolve(own, point=mine)
        return own.house_style(text)

    @property
    def scale(self) -> float:
        return self.preset.scale

    @property
    def printed_width(self) -> float:
        """Millimetres on the page."""
        return dict(self.preset.columns)[self.column]

    @property
    def width(self) -> float:
        return self.printed_width / self.scale - 2 * EDGE

    @property
    def height(self) -> float:
        return self.preset.height / self.scale - 2 * EDGE

    def __str__(self) -> str:
        return f"{self.preset.name}, {self.column} column of {self.printed_width:g} mm"

    def too_narrow(self, what: str, width: float) -> ValueError:
        """The error for a figure that needs ``width`` millimetres of the layout.

        >>> str(page_of("nature", "single").too_narrow("a timeline", 137.0))
        'a timeline takes 140 mm on nature, single column of 89 mm (choose double, 183 mm)'
        """
        needed = math.ceil((width + 2 * EDGE) * self.scale)
        wider = [f"{name}, {size:g} mm" for name, size in self.preset.columns if size >= needed]
        advice = " or ".join(wider) or "another preset"
        return ValueError(f"{what} takes {needed} mm on {self} (choose {advice})")


_GENERIC = (("single", 89.0), ("double", 183.0))
PRESETS = {
    row.name: row
    for row in (
        JournalPreset(
            name="generic",
            columns=_GENERIC,
            height=247.0,
            least=SMALL,
            dpi=300,
            source="two columns of most journals",
        ),
        JournalPreset(
            name="nature",
            columns=(("single", 89.0), ("middle", 120.0), ("double", 183.0)),
            height=170.0,
            least=SMALL,
            dpi=450,
            source="research-figure-guide.nature.com: 5 to 7 pt, page 247 mm, 170 with its caption",
        ),
        JournalPreset(
            name="elsevier",
            columns=(("single", 90.0), ("middle", 140.0), ("double", 190.0)),
            height=240.0,
            least=7.0,
            dpi=500,
            source="Elsevier artwork pages: 7 pt, combination art at 500 dpi",
        ),
        JournalPreset(
            name="cell",
            columns=(("single", 85.0), ("middle", 114.0), ("double", 174.0)),
            height=225.0,
            least=7.0,
            dpi=500,
            source="Cell Press figure guidelines, read at second hand: about 7 pt, letter page",
        ),
        JournalPreset(
            name="lancet",
            columns=(("single", 75.0), ("middle", 107.0), ("double", 154.0)),
            height=235.0,
            least=8.0,
            dpi=360,
            family="serif",
            point="·",
            percent="%",
            p_value="p",
            source="The Lancet, read at second hand: Times, ticks of 8 pt, 300 dpi at 120 % size; "
            "the raised decimal point from its note of 2012; 95% CI and p as in its articles",
        ),
        JournalPreset(
            name="nejm",
            columns=_GENERIC,
            height=235.0,
            least=7.0,
            dpi=1200,
            percent="%",
            source="NEJM prints no widths: those of most journals; line art at 1200 dpi; 95% CI "
            "and P as in its articles",
        ),
        JournalPreset(
            name="slide",
            columns=(("wide", 338.0),),
            height=190.0,
            least=12.0,
            dpi=150,
            source="a slide of 16 to 9, read from a distance",
        ),
    )
}


def page_of(
    preset: str = "generic", column: str = "", language: str = "en", font: str = ""
) -> Page:
    """A column of a preset's page, the widest where none is named; ValueError names the known ones.

    ``language``: of the fixed words of the figure, as ISO 639-1 names it. ``font``: an installed
    one, by whose widths the figure is laid out; empty for those of the preset.

    >>> page_of("nature", "single").printed_width
    89.0
    """
    if preset not in PRESETS:
        raise ValueError(f"unknown preset: {preset!r} ({near(preset, PRESETS)})")
    row = PRESETS[preset]
    widths = dict(row.columns)
    chosen = column or row.columns[-1][0]
    if chosen not in widths:
        known = ", ".join(f"{name} {width:g} mm" for name, width in row.columns)
        raise ValueError(f"{preset} has no column {column!r} (it has {known})")
    if language not in LANGUAGES:
        known = ", ".join(f"{name} {row.title}" for name, row in LANGUAGES.items())
        raise ValueError(f"unknown language: {language!r} (known: {known})")
    return Page(preset=row, column=chosen, language=language, font=font_named(font) if font else "")


DEFAULT_PAGE = page_of()
