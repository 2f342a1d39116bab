"""The words of authors for a response: the rows of ``data/response_words.csv``.

A category is one of a response criterion. A word that allows several (objective response: CR or
PR) is evaluated as each of them. A call is any other description: no status is derived from it. A
metabolic response is a category on a line that names a criterion of uptake, and a call on another.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import combinations, permutations

from timeline.core.data_tables import DataRow, data_rows
from timeline.core.schema import one_of
from timeline.core.text.spelling import loosely_folded
from timeline.terminology.criteria import IMMUNE, LABELS, PRIMARY, UPTAKE_LABELS
from timeline.terminology.response_codes import Code

OR = " or "  # between the categories that one word allows
_ROWS = tuple(data_rows("response_words"))


def _of_kind(kind: str) -> tuple[DataRow, ...]:
    return tuple(row for row in _ROWS if row.text("kind") == kind)


def _spellings(row: DataRow) -> tuple[str, ...]:
    return row.text("word"), *row.texts("also")


# Calls of the authors on how the disease behaves: no category of a criterion, and no finding.
HYPERPROGRESSION, PSEUDOPROGRESSION = "hyperprogression", "pseudoprogression"
OTHER_CALLS = tuple(row.text("word") for row in _of_kind("call"))
SEVERAL = tuple(row.text("word") for row in _of_kind("several"))
_CATEGORIES = tuple(word for word in LABELS if word not in UPTAKE_LABELS)
CALLS = (*_CATEGORIES, *SEVERAL, *OTHER_CALLS)
_LASTING_OF = ("CR", "PR", "SD", *SEVERAL)  # what may last: ongoing partial response


def categories_of(word: str) -> tuple[str, ...]:
    """The categories that a word of the authors allows.

    Args:
        word: a category, several of them, or another call, as `response_called` gives it.

    Returns:
        The categories, the best first; none of a call that is no category.

    >>> categories_of("CR or PR"), categories_of("PD"), categories_of("mixed response")
    (('CR', 'PR'), ('PD',), ())
    """
    parts = tuple(word.split(OR))
    return parts if all(part in LABELS for part in parts) else ()


def _joined_categories() -> Iterator[tuple[str, str]]:
    """Two or three categories of RECIST 1.1 or of iRECIST joined by ``or``, and in which order."""
    for criterion in (PRIMARY, IMMUNE):
        codes = (Code.CR, Code.PR, Code.SD, *((Code.UPD,) if criterion.confirms else ()), Code.PD)
        words = tuple(criterion.words[code] for code in codes)
        for several in (*combinations(words, 2), *combinations(words, 3)):
            whole = OR.join(several)
            yield ", ".join(several[:-1]) + OR + several[-1], whole
            yield from ((OR.join(each), whole) for each in permutations(several))


def _meanings() -> dict[str, str]:
    """Each other spelling, and the category or the call that it means."""
    known = (*_of_kind("category"), *_of_kind("several"), *_of_kind("call"))
    plain = {also: row.text("word") for row in known for also in row.texts("also")}
    lasting = {
        f"{lasts} {spelling}": row.text("word")
        for row in known
        if row.text("word") in _LASTING_OF
        for lasts in (each for first in _of_kind("lasting") for each in _spellings(first))
        for spelling in _spellings(row)
    }
    return plain | lasting | dict(_joined_categories())


CALLS_BY_NAME = _meanings()
PATHOLOGICAL = {
    spelling: row.text("word") for row in _of_kind("pathological") for spelling in _spellings(row)
}
REFUSED = {
    **{spelling: row.text("advice") for row in _of_kind("refused") for spelling in _spellings(row)},
    **{
        spelling: f"write pathological-response: {of} on the surgery or biopsy: it is a finding in "
        "tissue, and no response of a scan"
        for spelling, of in PATHOLOGICAL.items()
    },
}
response_called = one_of(
    CALLS,
    "response",
    CALLS_BY_NAME,
    refused=REFUSED,
    loose=True,
    listed_in="cases/README.md, called, and timeline schema case",
)

_HEDGED = r"(?:about |up to |less than |over |[<>≤≥~] ?)?"
_SHARE = rf"{_HEDGED}[0-9]{{1,3}}(?:\.[0-9]+)?(?:\s?[-–]\s?[0-9]{{1,3}})? ?%"
_IN_TISSUE = re.compile(
    rf"residual (?:viable )?(?:tumou?r )?{_SHARE}"
    rf"|{_SHARE} (?:residual|viable|residual viable)(?: tumou?r| cells)?|{_SHARE} necrosis"
    r"|(?:TRG|RCB|Huvos)[ -]?(?:grade )?(?:[0-5]|I{1,3}|IV)[abc]?",
    re.IGNORECASE,
)


_STAGE = re.compile(r"r?y?p?T(?:[0-4]|is|x)", re.IGNORECASE)  # of TNM, as ypT2bN0


def pathological_response(text: str) -> str:
    """What became of the tumour in resected tissue, or in that of a biopsy.

    ``pCR`` and ``MPR`` in any of their spellings, a share (``residual 10 %``, ``90 % necrosis``),
    or a grade (``TRG 1``, ``RCB-I``), which stay as printed.
    """
    printed = " ".join(text.split())
    known = {loosely_folded(each): of for each, of in PATHOLOGICAL.items()}
    if loosely_folded(printed) in known:
        return known[loosely_folded(printed)]
    if _IN_TISSUE.fullmatch(printed):
        return printed
    if _STAGE.match(printed):
        raise ValueError(
            f"not a pathological response: {printed!r} (a stage of the surgery: stage: {printed})"
        )
    raise ValueError(
        f"not a pathological response: {printed!r} (write pCR, MPR, residual 10 %, 90 % necrosis, "
        "TRG 1 or RCB-I)"
    )
