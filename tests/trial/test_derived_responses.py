"""Responses derived from lesions and from parts, by the rule tables that case files use.

Expected values come from the published vectors, from the peer's 66 responses of recist8 (the part
that is here), from arithmetic beside them, and from the engine of case files on the same facts.
"""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import attrs
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import timeline.trial as trial
from timeline.endpoints.derived_case import derive as derive_case
from timeline.record.case import Case, LesionDeclaration
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.event_parts.lesion_sizes import lesion_size
from timeline.record.events import Scan, Treatment
from timeline.settings.response import Settings

ROOT = Path(__file__).parents[1]
PILOT = ROOT / "data" / "trial" / "pilot"
VECTORS = json.loads((ROOT / "vectors" / "response_vectors.json").read_text())["vectors"]
ORIGIN = datetime.date(2024, 1, 10)
ADSL = {"USUBJID": ["A"], "RANDDT": [ORIGIN.isoformat()], "LSTALVDT": [None]}
COLUMNS = ("USUBJID", "TRSEQ", "TRGRPID", "TRLNKID", "TRTESTCD", "TRORRES", "TRSTRESC", "TRSTRESN",
           "TRSTRESU", "TRSTAT", "TULOC", "VISITNUM", "TRDTC")  # fmt: skip


def date(day):
    return (ORIGIN + datetime.timedelta(days=day)).isoformat()


def lesion_row(day, group, name, value, *, node=False, visit=None):
    """A row of TR: a length in mm, a state in capitals, or None where it was not done."""
    is_state = isinstance(value, str) and value != "TSTM"
    test = "TUMSTATE" if is_state or group == "NON-TARGET" else "LPERP" if node else "LDIAM"
    length = value if isinstance(value, int | float) else None
    return {
        "USUBJID": "A",
        "TRSEQ": None,
        "TRGRPID": group,
        "TRLNKID": name,
        "TRTESTCD": test,
        "TRORRES": "TOO SMALL TO MEASURE" if value == "TSTM" else None,
        "TRSTRESC": value if is_state else None,
        "TRSTRESN": length,
        "TRSTRESU": None if length is None else "mm",
        "TRSTAT": "NOT DONE" if value is None else None,
        "TULOC": "LYMPH NODE" if node else "LIVER",
        "VISITNUM": float(day if visit is None else visit),
        "TRDTC": date(day),
    }


def table(rows):
    """Rows as columns, numbered."""
    numbered = [{**row, "TRSEQ": n} for n, row in enumerate(rows, start=1)]
    return {name: [row[name] for row in numbered] for name in COLUMNS}


def derived(rows, responses=None, *, subjects=ADSL, **options):
    given_settings = {"response_from": "lesions", **options.pop("settings", {})}
    return trial.derive(
        responses, subjects=subjects, lesions=table(rows), settings=given_settings, **options
    )


def column(found, name):
    return found.to_arrow().column(name).to_pylist()


def labels(found):
    return [word or "-" for word in column(found.assessments, "AVALC")]


# ---- the published vectors, as tables of lesions
NOT_IN_TABLES = {"nlnt_increase", "nlnt_pd", "nontarget_increase", "symptomatic", "target_cr"}
STATES = {"CR": "ABSENT", "NON-CR/NON-PD": "PRESENT", "PD": "UNEQUIVOCAL", "NE": None}


