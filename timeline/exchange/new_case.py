"""A commented case file to begin with: it passes the check, and names what a timeline can hold.

The items are those of the CARE checklist that are dated facts of one patient (Gagnier 2013, J Med
Case Rep 7:223, Table 1). What is not known yet is an example in a comment.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import attrs

from timeline.core.problem import Problem
from timeline.exchange.new_case_sections import (
    NEXT,
    SECTIONS,
    UNKNOWN,
    Entry,
    sections_without_example,
)
from timeline.exchange.yaml_writer import entry_text, flow_text
from timeline.views.case_report import checked

LINE_PARTS = "|"  # between the parts of a line: 2022-02/2022-08 | doxorubicin | progression
LIST_PARTS = ";"
_REPORT = {"title": "A title", "doi": "10.1000/example", "published": "2023-05-02"}


@attrs.frozen(kw_only=True)
class LineAnswer:
    """A line of therapy: its drugs, its period, and why it ended."""

    drugs: tuple[str, ...]
    when: str = UNKNOWN
    stop: str = ""

    @classmethod
    def of(cls, text: str) -> LineAnswer:
        """A line from ``2022-02/2022-08 | doxorubicin 75 mg/m²; ifosfamide | progression``.

        Raises:
            ValueError: there are not two or three parts.
        """
        parts = [part.strip() for part in text.split(LINE_PARTS)]
        if len(parts) not in (2, 3):
            raise ValueError(
                f"not a line of therapy: {text!r} "
                "(write '2022-02/2022-08 | doxorubicin 75 mg/m²; ifosfamide | progression')"
            )
        return cls(drugs=drugs_of(parts[1]), when=parts[0], stop="".join(parts[2:]))


def drugs_of(text: str) -> tuple[str, ...]:
    """The drugs of a text with semicolons between them."""
    return tuple(part.strip() for part in text.split(LIST_PARTS))


@attrs.frozen(kw_only=True)
class Answers:
    """What is known of the patient at the beginning; empty where it is not."""

    sex: str = ""
    age: str = ""
    diagnosis: str = ""
    site: str = ""
    diagnosed: str = ""
    lines: tuple[LineAnswer, ...] = ()
    last_contact: str = ""
    death: str = ""

    @property
    def patient(self) -> Entry:
        """The keys of the patient, in the order of a case file; empty texts where not known."""
        return {"sex": self.sex, "age": self.age, "diagnosis": self.diagnosis, "site": self.site}

    def events(self) -> dict[str, list[Entry]]:
        """The entries that are known, by their kind; the diagnosis always."""
        what = {"what": self.diagnosis} if self.diagnosis else {}
        found: dict[str, list[Entry]] = {
            "diagnosis": [{"diagnosis": self.diagnosed or UNKNOWN, **what}],
            "treatment": [_line(n, each) for n, each in enumerate(self.lines, start=1)],
            "last contact": [{"last contact": self.last_contact}] if self.last_contact else [],
            "death": [{"death": self.death}] if self.death else [],
        }
        return found


def _line(number: int, line: LineAnswer) -> Entry:
    drugs: Any = line.drugs[0] if len(line.drugs) == 1 else list(line.drugs)
    stop = {"stop": line.stop} if line.stop else {}
    return {"treatment": line.when, "line": str(number), "drugs": drugs, **stop}


_REPEATED = ("diagnosis", "treatment")  # kinds whose example is printed after what is known


def new_case(name: str, answers: Answers) -> str:
    """The text of a case file with what is known, and examples in comments for all else.

    Args:
        name: the name of the case.
        answers: what is known of the patient.

    Returns:
        The text. It loads; whether the answers contradict each other is for `answer_faults`.
    """
    return "".join(_lines_of(name, answers))


def _lines_of(name: str, answers: Answers) -> Iterator[str]:
    yield "# The facts of one patient. To check them: timeline check, and the name of this file.\n"
    yield "# What a key means, and every value it takes, is in cases/README.md.\n"
    yield "# Lines such as '# - {..}' and '# age: 61' are examples: delete '# ', write the facts.\n"
    yield "# Write a date as exactly as it is known: 2021-03-15, 2021-03, 2021, 202X, 20XX;\n"
    yield "# 2021-03~ (about), after line 1. What is not known is left out.\n"
    yield "# CARE: items of the checklist for case reports (Gagnier 2013, J Med Case Rep 7:223).\n"
    yield f"case: {flow_text(name)}\n"
    yield f"# source: {flow_text(name + '-report.yaml')}  # the report, with the values it prints\n"
    yield f"# report: {flow_text(_REPORT)}  # or in this file, with printed: at the events\n"
    yield from _patient(answers)
    yield "events:\n"
    known = answers.events()
    for section in (*SECTIONS, *sections_without_example()):
        yield f"\n  # {section.item}: {section.title}\n"
        for example in section.examples:
            kind = next(iter(example))
            entries = known.get(kind, ())
            yield from map(entry_text, entries)
            if not entries or kind in _REPEATED:
                number = {"line": str(len(answers.lines) + 1)} if NEXT in example.values() else {}
                yield "  # - " + flow_text({**example, **number}) + "\n"


def _patient(answers: Answers) -> Iterator[str]:
    """The patient; a comment where nothing is known."""
    examples = {"sex": "female", "age": "61", "diagnosis": "leiomyosarcoma", "site": "right femur"}
    hints = {"age": "on any day of the record: 61, about 60, 60s"}
    head = "" if any(answers.patient.values()) else "# "
    yield f"{head}patient:  # CARE 5a\n"
    for key, value in answers.patient.items():
        lead = "  " if value else f"{head}  " if head else "  # "
        hint = f"  # {hints[key]}" if key in hints and not value else ""
        yield f"{lead}{key}: {flow_text(value or examples[key])}{hint}\n"


def answer_faults(name: str, answers: Answers) -> tuple[str, ...]:
    """What a check finds wrong with the case that some answers make; nothing if it passes."""
    return tuple(each.what for each in _problems(name, answers))


def _problems(name: str, answers: Answers) -> tuple[Problem, ...]:
    """The faults of that case, each with its place in the file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.yaml"
        path.write_text(new_case(name, answers), encoding="utf-8")
        return tuple(each for found in checked([path]) for each in found.problems)


