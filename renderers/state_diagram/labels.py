"""Lines of words and numbered pills, as they are at the arrows of a diagram."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

import attrs

from renderers.scene.marks import DiagramBox
from renderers.scene.scene import BODY, SMALL, Label, Mark
from renderers.scene.text_metrics import width

PITCH = 3.1  # millimetres from line to line
_PILL = 2.7  # height of a pill, and the least width of one
_GAP = 1.2  # between neighbours of a line


@attrs.frozen(kw_only=True)
class LabelPart:
    """One word or one pill; ``style`` is that of the pill, nothing for words."""

    text: str
    style: str = ""
    bold: bool = False

    @property
    def size(self) -> float:
        return BODY if self.bold else SMALL

    @property
    def width(self) -> float:
        text_width = width(self.text, self.size, bold=self.bold)
        return max(_PILL, text_width + 1.4) if self.style else text_width


Line = tuple[LabelPart, ...]


def length(line: Line) -> float:
    """Millimetres of a line with the gaps in it."""
    return sum(piece.width for piece in line) + _GAP * (len(line) - 1)


def pills(numbers: Sequence[tuple[int, bool]]) -> tuple[LabelPart, ...]:
    """Numbers as pills, each certain or not; three or more in a row of one style share a pill."""
    runs = itertools.groupby(
        enumerate(numbers), key=lambda each: (each[1][0] - each[0], each[1][1])
    )
    return tuple(
        LabelPart(text=text, style="step" if certain else "perhaps step")
        for (_, certain), run in runs
        for text in _run([number for _, (number, _) in run])
    )


def _run(numbers: list[int]) -> list[str]:
    return [f"{numbers[0]}–{numbers[-1]}"] if len(numbers) > 2 else [str(n) for n in numbers]


def lines(pieces: Sequence[LabelPart], limit: float) -> tuple[Line, ...]:
    """The pieces on as few lines as fit into ``limit`` millimetres, one piece a line at least."""
    found: list[Line] = []
    for piece in pieces:
        longer = (*found[-1], piece) if found else (piece,)
        if found and length(longer) <= limit:
            found[-1] = longer
        else:
            found.append((piece,))
    return tuple(found)


def written(note: Sequence[Line], middle: float, top: float) -> Iterator[Mark]:
    """The lines centred on ``middle``, the first one ``top`` millimetres below the top of a row.

    Words are set from the first gap of their line, so that it is as wide in every face: the first
    ends there, the others begin after it. A face may be narrower than the measured one.
    """
    for number, line in enumerate(note):
        x, y = middle - length(line) / 2, top + (number + 0.5) * PITCH
        for place, piece in enumerate(line):
            align = "left" if place else "right" if len(line) > 1 else "centre"
            yield from _placed(piece, x, y, align)
            x += piece.width + _GAP


def _placed(piece: LabelPart, x: float, y: float, align: str) -> Iterator[Mark]:
    middle, right = x + piece.width / 2, x + piece.width
    if not piece.style:
        shift = {"left": x, "centre": middle, "right": right}[align]
        yield Label(text=piece.text, size=piece.size, bold=piece.bold, align=align,
                    shift=shift, y=y)  # fmt: skip
        return
    yield DiagramBox(style=piece.style, left=x, right=right, height=_PILL, depth=2, y=y)
    yield Label(text=piece.text, size=SMALL, align="centre", shift=middle, y=y)


def pill(text: str, left: float, y: float) -> tuple[Mark, ...]:
    """One pill that begins at a millimetre of the page."""
    return tuple(_placed(LabelPart(text=text, style="step"), left, y, "centre"))