def lesions_of_vector(vector):
    """The rows of TR that state the findings of a vector; None where TR cannot state them."""
    base, points = vector["input"]["baseline"], vector["input"]["timepoints"]
    if any(NOT_IN_TABLES & point.keys() for point in points):
        return None
    targets = base.get("targets") or {}
    if base.get("target_sum") is not None:
        targets = {"T1": {"mm": base["target_sum"], "node": False}}
    rows = [lesion_row(0, "TARGET", name, each["mm"], node=each.get("node", False))
            for name, each in targets.items()]  # fmt: skip
    if base.get("nontarget"):
        rows.append(lesion_row(0, "NON-TARGET", "NT1", "PRESENT"))
    news = 0
    for point in points:
        day, sizes = point["day"], dict(point.get("targets", {}))
        if point.get("done") is False:
            continue
        if base.get("target_sum") is not None:
            sizes["T1"] = point.get("target_sum")
        for name, each in targets.items():
            rows += target_rows(day, name, sizes.get(name), each.get("node", False))
        if base.get("nontarget"):
            rows.append(lesion_row(day, "NON-TARGET", "NT1", STATES[point.get("nontarget", "NE")]))
        count = point.get("new_lesions", 0)
        measured = "nlt_sum" in point and point["nlt_sum"] != "NE"
        if measured:
            rows.append(lesion_row(day, "NEW", "NEW0", point["nlt_sum"]))
            count -= not any(row["TRLNKID"] == "NEW0" for row in rows[:-1])
        for _ in range(count):
            news += 1
            rows.append(lesion_row(day, "NEW", f"NEW{news}", "PRESENT"))
        if point.get("nl_resolved"):
            rows += [lesion_row(day, "NEW", name, "ABSENT") for name in dict.fromkeys(
                row["TRLNKID"] for row in rows if row["TRGRPID"] == "NEW")]  # fmt: skip
        if point.get("equivocal_new") or point.get("confirms_equivocal"):
            state = "EQUIVOCAL" if point.get("equivocal_new") else "UNEQUIVOCAL"
            rows.append(lesion_row(day, "NEW", "NEWE", state))
    return rows


def target_rows(day, name, value, node):
    if value in (None, "NE"):
        return [lesion_row(day, "TARGET", name, None, node=node)]
    if value == "ABSENT":
        return [lesion_row(day, "TARGET", name, 0, node=node)]
    if isinstance(value, dict) and "merged" in value:
        return []
    return [lesion_row(day, "TARGET", name, value, node=node)]


def usable(vector):
    if vector["kind"] not in ("findings", "lesions") or "candidates" in vector["input"]:
        return False
    points = vector["input"]["timepoints"]
    sums = [point.get("target_sum") for point in points]
    merged = any(
        isinstance(each, dict) for point in points for each in point.get("targets", {}).values()
    )
    partial = any(isinstance(each, dict) for each in sums)
    return not merged and not partial and lesions_of_vector(vector) is not None


USABLE = [vector for vector in VECTORS if usable(vector)]


def test_most_vectors_of_findings_can_be_stated_as_tables():
    stated = [each for each in VECTORS if each["kind"] in ("findings", "lesions")]
    assert len(USABLE) >= 70, (len(USABLE), len(stated))


@pytest.mark.parametrize("vector", USABLE, ids=[each["id"] for each in USABLE])
def test_the_published_vectors(vector):
    immune = vector["criteria"] == "iRECIST"
    died = vector["input"].get("death_day")
    found = derived(
        lesions_of_vector(vector),
        subjects={**ADSL, "DTHDT": [None if died is None else date(died)]},
        criterion="irecist" if immune else "recist11",
        settings={"pfs_policy": "ema", **vector.get("settings", {})},
    )
    expected = vector["expected"]
    assert labels(found) == expected["responses"], found.explain("A")
    rows = {row["PARAMCD"]: row for row in found.parameters.to_arrow().to_pylist()}
    for key, code in (("bor", "BOR"), ("cbor", "CBOR")):
        if key in expected:
            word = {"MISSING": None}.get(expected[key], expected[key])
            assert rows[f"I{code}" if immune else code]["AVALC"] in (expected[key], word)
    times = {row["PARAMCD"]: row for row in found.times.to_arrow().to_pylist()}
    free = times["IPFS" if immune else "PFS"]
    if expected.get("progression_day") is not None:
        assert (free["AVAL"], free["CNSR"]) == (expected["progression_day"], 0)
    if "pfs_day" in expected:
        event = expected["pfs_event"] is not None
        assert (free["AVAL"], free["CNSR"] == 0) == (expected["pfs_day"], event)


