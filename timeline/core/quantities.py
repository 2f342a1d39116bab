"""A printed number with its unit. The known units are the rows of ``data/units.csv``."""

from __future__ import annotations

import functools
import re
from fractions import Fraction

import attrs

from timeline.core.data_tables import data_rows
from timeline.core.frozen_class import frozen
from timeline.core.printed_numbers import POWER_OF_10, Printed, parse_printed, refuse_flat_exponent
from timeline.core.problem import near
from timeline.core.span import Span


@frozen
class Unit:
    """A unit of measurement, what it measures, and its size in the base unit of its dimension."""

    name: str
    measures: str
    size: Fraction = Fraction(1)
    also: tuple[str, ...] = ()


UNITS = tuple(
    Unit(row.text("name"), row.text("measures"), row.required("size", Fraction), row.texts("also"))
    for row in data_rows("units")
)
UNIT_OF = {spelling: unit for unit in UNITS for spelling in (unit.name, *unit.also)}
for _spelling, _unit in tuple(UNIT_OF.items()):  # g/dl, iu/l: many laboratories print no capitals
    UNIT_OF.setdefault(_spelling.lower(), _unit)
    UNIT_OF.setdefault(re.sub(r"(?<=[/md])L$", "l", _spelling), _unit)  # U/ml, ng/ml, IU/l


@frozen
class Quantity:
    """A printed number and its unit, such as ``up to 182 IU/L``."""

    number: Printed
    unit: Unit
    rest: str = ""  # what follows the unit in the print: 'per day', 'IV day 1'

    @property
    def exact(self) -> Fraction | None:
        """The plain number in base units (mm, days, mg); None where hedged or a range."""
        return None if self.number.value is None else self.number.value * self.unit.size

    @property
    def in_base_units(self) -> Printed:
        """The number in base units (mm, days, Gy), with its precision and its hedge."""
        return self.number.scaled(self.unit.size)

    def __str__(self) -> str:
        is_one = self.unit.measures == "time" and str(self.number) == "1"
        name = self.unit.name.removesuffix("s") if is_one else self.unit.name
        return f"{self.number} {name}" + (f" {self.rest}" if self.rest else "")


def unit(text: str) -> Unit:
    """A unit by any of its spellings; ValueError names the near one."""
    if text in UNIT_OF:
        return UNIT_OF[text]
    raise ValueError(f"unknown unit: {text!r} ({near(text, [u.name for u in UNITS])})")


# A power of ten, or its exponent after an e, which a printed number alone does not have: 6e6 IU.
_EXPONENT = r"[eE]\+?(?P<exponent>[1-9])(?![0-9])"
LARGE = f"(?:{POWER_OF_10}|{_EXPONENT.replace('?P<exponent>', '')})"
_COUNT = r"10\S*/[µμu]?[lL]"  # the units of cell counts begin with a number
_SPLIT = re.compile(
    rf"(?P<number>.*?[0-9][0-9.,·]*(?:\s*(?:–|-|~|\bto\b)\s*[0-9][0-9.,·]*)?{LARGE}?\+?)\s*"
    rf"(?P<unit>[^0-9\s.,·]\S*|{_COUNT})(?:\s+(?P<rest>.*))?"
)
_TIMES_10 = re.compile(rf"\s*[×x*]\s*(?={_COUNT})")  # 4.5 × 10⁹/L is 4.5 of the unit 10⁹/L


LONGEST = 120  # characters of a number with its unit and what follows it
_BELOW_0 = re.compile(r"[-\N{MINUS SIGN}\N{EN DASH}]\s*[0-9]")


@functools.lru_cache(maxsize=4096)  # a file repeats its doses
def quantity(text: str, measures: str | None = None) -> Quantity:
    """A printed number with a known unit, of one dimension where ``measures`` names it.

    ValueError where the number is below 0, where it has no unit, or one of another dimension.
    """
    if len(text) > LONGEST:
        description = f"{len(text)} characters: {text[:20]!r} .. (write {LONGEST} at most)"
        raise ValueError(f"no number with a unit has {description}")
    if _BELOW_0.match(text.strip()):
        raise ValueError(f"below 0: {text.strip()!r} (nothing measured is; correct the sign)")
    refuse_flat_exponent(text)
    found = _SPLIT.fullmatch(_TIMES_10.sub(" ", text.strip()))
    if not found:
        number = parse_printed(text)
        known = [u.name for u in UNITS if measures in (None, u.measures)]
        raise ValueError(f"no unit: {number.text!r} (write a unit: {', '.join(known)})")
    number = parse_printed(re.sub(f"(?<=[0-9]){_EXPONENT}", r" × 10^\g<exponent>", found["number"]))
    number = attrs.evolve(number, text=found["number"])
    read = Quantity(number, unit(found["unit"]), found["rest"] or "")
    _refuse_spaced_unit(read, text)
    second = UNIT_OF.get(read.rest.split(" ")[0].strip(",;"))
    if second is not None and second.measures == read.unit.measures:
        raise ValueError(f"two units: {text.strip()!r} (write one)")
    if measures not in (None, read.unit.measures):
        known = [u.name for u in UNITS if u.measures == measures]
        raise ValueError(
            f"{read.unit.name} measures {read.unit.measures}: {text!r} (write {', '.join(known)})"
        )
    return read


