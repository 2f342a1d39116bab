"""Words compared as people mean them: without case, blanks, accents' form or kind of dash."""

from __future__ import annotations

import functools
import re
import unicodedata

_DASHES = re.compile("[\u2010-\u2015\u2212\u00ad]")
_GAPS = re.compile(r"[\s_]+")


@functools.lru_cache(maxsize=8192)
def folded(text: str) -> str:
    """A word in the form in which it is compared.

    Unicode is brought to NFKC, case is folded, invisible format characters are dropped, dashes
    become hyphens, and blanks and underscores of any length become one blank.

    >>> folded("  PROGRESSIVE\u00a0 disease ") == folded("Progressive Disease")
    True
    >>> folded("Patient_ID"), folded("lost to follow\u2011up")
    ('patient id', 'lost to follow-up')
    """
    plain = _DASHES.sub("-", unicodedata.normalize("NFKC", text))
    visible = "".join(letter for letter in plain if unicodedata.category(letter) != "Cf")
    return _GAPS.sub(" ", visible).strip().casefold()