# ---- the responses of the peer
def lesions_of_the_pilot():
    measured = pd.read_csv(PILOT / "tr_recist8.csv", dtype=str)
    identity = pd.read_csv(PILOT / "tu_recist8.csv", dtype=str)
    keys = ["USUBJID", "TREVAL", "TRLNKID"]
    site = identity.rename(columns={"TUEVAL": "TREVAL", "TULNKID": "TRLNKID"})
    site = site[[*keys, "TULOC"]].drop_duplicates()
    measured["TRSTRESN"] = measured["TRSTRESN"].astype(float)
    return measured.merge(site, on=keys)


@pytest.mark.parametrize(
    ("evaluator", "rows", "sums"),
    [
        # 90.37 mm at baseline: 34.65 + 22 + 33.33 by radiologist 1 is 89.98
        ("INVESTIGATOR", [3, 6, 9], None),
        ("INDEPENDENT ASSESSOR", [2, 4, 8], [90.37, 89.98, 90.37]),
    ],
)
def test_the_responses_of_the_peer_follow_from_its_lesions(evaluator, rows, sums):
    """Each reader has an own baseline and nadir; the accepted assessments count."""
    found = trial.derive(
        PILOT / "rs_recist8.csv",
        subjects=PILOT / "subjects.csv",
        lesions=lesions_of_the_pilot(),
        settings={"preset": "admiral", "response_from": "lesions"},
        evaluator=evaluator,
        severity={"different_response": "reject"},  # of the readers that are not accepted too
    )
    assert labels(found) == ["SD", "SD", "PD"] == column(found.assessments, "COLLECTED")
    own = [row for row in found.parameters.to_arrow().to_pylist() if row["PARAMCD"] == "OVR"]
    assert [row["SRCROW"] for row in own] == rows
    if sums:
        assert column(found.assessments, "BASE") == sums


# ---- by hand
def test_each_response_names_its_rules_and_its_rows():
    """60 mm, then 40 (-33 %) with a lesion too small to measure, then NE, then 24 from 15 mm."""
    found = derived([
        lesion_row(0, "TARGET", "T1", 40), lesion_row(0, "TARGET", "T2", 20),
        lesion_row(56, "TARGET", "T1", 35), lesion_row(56, "TARGET", "T2", "TSTM"),
        lesion_row(112, "TARGET", "T1", 10), lesion_row(112, "TARGET", "T2", None),
        lesion_row(168, "TARGET", "T1", 44), lesion_row(168, "TARGET", "T2", 4),
    ])  # fmt: skip
    assert labels(found) == ["PR", "NE", "PD"]
    assert column(found.assessments, "SUM") == [40, None, 48]
    assert column(found.assessments, "PARTSUM") == [None, 10, None]
    assert column(found.assessments, "NADIR") == [60, 40, 40]  # a partial sum is no nadir
    first, second, third = column(found.assessments, "RULE")
    assert "target response T6: -30 % from baseline (E09 4.3.1)" in first
    assert "1.7: target PR (E09 Table 1)" in first
    assert "target response T2: a target not assessed (E09 4.4.2)" in second
    assert "target response T4: +20 % and +5 mm from nadir (E09 4.3.1)" in third
    sources = found.sources.to_arrow().to_pylist()
    assert [(row["ASEQ"], row["SRCDOM"], row["SRCVAR"], row["SRCSEQ"], row["SRCROW"])
            for row in sources] == [
        (8, "TR", "TRSTRESN", 3, 3), (8, "TR", "TRSTRESN", 4, 4), (9, "TR", "TRSTRESN", 5, 5),
        (9, "TR", "TRSTRESN", 6, 6), (10, "TR", "TRSTRESN", 7, 7), (10, "TR", "TRSTRESN", 8, 8),
    ]  # fmt: skip
    assert "sum 40 mm, baseline 60 mm, nadir 60 mm; target response T6" in found.explain("A")


