"""Periods that cannot be as they are written, and sizes that are hardly so."""

import pytest

import timeline as tl
from renderers.swimmer.from_cases import lanes_from_cases
from renderers.swimmer.options import SwimmerOptions
from timeline.assessment.remarks import case_remarks
from timeline.core.calendar.dates import parse_edtf
from timeline.core.span import Span
from timeline.exchange.lines_table import lines


def written(tmp_path, *entries):
    path = tmp_path / "c.yaml"
    path.write_text("case: c\nevents:\n" + "".join(f"  - {{{each}}}\n" for each in entries),
                    encoding="utf-8")  # fmt: skip
    return path


def remarks(path):
    return " ".join(str(each) for each in case_remarks(tl.load_case(path)))


LINE = "treatment: 2007-04-01/.., line: 1, drugs: pazopanib"


@pytest.mark.parametrize("name", ["", ", id: last-day"])
def test_nothing_is_ongoing_after_death(tmp_path, name):
    path = written(tmp_path, LINE, f"death: 2008-01-31{name}")
    (line, _) = tl.load_case(path).events
    assert not line.at.ongoing
    assert line.end.span == parse_edtf("2007-04-01/2008-01-31").span
    text = remarks(path)
    assert "is ongoing (2007-04-01/..), and the patient died (2008-01-31)" in text
    assert "write its end, or 2007-04-01/ where" in text
    # from the start to death: 305 days; treatment ended on some day up to then
    derived = tl.derive(tl.load_case(path))
    assert (derived.endpoint("OS", line=1).days.high, derived.endpoint("ToT", line=1).days.low) == (
        305,
        0,
    )


def test_without_death_it_stays_ongoing(tmp_path):
    path = written(tmp_path, LINE, "last contact: 2008-01-31")
    assert tl.load_case(path).events[0].at.ongoing
    assert "ongoing" not in remarks(path)


@pytest.mark.parametrize(
    ("first", "second", "found"),
    [
        ("2005-01/2007-04", "2005-07/2008", "line 1 ends (2007-04) after line 2 began (2005-07)"),
        ("2005-01/..", "2005-07/2008", "line 1 is ongoing after line 2 began (2005-07)"),
        ("2005-01/2005-07", "2005-07/2008", ""),
        ("2005-01/", "2005-07/2008", ""),
    ],
)
def test_lines_follow_one_another(tmp_path, first, second, found):
    text = remarks(written(
        tmp_path,
        f"treatment: {first}, line: 1, drugs: pazopanib",
        f"treatment: {second}, line: 2, drugs: imatinib",
        "last contact: 2009",
    ))  # fmt: skip
    assert found in text
    assert bool(found) == ("began" in text)


@pytest.mark.parametrize(("end", "refused"), [("..", True), ("2005-09", False), ("", False)])
def test_what_is_ongoing_has_no_end_to_come_after(tmp_path, end, refused):
    path = written(
        tmp_path,
        "treatment: 2005-01/.., line: 1, drugs: pazopanib",
        f"supportive: 2005-02/{end}, id: steroid, drugs: prednisolone",
        "dose resumed: after steroid end, line: 1",
    )
    if not refused:
        tl.load_case(path)
        return
    with pytest.raises(tl.InvalidFile, match=r"steroid is ongoing .* and has no end on record"):
        tl.load_case(path)


def test_a_line_without_follow_up_has_the_status_of_its_endpoint(tmp_path):
    """Censored on the day of the start (FDA 2018): no time is excluded, so it is not evaluable."""
    path = written(
        tmp_path,
        "scan: 2020-01-01, baseline: 1",
        "treatment: 2020-01-10/.., line: 1, drugs: pazopanib",
    )
    derived = tl.derive(tl.load_case(path))
    assert derived.outcome("PFS", 1).days == Span.point(0)
    (row,) = lines(derived).rows
    assert row.cells[5].text == "not evaluable"
    assert "no assessment after the start" in " ".join(map(str, row.cells[5].notes))
    (lane,) = lanes_from_cases([derived], SwimmerOptions()).lanes
    assert lane.cell("pfs").text == "not evaluable"
    assert row.outcome.printed_state == "not evaluable"


