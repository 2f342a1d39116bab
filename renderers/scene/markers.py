"""The shapes of markers: outlines on a square from -1 to 1, y downwards."""

from __future__ import annotations

import math
from functools import cached_property

from timeline.core.frozen_class import frozen

Point = tuple[float, float]
Line = tuple[Point, ...]


@frozen(slots=False)
class Shape:
    """A closed outline with a face, closed areas in ink, and open strokes in ink.

    ``letter``: whether the strokes are a letter, which a small marker cannot show.
    """

    outline: Line = ()
    filled: tuple[Line, ...] = ()
    strokes: tuple[Line, ...] = ()
    letter: bool = False

    @cached_property
    def half_width(self) -> float:
        """From the middle to the farther side, in halves of the size; at most 1."""
        lines = (self.outline, *self.filled, *self.strokes)
        return min(1.0, max(abs(x) for line in lines for x, _ in line))


def _ring(corners: int, radius: float = 1.0, turn: float = 0.0) -> Line:
    """A regular polygon; ``turn`` in degrees clockwise from the top."""
    angles = (math.radians(turn + 360 * i / corners) for i in range(corners))
    return tuple((radius * math.sin(a), -radius * math.cos(a)) for a in angles)


def _star() -> Line:
    tips, notches = _ring(5, 1.15), _ring(5, 0.5, 36)
    return tuple(point for pair in zip(tips, notches, strict=True) for point in pair)


def _moved(line: Line, by: float) -> Line:
    return tuple((x, y + by) for x, y in line)


_CIRCLE = _ring(40, 0.88)
_DOT = _ring(24, 0.27)
_UP = _moved(_ring(3, 1.15), 0.22)
_DOWN = tuple((x, -y) for x, y in _UP)
_SQUARE = _ring(4, 1.12, 45)
_DIAMOND = _ring(4, 1.08)
_BOX: Line = ((-0.8, -0.95), (0.8, -0.95), (0.8, 0.95), (-0.8, 0.95))
_PENTAGON = _ring(5, 1.0)
_HEXAGON = _ring(6, 0.98)
_OCTAGON = _ring(8, 0.95, 22.5)
_PLUS: Line = (
    *((-0.34, -1.0), (0.34, -1.0), (0.34, -0.34), (1.0, -0.34), (1.0, 0.34), (0.34, 0.34)),
    *((0.34, 1.0), (-0.34, 1.0), (-0.34, 0.34), (-1.0, 0.34), (-1.0, -0.34), (-0.34, -0.34)),
)
_CROSS = ((-0.55, 0.0), (0.55, 0.0)), ((0.0, -0.55), (0.0, 0.55))
_EX: Line = tuple(
    (0.72 * (x - y), 0.72 * (x + y)) for x, y in _PLUS
)  # the plus, turned by 45 degrees
_LEFT_HALF: Line = tuple(
    (0.88 * math.sin(math.radians(a)), -0.88 * math.cos(math.radians(a)))
    for a in range(180, 361, 9)
)

_POST: Line = ((-0.32, -1.1), (0.32, -1.1), (0.32, 1.1), (-0.32, 1.1))

_PLAY: Line = ((-0.7, -0.95), (0.95, 0.0), (-0.7, 0.95))

_HASH: tuple[Line, ...] = (
    ((-0.2, -0.9), (-0.4, 0.9)),
    ((0.4, -0.9), (0.2, 0.9)),
    ((-0.85, -0.32), (0.85, -0.32)),
    ((-0.85, 0.32), (0.85, 0.32)),
)
_ASTERISK: tuple[Line, ...] = tuple((point, (-point[0], -point[1])) for point in _ring(6, 0.9)[:3])