def test_a_lesion_that_proves_to_be_new_was_new_at_its_first_sight():
    """Eisenhauer 2009 4.3.5: progression is dated by the first sight, day 56."""
    found = derived([
        lesion_row(0, "TARGET", "T1", 30),
        lesion_row(56, "TARGET", "T1", 15), lesion_row(56, "NEW", "N1", "EQUIVOCAL"),
        lesion_row(112, "TARGET", "T1", 15), lesion_row(112, "NEW", "N1", "UNEQUIVOCAL"),
    ])  # fmt: skip
    assert labels(found) == ["PR", "PD"]
    assert column(found.assessments, "EVENTDT") == [None, ORIGIN + datetime.timedelta(days=56)]
    times = {row["PARAMCD"]: row for row in found.times.to_arrow().to_pylist()}
    assert (times["PFS"]["AVAL"], times["PFS"]["CNSR"]) == (56, 0)
    rows = {row["PARAMCD"]: row for row in found.parameters.to_arrow().to_pylist()}
    assert (rows["BOR"]["AVALC"], rows["RSP"]["AVALC"]) == ("PD", "N")  # PR came after it


def test_of_two_lesions_in_doubt_the_one_that_proves_to_be_new_dates_progression():
    """The first, of day 56, is gone on day 84; the second, of day 84 and 98, is new on day 112."""
    found = derived([
        lesion_row(0, "TARGET", "T1", 30),
        *(lesion_row(day, "TARGET", "T1", 30) for day in (56, 84, 98, 112)),
        lesion_row(56, "NEW", "N1", "EQUIVOCAL"), lesion_row(84, "NEW", "N1", "ABSENT"),
        lesion_row(84, "NEW", "N2", "EQUIVOCAL"), lesion_row(98, "NEW", "N2", "EQUIVOCAL"),
        lesion_row(112, "NEW", "N2", "PRESENT"),
    ])  # fmt: skip
    assert labels(found) == ["SD", "SD", "SD", "PD"]
    assert column(found.assessments, "EVENTDT")[3] == ORIGIN + datetime.timedelta(days=84)


@pytest.mark.parametrize(
    ("rows", "expected"),
    [
        pytest.param(
            [lesion_row(56, "TARGET", "T1.1", 6), lesion_row(56, "TARGET", "T1.2", 7)], 13 + 20,
            id="a lesion that split: its parts add up"),
        pytest.param(
            [lesion_row(56, "TARGET", "T1/T2", 38)], 38, id="two that grew together: one length"),
        pytest.param(
            [lesion_row(56, "TARGET", "T1", "ABSENT")], 20, id="a state in place of a length"),
        pytest.param(
            [lesion_row(56, "TARGET", "T1.1", 6), lesion_row(56, "TARGET", "T1.2", None)], None,
            id="a part that was not measured"),
    ],
)  # fmt: skip
def test_lesions_that_split_merge_or_are_gone(rows, expected):
    base = [lesion_row(0, "TARGET", "T1", 30), lesion_row(0, "TARGET", "T2", 20)]
    other = [] if any("/" in row["TRLNKID"] for row in rows) else [
        lesion_row(56, "TARGET", "T2", 20)]  # fmt: skip
    found = derived([*base, *rows, *other])
    assert column(found.assessments, "SUM") == [expected]


def test_rows_that_were_not_done_need_no_date():
    """As SDTMIG 3.4, 6.3.12.2, example 2: the visit has the date of its other rows."""
    rows = [lesion_row(0, "TARGET", "T1", 30), lesion_row(0, "TARGET", "T2", 20),
            lesion_row(56, "TARGET", "T1", 5), lesion_row(56, "TARGET", "T2", None)]  # fmt: skip
    rows[-1]["TRDTC"] = None
    assert labels(derived(rows)) == ["NE"]
    rows[-2]["TRDTC"] = None
    with pytest.raises(trial.InvalidTables, match="rows 3, 4, column TRDTC: no date, and none of"):
        derived(rows)


