"""A length along the page that remembers how much of it is a place on the time axis.

A page that can be zoomed moves what lies on the time axis and keeps the size of everything else:
a marker stays as large as it is, a bar becomes longer. Marks compute their places by adding
millimetres to ``canvas.x(day)``; a `TimedLength` keeps the two apart through that arithmetic.
"""

from __future__ import annotations


class TimedLength(float):
    """Millimetres, of which ``time`` are on the time axis, ``weight`` times.

    When the axis maps a place ``t`` to ``k * t + b``, the length becomes
    ``k * time + weight * b + (length - time)``.

    >>> (TimedLength.at(40.0) + 1.5).time, (TimedLength.at(40.0) + 1.5).weight
    (40.0, 1.0)
    >>> middle = (TimedLength.at(10.0) + TimedLength.at(30.0)) / 2
    >>> float(middle), middle.time, middle.weight
    (20.0, 20.0, 1.0)
    """

    __slots__ = ("time", "weight")

    time: float
    weight: float

    def __new__(cls, length: float, time: float, weight: float) -> TimedLength:
        made = super().__new__(cls, length)
        made.time, made.weight = time, weight
        return made

    @classmethod
    def at(cls, place: float) -> TimedLength:
        """A place on the time axis."""
        return cls(place, place, 1.0)

    def __add__(self, other: float) -> TimedLength:
        return self._plus(other, 1.0)

    def __radd__(self, other: float) -> TimedLength:
        return self._plus(other, 1.0)

    def __sub__(self, other: float) -> TimedLength:
        return self._plus(other, -1.0)

    def __rsub__(self, other: float) -> TimedLength:
        return (self * -1.0)._plus(other, 1.0)

    def __mul__(self, factor: float) -> TimedLength:
        times = float(factor)
        return TimedLength(float(self) * times, self.time * times, self.weight * times)

    __rmul__ = __mul__

    def __truediv__(self, divisor: float) -> TimedLength:
        return self * (1.0 / float(divisor))

    def __neg__(self) -> TimedLength:
        return self * -1.0

    def _plus(self, other: float, sign: float) -> TimedLength:
        time, weight = (other.time, other.weight) if isinstance(other, TimedLength) else (0.0, 0.0)
        return TimedLength(
            float(self) + sign * float(other), self.time + sign * time, self.weight + sign * weight
        )
