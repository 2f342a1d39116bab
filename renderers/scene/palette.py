"""The colour of a name: the same drug or arm has the same colour in every figure of a project.

A colour follows from the name, not from the order of rows. Each class of drugs has its own hue,
and each arm by its letter or number; drugs that are often given beside or after another of their
class have a hue of their own. Where two names of a figure still want one hue, the drug that is
first in ``timeline/data/drugs.csv`` keeps it, and the other takes one that is free. A palette file
(``palette_file``) states the colours of a project, and then nothing moves.

The eight hues differ by at least 7 units of lightness (CIE L*), so that they differ in
grey. They were searched for by their distance in normal vision, deuteranopia, protanopia and
tritanopia; a test measures it. None is a pure green or red, which are left to no meaning here.
"""

from __future__ import annotations

import functools
import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from renderers.scene.colours import BLACK, WHITE, lightness, line_of
from timeline.core.frozen_class import frozen
from timeline.terminology.drugs import drug_named, drug_table, is_named_drug

_APART = 5.0  # units of lightness between a new colour and those that a file states
_LIGHT = 65.0  # lightness from which black has more contrast than white


@frozen
class Swatch:
    """A colour: its fill as ``#RRGGBB``, and the colour of a stripe along the bar, or nothing."""

    fill: str
    stripe: str = ""

    @property
    def line(self) -> str:
        """The same hue as a line on white: darkened until its contrast is 3 to 1."""
        return line_of(self.fill)


UNNAMED = Swatch("#D9D9D9")  # grey: drugs that a report does not name are alike in nothing else
NAVY, ORANGE, TEAL, LAVENDER, BRICK, SKY, OCHRE, CREAM = HUES = (
    "#305688",
    "#F8A469",
    "#2F9E99",
    "#A597F1",
    "#A44C4E",
    "#A2D3F7",
    "#99751E",
    "#ECE2C4",
)

# The hue of each class of drugs; a class that is not listed has the hue of its name.
FAMILIES = {
    "anthracycline": BRICK,
    "anthracenedione": BRICK,
    "alkylating agent": OCHRE,
    "platinum compound": OCHRE,
    "antimetabolite": LAVENDER,
    "taxane": TEAL,
    "microtubule inhibitor": TEAL,
    "vinca alkaloid": TEAL,
    "topoisomerase inhibitor": TEAL,
    "tyrosine kinase inhibitor": SKY,
    "anti-VEGF antibody": SKY,
    "anti-PD-1 antibody": ORANGE,
    "anti-PD-L1 antibody": ORANGE,
    "anti-LAG-3 antibody": ORANGE,
    "bispecific antibody against PD-1": ORANGE,
    "anti-CTLA-4 antibody": NAVY,
    "mTOR inhibitor": NAVY,
    "CDK4/6 inhibitor": NAVY,
    "PARP inhibitor": NAVY,
    "anti-RANKL antibody": CREAM,
    "bisphosphonate": CREAM,
    "corticosteroid": CREAM,
}
# The hue of drugs that a course of treatment often holds together with another of the hue of their
# class: eribulin after docetaxel, lenvatinib after anlotinib, etoposide with vincristine (VDC/IE).
OWN_HUES = {
    "eribulin": CREAM,
    "etoposide": NAVY,
    "trabectedin": NAVY,
    "dacarbazine": NAVY,
    "cyclophosphamide": SKY,
    "capecitabine": NAVY,
    "lenvatinib": NAVY,
    "sunitinib": NAVY,
    "osimertinib": NAVY,
    "apatinib": NAVY,
    "regorafenib": BRICK,
    "surufatinib": BRICK,
    "sorafenib": CREAM,
    "cabozantinib": OCHRE,
}
_ORDINAL = re.compile(r"(?:arm|cohort|group|level|dose|line|part|stage|state)[\s_-]*([a-h]|[1-8])")


def name_key(name: str) -> str:
    """What a colour belongs to: a drug by any of its spellings, else the text without case.

    >>> name_key("AK105"), name_key(" Arm  B ")
    ('penpulimab', 'arm b')
    """
    plain = " ".join(name.casefold().split())
    drug = drug_named(plain)
    exact = drug and plain in {drug.name.casefold(), *(each.casefold() for each in drug.also)}
    return drug.name if drug and exact else plain


