"""Text of an HTML page in which no line ends within a date."""

from __future__ import annotations

from typing import Any

from timeline.core.text.unbroken_dates import with_dates


def unbroken(text: object) -> Any:
    """The text with each date in an element of the class ``date``, and all else escaped.

    The characters stay what they are, so that a date is copied as it is written. Returns markup.

    >>> str(unbroken("a < 2020-10"))
    'a &lt; <span class="date">2020-10</span>'
    """
    from markupsafe import Markup, escape

    return Markup("").join(
        Markup('<span class="date">{}</span>').format(part) if is_date else escape(part)
        for part, is_date in with_dates(str(text))
    )
