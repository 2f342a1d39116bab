"""Which laboratory values are drawn on a logarithmic scale.

Tumour markers rise and fall by powers of ten, and a doubling time or a half-life is a slope on a
logarithmic scale. Papers therefore draw PSA, hCG, AFP, CA-125 and thyroglobulin on it. The factor
from which it is the default is our choice.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

ALL, NONE = "all", "none"
_APART = 100.0  # times the lowest value from which a marker has the scale by default
# Tumour markers without spaces, hyphens and case.
_MARKERS = frozenset(
    ("psa", "ca125", "ca199", "ca153", "afp", "hcg", "βhcg", "bhcg", "cea", "thyroglobulin", "tg")
)


def key_of(name: str) -> str:
    """The name of an analyte as it is compared: ``CA 19-9`` is ``ca199``.

    >>> key_of("CA 19-9"), key_of("β-hCG")
    ('ca199', 'βhcg')
    """
    return re.sub(r"[\s\W_]+", "", name.casefold())


def is_logarithmic(name: str, numbers: Sequence[float], asked: Sequence[str]) -> bool:
    """Whether an analyte has a logarithmic scale.

    Args:
        name: of the analyte.
        numbers: its values and the limits of normal, in one unit.
        asked: names of analytes, ``all`` or ``none``; empty: tumour markers whose highest value is
            at least 100 times the lowest.

    Raises:
        ValueError: a scale is asked for by name, and a value is 0 or less.
    """
    positive = min(numbers) > 0
    keys = {key_of(each) for each in asked}
    if key_of(name) in keys and not positive:
        raise ValueError(f"log-scale: {name} has a value of 0 or less (leave it out)")
    if not asked:
        return positive and key_of(name) in _MARKERS and max(numbers) >= _APART * min(numbers)
    return positive and (ALL in asked or key_of(name) in keys)
