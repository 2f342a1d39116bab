"""Which printed grades are those of a tumour, and not those of an adverse event."""

from __future__ import annotations

import re

import attrs

from timeline.report.claims import Claim


@attrs.frozen(kw_only=True)
class TumourGrade:
    """A row: the name of a grading of tumours, and how a report names it.

    ``words``: a regular expression, of what the claim is about and the word "grade" after it.
    """

    name: str
    words: str
    source: str


TUMOUR_GRADES = (
    TumourGrade(name="FNCLCC", words=r"fnclcc", source="Trojani 1984, Int J Cancer 33:37"),
    TumourGrade(
        name="Nottingham",
        words=r"nottingham|elston|bloom[ -]richardson",
        source="Elston and Ellis 1991, Histopathology 19:403",
    ),
    TumourGrade(name="Fuhrman", words=r"fuhrman", source="Fuhrman 1982, Am J Surg Pathol 6:655"),
    TumourGrade(name="ISUP", words=r"isup|gleason", source="Epstein 2016, Am J Surg Pathol 40:244"),
    TumourGrade(
        name="histological",
        words=r"(?:tumou?r|histolog\w*|histopatholog\w*|nuclear|differentiation) grad(?:e|ing)"
        r"|grad(?:e|ing) of (?:the )?tumou?r",
        source="TNM Classification of Malignant Tumours, 8th ed., G: histopathological grading",
    ),
)


def tumour_grade(claim: Claim) -> TumourGrade | None:
    """The grading that a claim on a grade names; None where it names none of a tumour.

    ``tumour lysis syndrome`` and ``tumour pain`` are adverse events of CTCAE.
    """
    text = f"{claim.about} grade".lower()
    return next((r for r in TUMOUR_GRADES if re.search(rf"\b(?:{r.words})\b", text)), None)
