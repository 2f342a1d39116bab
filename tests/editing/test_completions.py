"""Completions of a text that is being typed; the cursor is at the sign |."""

from __future__ import annotations

import pytest

from timeline.core.schema import schema_of
from timeline.editing import completions
from timeline.record.events import EVENTS, KINDS, Scan
from timeline.report.claims import CLAIMS
from timeline.settings.response import SETTINGS

EVENT = "case: a\nevents:\n"


def complete(text: str) -> list[str]:
    before, _, after = text.partition("|")
    line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
    found = completions(before + after, line, column)
    typed = before[found[0].start - 1 + before.rfind("\n") + 1 :] if found else ""
    assert all(each.text.casefold().startswith(typed.casefold()) for each in found)
    return [each.text for each in found]


@pytest.mark.parametrize(
    "begin", ["  - |", "  - {|", "  - {|}", "  P:\n    - |", "  - |\n  - {death: 2022}\n"]
)
def test_an_entry_begins_with_any_kind_of_event(begin):
    assert complete(EVENT + begin) == list(KINDS)


SCAN_KEYS = [key for key, (_, spec) in schema_of(Scan).items() if not spec.leads]


@pytest.mark.parametrize(
    "text",
    [
        "  - {scan: 2021, |",
        "  - {scan: 2021, |}",
        "  - scan: 2021\n    |",
        "  - scan: 2021\n    |\n",
    ],
)
def test_the_keys_are_those_of_the_kind_at_that_place(text):
    assert sorted(complete(EVENT + text)) == sorted([*SCAN_KEYS, "printed"])


def test_a_key_that_is_written_is_not_offered_again():
    found = complete(f"{EVENT}  - {{scan: 2021, non_target: CR, what: x, |, note: y}}\n")
    assert not {"non-target", "what", "note", "scan"} & set(found)
    assert "target" in found


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("  - {sc|", ["scan"]),
        ("  - {scan: 2021, ta|}\n", ["target"]),
        ("  - {scan: 2021, TA|}\n", ["target"]),
        ("  - {scan: 2021, ta|: CR}\n", ["target"]),
        ("  - {scan: 2021, target: s|", ["SD", "shrunk", "stable"]),
        ("  - scan: 2021\n    target: |\n", ["CR", "PR", "SD", "PD", "NE", "NA", "absent",
                                           "almost gone", "shrunk", "stable", "grown"]),
        ("  - {treatment: 2021,\n     line: 1, stop: |", ["progression", "toxicity", "completed",
                                                     "choice", "death", "other"]),
        ("  - {surgery: 2021, margin: R|, note: 'a, b'}", ["R0", "R1", "R2"]),
        ("  - {scan: 2021, called: {iC|: Abstract}}", ["iCR", "iCPD"]),
        ("  - {death: 2021, disease-status: died of d|}", ["died of disease"]),
        ("  - {last contact: 2021, disease-status: al|}", ["alive with disease"]),
        ("  - {scan: 2021, planned: |}", ["yes", "no"]),
        ("  - {scan: |}", []),
        ("  - {scan: 2021, what: |}", []),
        ("  - {scan: 2021} # tar|", []),
        ("  - {scan: 2021, what: \"a, tar|", []),
        ("  - {zzz: 2021, |}", list(KINDS)),
        ("  - {scan: [broken, |", []),
    ],
)  # fmt: skip
def test_words_of_an_event(text, words):
    assert complete(EVENT + text) == words


def test_words_of_the_file_and_of_claims():
    top = complete("case: a\n|")
    assert top == ["source", "patient", "settings", "lesions", "events", "report", "claims"]
    assert complete("|")[:2] == ["case", "source"]
    assert complete("case: a\npatient: {s|") == ["sex", "site"]
    assert complete("case: a\nlesions: {T1: {o|}}\n") == ["organ"]
    assert complete("case: a\nsettings:\n  |\n") == list(SETTINGS)
    persistence = complete("case: a\nsettings: {pr_persistence: |}")
    assert persistence == list(SETTINGS["pr_persistence"].options)
    claim = "source: a\nclaims:\n  Abstract:\n    - {"
    assert complete(f"{claim}|") == list(CLAIMS)
    assert complete(f"{claim}PFS: 8, unit: |") == ["days", "weeks", "months", "years"]
    assert "criterion" in complete(f"{claim}PFS: 8, |}}")


def test_descriptions_come_from_the_schema_and_texts_that_are_no_yaml_give_nothing():
    (found,) = completions(f"{EVENT}  - {{scan: 2021, densi", 3, 25)
    assert found.description.startswith("mean CT density")
    assert (found.kind, found.start) == ("key", 18)
    for text in ("", "{[", "\t- a", "a: b: c", "- - -", "&a *a", "\x00"):
        for column in range(1, 9):
            completions(text, 1, column)
            completions(text, 5, column)


def test_every_kind_has_its_own_keys():
    for kind, cls in EVENTS.items():
        keys = [key for key, (_, spec) in schema_of(cls).items() if not spec.leads]
        assert sorted(complete(f"{EVENT}  - {{{kind}: 2021, |}}")) == sorted([*keys, "printed"])
