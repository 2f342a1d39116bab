"""Every row of the tables finds its examples, and none of the texts that it passes."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rows import every_row
from timeline.core.data_tables import data_rows
from timeline.report_text import Confidence, MentionKind, mentions
from timeline.report_text.find_mentions import unlisted
from timeline.report_text.mention_rules import patterns, stem_pattern, word_lists

FINDS = [pytest.param(row, *example, id=f"{row.name}: {example[0]}")
         for row in patterns() for example in row.finds]  # fmt: skip
PASSES = [pytest.param(row, text, id=f"{row.name}: {text}")
          for row in patterns() for text in row.passes]  # fmt: skip


@every_row(("row", "printed", "value"), FINDS)
def test_a_pattern_finds_its_examples(row, printed, value):
    found = [each for each in mentions(printed) if each.kind is row.kind]
    assert ", ".join(each.value for each in found) == value
    assert row.name in {each.rule for each in found}
    assert all(printed[each.start : each.end] == each.text for each in found)


@every_row(("row", "text"), PASSES)
def test_a_pattern_passes_over_what_is_none(row, text):
    assert row.name not in {each.rule for each in mentions(text)}


def test_every_pattern_has_examples_and_a_source():
    assert all(row.finds and row.passes and row.source for row in patterns())


@every_row("row", list(data_rows("drug_stems")), ids=lambda row: row.text("stem"))
def test_an_ending_finds_names_and_passes_over_words(row):
    for name in row.texts("finds"):
        assert [each.kind for each in mentions(name)] == [MentionKind.DRUG]
    for word in row.texts("passes"):
        assert not stem_pattern().fullmatch(word)


@pytest.mark.parametrize("words", word_lists(), ids=lambda words: words.kind.value)
def test_every_word_of_a_list_is_found(words):
    for word in (*words.exact, *words.any_case):
        found = mentions(f"xx {word} xx")
        assert words.kind in {each.kind for each in found}, word


@pytest.mark.parametrize(
    ("printed", "values"),
    [
        pytest.param("30 February 2020", [("date", "30 February 2020", "low")],
                     id="no such day: the words, and a person decides"),
        pytest.param("03/04/2018", [("date", "2018-04-03 or 2018-03-04", "low")],
                     id="both orders of day and month"),
        pytest.param("from June to October 2020", [("date", "2020-06", "medium"),
                                                   ("date", "2020-10", "high")],
                     id="the year of a range is printed once"),
        pytest.param("in October and March 2019",
                     [("date", "2018-10 or 2019-10", "low"), ("date", "2019-03", "high")],
                     id="two months with one year, the later month first"),
        pytest.param("two and a half years", [("duration", "2.5 years", "high")],
                     id="a half in words"),
        pytest.param("2½ years", [("duration", "2.5 years", "high")], id="a half as a sign"),
        pytest.param("a height of 1.82 m", [], id="metres are no months"),
        pytest.param("(Novotny and George, 2021)", [], id="a citation is no date"),
        pytest.param("a 49-year-old man", [("age", "49 years", "high"), ("sex", "male", "medium")],
                     id="an age is no duration"),
        pytest.param("carboplatin AUC 5 every 3 weeks",
                     [("drug", "carboplatin", "high"), ("dose", "AUC 5", "medium"),
                      ("schedule", "every 3 weeks", "high")], id="an interval is no duration"),
        pytest.param("serum lipase 325.4 IU/L", [], id="an activity is no dose"),
        pytest.param("gemcitabine\n1,000\nmg/m2", [("drug", "gemcitabine", "high"),
                                                  ("dose", "1000 mg/m²", "high")],
                     id="line ends within a phrase"),
        pytest.param("overall survival over\n60 months", [("endpoint", "OS", "high"),
                                                         ("duration", "over 60 months", "high")],
                     id="a hedge on the line before"),
    ],
)  # fmt: skip
def test_values_of_printed_words(printed, values):
    found = mentions(printed)
    assert [(each.kind.value, each.value, each.confidence.value) for each in found] == values


@given(st.text(alphabet="05 1.×-/mgcdyearsMayin%²\n,AUC()to", max_size=80))
def test_any_text_gives_mentions_that_are_its_own_words(text):
    found = mentions(text)
    assert all(text[each.start : each.end] == each.text for each in found)
    plain = [each for each in found if each.kind is not MentionKind.DATE_PHRASE]
    assert all(one.end <= two.start for one, two in itertools.pairwise(plain))
    assert all(isinstance(each.confidence, Confidence) for each in found)


@pytest.mark.parametrize("piece", ["1 ", "a" * 99, "1,000 ", "day 1, 2, ", "May ", "\n", "5×"])
def test_a_long_text_takes_bounded_time(piece):
    text = piece * (40_000 // len(piece))
    begun = time.perf_counter()
    mentions(text)
    assert time.perf_counter() - begun < 20


# Of a report that was encoded from the guides, and one of each class of labels that it lacked.
LABELLED = (
    *("ramucirumab", "cetuximab", "panitumumab", "pertuzumab", "selpercatinib", "bortezomib"),
    *("enzalutamide", "daratumumab", "osimertinib", "lenalidomide", "trametinib"),
)


@pytest.mark.parametrize("name", LABELLED)
def test_a_drug_with_a_label_is_in_the_list(name):
    (found,) = (each for each in mentions(f"She received {name} in May 2020.")
                if each.kind is MentionKind.DRUG)  # fmt: skip
    assert found.value == name
    assert unlisted(found) is None