@pytest.mark.parametrize(
    ("written_as", "end"),
    [  # one fraction is one session (NCI Dictionary of Cancer Terms), also where its day is vague
        ("2017-03-14, dose: 18 Gy, fractions: 1", "2017-03-14"),
        ("2017-03, fractions: 1", "2017-03"),
        ("2017-03/, fractions: 1", "2017-03"),
        ("2017-03, dose: 18 Gy in 1 fraction", "2017-03"),
        ("2017-03-14, dose: 20 Gy, fractions: 2", None),  # the day of the second is not on record
    ],
)
def test_radiotherapy_in_one_fraction_lasts_a_day(tmp_path, written_as, end):
    (event,) = tl.load_case(written(tmp_path, f"radiotherapy: {written_as}")).events
    assert (event.end and event.end.span) == (end and parse_edtf(end).span)


@pytest.mark.parametrize(
    ("dose", "fractions"),
    [
        ("60 Gy in 30 fractions", 30),
        ("20 Gy over 5 fractions", 5),
        ("60 Gy, fractions: 30", 30),
        ("60 Gy in 30 fractions, fractions: 30", 30),
    ],
)
def test_fractions_may_follow_the_dose(tmp_path, dose, fractions):
    (event,) = tl.load_case(
        written(tmp_path, f"radiotherapy: 2017-03/2017-04, dose: {dose}")
    ).events
    assert (event.fractions, event.dose.rest) == (fractions, "")


def test_two_numbers_of_fractions_contradict_one_another(tmp_path):
    path = written(tmp_path, "radiotherapy: 2017-03/, dose: 60 Gy in 30 fractions, fractions: 25")
    with pytest.raises(tl.InvalidFile) as fault:
        tl.load_case(path)
    assert "contradict one another" in str(fault.value)


@pytest.mark.parametrize(
    ("drug", "meant"),
    [
        ("pembrolizumb 200 mg", "pembrolizumab"),
        ("cisplatine", "cisplatin"),
        ("pembrolizumab", ""),
        ("ADOC", ""),
        ("arotinib", ""),  # a name of its own: two letters from anlotinib
        ("177Lu-DOTATATE 7.4 GBq", ""),
    ],
)
def test_a_drug_one_letter_from_a_known_one_is_remarked(tmp_path, drug, meant):
    text = remarks(written(tmp_path, f"treatment: 2018-10/2018-12, line: 1, drugs: {drug}"))
    assert (f"did you mean {meant}?" in text) is bool(meant)
    assert ("did you mean" in text) is bool(meant)


SIZES = [  # a scan, and the size that is named; a lesion of 300 mm is the largest usual one
    ("sum: 98 cm", "of the sum: 98 cm is more than 500 mm"),
    ("sum: 98 mm", ""),
    ("sum: 500 mm", ""),
    ("lesions: {T1: 30 cm}", ""),
    ("lesions: {T1: 31 cm, T2: 20 mm}", "of T1: 31 cm is more than 300 mm"),
    ("lesions: {T1: 160 mm + 150 mm}", "of T1: 160 mm + 150 mm is more than 300 mm"),
]


@pytest.mark.parametrize(("sizes", "named"), SIZES)
def test_a_size_that_is_hardly_right_is_accepted_with_a_remark(tmp_path, sizes, named):
    path = written(tmp_path, LINE, f"scan: 2007-03, baseline: 1, {sizes}")
    lesions = "lesions: {T1: {organ: liver}, T2: {organ: lung}}"
    path.write_text(path.read_text().replace("events:", f"{lesions}\nevents:"))
    found = remarks(path)
    assert ("an unusual size" in found) is bool(named)
    assert named in found


@pytest.mark.parametrize(
    ("sex", "advice"),
    [
        ("female", ""),
        ("unknown", ""),
        ("w", "write female;"),  # German weiblich
        ("Female", "write female;"),
        ("männlich", "write male;"),
        ("M", "write male or female;"),  # male, or mujer
        ("x", "write male or female;"),
    ],
)
def test_a_sex_that_is_not_read_is_named(tmp_path, sex, advice):
    path = written(tmp_path, LINE)
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("events:", f"patient: {{sex: {sex}}}\nevents:"), encoding="utf-8")
    found = remarks(path)
    assert (f"patient.sex: {sex!r}" in found) is bool(advice)
    assert advice in found