def _refuse_spaced_unit(read: Quantity, text: str) -> None:
    """Raise ValueError for ``75 mg / m²``, of which only ``mg`` would be the unit."""
    after = read.rest.removeprefix("/").split()
    spaced = read.rest.startswith("/") and after
    if spaced and f"{read.unit.name}/{after[0].strip(',;')}" in UNIT_OF:
        whole = f"{read.unit.name}/{after[0].strip(',;')}"
        raise ValueError(f"blanks within a unit: {text.strip()!r} (write {whole})")


def above_0(text: str, measures: str, *, alone: bool = False) -> Quantity:
    """A quantity that must be above 0: a dose, the length of a cycle.

    ``alone``: nothing may follow the unit.
    """
    read = quantity(text, measures)
    if alone and read.rest:
        raise ValueError(f"what follows the unit is not read: {read.rest!r} (leave it out)")
    if read.number.span.high <= 0 or read.exact == 0:
        raise ValueError(
            f"nothing: {text.strip()!r} (write a number above 0, or leave the key out)"
        )
    return read


_TOKEN = re.compile(r"(?<=[0-9\s+])(?P<token>[^\s0-9,;.]\S*)")


def dose_parts(text: str) -> tuple[str, str, str]:
    """A printed dose as its number, its unit, and what follows: how often it is given.

    The unit is the longest that is known: what follows may be joined to it by a slash. Three
    empty texts where there is no unit of a dose.

    >>> dose_parts("30 mg/28 d"), dose_parts("75 mg/m²/day"), dose_parts("8 mg/day")
    (('30', 'mg', '/28 d'), ('75', 'mg/m²', '/day'), ('8', 'mg/day', ''))
    """
    for found in _TOKEN.finditer(text):
        parts = found["token"].split("/")
        for end in range(len(parts), 0, -1):
            name = "/".join(parts[:end]).rstrip(",;")
            if name in UNIT_OF and UNIT_OF[name].measures.startswith("dose"):
                rest = text[found.start() + len(name) :].strip(" ,;")
                return text[: found.start()].strip(), name, rest
    return "", "", ""


LONGEST_MM = 5000  # of a sum of diameters; anything longer is a typing error
NM_PER_MM = 1_000_000  # lengths are counted in whole nanometres, so that they are exact
_DECIMALS = 6  # of a millimetre, which is as fine


def nanometres(millimetres: Fraction, text: str = "") -> int:
    """A length as it is counted. ValueError where it is finer, with its ``text`` as written."""
    exact = millimetres * NM_PER_MM
    if exact.denominator != 1:
        near_it = f"{_DECIMALS} decimals of a mm at most, such as {shown_mm(round(exact))} mm"
        shown = text.strip() or f"{float(millimetres)} mm"
        raise ValueError(f"finer than a nanometre: {shown!r} (write {near_it})")
    return int(exact)


def shown_mm(length: int) -> str:
    """A length in nanometres in millimetres, with as many decimals as it has.

    >>> shown_mm(23_100_000), shown_mm(31_531_500), shown_mm(64_000_000)
    ('23.1', '31.5315', '64')
    """
    whole, rest = divmod(length, NM_PER_MM)
    return f"{whole}.{rest:0{_DECIMALS}}".rstrip("0").rstrip(".")


def length(text: str) -> Quantity:
    """A measured length with its unit, mm or cm: one number, and one that a body can hold."""
    read = quantity(text, "length")
    if read.exact is None or read.rest:
        raise ValueError(f"not one length: {text.strip()!r} (write the number that was measured)")
    if read.exact > LONGEST_MM:
        raise ValueError(f"too long for a body: {text.strip()!r} (at most {LONGEST_MM} mm)")
    nanometres(read.exact, text)
    return read


LARGEST_MM2 = 1_000_000  # of a sum of products; anything larger is a typing error
LENGTH = "length"  # what mm and cm measure
AREA = "area"  # what mm² and cm² measure
UPTAKE = "uptake"  # what SUL and SUV measure
_LAST_WORD = re.compile(r"[^0-9\s.,·]\S*\Z")  # of 1200 mm² or 1200mm2 the unit


