"""Text of a Word document in which no line ends within a date."""

from __future__ import annotations

import copy
from typing import Any

from timeline.core.text.unbroken_dates import with_dates


def add_text(paragraph: Any, text: str) -> Any:
    """A run of text at the end of a paragraph; the hyphens of its dates break no line.

    Such a hyphen is an element of its own (ECMA-376, part 1, 17.3.3.18, ``noBreakHyphen``), which
    is read and copied as a hyphen. Returns the run.
    """
    from docx.oxml import OxmlElement

    run = paragraph.add_run(text)
    for element in list(run._r.t_lst):
        for part, is_date in with_dates(element.text):
            for number, words in enumerate(part.split("-") if is_date else (part,)):
                if number:
                    element.addprevious(OxmlElement("w:noBreakHyphen"))
                own = copy.copy(element)
                own.text = words
                own.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
                element.addprevious(own)
        element.getparent().remove(element)
    return run