def named_faults(name: str, answers: Answers) -> tuple[str, ...]:
    """The same in words, each with the option that it is of: ``--line 2: no such event ..``.

    The line of the file on which a fault is found belongs to one option.
    """
    faults = _problems(name, answers)
    options = _options_by_line(new_case(name, answers)) if faults else {}
    return tuple(
        f"{option}: {_without_key(each.what, option)}{_ONLY_THESE * ('no such event' in each.what)}"
        if (option := options.get(each.where.line))
        else each.what
        for each in faults
    )


_OPTIONS = (  # how the line of an answer begins, and its option; lines of therapy are numbered
    (re.compile(r"  - \{?treatment: "), "--line {number}"),
    (re.compile(r"  - \{?diagnosis: "), "--diagnosed"),
    (re.compile(r"  - \{?last contact: "), "--last-contact"),
    (re.compile(r"  - \{?death: "), "--death"),
    *((re.compile(f"  {key}: "), f"--{key}") for key in ("sex", "age", "diagnosis", "site")),
)


def _without_key(fault: str, option: str) -> str:
    """A fault without the key that its option names already: ``--death: death: no such month``."""
    key = "diagnosis" if option == "--diagnosed" else option.removeprefix("--").replace("-", " ")
    return fault.removeprefix(f"{key}: ")


def _options_by_line(text: str) -> dict[int, str]:
    """The option that each line of a new case comes from, by the number of the line."""
    found: dict[int, str] = {}
    number, option = 0, ""
    for at, line in enumerate(text.splitlines(), start=1):
        named = next((option for begins, option in _OPTIONS if begins.match(line)), None)
        number += named == _OPTIONS[0][1]
        if named is not None:
            option = named.format(number=number)
        elif not line.startswith("    "):  # the lines of a long entry are indented further
            option = ""
        found[at] = option
    return found


_ONLY_THESE = (
    "; a date may name only what the options state: diagnosis, line 1 .., last contact, death"
)
Prompt = Callable[[str, Callable[[str], str]], str]  # a question, and what is wrong with an answer


def prompt_for_answers(name: str, prompt: Prompt, known: Answers = Answers()) -> Answers:
    """The answers to a few questions; an empty answer leaves the value open.

    There is no question on what is known already.

    Args:
        name: the name of the case.
        prompt: prints a question until its second argument finds no fault in the answer.
        known: what is known without a question.

    Returns:
        Answers that make a case without faults.
    """
    answers = known

    def prompt_for(question: str, field: str) -> None:
        nonlocal answers
        before = answers
        if getattr(before, field):
            return

        def fault(text: str) -> str:
            candidate = _with(before, field, text)
            return next(iter(answer_faults(name, candidate)), "") if text else ""

        answers = _with(before, field, prompt(question, fault))

    prompt_for("Sex", "sex")
    prompt_for("Age", "age")
    prompt_for("Diagnosis, in a few words", "diagnosis")
    prompt_for("Site of the primary tumour", "site")
    prompt_for("Date of diagnosis (2021-03-15, 2021-03, 2021)", "diagnosed")
    while line := _prompt_for_line(name, answers, prompt):
        answers = attrs.evolve(answers, lines=(*answers.lines, line))
    prompt_for("Date of death, if the patient died", "death")
    if not answers.death:  # else the patient was followed to that day
        prompt_for("Date of last contact", "last_contact")
    return answers


def _with(answers: Answers, field: str, text: str) -> Answers:
    values: dict[str, Any] = {field: text}
    return attrs.evolve(answers, **values)


def _prompt_for_line(name: str, answers: Answers, prompt: Prompt) -> LineAnswer | None:
    """The next line of therapy; None where there is none."""
    number = len(answers.lines) + 1

    def faults(line: LineAnswer) -> str:
        candidate = attrs.evolve(answers, lines=(*answers.lines, line))
        return next(iter(answer_faults(name, candidate)), "")

    drugs = prompt(
        f"Drugs of line {number}, with ';' between them (empty: no such line)",
        lambda text: faults(LineAnswer(drugs=drugs_of(text))) if text else "",
    )
    if not drugs:
        return None
    line = LineAnswer(drugs=drugs_of(drugs))
    when = prompt(
        f"Dates of line {number} (2022-02/2022-08; 2022-02/.. if it goes on)",
        lambda text: faults(attrs.evolve(line, when=text)) if text else "",
    )
    line = attrs.evolve(line, when=when or UNKNOWN)
    stop = prompt(
        f"Why line {number} ended (progression, toxicity, completed, choice, death, other)",
        lambda text: faults(attrs.evolve(line, stop=text)) if text else "",
    )
    return attrs.evolve(line, stop=stop)
