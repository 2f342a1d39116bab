"""What a language model needs to write the draft of a case file: instructions and the format.

The format is made from the classes and the key descriptions that read the files. Every draft is
checked: by ``timeline check``, and value by value by ``timeline check --text``.
"""

from __future__ import annotations

from collections.abc import Container, Iterator
from typing import Any

from timeline.core.schema import schema_of
from timeline.files.schema.key_descriptions import DESCRIPTIONS, KIND_DESCRIPTIONS
from timeline.record.case import LesionDeclaration, Patient
from timeline.record.events import EVENTS, Event
from timeline.report.claims import CLAIMS, Claim, Report

RULES = tuple(
    " ".join(rule.split())
    for rule in """
Write one YAML file and nothing else: no text before or after it, no code fence.

Write only what the report prints about this one patient. If the report does not print a value,
leave the key out. Never calculate, round, convert or complete a value.

Never guess a date. Write it exactly as precise as it is printed: 2018-12-05, 2018-12 or 2018.
If only the order is printed, write it: after surgery, before scan 2022-05. If a time from
another event is printed, write it so: 8 weeks after surgery.

Put each event under its place in the report: the heading, and the number of the paragraph under
it (Case presentation, paragraph 2; Abstract; Figure 3 legend; Table 1).

Facts are what happened: events with their findings. What the authors conclude (a response
category, a PFS, an OS) is no finding: write it as called or under printed, copied character by
character with its hedge, its decimals and its unit (over 60 months).

A value that is printed at several places is a claim at each of them, also if they differ. Do
not repair what looks wrong: copy it, and state that in note.

Number a line of systemic treatment as the report does. Treatment with curative intent has a
setting in place of a line. Write each drug by the name that is printed.

Figures of other studies that the report cites are claims with the key study.

Write nothing that identifies the patient: no name, no initials, no date of birth.

Copy no sentences: what and note are a few words of your own.

Put a text in quotes if it contains a comma within braces, a colon with a space, or a #.
""".strip().split("\n\n")
)

DATES = (
    ("2018-12-05 · 2018-12 · 2018", "that day · a day of that month · of that year"),
    ("2021-12~", "approximately then"),
    ("2021-12/2022-02 (a period)", "began in December, ended in February"),
    ("2021-12/.. · 2021-12/ (a period)", "ongoing · the end is not printed"),
    ("after line 3 · before scan 2022-05", "known by order only"),
    ("8 weeks after surgery", "a printed time from another event"),
)

EXAMPLE = """\
case: author2024
report: {title: A title, doi: 10.1000/example, published: 2024-03-01}
patient: {sex: female, age: 61, diagnosis: leiomyosarcoma}
events:
  Case presentation, paragraph 1:
    - {diagnosis: 2021-03, what: leiomyosarcoma of the uterus}
    - {surgery: 2021-03-15, what: hysterectomy, printed: {date: 15 March 2021}}
    - {scan: 2022-01, baseline: 1, modality: CT}
    - treatment: 2022-02/2022-08
      line: 1
      drugs: [gemcitabine 900 mg/m² IV days 1 and 8, docetaxel 75 mg/m² IV day 8]
      cycle: 3 weeks
      cycles: 6
      stop: progression
      printed:
        - {PFS: 6 months, place: Abstract}
        - {count: six, about: cycles}
    - {scan: 2022-05, target: shrunk, new: none, called: PR}
  Case presentation, paragraph 2:
    - {scan: 2022-08, new: liver, called: {PD: "Case presentation, paragraph 2"}}
    - {toxicity: after line 1, what: neutropenia, grade: 3}
    - {last contact: 2022-11, what: alive, printed: {OS: over 20 months, place: Abstract}}
claims:
  Discussion, paragraph 1:
    - {PFS: 4.2, unit: months, statistic: median, study: Smith 2016, group: docetaxel}
"""


_PARTS: tuple[tuple[str, str, type[Any] | None], ...] = (
    ("case", "", None),
    ("report", "report", Report),
    ("patient", "patient", Patient),
    ("lesions", "lesion", LesionDeclaration),
)
_NOT_HERE = frozenset(("case",))  # a report within a case names no case


def prompt() -> str:
    """The instructions, the format with every kind and key, and an example that loads."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "Encode the report that follows as one case file in the format below."
    yield from _titled("Rules")
    for number, rule in enumerate(RULES, start=1):
        yield f"{number}. {rule}"
    yield from _titled("The file")
    for key, owner, cls in _PARTS:
        yield f"- {key}: {_described('case', key)}"
        yield from _keys(cls, owner, _NOT_HERE) if cls else ()
    yield "- events: under each place in the report a list of events"
    yield "- claims: under each place a list of claims that belong to no event"
    yield from _titled("Dates")
    for written, means in DATES:
        yield f"- {written}: {means}"
    yield from _titled("Events: the first key is the kind, its value is when")
    yield "Keys of every event:"
    yield from _keys(Event, "event")
    yield "  printed: what the report prints of it: one mapping of claims, or a list of them"
    common = frozenset(schema_of(Event))
    for kind, cls in EVENTS.items():
        yield f"- {kind}: {KIND_DESCRIPTIONS.get(kind, 'a date')}"
        yield from _keys(cls, kind, common)
    yield from _titled("Claims: the first key is the kind, its value is the printed text")
    for kind, row in CLAIMS.items():
        needs = f" (needs {', '.join(row.needs)})" if row.needs else ""
        yield f"- {kind}: {row.description}{needs}"
    yield "Keys of every claim:"
    yield from _keys(Claim, "claim")
    yield from _titled("An example")
    yield EXAMPLE.rstrip("\n")
    yield from _titled("The report")


def _titled(title: str) -> tuple[str, str, str]:
    return "", f"## {title}", ""


def _keys(cls: type[Any], owner: str, common: Container[str] = ()) -> Iterator[str]:
    """A line for each key of a class but those of every event."""
    for key, (_, field) in schema_of(cls).items():
        if key not in common and not field.leads:
            yield f"  {key}: {_described(owner, key)}"


def _described(owner: str, key: str) -> str:
    row = DESCRIPTIONS.get(f"{owner}.{key}")
    if row is None:
        return key
    example = next((each for each in row.examples if isinstance(each, str | int | float)), None)
    return row.text + (f" (such as {example})" if example is not None else "")
