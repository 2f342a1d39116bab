"""The text of a draft: one file with the case, its report and the claims."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator

import attrs

from timeline.exchange.draft.claims import claims_of
from timeline.exchange.draft.entries import TODO, DraftEntry, Sentence, sentences
from timeline.exchange.draft.events import events_of
from timeline.exchange.draft.relative_dates import settled, settled_claims
from timeline.exchange.yaml_writer import entry_text, flow_text
from timeline.report_text import Mention, MentionKind, ReportText, Section, SectionRole
from timeline.report_text.plain import part_of

_CASE = (SectionRole.CASE,)
_WITHOUT_CASE = (SectionRole.FRONT, SectionRole.ABSTRACT, SectionRole.RESULTS, SectionRole.OTHER)
_CLAIMED = (*_WITHOUT_CASE, SectionRole.CASE, SectionRole.LEGEND, SectionRole.TABLE)
_OF_STUDIES = (SectionRole.METHODS,)
_NEVER = (SectionRole.REFERENCES, SectionRole.BACK)
_DOI = re.compile(r"\b10\.[0-9]{4,9}/[^\s\"<>{}\[\],;]{1,80}[^\s\"<>{}\[\],;.)]")
_LICENCE = re.compile(
    r"\bCC[\s-]BY(?P<more>(?:[\s-](?:NC|ND|SA)){0,2})(?:\s(?P<version>[1-4]\.0))?(?![\w-])"
)
_JOURNAL_DATES = {"received": r"received", "revised": r"revis(?:ed|ion)", "accepted": r"accepted",
                  "published": r"published"}  # fmt: skip
_HANDLING = {"review began": r"review (?:began|started)",  # of the manuscript, no key of a report
             "review ended": r"review (?:ended|completed)"}  # fmt: skip


@attrs.frozen(repr=False)
class Draft:
    """A draft of a case with its report.

    Attributes:
        text: the file. It loads when each ``TODO`` is decided or its entry deleted.
        events: the number of draft events.
        claims: the number of draft claims.
        open: how many times a person decides.
    """

    text: str
    events: int
    claims: int
    open: int

    def __repr__(self) -> str:
        return f"<Draft: {self.events} events, {self.claims} claims, {self.open} TODO>"


def draft_of(report: ReportText, name: str, *, every: bool = False, study: bool = False) -> Draft:
    """A draft of the case and the claims that a report prints.

    Events come from the section on the case; where there is none, from the front, the abstract
    and the results. Claims come from these, from legends and from tables.

    Args:
        report: the text of the report.
        name: the name of the case.
        every: claims of the introduction, the methods and the discussion as well.
        study: the report is of a group of patients, so that there are claims and no case.

    Returns:
        The draft. It holds words that name a date, a drug, a finding or a number, and their
        offsets; no sentence of the report.
    """
    found = [each for each in sentences(report) if each.section.role not in _NEVER]
    found = [each for each in found if every or not _is_of_others(each.section)]
    roles = {each.section.role for each in found}
    of_events = _CASE if SectionRole.CASE in roles else _WITHOUT_CASE
    of_claims = tuple(SectionRole) if every else (*_CLAIMED, *(_OF_STUDIES if study else ()))
    journal = _journal_dates(report)
    events = [
        entry
        for sentence in _of_patient(report, found)
        if sentence.section.role in of_events and not _is_of_others(sentence.section)
        for entry in events_of(_without_dates(sentence, journal))
    ]
    events = [] if study else [*settled(_new_treatments(_named_treatments(events)))]
    claims = [
        entry
        for sentence in found
        if sentence.section.role in of_claims
        for entry in claims_of(sentence, study=study)
    ]
    claims = _distinct_claims(settled_claims(claims, events))
    lines = [*_head(report, "source" if study else "case", name)]
    if study:
        lines += _report(report, journal)
    else:
        lines += [*_patient(found, of_events), "report:\n"]
        lines += [f"  {line}" for line in _report(report, journal)]
        lines += ["\nevents:\n", *_placed(events or [_NOTHING])]
    lines += ["\nclaims:\n", *_placed(claims)] if claims else []
    text = "".join(lines)
    body = re.sub(r"(?m)^\s*#.*$", "", text)
    return Draft(text, len(events), len(claims), body.count(TODO))


def _is_of_others(section: Section) -> bool:
    """Whether it is the Background of a structured abstract: what is known of other patients."""
    return section.in_abstract and part_of(section.heading) is SectionRole.INTRODUCTION


_REPORTED = re.compile(
    r"\b(?:report|present|describe|show)(?:s|ed)?\b[^.;]{0,60}\b(?:case|patient|man|woman|male|female"
    r"|boy|girl)\b",
    re.IGNORECASE,
)


def _of_patient(report: ReportText, found: list[Sentence]) -> Iterator[Sentence]:
    """The sentences without those of an abstract before the patient is mentioned.

    An abstract begins with what is known of the disease; its patient is mentioned by age or sex,
    or as the case that is reported. One without such words is of the patient from its beginning.
    """
    begins: dict[int, int] = {}  # where the patient is mentioned first, by the start of the section
    for section in report.sections:
        if section.role is SectionRole.ABSTRACT:
            reported = _REPORTED.search(report.text, section.start, section.end)
            begins[section.start] = reported.start() if reported else section.end
    for sentence in found:
        start = sentence.section.start
        for each in (*sentence.of(MentionKind.AGE), *sentence.of(MentionKind.SEX)):
            begins[start] = min(begins.get(start, 0), each.start)
    for sentence in found:
        begin = begins.get(sentence.section.start, 0)
        if sentence.end > begin or begin == sentence.section.end:
            yield sentence


_ANY = Mention(0, 0, MentionKind.DATE, TODO, "", "low", "none")  # type: ignore[arg-type]
_NOTHING = DraftEntry(entry={TODO: TODO}, place="", sources=(_ANY,), remark="no event was found")


def _without_dates(sentence: Sentence, dates: dict[str, Mention]) -> Sentence:
    """A sentence without the dates of the journal."""
    own = set(dates.values())
    return attrs.evolve(sentence, found=tuple(each for each in sentence.found if each not in own))


def _named_treatments(events: list[DraftEntry]) -> Iterator[DraftEntry]:
    """The events without undated treatments that name no drug, where another one names it."""
    named = [each for each in events if each.entry.get("drugs", TODO) != TODO]
    settings = {each.entry.get("setting") or each.entry.get("line") for each in named} - {TODO}
    places = {each.place for each in named}
    seen: set[object] = set()
    for event in events:
        own = event.entry.get("setting") or event.entry.get("line")
        if event.entry.get("drugs") == TODO and event.entry["treatment"].startswith(TODO):
            words = event.remark.partition(";")[0]
            bare = (
                own == TODO and "cycles" not in event.entry and " " not in words[len("drugs: ") :]
            )
            if own in settings or (own, words) in seen or (bare and event.place in places):
                continue
            seen.add((own, words))
        yield event


def _new_treatments(events: Iterable[DraftEntry]) -> list[DraftEntry]:
    """The events without undated treatments of drugs that an earlier treatment has."""
    known: dict[str, set[str]] = {}  # the settings of each drug so far; empty for a line
    new = []
    for event in events:
        drugs = {each.value for each in event.sources if each.kind is MentionKind.DRUG}
        undated = event.entry.get("treatment", "").startswith(TODO)
        without_dose = not any(each.kind is MentionKind.DOSE for each in event.sources)
        setting = event.entry.get("setting", "")
        before = all(each in known and (not setting or setting in known[each]) for each in drugs)
        if not (drugs and undated and without_dose and before):
            new.append(event)
        for each in drugs if "treatment" in event.entry else ():
            known.setdefault(each, set()).add(setting)
    return new


def _distinct_claims(claims: Iterable[DraftEntry]) -> list[DraftEntry]:
    """Each claim once for each place."""
    seen: dict[tuple[str, str], DraftEntry] = {}
    for claim in claims:
        seen.setdefault((claim.place, flow_text(dict(claim.entry))), claim)
    return list(seen.values())


def _head(report: ReportText, key: str, name: str) -> Iterator[str]:
    yield f"# Draft from {flow_text(report.source)}, by rules. Nothing here is checked yet.\n"
    yield "# offset 12-20: characters 12 to 19 of the text, from 0. TODO: a person decides.\n"
    yield "# Correct each entry by the report, and delete what is not of this patient.\n"
    yield "# The format: cases/README.md, seeds/README.md. To check it: timeline check.\n"
    yield f"{key}: {flow_text(name)}\n"


def _elsewhere(found: list[Sentence], kind: MentionKind) -> Mention | None:
    """A value of the patient that the abstract or the head of the text alone has, if it is one."""
    every = [each for sentence in found if sentence.section.role in _WITHOUT_CASE
             for each in sentence.of(kind)]  # fmt: skip
    return every[0] if len({each.value for each in every}) == 1 else None


def _patient(found: list[Sentence], roles: tuple[SectionRole, ...]) -> Iterator[str]:
    """Sex, age and diagnosis by the first mention of each in the sections of the patient."""
    own = [each for sentence in found if sentence.section.role in roles for each in sentence.found]
    yield "patient:\n"
    for key, kind in (("sex", MentionKind.SEX), ("age", MentionKind.AGE)):
        first = next((each for each in own if each.kind is kind), None) or _elsewhere(found, kind)
        if first is None:
            yield f"  {key}: {TODO}\n"
            continue
        value = first.value.removesuffix(" years")
        yield f"  {key}: {flow_text(value)}  # {_place(first)}\n"
    tumours = Counter(each.value for sentence in found for each in sentence.of(MentionKind.TUMOUR))
    for value, number in tumours.most_common(1):
        named = (each for sentence in found for each in sentence.of(MentionKind.TUMOUR))
        every = (" ".join(each.text.lower().split()) for each in named if each.value == value)
        words = flow_text(Counter(every).most_common(1)[0][0])
        yield f"  diagnosis: {TODO}  # mentioned most often ({number} times): {words}\n"
    if not tumours:
        yield f"  diagnosis: {TODO}\n"


def _place(mention: Mention) -> str:
    return f"offset {mention.start}-{mention.end}, confidence {mention.confidence}"


def _journal_dates(report: ReportText) -> dict[str, Mention]:
    """The dates of the publication and of its review: directly after a word such as received."""
    from timeline.report_text import mentions

    head = report.text[:6000]
    found: dict[str, Mention] = {}
    for each in mentions(head):
        if each.kind is not MentionKind.DATE:
            continue
        before = head[max(0, each.start - 25) : each.start]
        for key, word in (_JOURNAL_DATES | _HANDLING).items():
            if re.search(rf"\b{word}(?: online)?:?\s*$", before, re.IGNORECASE):
                found.setdefault(key, each)
    return found


def _report(report: ReportText, journal: dict[str, Mention]) -> Iterator[str]:
    yield f"title: {TODO}\n"
    for key, value in report.citation:
        yield f"{key}: {flow_text(value)}  # from the head of the XML file\n"
    known = dict(report.citation)
    if "doi" not in known and (doi := _DOI.search(report.text[:20_000])):
        yield f"doi: {flow_text(doi[0])}  # offset {doi.start()}-{doi.end()}\n"
    if "licence" not in known and (licence := _LICENCE.search(report.text)):
        name = "-".join(["CC BY", *re.findall(r"NC|ND|SA", licence["more"])])
        text = " ".join(filter(None, (name, licence["version"])))
        yield f"licence: {text}  # offset {licence.start()}-{licence.end()}\n"
    for key, date in journal.items():
        if key in known or key in _HANDLING:
            continue
        yield f"{key}: {date.value}  # {_place(date)}\n"


def _placed(entries: Iterable[DraftEntry]) -> Iterator[str]:
    """The entries under their places, each with a comment on the offsets of its words."""
    by_place: dict[str, list[DraftEntry]] = {}
    for entry in entries:
        by_place.setdefault(entry.place or TODO, []).append(entry)
    for place, own in by_place.items():
        yield f"  {flow_text(place)}:\n"
        for entry in sorted(own, key=lambda each: each.start):
            yield f"    # {entry.comment}\n"
            yield entry_text(entry.entry, "    ")
