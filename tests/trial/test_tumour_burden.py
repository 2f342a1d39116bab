"""imRECIST and irRECIST from tables: the sum with the new lesions decides, and PD again confirms.

Expected values come from the published and the reviewed vectors, whose findings are written as rows
of TR here, and from the engine of case files on the same facts.
"""

from __future__ import annotations

import datetime
import json

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import timeline.trial as trial
from tests.rows import every_row
from tests.trial.test_derived_responses import (
    ADSL,
    ORIGIN,
    ROOT,
    date,
    derived,
    labels,
    lesion_row,
)
from timeline.core.span import Span
from timeline.endpoints.derived_case import derive as derive_case
from timeline.record.case import Case, LesionDeclaration
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.event_parts.lesion_sizes import lesion_size
from timeline.record.events import Scan, Treatment
from timeline.settings.response import Settings
from timeline.terminology.criteria import TERMS

BURDEN = {"imRECIST": "imrecist", "irRECIST": "irrecist"}
VECTORS = [
    each
    for name in ("house", "clinical", "contested")
    for each in json.loads((ROOT / "vectors" / f"{name}_vectors.json").read_text())["vectors"]
    if each["criteria"] in BURDEN
]
_STATES = {"CR": "ABSENT", "NON-CR/NON-PD": "PRESENT", "PD": "UNEQUIVOCAL"}


def rows_of(vector):
    """The findings of a vector as rows of TR: a target, a non-target and a new lesion."""
    base, rows = vector["input"]["baseline"], []
    points = [{"day": 0, **base, "nontarget": "NON-CR/NON-PD" if base["nontarget"] else None}]
    for point in (*points, *vector["input"]["timepoints"]):
        day, total = point["day"], point.get("target_sum")
        if not point.get("done", True):
            continue
        if base["target_sum"] is not None:
            rows.append(lesion_row(day, "TARGET", "T1", None if total == "NE" else total))
        if base["nontarget"]:
            rows.append(lesion_row(day, "NON-TARGET", "NT1", _STATES.get(point.get("nontarget"))))
        if "nlt_sum" in point:
            rows.append(lesion_row(day, "NEW", "N1", point["nlt_sum"]))
        elif point.get("new_lesions") or point.get("nl_resolved"):
            gone = point.get("nl_resolved")
            rows.append(lesion_row(day, "NEW", "N1", "ABSENT" if gone else "PRESENT"))
    return rows


@every_row("vector", VECTORS, ids=lambda each: f"{each['id']} {each['title']}")
def test_the_vectors_as_rows_of_lesions(vector):
    title, wanted = vector["criteria"], vector["expected"]
    letters = TERMS[title].prefix.upper()
    found = derived(rows_of(vector), criterion=BURDEN[title], settings=vector.get("settings", {}))
    if "responses" in wanted:
        done = [each.get("done", True) for each in vector["input"]["timepoints"]]
        expected = [each for each, was in zip(wanted["responses"], done, strict=True) if was]
        assert labels(found) == expected
    values = {
        row["PARAMCD"]: (row["AVALC"], row["ADT"])
        for row in found.parameters.to_arrow().to_pylist()
    }
    for key, code in (("bor", "BOR"), ("cbor", "CBOR")):
        if key in wanted:
            assert values[letters + code][0] == wanted[key], key
        if f"{key}_day" in wanted:
            assert values[letters + code][1] == ORIGIN + datetime.timedelta(wanted[f"{key}_day"])
    if "progression_day" in wanted:
        times = {row["PARAMCD"]: row for row in found.times.to_arrow().to_pylist()}
        pfs, day = times[f"{letters}PFS"], wanted["progression_day"]
        assert (None if pfs["CNSR"] else pfs["AVAL"]) == day


# ---- the same facts as a case file
@st.composite
def courses(draw):
    """Lengths of two lesions (the second a node), non-target states, and a new lesion by scan."""
    lengths = st.sampled_from((None, 0, 5, 10, 14, 18, 20, 24, 30, 36))
    scans = st.fixed_dictionaries({
        "sizes": st.tuples(lengths, lengths),
        "level": st.sampled_from(("CR", "NON-CR/NON-PD", "PD", "NE")),
        "new": st.sampled_from((None, None, None, 0, 6, 12, 20)),
        "gap": st.sampled_from((21, 28, 56)),
    })  # fmt: skip
    return draw(st.booleans()), draw(st.lists(scans, min_size=1, max_size=6))


def days_of(scans):
    day, found = 0, []
    for each in scans:
        day += each["gap"]
        found.append(day)
    return found


def case_of(non_targets, scans, title):
    def sizes(pair):
        return tuple(
            (name, lesion_size("not evaluated" if each is None else f"{each} mm"))
            for name, each in zip(("T1", "T2"), pair, strict=True)
        )

    def findings(each, first):
        found = {"lesions": sizes(each["sizes"])}
        if each["new"]:
            found["new_lesion_sizes"] = (("N1", lesion_size(f"{each['new']} mm")),)
        found["new"] = "lung" if first else "none"
        return found | ({"non_target": each["level"]} if non_targets else {})

    seen = [index for index, each in enumerate(scans) if each["new"]]
    base = {"non_target": "NON-CR/NON-PD"} if non_targets else {}
    events = (
        Scan(at=date(0), baseline=1, lesions=sizes((30, 20)), **base),
        Treatment(at=f"{date(0)}/..", line=1, drugs=(drug_dose("nivolumab"),)),
        *(
            Scan(at=date(day), line=1, **findings(each, seen[:1] == [index]))
            for index, (day, each) in enumerate(zip(days_of(scans), scans, strict=True))
        ),
    )
    case, problems = Case.of("one", events)
    assert case is not None, problems
    declared = (("T1", LesionDeclaration(organ="liver")), ("T2", LesionDeclaration(node=True)))
    found, problems = derive_case(
        attrs.evolve(case, lesions=declared), Settings.of({"also_judged_by": title})
    )
    assert found is not None, problems
    return found


