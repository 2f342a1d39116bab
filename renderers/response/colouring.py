"""What the lines of a spider and the bars of a waterfall are coloured by: a row for each choice."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType

import attrs

from renderers.scene.colours import GREY
from renderers.scene.palette import Palette
from renderers.scene.response_colours import EITHER, RESPONSE_COLOURS, UNKNOWN, ResponseColour
from renderers.scene.scene import Polyline
from renderers.scene.styles import Style, best_fill, named_bars
from renderers.text.translation import translate
from timeline.core.problem import near
from timeline.endpoints.derived_case import DerivedCase
from timeline.record.lines import Line

BEST, NONE, ARM = "best", "none", "arm"
_LEGEND = "Patients"  # the group of the legend, unless a row has another


@attrs.frozen
class Characteristic:
    """One row: a characteristic of a patient on a line, its heading, its group in the legend.

    ``read``: of a patient and the line, None where the patient has no such line; empty where it
    is not stated.
    """

    name: str
    heading: str
    read: Callable[[DerivedCase, Line | None], str]
    legend: str = _LEGEND


CHARACTERISTICS = {
    row.name: row
    for row in (
        Characteristic(
            "regimen", "Regimen", lambda _, line: line.regimen if line else "", "Treatment"
        ),
        Characteristic("diagnosis", "Diagnosis", lambda derived, _: derived.case.patient.diagnosis),
        Characteristic("site", "Site", lambda derived, _: derived.case.patient.site),
        Characteristic("sex", "Sex", lambda derived, _: derived.case.patient.sex),
    )
}
BY = (BEST, *CHARACTERISTICS, NONE)


@attrs.frozen(kw_only=True)
class Colouring:
    """How patients are coloured.

    Attributes:
        by: ``best`` for the best response, ``none``, or what else the categories are.
        palette: the colours that the project states.
        legend: the group of the legend, for categories other than responses.
    """

    by: str = BEST
    palette: Palette = Palette()
    legend: str = _LEGEND

    @classmethod
    def of(cls, by: str, palette: Palette | None = None) -> Colouring:
        """The colouring of cases.

        Raises:
            ValueError: it is none of ``BY``.
        """
        if by not in BY:
            raise ValueError(f"cannot colour by {by!r} ({near(by, BY)})")
        row = CHARACTERISTICS.get(by)
        return cls(by=by, palette=palette or Palette(), legend=row.legend if row else _LEGEND)

    def category(self, derived: DerivedCase, line: Line, labels: Sequence[str]) -> str:
        """What a patient is coloured by; ``labels``: the possible best responses."""
        row = CHARACTERISTICS.get(self.by)
        if row is None:
            return self.of_labels(labels)
        return row.read(derived, line) or translate("not stated")

    def of_labels(self, labels: Sequence[str]) -> str:
        """The category of a best response: a style of the style table; nothing for ``none``."""
        if self.by == NONE:
            return ""
        known = {best_fill(label) for label in labels}
        return known.pop() if len(known) == 1 else "best either" if known else best_fill("NE")

    def bars(self, categories: Iterable[str]) -> Mapping[str, Style]:
        """The style of the bars of each category that is coloured by its name."""
        if self.by in (BEST, NONE):
            return MappingProxyType({})
        return named_bars(_in_order(categories), self.palette, self.legend)

    def lines(self, categories: Iterable[str], style: Style) -> Mapping[str, Style]:
        """The style of the lines of each category.

        Args:
            categories: of the patients, in the order of the legend.
            style: a line that is not coloured.

        Returns:
            A style for each category, as wide as ``style``; none without colours.
        """
        if self.by == NONE:
            return MappingProxyType({})
        found = tuple(dict.fromkeys(categories))
        if self.by == BEST:
            order = [f"best {code.name}" for code in RESPONSE_COLOURS]
            found = tuple(
                sorted(found, key=lambda name: order.index(name) if name in order else 99)
            )
            return {name: _response_line(style, name) for name in found}
        swatches = self.palette.swatches(_in_order(found))
        return {
            name: Style(
                f"{style.name}: {name}".replace("|", "/"), Polyline, self.legend, name,
                fill=swatch.fill, stripe=swatch.stripe, edge=swatch.line, stroke=style.stroke,
                dash=_STRIPED if swatch.stripe else (),
            )
            for name, swatch in swatches.items()
        }  # fmt: skip


BY_BEST = Colouring()
_STRIPED = (4.0, 1.2)  # of a line whose bar would have a stripe
_COLOURS: Mapping[str, ResponseColour] = {
    **{f"best {code.name}": row for code, row in RESPONSE_COLOURS.items()},
    "best either": EITHER,
    "best unknown": UNKNOWN,
}


def _in_order(names: Iterable[str]) -> list[str]:
    """Names in the order of the legend: by letters, and by numbers in them."""

    def key(name: str) -> list[tuple[int, str]]:
        parts = re.split(r"([0-9]+)", name.casefold())
        return [(int(part), "") if part.isdecimal() else (0, part) for part in parts]

    return sorted(set(names), key=key)


def _response_line(style: Style, category: str) -> Style:
    row = _COLOURS[category]
    return Style(
        f"{style.name}: {category}", Polyline, "Best response", translate(row.description),
        edge=row.line or GREY, stroke=style.stroke, dash=row.dash,
    )  # fmt: skip
