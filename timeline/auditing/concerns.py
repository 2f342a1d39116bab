"""The order of findings: what an editor checks first, and what is only form."""

from __future__ import annotations

from timeline.auditing.comparison.same_figure import words
from timeline.auditing.one_verdict import RULE_BY_ID
from timeline.auditing.rule import Concern
from timeline.auditing.verdict import Verdict
from timeline.report.claims import CLAIMS, DURATIONS, ENDPOINTS_CLAIMED

TITLES = {
    Concern.RESULT: "Endpoints, responses and counts of this report",
    Concern.DATE: "Dates, doses and measurements",
    Concern.CONSISTENCY: "The report against itself",
    Concern.CITED: "Cited studies",
    Concern.FORM: "Form",
}
_KINDS = {
    Concern.RESULT: (
        *ENDPOINTS_CLAIMED,
        *("follow-up", "response", "count", "percent", "rate", "events", "median", "mean"),
        *("HR", "OR", "RR", "risk-reduction", "p", "test", "word", "at-risk", "values"),
    ),
    Concern.DATE: (
        *(kind for kind in DURATIONS if kind not in ENDPOINTS_CLAIMED),
        *("date", "age", "dose", "schedule", "size", "sum", "lab", "score", "grade"),
    ),
    Concern.CONSISTENCY: ("name", "ordinal", "range"),
}
CONCERN_OF_KIND = {kind: concern for concern, kinds in _KINDS.items() for kind in kinds}
# Words in the subject of a claim that is about the form of the report, not about the patients.
_FORM = frozenset(
    (
        *("initials", "author", "authors", "cited", "citation", "citations", "magnification"),
        *("abbreviation", "abbreviations", "acronym", "spelling", "capital", "capitals"),
    )
)
_WORDED = ("name", "size", "range")  # kinds that such a claim is written as


def concern_of(verdict: Verdict) -> Concern:
    """What a verdict is about: a cited study, else as its rule states, else by the kind of claim.

    Two words that differ only in capital letters, spaces or punctuation are form.
    """
    claim, row = verdict.claim, RULE_BY_ID.get(verdict.rule)
    if claim.study or (row is not None and row.concern is Concern.CITED):
        return Concern.CITED
    if row is not None and row.concern is not None:
        return row.concern
    about_form = claim.kind in _WORDED and bool(words(claim.about) & _FORM)
    return Concern.FORM if about_form or _same_letters(verdict) else CONCERN_OF_KIND[claim.kind]


def _same_letters(verdict: Verdict) -> bool:
    """Whether words differ from those that they are compared with in no letter and no digit."""
    if verdict.claim.printed is not None or not verdict.others:
        return False
    one, other = (_letters(each.text) for each in (verdict.claim, verdict.others[0]))
    return bool(one) and one == other


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text)).casefold()


if unknown := CLAIMS.keys() - CONCERN_OF_KIND.keys():
    raise ImportError(f"kinds of claim without a concern: {', '.join(sorted(unknown))}")
