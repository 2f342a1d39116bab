"""Numbers at risk and a median follow-up against the times of each patient (K48).

Times to death, with a plus to last contact: 2, 4+, 6, 8+, 10+, 12+, in months.

At risk at 0, 5, 10: all 6; 6, 8, 10, 12; 10 and 12, or 12 alone where who leaves at 10 is gone.
Reverse Kaplan-Meier, deaths as censored: after 4 it is 4/5, after 8 4/5 x 2/3 = 8/15, after 10
4/15: the median is 10. The middle of all six times is (6 + 8) / 2 = 7, that of the four who are
alive (8 + 10) / 2 = 9.
"""

from __future__ import annotations

import random

import pytest

from tests.auditing.study.reports import A, C, P, source, verdicts_of

TIMES = "{values: [2, 4+, 6, 8+, 10+, 12+], of: OS, unit: months, n: 6}\n"
ROW = "{{at-risk: [{}], of: OS, at: '{}', n: 6}}"
FOLLOWED = "{{follow-up: {}, unit: {}, statistic: median, n: 6}}"


def _of(kind, claims, tmp_path):
    return [
        each for each in verdicts_of("K48", source(claims, tmp_path)) if each.claim.kind == kind
    ]


@pytest.mark.parametrize(
    ("numbers", "at", "conclusion", "why"),
    [
        ("6, 4, 2", "0, 5, 10 months", A, "those with the time or a longer one"),
        ("6, 4, 1", "0, 5, 10 months", A, "those with a longer time"),
        ("6, 5, 2", "0, 4, 10 months", A, "4+ is at risk at 4"),
        ("6, 5, 2", "0, 5, 10 months", P, "4+ may have been 4.9, cut"),
        ("6, 6, 2", "0, 5, 10 months", C, "2 is gone by 5, however rounded"),
        ("6, 4, 4", "0, 5, 10 months", C, "6 and 8 are gone by 10"),
        ("6, 4, 2", "0, 0.4, 0.8 years", A, "4.8 and 9.6 months"),
    ],
)
def test_numbers_at_risk(numbers, at, conclusion, why, tmp_path):
    (found,) = _of("at-risk", TIMES + ROW.format(numbers, at), tmp_path)
    assert found.conclusion is conclusion, why


@pytest.mark.parametrize(
    ("text", "unit", "conclusion", "words"),
    [
        ("10", "months", A, "reverse Kaplan-Meier"),
        ("10.0", "months", A, "reverse Kaplan-Meier"),
        ("7", "months", A, "the middle of all times"),
        ("9", "months", P, "those alive"),
        ("43.5", "weeks", A, "reverse Kaplan-Meier"),  # 10 x 30.4375 / 7 = 43.48
        ("11.5", "months", P, "the cut-off"),  # potential follow-up is longer than what was seen
        ("4.0", "months", C, "does not round to it"),
    ],
)
def test_a_median_follow_up(text, unit, conclusion, words, tmp_path):
    (found,) = _of("follow-up", TIMES + FOLLOWED.format(text, unit), tmp_path)
    assert found.conclusion is conclusion
    assert words in " ".join(found.notes)


def test_other_patients_and_other_endpoints_are_let_be(tmp_path):
    of_pfs = TIMES.replace("OS", "PFS")
    assert not _of("follow-up", of_pfs + FOLLOWED.format("4.0", "months"), tmp_path)
    more = "{follow-up: 4.0, unit: months, statistic: median, n: 60}"
    assert not _of("follow-up", TIMES + more, tmp_path)
    later = ROW.format("6, 6, 2", "0, 5, 10 months")[:-1] + ", note: delayed entry}"
    assert not _of("at-risk", TIMES + later, tmp_path)
    of_more = "{at-risk: [9, 6, 2], of: OS, at: '0, 5, 10 months'}"
    assert not _of("at-risk", TIMES.replace(", n: 6", "") + of_more, tmp_path)


def _middle(values):
    ranked = sorted(values)
    return (ranked[(len(ranked) - 1) // 2] + ranked[len(ranked) // 2]) / 2


def _reverse_median(people):
    """The first time at which half or fewer are still free of being censored, by the product."""
    left = 1.0
    for at in sorted({time for time, _ in people}):
        here = sum(time >= at for time, _ in people)
        left *= 1 - sum(time == at and not dead for time, dead in people) / here
        if left <= 0.5 + 1e-12:
            return at
    return None


def test_no_true_figure_of_exact_times_is_contradicted(tmp_path):
    """Times in days, as months of 30.4375 days, rounded or cut; figures by each definition."""
    draw = random.Random(8)
    for _ in range(40):
        people = [(draw.randint(20, 900) / 30.4375, draw.random() < 0.5)
                  for _ in range(draw.randint(3, 12))]  # fmt: skip
        cut = draw.random() < 0.5
        values = ", ".join(
            f"{int(time * 10) / 10 if cut else time:.1f}{'' if dead else '+'}"
            for time, dead in people
        )
        at = (0, 6, 12, 18)
        row = ", ".join(str(sum(time >= each for time, _ in people)) for each in at)
        alive = [time for time, dead in people if not dead]
        medians = [_middle([time for time, _ in people]), _reverse_median(people)]
        medians += [_middle(alive)] if alive else []
        n = f"n: {len(people)}"
        claims = [f"{{values: [{values}], of: OS, unit: months, {n}}}"]
        claims += [f"{{at-risk: [{row}], of: OS, at: '0, 6, 12, 18 months', {n}}}"]
        claims += [
            f"{{follow-up: {value:.1f}, unit: months, statistic: median, {n}}}"
            for value in medians
            if value is not None
        ]
        found = verdicts_of("K48", source("\n".join(claims), tmp_path))
        assert C not in {each.conclusion for each in found}, (
            claims,
            [each.description for each in found],
        )
