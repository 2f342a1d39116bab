"""What a scan showed, as vaguely as the report says it: each word is a set of categories.

A category the words allow is carried along until the rules need to tell it from its rivals;
a derived status then says which of them it holds under.
"""

from __future__ import annotations

import attrs

from timeline.criterion_terms import LABELS
from timeline.problem import near

CALLS = (
    *LABELS,
    *("dissociated response", "mixed response", "recurrence", "near complete response"),
)

TARGET_WORDS: dict[str, tuple[str, ...]] = {
    "CR": ("CR",),
    "PR": ("PR",),
    "SD": ("SD",),
    "PD": ("PD",),
    "NE": ("NE",),
    "absent": ("CR",),
    "almost gone": ("PR",),  # some is left, so not CR; far smaller than 30 % of shrinkage asks
    "shrunk": ("PR", "SD"),  # smaller than baseline, by how much is not printed
    "stable": ("SD",),
    "grown": ("SD", "PD"),  # larger, by how much is not printed
    "not evaluated": ("NE",),
}
NON_TARGET_WORDS: dict[str, tuple[str, ...]] = {
    "CR": ("CR",),
    "NON-CR/NON-PD": ("NON-CR/NON-PD",),
    "PD": ("PD",),
    "NE": ("NE",),
    "absent": ("CR",),
    "present": ("NON-CR/NON-PD",),
    "progressed": ("PD",),
    "not evaluated": ("NE",),
}
EARLIER_NEW_WORDS = ("grown", "stable", "shrunk", "gone")


@attrs.frozen
class Finding:
    """The print, and every category it allows."""

    text: str
    allows: tuple[str, ...]

    def __str__(self) -> str:
        return self.text


def _read(text: str, table: dict[str, tuple[str, ...]], what: str) -> Finding:
    known = {word.lower(): categories for word, categories in table.items()}
    allows: dict[str, None] = {}
    for word in text.split(" or "):
        if word.strip().lower() not in known:
            raise ValueError(f"unknown {what}: {word.strip()!r} ({near(word.strip(), table)})")
        allows.update(dict.fromkeys(known[word.strip().lower()]))
    return Finding(text, tuple(allows))


def target(text: str) -> Finding:
    """The target lesions: a category (``PR or SD``) or the report's word (``shrunk``)."""
    return _read(text, TARGET_WORDS, "finding in target lesions")


def non_target(text: str) -> Finding:
    """The non-target lesions: a category or the report's word."""
    return _read(text, NON_TARGET_WORDS, "finding in non-target lesions")


def earlier_new(text: str) -> str:
    """What became of lesions that were new at an earlier scan."""
    if text.strip().lower() not in EARLIER_NEW_WORDS:
        raise ValueError(f"unknown change: {text!r} ({near(text, EARLIER_NEW_WORDS)})")
    return text.strip().lower()


def new_sites(text: str) -> str:
    """The site of one new lesion, or ``none``."""
    site = " ".join(text.split())
    if not site:
        raise ValueError("nothing is said of new lesions (write none, or their sites)")
    return "none" if site.lower() in ("none", "no") else site
