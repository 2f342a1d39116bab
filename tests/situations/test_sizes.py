"""Printed sizes, sums and changes against the lesions on record.

The expected calls were written from the sizes by hand before the rule was run: T1 88, 60, 47 and
52 mm, T2 (a node) 20, 20, 9 and 12 mm; sums 108, 80, 56 and 64 mm.
"""

from __future__ import annotations

import pytest

from tests.auditing.patient.records import audited, of

CASE = """
  - {scan: 2009-05-01, baseline: 1, id: base, lesions: {T1: 88 mm, T2: 20 mm}}
  - {treatment: 2009-05-10/2009-12-01, line: 1, drugs: carboplatin}
  - {scan: 2009-06-01, id: early, line: 1, lesions: {T1: 60 mm, T2: 20 mm}, new: none}
  - {scan: 2009-07-01, line: 1, lesions: {T1: 47 mm, T2: 9 mm}, new: none}
  - {scan: 2009-10-01, id: late, line: 1, lesions: {T1: 52 mm, T2: 12 mm}, new: none}
  - {scan: 2009-11-01, id: part, line: 1, lesions: {T1: 52 mm}, new: none}
  - {scan: 2009-12-01, id: gone, line: 1, lesions: {T1: too small, T2: absent}, new: none}
"""
LESIONS = "lesions: {T1: {organ: lung}, T2: {organ: mediastinum, node: yes}}"
AGREES, POSSIBLE, WRONG, NOT = "agrees", "possible", "contradicted", "not checkable"


def _said(claim, rule):
    (found,) = of(rule, audited(CASE, f"- {claim}", LESIONS))
    return found


@pytest.mark.parametrize(
    ("claim", "conclusion", "why"),
    [
        ("{size: 47, unit: mm, about: T1, of: scan 2009-07-01}", AGREES, "47 mm on record"),
        ("{size: 4.7, unit: cm, about: T1, of: scan 2009-07-01}", AGREES, "in centimetres"),
        ("{size: 4.7 cm, about: T1, of: scan 2009-07-01}", AGREES, "the unit in the print"),
        ("{size: 5, unit: cm, about: T1, of: scan 2009-07-01}", AGREES, "rounded to 5 cm"),
        ("{size: about 60, unit: mm, about: T1, of: scan 2009-07-01}", WRONG, "55 to 65"),
        ("{size: about 50, unit: mm, about: T1, of: scan 2009-07-01}", AGREES, "45 to 55"),
        ("{size: over 50, unit: mm, about: T1, of: scan 2009-07-01}", WRONG, "above 50"),
        ("{size: 47 × 30, unit: mm, about: T1, of: scan 2009-07-01}", AGREES, "longest diameter"),
        ("{size: 30 × 47, unit: mm, about: T1, of: scan 2009-07-01}", AGREES, "in either order"),
        ("{size: 14 × 9, unit: mm, about: T2, of: scan 2009-07-01}", AGREES, "the short axis"),
        ("{size: 14 × 11, unit: mm, about: T2, of: scan 2009-07-01}", WRONG, "short axis is 9"),
        ("{size: 47.2, unit: mm, about: T1, of: scan 2009-07-01}", POSSIBLE, "rounds to 47"),
        ("{size: 74, unit: mm, about: T1, of: scan 2009-07-01}", WRONG, "47 exchanged"),
        ("{size: 74, unit: mm, about: T1, of: scan 2009-07}", WRONG, "the only scan of the month"),
        ("{size: 52, unit: mm, about: T1, of: scan 2009-07-01}", WRONG, "that is the later scan"),
        ("{size: 47, unit: cm, about: T1, of: scan 2009-07-01}", WRONG, "ten times more"),
        ("{size: 47, unit: mm, about: lung lesion, of: scan 2009-07-01}", AGREES, "by its organ"),
        ("{size: 74, unit: mm, about: lung lesion, of: scan 2009-07-01}", POSSIBLE,
         "another lesion of the lung may be meant"),
        ("{size: 12, unit: mm, about: T2, of: part}", NOT, "not measured there"),
        ("{size: 47, unit: mm, about: T1, of: moon}", NOT, "no such scan"),
        ("{size: large, unit: mm, about: T1, of: late}", NOT, "no number"),
        ("{size: 47, about: T1, of: scan 2009-07-01}", NOT, "no unit"),
        ("{size: 47, unit: mm, about: T1}", AGREES, "measured so at one scan"),
        ("{size: 46, unit: mm, about: T1}", NOT, "of no scan, and never measured so"),
        ("{size: 7, unit: mm, about: T1, of: gone}", POSSIBLE, "too small may be under 10 mm"),
        ("{size: 15, unit: mm, about: T1, of: gone}", WRONG, "not too small"),
        ("{sum: 56, unit: mm, about: sum of target lesions, of: scan 2009-07-01}", AGREES,
         "47 + 9"),
        ("{sum: 5.6, unit: cm, about: sum of diameters, of: scan 2009-07-01}", AGREES, "the same"),
        ("{sum: 57, unit: mm, about: sum of target lesions, of: scan 2009-07-01}", POSSIBLE,
         "47.4 + 9.4 = 56.8"),
        ("{sum: 65, unit: mm, about: sum of target lesions, of: scan 2009-07-01}", WRONG,
         "56 with its digits exchanged"),
        ("{sum: 47, unit: mm, about: sum of target lesions, of: scan 2009-07-01}", WRONG,
         "without T2"),
        ("{sum: 64, unit: mm, about: SLD, of: part}", NOT, "T2 is not measured there"),
        ("{size: 108, unit: mm, about: sum of the target lesions, of: base}", AGREES, "88 + 20"),
    ],
)  # fmt: skip
def test_sizes(claim, conclusion, why):
    found = _said(claim, "C39")
    assert found.conclusion == conclusion, (why, found.description)