def test_a_visit_of_several_days_is_one_assessment():
    rows = [lesion_row(0, "TARGET", "T1", 30), lesion_row(0, "TARGET", "T2", 20),
            lesion_row(56, "TARGET", "T1", 15, visit=2),
            lesion_row(58, "TARGET", "T2", 10, visit=2)]  # fmt: skip
    for rule, day in (("last", 58), ("first", 56)):
        found = derived(rows, settings={"visit_date": rule})
        assert labels(found) == ["PR"]
        assert column(found.assessments, "ADT") == [ORIGIN + datetime.timedelta(days=day)]


@pytest.mark.parametrize(("rule", "days"), [("last", 59), ("first", 56), ("by_finding", 57)])
def test_the_day_of_a_progression_by_a_new_lesion(rule, days):
    """FDA 2018, Appendix 2: the day on which the new lesion was seen, the sum on its last day."""
    found = derived([
        lesion_row(0, "TARGET", "T1", 30), lesion_row(56, "TARGET", "T1", 30, visit=2),
        lesion_row(57, "NEW", "N1", "PRESENT", visit=2),
        lesion_row(59, "TARGET", "T2", None, visit=2),
    ], settings={"visit_date": rule})  # fmt: skip
    assert labels(found) == ["PD"]
    times = {row["PARAMCD"]: row for row in found.times.to_arrow().to_pylist()}
    assert (times["PFS"]["AVAL"], times["PFS"]["CNSR"]) == (days, 0)


# ---- the parts of a response
def parts(*points, **more):
    """Rows of RS: day, target, non-target, new lesions and, where it is given, overall."""
    rows = [
        (day, test, word)
        for day, *words in points
        for test, word in zip(("TRGRESP", "NTRGRESP", "NEWLIND", "OVRLRESP"), words, strict=False)
        if word
    ]
    return {
        "USUBJID": ["A"] * len(rows),
        "RSSEQ": list(range(1, len(rows) + 1)),
        "RSTESTCD": [test for _, test, _ in rows],
        "RSSTRESC": [word for *_, word in rows],
        "RSDTC": [date(day) for day, *_ in rows],
        **more,
    }


def of_parts(responses, **options):
    changes = {"response_from": "parts", **options.pop("settings", {})}
    return trial.derive(responses, subjects=ADSL, settings=changes, **options)


# Eisenhauer 2009, Tables 1 and 2
TABLES = [
    ("CR", "CR", "N", "CR"), ("CR", "NA", "N", "CR"), ("CR", "NON-CR/NON-PD", "N", "PR"),
    ("CR", "NE", "N", "PR"), ("PR", "NON-CR/NON-PD", "N", "PR"), ("SD", "NE", "N", "SD"),
    ("NE", "CR", "N", "NE"), ("PD", "CR", "N", "PD"), ("SD", "PD", "N", "PD"),
    ("PR", "CR", "Y", "PD"), ("NA", "CR", "N", "CR"), ("NA", "NON-CR/NON-PD", "N",
    "NON-CR/NON-PD"), ("NA", "NE", "N", "NE"), ("NA", "PD", "N", "PD"), ("NA", "CR", "Y", "PD"),
    ("SD", "SD", "N", "SD"),  # SDTMIG 3.4 writes SD of non-targets
]  # fmt: skip


@pytest.mark.parametrize(("target", "non_target", "new", "overall"), TABLES)
def test_the_tables_of_the_overall_response(target, non_target, new, overall):
    assert labels(of_parts(parts((60, target, non_target, new)))) == [overall]
    wide = {"USUBJID": ["A"], "RSDTC": [date(60)], "TRGRESP": [target], "NTRGRESP": [non_target],
            "NEWLIND": [new]}  # fmt: skip
    assert labels(of_parts(wide)) == [overall]