# What distinguishes the markers of one criterion from those of another, inside one outline.
_BAR: Line = ((-0.34, -0.13), (0.34, -0.13), (0.34, 0.13), (-0.34, 0.13))
_STROKE: Line = ((-0.13, -0.34), (0.13, -0.34), (0.13, 0.34), (-0.13, 0.34))
_CROSSED: Line = tuple((0.34 * x, 0.34 * y) for x, y in _PLUS)
_TURNED: Line = tuple((0.34 * x, 0.34 * y) for x, y in _EX)
_POINTED: Line = tuple((0.34 * x, 0.34 * y) for x, y in _ring(3, 1.15))
VARIANTS: dict[str, Line] = {
    "dot": _DOT, "bar": _BAR, "stroke": _STROKE, "plus": _CROSSED, "ex": _TURNED,
    "point": _POINTED,
}  # fmt: skip
_RESPONSES: dict[str, tuple[Line, float]] = {  # the outline, and how far its middle is moved
    "star": (_star(), 0.0),
    "up": (_UP, 0.2),
    "diamond": (_DIAMOND, 0.0),
    "hexagon": (_HEXAGON, 0.0),
    "down": (_DOWN, -0.2),
}


def _responses() -> dict[str, Shape]:
    """The outlines of responses, plain and with each variant."""
    found = {name: Shape(outline) for name, (outline, _) in _RESPONSES.items()}
    for variant, inside in VARIANTS.items():
        for name, (outline, off) in _RESPONSES.items():
            found[f"{name}, {variant}"] = Shape(outline, filled=(_moved(inside, off),))
    return found


def _wedge(turn: float) -> Line:
    """A sixth of a disc about a direction, in degrees clockwise from the top."""
    angles = [math.radians(turn + step) for step in range(-30, 31, 10)]
    return ((0.0, 0.0), *((0.85 * math.sin(a), -0.85 * math.cos(a)) for a in angles))


# The letter of the reason for which a treatment stopped, in a square.
_LETTERS: dict[str, tuple[Line, ...]] = {
    "P": (((-0.3, 0.55), (-0.3, -0.55), (0.1, -0.55), (0.34, -0.4), (0.34, -0.1), (0.1, 0.05),
           (-0.3, 0.05)),),
    "T": (((-0.42, -0.55), (0.42, -0.55)), ((0.0, -0.55), (0.0, 0.55))),
    "C": (((0.38, -0.34), (0.2, -0.52), (-0.12, -0.55), (-0.38, -0.28), (-0.38, 0.28),
           (-0.12, 0.55), (0.2, 0.52), (0.38, 0.34)),),
    "W": (((-0.55, -0.55), (-0.3, 0.55), (0.0, -0.25), (0.3, 0.55), (0.55, -0.55)),),
    "D": (((-0.34, 0.55), (-0.34, -0.55), (0.05, -0.55), (0.38, -0.25), (0.38, 0.25),
           (0.05, 0.55), (-0.34, 0.55)),),
    "O": (((0.0, -0.55), (-0.3, -0.45), (-0.42, 0.0), (-0.3, 0.45), (0.0, 0.55), (0.3, 0.45),
           (0.42, 0.0), (0.3, -0.45), (0.0, -0.55)),),
}  # fmt: skip
_FRAME: Line = ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0))
_LETTER = 1.2  # times as large as written above; a capital is then 0.66 of its square high
LEAST_LETTER = 1.85  # millimetres of a square whose letter is as high as a capital of 5 points


