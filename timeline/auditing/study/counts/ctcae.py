"""Which grades an adverse event has in CTCAE 5.0: only terms that have fewer than five.

Each row was held against the published table of terms. Words of reports that are no term of CTCAE
stand here only where the usual coding has one term for them.
"""

from __future__ import annotations

import re

import attrs

SOURCE = "Common Terminology Criteria for Adverse Events 5.0, NCI, 27 November 2017"


@attrs.frozen
class Term:
    """A term of CTCAE 5.0, the grades it is defined for, and other words for it in reports."""

    term: str
    grades: tuple[int, ...]
    also: tuple[str, ...] = ()


_TO_2, _TO_3, _TO_4 = (1, 2), (1, 2, 3), (1, 2, 3, 4)
TERMS = (
    Term("alopecia", _TO_2, ("hair loss",)),
    Term("dysgeusia", _TO_2, ("taste alteration", "taste disorder")),
    Term("fatigue", _TO_3),
    Term("malaise", _TO_3),
    Term("chills", _TO_3),
    Term("nausea", _TO_3),
    Term("headache", _TO_3),
    Term("arthralgia", _TO_3, ("joint pain",)),
    Term("myalgia", _TO_3, ("muscle pain",)),
    Term("pruritus", _TO_3, ("itching",)),
    Term("insomnia", _TO_3),
    Term("dry mouth", _TO_3, ("xerostomia",)),
    Term("dry skin", _TO_3),
    Term("cough", _TO_3),
    Term("dizziness", _TO_3),
    Term("urticaria", _TO_3),
    Term("rash maculo-papular", _TO_3, ("maculopapular rash", "rash maculopapular")),
    Term("weight loss", _TO_3),
    Term("proteinuria", _TO_3, ("albuminuria",)),
    Term(
        "palmar-plantar erythrodysesthesia syndrome",
        _TO_3,
        ("hand-foot syndrome", "hand-foot skin reaction", "palmar-plantar erythrodysesthesia"),
    ),
    Term("platelet count decreased", _TO_4, ("thrombocytopenia", "decreased platelet count")),
    Term("neutrophil count decreased", _TO_4, ("neutropenia", "decreased neutrophil count")),
    Term("white blood cell decreased", _TO_4, ("leukopenia", "leucopenia")),
    Term("lymphocyte count decreased", _TO_4, ("lymphopenia", "lymphocytopenia")),
    Term("alanine aminotransferase increased", _TO_4, ("alt increased", "elevated alt")),
    Term("aspartate aminotransferase increased", _TO_4, ("ast increased", "elevated ast")),
    Term("blood bilirubin increased", _TO_4, ("hyperbilirubinemia", "bilirubin increased")),
    Term("alkaline phosphatase increased", _TO_4, ("alp increased",)),
    Term("ggt increased", _TO_4),
    Term("creatinine increased", _TO_4),
    Term("serum amylase increased", _TO_4, ("amylase increased",)),
    Term("lipase increased", _TO_4),
    Term("febrile neutropenia", (3, 4, 5)),
)
_KNOWN = {word: row for row in TERMS for word in (row.term, *row.also)}


def grades_of(term: str) -> Term | None:
    """The row of a term as a report writes it; None where it is not known, or has all grades.

    Only the very words count: another word beside them may make it another term.
    """
    return _KNOWN.get(re.sub(r"\s+", " ", term.strip().lower()))
