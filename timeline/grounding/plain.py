"""A text as it is compared: one spelling of dashes, blanks and points, offsets unchanged."""

from __future__ import annotations

import re

_DASHES = "\N{HYPHEN}\N{NON-BREAKING HYPHEN}\N{FIGURE DASH}\N{EN DASH}\N{EM DASH}\N{MINUS SIGN}"
_BLANKS = "\n\r\t\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}\N{HAIR SPACE}" + "".join(
    map(chr, range(0x2000, 0x200C))
)
_SIGNS = str.maketrans(
    {
        **dict.fromkeys(_DASHES, "-"),
        **dict.fromkeys(_BLANKS, " "),
        **dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789", strict=True)),
        "µ": "μ",
        "’": "'",
        "\N{SOFT HYPHEN}": "-",
    }
)
_SIGMA = "Σ"  # the only letter whose small form depends on the letters around it
_POINT = re.compile(r"(?<=[0-9])·(?=[0-9])")
_TIMES = re.compile(r"(?<=[0-9m])(\s?)[*✕xXх](\s?)(?=[0-9])")


GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "λ": "lambda"}


def spell_greek(text: str) -> str:
    """The text with Greek letters spelled, as names of drugs have them.

    >>> spell_greek("interferon-α")
    'interferon-alpha'
    """
    return "".join(GREEK.get(each, each) for each in text)


def plain(text: str) -> str:
    """The text in lower case with one dash, one blank and a point; as long as the text.

    >>> plain("8·4 months, 1\N{THIN SPACE}000 mg/m² (9.7*5.0 cm)")
    '8.4 months, 1 000 mg/m2 (9.7×5.0 cm)'
    """
    text = _TIMES.sub(r"\1×\2", _POINT.sub(".", text)).replace("*", " ").replace("_", " ")
    text = text.translate(_SIGNS)
    small = text.lower()
    if len(small) == len(text) and _SIGMA not in text:
        return small
    return "".join(_lower(each) for each in text)


def _lower(letter: str) -> str:
    small = letter.lower()
    return small if len(small) == 1 else letter