def test_sums_stand_beside_responses_from_parts():
    """Lesions that are given give sums; the response is that of the parts, with their rows."""
    rows = table([lesion_row(0, "TARGET", "T1", 30), lesion_row(50, "TARGET", "T1", 30),
                  lesion_row(56, "TARGET", "T1", 30)])  # fmt: skip
    found = of_parts(parts((56, "PR", "NA", "N")), lesions=rows)
    assert labels(found) == ["PR"]
    assert column(found.sums, "AVAL") == [30, 30, 30]
    assert column(found.sources, "SRCDOM") == ["RS"] * 3


def test_parts_by_irecist_may_be_those_of_recist():
    """Seymour 2017, Table 2: PD of RECIST 1.1 is iUPD, and iCPD of a target confirms it."""
    found = of_parts(parts((56, "PD", "NA", "N"), (98, "iCPD", "NA", "N")), criterion="irecist")
    assert labels(found) == ["iUPD", "iCPD"]


def test_an_equivocal_lesion_of_a_part_is_dated_by_its_first_sight():
    """SDTMIG 3.4, 6.3.9.3.1, example 2: EQUIVOCAL at week 6, UNEQUIVOCAL at week 12."""
    found = of_parts(parts((42, "PR", "CR", "EQUIVOCAL"), (84, "PR", "CR", "UNEQUIVOCAL")))
    assert labels(found) == ["PR", "PD"]
    assert column(found.assessments, "EVENTDT")[1] == ORIGIN + datetime.timedelta(days=42)


def test_a_collected_response_that_differs_is_a_finding_by_policy():
    table_of = parts((56, "SD", "NA", "N", "PR"), (112, "PD", "NA", "N", "PD"),
                     (168, "PD", "NA", "N", "SD"))  # fmt: skip
    message = "row 4, column RSSTRESC: overall response as collected and as derived: 'PR, SD'"
    with pytest.warns(trial.TrialWarning, match=message):
        found = of_parts(table_of)
    assert [each.kind for each in found.problems] == ["different_response"]  # after PD none
    with pytest.raises(trial.InvalidTables, match=message):
        of_parts(table_of, severity={"different_response": "reject"})
    assert not of_parts(parts((56, "SD", "NA", "N", "SD"))).problems


# ---- faults of the tables
def changed_row(row, **changes):
    return {**row, **changes}


BASE = [lesion_row(0, "TARGET", "T1", 30), lesion_row(0, "NON-TARGET", "N1", "PRESENT")]
LATER = [lesion_row(56, "TARGET", "T1", 30), lesion_row(56, "NON-TARGET", "N1", "PRESENT")]
FAULTS = [
    pytest.param([*BASE, *LATER, lesion_row(56, "NON-TARGET", "N2", "PRESENT")], "not_at_baseline",
                 "row 5, column TRLNKID: non-target lesions that the baseline does not have: 'N2'",
                 id="a non-target lesion that appears"),
    pytest.param([*BASE, *LATER, lesion_row(56, "TARGET", "T2", 12)], "not_at_baseline",
                 "row 5, column TRLNKID: targets that the baseline does not have: 'T2'",
                 id="a target that appears"),
    pytest.param([BASE[1], lesion_row(0, "TARGET", "T1", None), *LATER], "no_baseline",
                 "no complete baseline of the targets of 'A'", id="a target not measured"),
    pytest.param([*BASE, *LATER, lesion_row(56, "NEW", "X1", "PRESSENT")], "unknown_state",
                 "row 5, column TRSTRESC: no state of a lesion: 'PRESSENT' (write ABSENT",
                 id="a state that is none"),
    pytest.param([*BASE, *LATER, lesion_row(56, "NOVEL", "X1", "PRESENT")], "unknown_state",
                 "row 5, column TRGRPID: no group of lesions: 'NOVEL' (write TARGET, NON-TARGET",
                 id="a group that is none"),
    pytest.param([*BASE, *LATER, changed_row(lesion_row(56, "TARGET", "T1", 30), TRLNKID="T1")],
                 "duplicate_measurement", "rows 3, 5, column TRLNKID: two lengths of the lesion",
                 id="two lengths"),
    pytest.param([*BASE, changed_row(LATER[0], TRSTAT="NOT DONE"), LATER[1]], "contradiction",
                 "row 3, column TRSTAT: not done, and a length: '30'", id="not done, and a length"),
]  # fmt: skip


