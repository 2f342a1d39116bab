"""Drugs by name: the class of each, its spellings, and its usual doses (``data/drugs.csv``).

Doses are wide: from the lowest to the highest that the label, or a standard regimen for
sarcoma, gives for one administration (one day of an oral drug). They separate an error by an
order of magnitude from a choice, and no more. The source of a row names what was read; a bound
beyond that is common usage, which can only widen what is accepted. A row without doses is known
by name and class only: a misspelled drug name may have turned into it.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Mapping
from fractions import Fraction

from timeline.core.data_tables import DataRow, data_rows
from timeline.core.frozen_class import frozen
from timeline.core.text.spelling import folded


@frozen(kw_only=True)
class DrugEntry:
    """A row of the table: a drug, its class, and where known its usual doses and routes.

    ``also``: other spellings. ``usual``: what the unit measures, and the least and the greatest
    single dose, in mg, mg/m² or mg/kg, both included. ``routes``: IV, SC, oral. ``lifetime``:
    the cumulative dose in mg/m² above which the label warns. ``times_a_day``: how many doses of a
    day the label has at most, or a trial that divided the dose of a day further; None where neither
    was read. ``confirmed``: whether a label or a paper with these doses was read; a row that was
    not confirmed never contradicts a report.
    """

    name: str
    kind: str
    also: tuple[str, ...] = ()
    usual: tuple[tuple[str, Fraction, Fraction], ...] = ()
    routes: tuple[str, ...] = ()
    lifetime: Fraction | None = None
    times_a_day: int | None = None
    source: str = ""
    confirmed: bool = True

    @property
    def is_checkpoint_inhibitor(self) -> bool:
        """Whether it blocks an immune checkpoint, so that iRECIST is meant for it."""
        return self.kind in CHECKPOINT_INHIBITORS


_DOSES = {  # what the unit measures, and the columns of the least and the greatest dose
    "dose": ("dose_low_mg", "dose_high_mg"),
    "dose per surface": ("surface_low_mg_m2", "surface_high_mg_m2"),
    "dose per weight": ("weight_low_mg_kg", "weight_high_mg_kg"),
}
CHECKPOINT_INHIBITORS = frozenset(
    {
        "anti-PD-1 antibody",
        "anti-PD-L1 antibody",
        "anti-CTLA-4 antibody",
        "anti-LAG-3 antibody",
        "bispecific antibody against PD-1",
        "bispecific antibody against PD-L1",
    }
)


@functools.cache
def drug_table() -> Mapping[str, DrugEntry]:
    """Every drug of the table by its name, in the order of the file."""
    return {entry.name: entry for entry in map(_entry, data_rows("drugs"))}


def _entry(row: DataRow) -> DrugEntry:
    return DrugEntry(
        name=row.text("name"),
        kind=row.text("kind"),
        also=row.texts("also"),
        routes=row.texts("routes"),
        usual=tuple(
            (measures, row.required(low, Fraction), row.required(high, Fraction))
            for measures, (low, high) in _DOSES.items()
            if row.text(low) or row.text(high)
        ),
        lifetime=row.optional("lifetime_mg_m2", Fraction),
        times_a_day=_most_a_day(row),
        source=row.text("source"),
        confirmed=row.text("confirmed") != "no",
    )


def _most_a_day(row: DataRow) -> int | None:
    """The most doses in a day; an antibody is given once, and then after a week or more."""
    return 1 if "antibody" in row.text("kind") else row.optional("times_a_day", int)


@functools.cache
def _by_spelling() -> dict[str, DrugEntry]:
    drugs = drug_table().values()
    return {spelling.lower(): drug for drug in drugs for spelling in (drug.name, *drug.also)}


CLOSE = 0.8  # of difflib: arotinib and anlotinib reach 0.82, paclitaxel and penpulimab 0.5


@functools.lru_cache(maxsize=4096)
def drug_named(text: str) -> DrugEntry | None:
    """The drug that a text names: the text is one of its spellings, or contains one as a word."""
    plain = text.lower().strip()
    if plain in _by_spelling():
        return _by_spelling()[plain]
    known = (_by_spelling().get(word) for word in plain.split())
    hits = {agent.name: agent for agent in known if agent}
    return next(iter(hits.values())) if len(hits) == 1 else None


_CLASS_OF_CHECKPOINT = re.compile(
    r"\b(checkpoint|immunotherapy|immuno-oncology|PD-?L?-?1|CTLA-?4|LAG-?3)\b", re.IGNORECASE
)
_UNNAMED = re.compile(
    r"((the|a|study|trial|investigational|experimental|blinded|masked|assigned)\s+)*"
    r"(drug|agent|compound|treatment|therapy|regimen|medication|product|arm)"
    r"[\s_-]*([0-9]{1,3}|[a-z])?|[a-z][0-9]{0,3}|placebo.*",
    re.IGNORECASE,
)


NOT_STATED = "not stated"  # in place of the name of a drug that the report does not give
_UNSTATED = frozenset(
    (
        *(NOT_STATED, "unknown", "not known", "not reported", "not given", "not named"),
        *("not specified", "unspecified", "unnamed", "unk", "?", ".."),
        *("unknown drug", "unknown drugs", "drug not stated", "drugs not stated"),
        *("unspecified drug", "unspecified drugs", "drugs not reported", "drugs unknown"),
    )
)


def is_named_drug(agent: str) -> bool:
    """Whether a drug has a name; a drug without one is equal to no other, not even to its like.

    Args:
        agent: the name as a case file has it.

    Returns:
        False for ``not stated`` in any of its spellings, such as ``unknown``.

    >>> is_named_drug("cisplatin"), is_named_drug("Not stated")
    (True, False)
    """
    return folded(agent) not in _UNSTATED


def drug_key(agent: str) -> str:
    """A drug by the name of the list, by which two spellings are one; else its folded name.

    Brands and codes are those of ``data/drugs.csv`` and ``data/synonyms.csv``.

    >>> drug_key("Adriamycin") == drug_key("doxorubicin"), drug_key("Glivec")
    (True, 'imatinib')
    """
    plain = folded(agent)
    entry = drug_named(_synonyms().get(plain, agent))
    return entry.name if entry is not None else _synonyms().get(plain, plain)


@functools.cache
def _synonyms() -> dict[str, str]:
    """The usual name of each drug by its brands and codes."""
    rows = [row for row in data_rows("synonyms") if row.text("topic") == "drug"]
    return {folded(word): row.text("name") for row in rows for word in row.texts("also")}


def may_block_checkpoint(text: str) -> bool:
    """Whether a drug as printed is an immune checkpoint inhibitor, or one under study or a code.

    ``drug 1`` and ``study drug`` name no drug: the record leaves open what it was. Of drugs that
    are ``not stated`` nothing is known, and no criterion is added for them.

    >>> may_block_checkpoint("study drug"), may_block_checkpoint("not stated")
    (True, False)
    """
    agent = drug_named(text)
    if agent is not None:
        return agent.is_checkpoint_inhibitor
    plain = text.strip()
    return bool(_CLASS_OF_CHECKPOINT.search(plain) or _UNNAMED.fullmatch(plain))


@functools.lru_cache(maxsize=4096)
def nearest(text: str) -> DrugEntry | None:
    """The drug whose name is closest to a text, where one is close."""
    close = difflib.get_close_matches(text.lower().strip(), _by_spelling(), n=1, cutoff=CLOSE)
    return _by_spelling()[close[0]] if close else None


@functools.lru_cache(maxsize=4096)
def resembles(text: str, agent: DrugEntry) -> bool:
    """Whether a text is close to one of the spellings of a drug."""
    spellings = (agent.name, *agent.also)
    return bool(difflib.get_close_matches(text.lower().strip(), spellings, n=1, cutoff=CLOSE))
