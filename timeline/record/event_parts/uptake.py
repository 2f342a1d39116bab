"""The uptake of FDG on a PET, as a case file states it: SULpeak, SUV, that of the liver, extent."""

from __future__ import annotations

import re
from fractions import Fraction

from timeline.core.frozen_class import frozen
from timeline.core.problem import near
from timeline.core.quantities import Quantity, quantity, unit
from timeline.record.event_parts.percent_change import NUMBER
from timeline.record.findings import GROWN_WORDS, SHRUNK_WORDS, plain

LARGEST = 1_000_000  # of any number here; anything larger is a typing error
DECIMALS = 6
_BARE = re.compile(NUMBER)
_LIVER = re.compile(
    rf"(?P<mean>{NUMBER})(?:\s*(?:±|\+/-|\+-|\(\s*SD)\s*(?P<sd>{NUMBER})\s*\)?)?", re.IGNORECASE
)
_EXTENT = re.compile(rf"(?P<sign>[-+\N{{MINUS SIGN}}\N{{EN DASH}}])\s*(?P<number>{NUMBER})\s*%")
_SAME_WORDS = ("same", "unchanged", "stable", "no change", "not larger")
EXTENT_WORDS = (*GROWN_WORDS, *SHRUNK_WORDS, *_SAME_WORDS)
_LARGER = frozenset(plain(word) for word in GROWN_WORDS)
_NOT_LARGER = frozenset(plain(word) for word in (*SHRUNK_WORDS, *_SAME_WORDS))


def _value(text: str) -> Fraction:
    value = Fraction(text.replace("·", "."))
    if value > LARGEST or (value * 10**DECIMALS).denominator != 1:
        raise ValueError(
            f"not a number of a PET: {text!r} (write {LARGEST} at most, {DECIMALS} decimals)"
        )
    return value


def _in_units(text: str, name: str, example: str) -> Quantity:
    """A number with the unit that it has by its key, which may be left out."""
    printed = text.strip()
    if _BARE.fullmatch(printed):
        printed = f"{printed} {name}"
    try:
        read = quantity(printed, unit(name).measures)
    except ValueError:
        read = None
    if read is None or read.exact is None or read.rest or read.unit.name != name:
        raise ValueError(f"not one {name}: {text.strip()!r} (write the number, such as {example})")
    _value(read.number.text)
    return read


def sul(text: str) -> Quantity:
    """A SULpeak: ``8.0``, or ``8.0 SUL``."""
    return _in_units(text, "SUL", "8.0")


def suv(text: str) -> Quantity:
    """A SUV: ``10.2``, or ``10.2 SUV``."""
    return _in_units(text, "SUV", "10.2")


def glycolysis(text: str) -> Quantity:
    """A total lesion glycolysis: ``120``, or ``120 TLG``."""
    return _in_units(text, "TLG", "120")


@frozen
class LiverUptake:
    """The uptake of the liver: its mean, and its standard deviation where that is printed."""

    text: str
    mean: Fraction
    sd: Fraction | None = None

    def __str__(self) -> str:
        return self.text


def liver_uptake(text: str) -> LiverUptake:
    """``2.0 ± 0.2``, ``2.0 +/- 0.2``, ``2.0 (SD 0.2)``, or ``2.0`` where no SD is printed."""
    printed = " ".join(text.split())
    found = _LIVER.fullmatch(printed)
    if found is None:
        raise ValueError(
            f"not the uptake of the liver: {printed!r} (write the mean and its SD: 2.0 ± 0.2)"
        )
    return LiverUptake(printed, _value(found["mean"]), _value(found["sd"]) if found["sd"] else None)


@frozen
class UptakeExtent:
    """How the extent of the uptake has changed: visibly grown or not, in percent if printed."""

    text: str
    grown: bool | None
    percent: Fraction | None = None

    def __str__(self) -> str:
        return self.text


def uptake_extent(text: str) -> UptakeExtent:
    """``larger``, ``unchanged``, or the change of its longest dimension: ``+25 %``."""
    printed = " ".join(text.split())
    word = plain(printed)
    if word in _LARGER or word in _NOT_LARGER:
        return UptakeExtent(printed, word in _LARGER)
    found = _EXTENT.fullmatch(printed)
    if found is None:
        advice = near(printed, ("larger", "unchanged", "smaller"))
        raise ValueError(
            f"not a change of extent: {printed!r} ({advice}; or write +25 % of the longest "
            "dimension)"
        )
    value = _value(found["number"])
    return UptakeExtent(printed, None, value if found["sign"] == "+" else -value)