@pytest.mark.parametrize(("rows", "kind", "message"), FAULTS)
def test_faults_of_lesions_are_named(rows, kind, message):
    with pytest.raises(trial.InvalidTables) as raised:
        derived(rows, severity={kind: "reject"})
    assert [each.kind for each in raised.value.problems] == [kind]
    assert message in str(raised.value)


@pytest.mark.parametrize("length", [0, 0.5])
def test_targets_that_are_not_there_at_baseline_are_compared_with_nothing(length):
    """0 mm, or below 1 mm, which is a number in another unit."""
    rows = [lesion_row(0, "TARGET", "T1", length), lesion_row(56, "TARGET", "T1", 20)]
    assert labels(derived(rows, severity={"no_baseline": "take"})) == ["NE"]


def test_a_table_of_lesions_without_sites_is_refused():
    rows = table([*BASE, *LATER])
    del rows["TULOC"]
    with pytest.raises(trial.InvalidTables, match="no column TULOC, site of the lesion"):
        trial.derive(subjects=ADSL, lesions=rows, settings={"response_from": "lesions"})


def test_progression_counts_without_a_baseline():
    """Targets cannot be compared, but a non-target lesion has unequivocally progressed."""
    rows = [lesion_row(56, "TARGET", "T1", 30), lesion_row(56, "NON-TARGET", "N1", "PRESENT"),
            lesion_row(112, "TARGET", "T1", 90),
            lesion_row(112, "NON-TARGET", "N1", "UNEQUIVOCAL")]  # fmt: skip
    assert labels(derived(rows, severity={"no_baseline": "take"})) == ["NE", "PD"]


def test_a_collected_response_without_findings_is_no_assessment():
    """Day 112 has no row of lesions: it is named, and PD there is a claim (FDA 2018, table C)."""
    collected = {
        "USUBJID": ["A", "A"],
        "RSDTC": [date(56), date(112)],
        "RSSTRESC": ["SD", "PD"],
        "VISITNUM": [56.0, 112.0],
    }
    message = "row 2, column RSSTRESC: an overall response as collected, and no finding"
    found = {}
    for policy in ("fda_b", "fda_c"):
        with pytest.warns(trial.TrialWarning, match=message):
            result = derived([*BASE, *LATER], collected, settings={"pfs_policy": policy})
        assert labels(result) == ["SD"]
        times = {row["PARAMCD"]: row for row in result.times.to_arrow().to_pylist()}
        found[policy] = times["PFS"]["AVAL"], times["PFS"]["CNSR"]
    assert found == {"fda_b": (56, 1), "fda_c": (112, 0)}


# ---- the same facts as a case file
@st.composite
def courses(draw):
    """Lengths of two lesions (the second a node), non-target states and new lesions by scan."""
    lengths = st.sampled_from((None, 0, 4, 5, 9, 10, 12, 14, 18, 20, 24, 25, 30, 36))
    scans = st.fixed_dictionaries({
        "sizes": st.tuples(lengths, lengths),
        "level": st.sampled_from(("CR", "NON-CR/NON-PD", "PD", "NE")),
        "new": st.sampled_from((0, 0, 0, 1)),
    })  # fmt: skip
    return draw(st.booleans()), draw(st.lists(scans, min_size=1, max_size=5))


