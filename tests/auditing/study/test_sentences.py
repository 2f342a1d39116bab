"""The sentences of verdicts on a study: plain words, and a noun in the number of its count."""

from __future__ import annotations

import pytest

from tests.auditing.study.reports import source, verdicts_of
from timeline.auditing.study.number_text import number_text


def sentence(rule: str, words: str, *claims: str, why: str):
    return pytest.param(rule, words, "\n".join(claims), id=f"{rule}: {why}")


SENTENCES = (
    sentence("K12", "1 event in 4 patients", "{OS: 12 months, statistic: median, n: 4}",
             "{events: 1, of: OS, n: 4}", why="the singular"),
    sentence("K12", "2 events in 15 patients: survival can end at 0.00 to 0.87",  # 1 - 2 / 15
             "{OS: 12 months, statistic: median, n: 15}", "{events: 2, of: OS, n: 15}",
             why="the plural"),
    sentence("K30", "total 5; the grades add up to 6: a patient would be counted in two grades",
             "{count: 4, about: rash, grade: 1, place: T1}",
             "{count: 2, about: rash, grade: 2, place: T1}",
             "{count: 5, about: rash, group: total, place: T1}", why="4 + 2 above the total"),
    sentence("K01", "no count of 47 rounds to it", "{percent: 18.2, about: ORR, n: 47}",
             why="8 of 47 is 17.0 %, 9 are 19.1 %"),
    sentence("K01", "a typo for 42.9 (one digit): 3 of 7", "{percent: 42.2, about: ORR, n: 7}",
             "{count: 3, about: ORR, n: 7}", why="300 / 7 is 42.857"),
    sentence("K03", "no number of patients is printed to compare the percentage with",
             "{percent: 18.2, about: ORR}", why="no denominator"),
    sentence("K43", "the two figures compared are not both printed",
             "{word: longer, about: OS, group: A, than: B}", why="a comparison of nothing printed"),
    sentence("K48", "the values give 1 event and 2 censored", "{values: [3, 5+, 6+], of: OS, "
             "unit: months}", "{events: 2, of: OS}", why="one of three without a plus"),
    sentence("K52", "with no censoring the narrowest limits",
             "{rate: 50 %, of: OS, at: 12 months, n: 20, ci: 49 to 51}", why="far too narrow"),
)  # fmt: skip


@pytest.mark.parametrize(("rule", "words", "claims"), SENTENCES)
def test_a_verdict_is_in_plain_words(rule, words, claims, tmp_path):
    verdicts = verdicts_of(rule, source(claims, tmp_path))
    texts = [text for each in verdicts for text in (each.description, *each.notes)]
    assert any(words in text for text in texts), texts


@pytest.mark.parametrize(
    ("number", "expected"), [(0, "0 events"), (1, "1 event"), (2, "2 events"), (11, "11 events")]
)
def test_a_noun_is_in_the_number_of_its_count(number, expected):
    assert number_text(number, "event") == expected