@pytest.mark.parametrize(
    ("claim", "text"),
    [
        ("{size: 74, unit: mm, about: T1, of: scan 2009-07-01}", "two digits that changed places"),
        ("{size: 41, unit: mm, about: T1, of: scan 2009-07-01}", "one digit (47 mm)"),
        ("{size: 52, unit: mm, about: T1, of: scan 2009-07-01}", "T1 at late"),
        ("{size: 9, unit: mm, about: T1, of: scan 2009-07-01}", "T2 at scan 2009-07-01"),
        ("{size: 47, unit: cm, about: T1, of: scan 2009-07-01}", "another unit (47 mm)"),
        ("{sum: 65, unit: mm, about: sum of targets, of: scan 2009-07-01}", "(56 mm)"),
        ("{sum: 80, unit: mm, about: sum of targets, of: scan 2009-07-01}", "the sum at early"),
        ("{percent: 38, about: decrease of the targets, of: scan 2009-07-01}", "48 %"),
    ],
)
def test_what_would_reproduce_it(claim, text):
    rule = "C29" if "percent" in claim else "C39"
    assert any(text in note for note in _said(claim, rule).notes)


@pytest.mark.parametrize(
    ("claim", "conclusion", "why"),
    [
        ("{percent: 48, about: decrease of the targets, of: scan 2009-07-01}", AGREES, "56/108"),
        ("{percent: -48, about: change of the targets, of: scan 2009-07-01}", AGREES, "its sign"),
        ("{percent: 48, about: change of the targets, of: scan 2009-07-01}", AGREES, "no sign"),
        (
            "{percent: 20, about: change of the targets, of: scan 2009-07-01}",
            WRONG,
            "a change of 20 % is not one of 48 %",
        ),
        (
            "{percent: 30, about: decrease of the targets, of: scan 2009-07-01}",
            AGREES,
            "56/80, from the scan before",
        ),
        (
            "{percent: 14, about: increase of the targets, of: late}",
            AGREES,
            "64/56, from the lowest sum",
        ),
        ("{percent: 41, about: decrease of the targets, of: late}", AGREES, "64/108, baseline"),
        ("{percent: 40, about: increase of the targets, of: late}", WRONG, "none of them"),
        ("{percent: 46.6, about: decrease of T1, of: scan 2009-07-01}", AGREES, "47/88"),
        ("{percent: 55, about: decrease of T2, from: base, to: scan 2009-07-01}", AGREES, "9/20"),
        ("{percent: 55, about: decrease of T1, from: base, to: scan 2009-07-01}", WRONG, "46.6"),
    ],
)
def test_changes(claim, conclusion, why):
    found = _said(claim, "C29")
    assert found.conclusion == conclusion, (why, found.description)


def test_what_is_left_is_offered_where_it_was_printed_as_the_change():
    found = _said("{percent: 52, about: decrease of the targets, of: scan 2009-07-01}", "C29")
    assert found.conclusion == WRONG
    assert any("what is left" in note for note in found.notes)


def test_words_that_name_no_lesion_on_record_are_left_alone():
    claim = "- {size: 30, unit: mm, about: kidney stone, of: late}"
    assert not of("C39", audited(CASE, claim, LESIONS))


def test_a_negative_size_is_no_size():
    claim = "- {size: -47, unit: mm, about: T1, of: scan 2009-07-01}"
    (found,) = audited(CASE, claim, LESIONS)
    assert (found.rule, found.conclusion) == ("K50", WRONG)