def labels_of_case(non_targets, scans, criterion):
    def sizes(pair):
        return tuple(
            (name, lesion_size("not evaluated" if each is None else f"{each} mm"))
            for name, each in zip(("T1", "T2"), pair, strict=True)
        )

    findings = [
        {
            "lesions": sizes(each["sizes"]),
            "new": "lung" if each["new"] else "none",
            **({"non_target": each["level"]} if non_targets else {}),
        }
        for each in scans
    ]
    base = {"non_target": "NON-CR/NON-PD"} if non_targets else {}
    events = (
        Scan(at=date(0), baseline=1, lesions=sizes((30, 20)), **base),
        Treatment(at=f"{date(1)}/..", line=1, drugs=(drug_dose("nivolumab"),)),
        *(Scan(at=date(56 * n), line=1, **each) for n, each in enumerate(findings, start=1)),
    )
    case, problems = Case.of("one", events)
    assert case is not None, problems
    declared = (("T1", LesionDeclaration(organ="liver")), ("T2", LesionDeclaration(node=True)))
    found, problems = derive_case(attrs.evolve(case, lesions=declared), Settings())
    assert found is not None, problems
    return [each.label for each in found.status(criterion, 1)]


@settings(max_examples=10, deadline=None)
@given(course=courses())
def test_a_table_and_a_case_file_give_the_same(course):
    non_targets, scans = course
    rows = [lesion_row(0, "TARGET", "T1", 30), lesion_row(0, "TARGET", "T2", 20, node=True)]
    rows += [lesion_row(0, "NON-TARGET", "NT1", "PRESENT")] * non_targets
    for n, each in enumerate(scans, start=1):
        first, second = each["sizes"]
        rows += [lesion_row(56 * n, "TARGET", "T1", first),
                 lesion_row(56 * n, "TARGET", "T2", second, node=True)]  # fmt: skip
        if non_targets:
            rows.append(lesion_row(56 * n, "NON-TARGET", "NT1", STATES[each["level"]]))
        if each["new"]:
            rows.append(lesion_row(56 * n, "NEW", f"N{n}", "PRESENT"))
    for criterion, title in (("recist11", "RECIST 1.1"), ("irecist", "iRECIST")):
        assert labels(derived(rows, criterion=criterion)) == labels_of_case(*course, title)


# ---- other criteria
@pytest.mark.parametrize("criterion", ["mrecist", "choi"])
def test_criteria_with_the_words_of_recist_give_its_parameters(criterion):
    """Collected responses in the same words: the same best response and the same times."""
    responses = {
        "USUBJID": ["A"] * 3,
        "RSDTC": [date(56), date(112), date(168)],
        "RSSTRESC": ["PR", "PR", "PD"],
    }
    one, other = (
        trial.derive(responses, subjects=ADSL, criterion=each) for each in ("recist11", criterion)
    )
    assert one.parameters.to_arrow().equals(other.parameters.to_arrow())
    assert one.times.to_arrow().equals(other.times.to_arrow())


def test_what_tables_of_lesions_do_not_tell_is_refused():
    rows = [lesion_row(0, "TARGET", "T1", 30), lesion_row(56, "TARGET", "T1", 10)]
    for criterion, message in (("mrecist", "write overall or parts"), ("choi", "write overall")):
        with pytest.raises(ValueError, match=message):
            derived(rows, criterion=criterion)
    found = of_parts(parts((56, "PR", "NA", "N")), criterion="mrecist")
    assert labels(found) == ["PR"]
    with pytest.raises(ValueError, match="no table of lesions"):
        trial.derive(subjects=ADSL, settings={"response_from": "lesions"})
    with pytest.raises(ValueError, match="response_from overall, and no table of responses"):
        trial.derive(subjects=ADSL, lesions=table(rows))
