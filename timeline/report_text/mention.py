"""One mention in a text: its kind, its value and its place."""

from __future__ import annotations

from enum import StrEnum

import attrs


class MentionKind(StrEnum):
    """What a few words of a report name."""

    DATE = "date"
    DATE_PHRASE = "date phrase"
    DRUG = "drug"
    DOSE = "dose"
    ROUTE = "route"
    SCHEDULE = "schedule"
    CYCLES = "cycles"
    DURATION = "duration"
    AGE = "age"
    SEX = "sex"
    PERCENTAGE = "percentage"
    SIZE = "size"
    RESPONSE = "response"
    GRADE = "grade"
    PROCEDURE = "procedure"
    IMAGING = "imaging"
    ENDPOINT = "endpoint"
    LINE = "line"
    OUTCOME = "outcome"
    TOXICITY = "toxicity"
    FRACTIONS = "fractions"
    TUMOUR = "tumour"
    REGIMEN = "regimen"
    THERAPY = "therapy"  # by its kind, without a drug
    BIOMARKER = "biomarker"
    STAGE = "stage"
    METASTASIS = "metastasis"
    CHANGE = "change"


class Confidence(StrEnum):
    """How sure a rule is of what it found. Every draft is checked by a person all the same."""

    HIGH = "high"  # the words can hardly mean anything else
    MEDIUM = "medium"  # the words usually mean this
    LOW = "low"  # one of several meanings


@attrs.frozen(order=True)
class Mention:
    """A few words of a text, and what they name.

    Attributes:
        start: the offset of the first character in the text, from 0.
        end: the offset after the last character: ``text[start:end]`` are the words.
        kind: what the words name.
        value: the same in the words of the case file, such as ``2018-12-05``, ``75 mg/m²``,
            ``PR`` or ``doxorubicin``; the words themselves where they allow no one value.
        text: the words as printed.
        confidence: how sure the rule is.
        rule: the row of the table that found it.
    """

    start: int
    end: int
    kind: MentionKind
    value: str
    text: str
    confidence: Confidence
    rule: str