def rows_of_course(non_targets, scans):
    rows = [lesion_row(0, "TARGET", "T1", 30), lesion_row(0, "TARGET", "T2", 20, node=True)]
    rows += [lesion_row(0, "NON-TARGET", "NT1", "PRESENT")] * non_targets
    for day, each in zip(days_of(scans), scans, strict=True):
        first, second = each["sizes"]
        rows += [lesion_row(day, "TARGET", "T1", first),
                 lesion_row(day, "TARGET", "T2", second, node=True)]  # fmt: skip
        if non_targets:
            rows.append(lesion_row(day, "NON-TARGET", "NT1", _STATES.get(each["level"])))
        if each["new"]:
            rows.append(lesion_row(day, "NEW", "N1", each["new"]))
    return rows


@pytest.mark.parametrize("title", BURDEN)
@settings(max_examples=12, deadline=None)
@given(course=courses())
def test_a_table_and_a_case_file_give_the_same(title, course):
    case = case_of(*course, title)
    found = derived(rows_of_course(*course), criterion=BURDEN[title])
    assert labels(found) == [each.label for each in case.status(title, 1)]
    letters = TERMS[title].prefix
    times = {row["PARAMCD"]: row for row in found.times.to_arrow().to_pylist()}
    for name, code in (("PFS", "PFS"), ("DoR", "RSD"), ("TTR", "TTR")):
        ours, theirs = times.get(letters.upper() + code), case.outcome(letters + name, 1)
        if theirs is None or theirs.days is None:
            assert ours is None or ours["CNSR"], name
        else:
            days, event = int(theirs.days.low), theirs.state == "event"
            assert (ours["AVAL"], ours["CNSR"] == 0) == (days, event), name


@pytest.mark.parametrize("title", BURDEN)
def test_no_time_is_censored_at_a_scan_that_is_disregarded(title):
    """A scan 21 days after the first PD is too early to confirm it: the EORTC FAQ disregards it.

    So it is no adequate assessment, at which times are censored (FDA 2018, Clinical Trial
    Endpoints, Appendix 3). The last one is that of day 112, and no response was seen until then.
    """
    grown = {"sizes": (30, 20), "level": "CR"}
    course = False, [{**grown, "new": None, "gap": 56}, {**grown, "new": 20, "gap": 56},
                     {**grown, "new": 20, "gap": 21}]  # fmt: skip
    case, letters = case_of(*course, title), TERMS[title].prefix
    assert [each.label for each in case.status(title, 1)][-1] == "-"
    found = derived(rows_of_course(*course), criterion=BURDEN[title])
    (row,) = (each for each in found.times.to_arrow().to_pylist()
              if each["PARAMCD"] == f"{letters.upper()}TTR")  # fmt: skip
    outcome = case.outcome(f"{letters}TTR", 1)
    assert outcome is not None
    assert outcome.state == "censored"
    assert (row["AVAL"], row["CNSR"], outcome.days) == (112, 1, Span.point(112))


# ---- responses as collected
COLLECTED = [
    pytest.param(["imPD", "imSD"], [1], (56, 0), id="one word for both: it counts as confirmed"),
    pytest.param(["imSD", "imPD", "NE", "imPD"], [2], (112, 0), id="only the first is named"),
    pytest.param(["imPD (unconfirmed)", "NE", "imPD"], [], (56, 0), id="confirmed by day 168"),
    pytest.param(["imPD (unconfirmed)", "imSD", "imSD"], [], (168, 1), id="void"),
    pytest.param(["imPD (unconfirmed)", "imSD", "imPD"], [3], (168, 0), id="void, then one word"),
]


@pytest.mark.parametrize(("words", "rows", "end"), COLLECTED)
def test_a_collected_progression_without_an_unconfirmed_one_is_named(words, rows, end):
    days = range(56, 56 * (len(words) + 1), 56)
    responses = {"USUBJID": ["A"] * len(words), "RSDTC": list(map(date, days)), "RSSTRESC": words}
    found = trial.derive(
        responses, subjects=ADSL, criterion="imrecist", severity={"never_unconfirmed": "take"}
    )
    assert [list(each.rows) for each in found.problems] == [rows] * bool(rows)
    times = {row["PARAMCD"]: row for row in found.times.to_arrow().to_pylist()}
    assert (times["IMPFS"]["AVAL"], times["IMPFS"]["CNSR"]) == end


def test_parts_of_a_response_do_not_tell_the_tumour_burden():
    responses = {"USUBJID": ["A"], "RSDTC": [date(56)], "TRGRESP": ["PR"]}
    with pytest.raises(ValueError, match=r"parts: not by imRECIST.*write overall or lesions"):
        derived([], responses, criterion="imrecist", settings={"response_from": "parts"})


def test_a_study_of_tables_by_imrecist_counts_its_words():
    """A: imPR of day 56 is the best: 1 of 1, of the treated and of the evaluable."""
    import timeline as tl

    responses = {"USUBJID": ["A"], "RSDTC": [date(56)], "RSSTRESC": ["imPR"]}
    cohort = tl.Cohort.of_tables(responses, subjects=ADSL, criterion="imRECIST")
    assert [row.stat for row in cohort.summary().rows
            if row.variable == "ORR" and row.stat_name == "n"] == [1, 1]  # fmt: skip
