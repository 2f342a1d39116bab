"""Mutated files: none gives a traceback, none is passed over in silence, no message misleads a
terminal. A sample of what was run by the ten thousand; each sample is the same every time.
"""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest

from renderers.survival.tables.from_table import times_of
from renderers.swimmer.tables.figure import swimmer_from_tables
from renderers.swimmer.tables.read import TableSource as Tables
from timeline.auditing import audit
from timeline.endpoints.derived_case import derive
from timeline.files.loader import load
from timeline.record.case import Case
from timeline.report.claims import Report

ROOT = Path(__file__).parents[2]
INPUTS = Path(__file__).parent / "inputs"
TOKEN = re.compile(r"[\w.²/µ%+-]+|[^\w\s]|\s+")
UNSAFE = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
ODD = (
    *("", "0", "-1", "9" * 40, "9" * 500, "1e9", "nan", "NE", "none", "[]", "{}", "[a]", "{a: b}"),
    *(
        "~",
        "!x",
        "&a",
        "*a",
        '"',
        "'",
        "\t",
        "\x00",
        "\x0b",
        "\x1b[2J",
        "\u2028",
        "\u202e",
        "²",
        "٣",
    ),
    *("∞", "2021-02-30", "2021-XX", "..", "/", "after", "end", "line 9", "PD or", "mm", "146", "|"),
    *("<<", "- ", "#2", ":", ",", "\\", "@", "=1+1", "12+", "44209", "1:DECEASED", "\ufeff", "\r"),
)


def mutated(text: str, dice: random.Random) -> str:
    """A text with a few of its words taken out, doubled, exchanged or replaced."""
    words = TOKEN.findall(text)
    for _ in range(dice.choice((1, 1, 2, 3))):
        at = dice.randrange(len(words))
        kind = dice.randrange(4)
        if kind == 0:
            del words[at]
        elif kind == 1:
            words.insert(at, dice.choice(words))
        elif kind == 2:
            words[at] = dice.choice(ODD)
        else:
            words.insert(at, dice.choice(ODD))
    return "".join(words)


def check_messages(problems) -> None:
    for problem in problems:
        assert not UNSAFE.search(str(problem)), repr(str(problem))
        assert len(str(problem)) < 10_000


CASES = sorted((ROOT / "cases").glob("*.yaml"))
SOURCES = sorted((ROOT / "seeds").glob("*.yaml"))
TABLES = sorted((INPUTS / "tables").glob("*.csv"))


@pytest.mark.parametrize("number", range(3))
def test_mutated_cases_and_reports(tmp_path, number):
    dice = random.Random(number)
    path = tmp_path / "a.yaml"
    for _ in range(25):
        text = mutated(dice.choice((*CASES, *SOURCES)).read_text("utf-8"), dice)
        path.write_text(text, "utf-8", newline="")
        found, problems = load(path)
        assert (found is None) == bool(problems)
        check_messages(problems)
        if isinstance(found, Case):
            check_messages(derive(found)[1])
        elif isinstance(found, Report) and number == 0:
            audit(None, found, ())


@pytest.mark.parametrize("number", range(3))
def test_mutated_tables(tmp_path, number):
    dice = random.Random(number)
    lanes = tmp_path / "lanes.csv"
    texts = [path.read_bytes().decode("utf-8", "replace") for path in TABLES]
    for _ in range(150):
        lanes.write_text(mutated(dice.choice([text for text in texts if text]), dice), newline="")
        try:
            drawn = swimmer_from_tables(Tables(lanes=lanes, unit="months"))
        except ValueError as fault:  # a wish that cannot be met
            assert "sign" in str(fault) or "narrow" in str(fault)  # noqa: PT017
        else:
            assert (drawn.scene is None) == bool(drawn.errors)
            check_messages((*drawn.errors, *drawn.warnings, *drawn.notes))
        found, problems = times_of(lanes)
        assert (found is None) == bool(problems)
        check_messages((*problems, *(found.notes if found else ())))