@frozen(kw_only=True)
class Palette:
    """The colours that a project states, by key; every other name has one of its own.

    Attributes:
        stated: names and their colours, as in a palette file.
    """

    stated: tuple[tuple[str, Swatch], ...] = ()

    @classmethod
    def of(cls, colours: Mapping[str, Swatch]) -> Palette:
        """The palette of some names and their colours."""
        return cls(stated=tuple((name_key(name), swatch) for name, swatch in colours.items()))

    def swatches(self, names: Iterable[str]) -> dict[str, Swatch]:
        """The colour of each name.

        Args:
            names: drugs, arms or states, in any order.

        Returns:
            A colour for each name, in the order given. Two spellings of a drug have one colour.
            Of more than 24 names some share a colour. A name such as ``not stated`` is grey,
            unless the palette states its colour.

        """
        requested = tuple(names)
        found = dict(self.stated)
        named = {name_key(name) for name in requested if is_named_drug(name)}
        keys = sorted(named - set(found), key=_priority)
        for key in keys:  # first whoever has its own hue, so that few names move
            own = next(_preferences(key))
            if _is_free(own, tuple(found.values())):
                found[key] = own
        for key in keys:
            if key not in found:
                found[key] = _free(key, tuple(found.values()))
        return {name: found.get(name_key(name), UNNAMED) for name in requested}


def moved(colours: Mapping[str, str]) -> tuple[str, ...]:
    """The names whose colour is not the one that they have in a figure of their own.

    Args:
        colours: names with their fills, in a figure without a palette file.

    >>> moved({"anlotinib": "#A2D3F7", "pazopanib": "#305688"})
    ('pazopanib',)
    """
    alone = Palette()
    return tuple(
        name for name, fill in colours.items() if alone.swatches([name])[name].fill != fill
    )


def _is_free(swatch: Swatch, used: Sequence[Swatch]) -> bool:
    """Whether a colour is not used, nor as light as a solid one that is."""
    if swatch.stripe:
        return swatch not in used
    light = lightness(swatch.fill)
    return all(each.stripe or abs(light - lightness(each.fill)) >= _APART for each in used)


def _free(key: str, used: Sequence[Swatch]) -> Swatch:
    """The first free colour of a name; its own hue where none is free."""
    free = (swatch for swatch in _preferences(key) if _is_free(swatch, used))
    return next(free, next(_preferences(key)))


def _preferences(key: str) -> Iterator[Swatch]:
    """The colours of a name, the first one best: solid ones, then its own hue with a stripe."""
    hue = _hue(key)
    first = HUES.index(hue)
    step = 1 + 2 * (_digest(key) % 4)  # odd, so that every hue is reached once
    hues = [HUES[(first + n * step) % len(HUES)] for n in range(len(HUES))]
    yield from (Swatch(each) for each in hues)
    yield from (Swatch(each, stripe) for each in hues for stripe in _stripes(each))


def _stripes(fill: str) -> tuple[str, str]:
    """The stripes of names beyond the first eight, the one with more contrast first."""
    return (WHITE, BLACK) if lightness(fill) < _LIGHT else (BLACK, WHITE)


def _hue(key: str) -> str:
    """The hue of a name: its own, of its class, of its letter or number, or by a digest."""
    drug = drug_named(key)
    if drug and drug.name in OWN_HUES:
        return OWN_HUES[drug.name]
    if drug and drug.kind in FAMILIES:
        return FAMILIES[drug.kind]
    ordinal = _ORDINAL.fullmatch(key)
    if ordinal:
        return HUES["12345678".find(ordinal[1]) % 8 if ordinal[1].isdigit() else
                    "abcdefgh".find(ordinal[1])]  # fmt: skip
    return HUES[_digest(key) % len(HUES)]


def _digest(key: str) -> int:
    return int.from_bytes(hashlib.sha256(key.encode()).digest()[:4])


@functools.cache
def _places() -> Mapping[str, int]:
    return {name: place for place, name in enumerate(drug_table())}


def _priority(key: str) -> tuple[int, int, str]:
    """Who keeps a hue that two names want: drugs in the order of their table, then the others."""
    known = _places().get(key)
    if known is not None:
        return 0, known, key
    return (1 if _ORDINAL.fullmatch(key) else 2), 0, key
