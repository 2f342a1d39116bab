"""Text of an HTML page in which no line ends within a date."""

from __future__ import annotations

import re
from typing import Any

from timeline.core.text.unbroken_dates import DATE, with_dates

# what has no line of its own to break: a drawing, lines of a file as they are, and tags
_AS_IT_IS = re.compile(r"(<svg\b.*?</svg>|<pre\b.*?</pre>|<[^>]*>)", re.DOTALL)
_DATE = re.compile(DATE)


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


def unbroken_page(html: str) -> str:
    """A part of a page with each date of its text in an element of the class ``date``.

    Drawings, lines of a file (``pre``) and attributes stay as they are. Of the page every ``<`` and
    ``>`` that is no tag is expected to be escaped.

    >>> unbroken_page('<p title="2020-10">in 2020-10</p>')
    '<p title="2020-10">in <span class="date">2020-10</span></p>'
    """
    return "".join(
        part if number % 2 else _DATE.sub(r'<span class="date">\g<0></span>', part)
        for number, part in enumerate(_AS_IT_IS.split(html))
    )