SHAPES = {
    **_responses(),
    "ring, bar": Shape(_CIRCLE, strokes=(((-0.5, 0.0), (0.5, 0.0)),)),
    "ring, two bars": Shape(
        _CIRCLE, strokes=(((-0.55, -0.3), (0.55, -0.3)), ((-0.55, 0.3), (0.55, 0.3)))
    ),
    "ring, cross": Shape(_CIRCLE, strokes=(((-0.5, -0.5), (0.5, 0.5)), ((-0.5, 0.5), (0.5, -0.5)))),
    "ring, ring": Shape(_CIRCLE, strokes=((*_ring(32, 0.45), _ring(32, 0.45)[0]),)),
    "half": Shape(_CIRCLE, filled=(_LEFT_HALF,)),
    "small square": Shape(_ring(4, 0.72, 45), filled=(_ring(4, 0.72, 45),)),
    "small diamond": Shape(_ring(4, 0.72)),
    "ring": Shape(_CIRCLE),
    "disc": Shape(_CIRCLE, filled=(_CIRCLE,)),
    "ring, stroke": Shape(_CIRCLE, strokes=(((0.0, -0.88), (0.0, 0.88)),)),
    "plus": Shape(_PLUS, filled=(_PLUS,)),
    "open plus": Shape(_PLUS),
    "plus, dot": Shape(_PLUS, filled=(_DOT,)),
    "ring, wedges": Shape(_CIRCLE, filled=tuple(_wedge(turn) for turn in (-60, 60, 180))),
    "hourglass": Shape(
        filled=(
            ((-0.75, -0.95), (0.75, -0.95), (0.0, 0.0)),
            ((0.0, 0.0), (0.75, 0.95), (-0.75, 0.95)),
        )
    ),
    "square": Shape(_SQUARE),
    "square, plus": Shape(_SQUARE, strokes=_CROSS),
    "octagon": Shape(_OCTAGON, filled=(_ring(24, 0.2),)),
    "pentagon": Shape(_PENTAGON),
    "pentagon, bar": Shape(_PENTAGON, strokes=(((-0.85, 0.0), (0.85, 0.0)),)),
    "pentagon, stroke": Shape(_PENTAGON, strokes=(((0.0, -0.9), (0.0, 0.75)),)),
    "octagon, stroke": Shape(_OCTAGON, strokes=(((-0.85, 0.0), (0.85, 0.0)),)),
    "octagon, cross": Shape(
        _OCTAGON, strokes=(((-0.6, -0.6), (0.6, 0.6)), ((-0.6, 0.6), (0.6, -0.6)))
    ),
    "octagon, two bars": Shape(
        _OCTAGON, strokes=(((-0.8, -0.32), (0.8, -0.32)), ((-0.8, 0.32), (0.8, 0.32)))
    ),
    "pause": Shape(
        filled=(
            ((-0.7, -0.9), (-0.2, -0.9), (-0.2, 0.9), (-0.7, 0.9)),
            ((0.2, -0.9), (0.7, -0.9), (0.7, 0.9), (0.2, 0.9)),
        )
    ),
    "play": Shape(_PLAY, filled=(_PLAY,)),
    "step down": Shape(
        ((-0.9, -0.9), (0.0, -0.9), (0.0, 0.0), (0.9, 0.0), (0.9, 0.9), (-0.9, 0.9))
    ),
    "step up": Shape(((-0.9, 0.0), (0.0, 0.0), (0.0, -0.9), (0.9, -0.9), (0.9, 0.9), (-0.9, 0.9))),
    "ring, slash": Shape(_CIRCLE, strokes=(((-0.62, 0.62), (0.62, -0.62)),)),
    "ex": Shape(_EX, filled=(_EX,)),
    "post": Shape(filled=(((-0.22, -1.15), (0.22, -1.15), (0.22, 1.15), (-0.22, 1.15)),)),
    "open post": Shape(_POST),
    **{
        f"stop {letter}": Shape(
            _FRAME,
            strokes=tuple(tuple((_LETTER * x, _LETTER * y) for x, y in line) for line in lines),
            letter=True,
        )
        for letter, lines in _LETTERS.items()
    },
    "stop": Shape(_FRAME, strokes=(((-0.9, 0.9), (0.9, -0.9)),)),
    "small circle": Shape(_ring(24, 0.62)),
    "short tick": Shape(strokes=(((0.0, -0.99), (0.0, 0.99)),)),
    "flag": Shape(_BOX, filled=(((-0.8, -0.95), (-0.4, -0.95), (-0.4, 0.95), (-0.8, 0.95)),)),
    "half flag": Shape(_BOX, filled=(((-0.8, 0.0), (0.8, 0.0), (0.8, 0.95), (-0.8, 0.95)),)),
    "tick": Shape(strokes=(((0.0, -1.0), (0.0, 1.0)),)),
    "asterisk": Shape(strokes=_ASTERISK),
    "hash": Shape(strokes=_HASH),
    "point": Shape(_ring(24, 0.42), filled=(_ring(24, 0.42),)),
    "dot": Shape(_ring(24, 0.55), filled=(_ring(24, 0.55),)),
    "small ring": Shape(_ring(24, 0.55)),
    "house": Shape(((-0.85, 0.9), (-0.85, -0.1), (0.0, -1.0), (0.85, -0.1), (0.85, 0.9))),
}