def length_or_area(text: str) -> Quantity:
    """A sum of diameters in mm or cm, or of products of two diameters in mm² or cm²."""
    found = _LAST_WORD.search(text.strip())
    named = UNIT_OF.get(found[0]) if found else None
    if named is None or named.measures != AREA:
        return length(text)
    read = quantity(text, AREA)
    if read.exact is None or read.rest:
        raise ValueError(f"not one sum: {text.strip()!r} (write the number that was measured)")
    if read.exact > LARGEST_MM2:
        raise ValueError(f"too large for a body: {text.strip()!r} (at most {LARGEST_MM2} mm²)")
    if (read.exact * NM_PER_MM).denominator != 1:
        raise ValueError(
            f"too fine: {text.strip()!r} (write {_DECIMALS} decimals of a mm² at most)"
        )
    return read


_PLAIN_LENGTH = re.compile(r"\s*([0-9]{1,3})(?:[.·]([0-9]{1,5}))?\s*(mm|cm)\s*")
_DIGITS = {"mm": 6, "cm": 7}  # of a nanometre, after the point


def length_in_nanometres(text: str) -> int:
    """A measured length with its unit, mm or cm, in nanometres.

    A plain number is counted digit by digit; anything else is read by `length`.

    Raises:
        ValueError: it is not one length, too long for a body, or finer than a nanometre.

    >>> length_in_nanometres("23.7 mm"), length_in_nanometres("2.5 cm")
    (23700000, 25000000)
    """
    plain = _PLAIN_LENGTH.fullmatch(text)
    if plain is None or (plain[3] == "cm" and len(plain[1]) > 2):  # up to 999 mm or 99 cm
        return nanometres(length(text).exact or Fraction(0))
    return int(plain[1] + (plain[2] or "").ljust(_DIGITS[plain[3]], "0"))


def thickness(text: str) -> Quantity:
    """A length that something has: the thickness of a slice."""
    read = length(text)
    if read.exact == 0:
        raise ValueError(f"no thickness: {text.strip()!r} (write a number above 0)")
    return read


SCALE_HU = (-1024, 3071)  # of CT, both ends included


def density(text: str) -> Quantity:
    """A CT density such as ``45 HU`` or ``-12.5 HU``: one number, at most one decimal."""
    plain = text.strip().replace("\N{MINUS SIGN}", "-")
    read = quantity(plain.removeprefix("-").lstrip(), "density")
    if read.exact is None or read.rest:
        raise ValueError(f"not one density: {text.strip()!r} (write 45 HU or -12.5 HU)")
    if plain.startswith("-"):
        read = attrs.evolve(read, number=_negative(read.number))
    if read.exact is None or not SCALE_HU[0] <= read.exact <= SCALE_HU[1]:
        raise ValueError(f"off the scale of CT: {text.strip()!r} (from -1024 to 3071 HU)")
    if (10 * read.exact).denominator != 1:
        raise ValueError(f"finer than a tenth: {text.strip()!r} (write one decimal, such as 45.2)")
    return read


def _negative(number: Printed) -> Printed:
    """The number with its sign changed."""
    span = number.span
    turned = Span(-span.high, -span.low, span.high_in, span.low_in)
    value = None if number.value is None else -number.value
    return attrs.evolve(number, text=f"-{number.text}", span=turned, value=value)


OLDEST = 120  # years
_DECADE = re.compile(r"(?:(?:early|mid|late)[\s-]+)?(?P<tens>[1-9])0s", re.IGNORECASE)
_SHORT = {"y": "years", "yr": "years", "yrs": "years", "mo": "months", "mos": "months"}
_AGE = re.compile(
    r"(?P<number>.*[0-9]\+?)"
    r"(?:[\s-]*(?P<unit>years?|yrs?\.?|y\.?|months?|mos?\.?|weeks?|days?)(?:/?o\.?)?)?"  # 62 y/o
    r"(?:[\s-]*old)?",
    re.IGNORECASE,
)


def age(text: str) -> str:
    """The age of a patient as printed: ``58``, ``about 60``, ``60s``, ``8 months``."""
    age_in_years(text)
    return " ".join(text.split())


def age_in_years(text: str) -> Span:
    """The ages in years that a printed age allows; of a decade (``60s``) all its years.

    Raises: ValueError where it is no age, or older than any patient.
    """
    plain = " ".join(text.split())
    found = _AGE.fullmatch(plain)
    if decade := _DECADE.fullmatch(plain):
        return Span(int(decade["tens"]) * 10, int(decade["tens"]) * 10 + 9)
    try:
        number = parse_printed(found["number"] if found else plain)
    except ValueError:
        raise ValueError(f"not an age: {plain!r} (write 58, about 60, 60s or 8 months)") from None
    named = found["unit"] if found else None
    if "%" in plain or (number.value == 0 and not any(letter.isdigit() for letter in plain)):
        raise ValueError(f"not an age: {plain!r} (write 58, about 60, 60s or 8 months)")
    word = (named or "years").lower().rstrip(".")
    years = number.span.times(unit(_SHORT.get(word, word)).size / unit("years").size)
    if years.low > OLDEST:
        raise ValueError(
            f"older than any patient: {plain!r} (write an age of {OLDEST} years at most)"
        )
    return years
