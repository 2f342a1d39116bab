"""Adverse events of ADaM tables (ADAE): who counts, by which grade, and what is wrong."""

from __future__ import annotations

import warnings

import pytest

import timeline as tl
from tests.study import trial_tables as made
from timeline.cdisc import write_dataset
from timeline.cdisc.adam import derive_adam
from timeline.cdisc.cases import import_cases
from timeline.synthetic import study_datasets


def event(n, term="Nausea", grade="2", **more):
    return {"STUDYID": "T", "USUBJID": f"T-{n:03d}", "AEDECOD": term, "ATOXGR": grade,
            "TRTEMFL": "Y", **more}  # fmt: skip


def without(row, *names):
    return {name: value for name, value in row.items() if name not in names}


def study(tmp_path, events, **changed):
    return tl.Cohort.of(made.write(tmp_path / "adam", ADAE=events, **changed))


def counts(summary, term):
    """Of each grade how many are surely of it, and how many may be."""
    return {
        row.variable_level: (row.stat_low, row.stat_high)
        for row in summary.rows
        if row.context == "adverse_event" and row.variable == term and row.stat_name == "n"
    }


COUNTED = [
    pytest.param([event(1, grade="1"), event(1, grade="3"), event(2, grade="2")], 2,
                 {"3": 1, "2": 1},
                 id="the worst grade of a subject counts, once"),
    pytest.param([event(1, "Nausea"), event(1, "NAUSEA", "4")], 1, {"4": 1},
                 id="capitals make no other term"),
    pytest.param([event(1), event(2, TRTEMFL="N"), event(3, TRTEMFL=None)], 1, {"2": 1},
                 id="only treatment-emergent records"),
    pytest.param([event(1, grade="GRADE 5"), event(2, grade="3.0")], 2, {"5": 1, "3": 1},
                 id="a grade in words, and one that was a number"),
    pytest.param([event(1, ATOXGR=None, AETOXGR="4")], 1, {"4": 1},
                 id="AETOXGR where ATOXGR is empty"),
    pytest.param([event(1, ATOXGRN=2, ATOXGR="Grade 2")], 1, {"2": 1},
                 id="the number before the text"),
    pytest.param([without(event(1, AETERM="Nausea"), "AEDECOD")], 1, {"2": 1}, id="AETERM alone"),
]  # fmt: skip


@pytest.mark.parametrize(("events", "any_grade", "grades"), COUNTED)
def test_each_subject_counts_once_by_its_worst_grade(tmp_path, events, any_grade, grades):
    found = counts(study(tmp_path, events).summary(), "Nausea")
    assert found["any grade"] == (any_grade, any_grade)
    of_grades = {each: found[each][0] for each in "12345" if found[each][1]}
    assert of_grades == grades


def test_the_denominator_is_the_safety_population(tmp_path):
    """Subjects 0 to 7 were not treated, and one of them has an event: 1 of 40, not 2 of 48."""
    subjects = [{**row, "SAFFL": "N" if n < 8 else "Y"} for n, row in enumerate(made.subjects())]
    summary = study(tmp_path, [event(3), event(9)], ADSL=subjects).summary()
    place = {"context": "adverse_event", "variable_level": "any grade"}
    assert summary.find("Nausea", "n", **place).stat == 1
    assert summary.find("Nausea", "N", **place).stat == 40
    assert summary.find("Nausea", "n", **place).subjects == ("T-009",)
    assert any("1 records of subjects who were not treated" in each for each in summary.methods)


def test_a_record_without_a_grade_may_be_of_any(tmp_path):
    summary = study(tmp_path, [event(1, grade=None), event(2, grade="3")]).summary()
    found = counts(summary, "Nausea")
    assert (found["any grade"], found["3"], found["5"]) == ((2, 2), (1, 2), (0, 1))
    assert any("a grade of 1 records" in each for each in summary.methods)


def test_no_event_at_all_is_a_count_of_none(tmp_path):
    """A table whose records all came before treatment: 0 of 48, not an empty table."""
    found = counts(study(tmp_path, [event(1, TRTEMFL="N")]).summary(), "Any adverse event")
    assert found["any grade"] == (0, 0)


def test_a_table_without_the_flag_says_so(tmp_path):
    summary = study(tmp_path, [without(event(1), "TRTEMFL")]).summary()
    assert counts(summary, "Nausea")["any grade"] == (1, 1)
    assert any("every record counts as treatment-emergent" in each for each in summary.methods)


WRONG = [
    pytest.param(event(1, grade="6"), "ADAE, record 2: ATOXGR is '6', no grade", id="grade 6"),
    pytest.param(event(1, grade="MILD"), "ATOXGR is 'MILD', no grade of CTCAE", id="severity"),
    pytest.param(event(99), "record 2: 'T-099' is no subject of ADSL", id="an unknown subject"),
    pytest.param(event(1, term=None), "record 2: no term (write AEDECOD or AETERM)", id="no term"),
    pytest.param(event(1, TRTEMFL="1"), "record 2: TRTEMFL is '1' (write Y, N", id="a flag of 1"),
]  # fmt: skip


@pytest.mark.parametrize(("row", "message"), WRONG)
def test_faults_of_adverse_events_are_named_one_a_root_fault(tmp_path, row, message):
    with pytest.raises(tl.InvalidFile) as raised:
        study(tmp_path, [event(0), row])
    (fault,) = raised.value.problems
    assert message in str(fault)


def test_adae_gives_the_numbers_of_the_case_files(tmp_path):
    """The same made-up study: adverse events of SDTM AE by case files, and as ADAE."""
    datasets = study_datasets(12, 3)
    (tmp_path / "cases").mkdir()
    for name, text in import_cases(datasets)[0].texts.items():
        (tmp_path / "cases" / f"{name}.yaml").write_text(text, encoding="utf-8")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        adam = derive_adam(datasets, {"preset": "admiral", "origin": "first_dose"}).datasets
    (tmp_path / "adam").mkdir()
    for name in ("ADSL", "ADTTE"):
        write_dataset(adam[name], tmp_path / "adam" / f"{name.lower()}.csv")
    names = ("STUDYID", "USUBJID", "AEDECOD", "AETOXGR")
    rows = [{name: row.get(name) for name in names} | {"TRTEMFL": "Y"}
            for row in datasets["AE"].rows()]  # fmt: skip
    write_dataset(rows, tmp_path / "adam" / "adae.csv", "ADAE")

    def numbers(folder):
        return {
            (row.variable, row.variable_level, row.stat_name): (row.stat, row.subjects)
            for row in tl.Cohort.of(tmp_path / folder).summary().rows
            if row.context == "adverse_event"
        }

    assert numbers("adam") == numbers("cases")
    assert len(numbers("adam")) > 100
