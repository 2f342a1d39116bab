"""Under which criteria a line is derived, and what a claim by each of them is held against."""

from __future__ import annotations

import pytest

from timeline.auditing import audit, verdicts_by_rule
from timeline.auditing.comparison.compare import Conclusion
from timeline.endpoints.derived_case import derive
from timeline.record.case import Case
from timeline.record.events import LastContact, Scan, Treatment
from timeline.report.claims import Claim, Report
from timeline.settings.response import Settings
from timeline.terminology.endpoints import ENDPOINTS

RECIST, IRECIST = "RECIST 1.1", "iRECIST"


def reading(drugs="docetaxel", criterion="", called=(), also=(), second=""):
    """A line from 2020-01-01: baseline, SD, then +12 % (day 60) and a new lesion (day 121)."""
    events = [
        Scan(at="2019-12-28", baseline=1, sum="100 mm", density="60 HU"),
        Treatment(at="2020-01-01/", line=1, drugs=drugs, criterion=criterion),
        Scan(at="2020-03-01", sum="112 mm", density="60 HU", called=called),
        Scan(at="2020-05-01", sum="112 mm", density="60 HU", new="liver"),
        LastContact(at="2020-12-31"),
    ]
    if second:
        events.insert(4, Treatment(at="2020-06-01/", line=2, drugs=second))
        events.insert(5, Scan(at="2020-08-01", new="bone", line=2))
    case, problems = Case.of("c", tuple(events))
    assert not problems, problems
    found, problems = derive(case, Settings(also_judged_by=also))
    assert not problems, problems
    return found


@pytest.mark.parametrize(
    ("criteria", "expected"),
    [
        pytest.param({}, [RECIST], id="chemotherapy that nobody judged by iRECIST"),
        pytest.param({"drugs": ("doxorubicin", "ifosfamide")}, [RECIST], id="two of them"),
        pytest.param({"drugs": "imatinib"}, [RECIST], id="a kinase inhibitor"),
        pytest.param({"drugs": "pembrolizumab"}, [RECIST, IRECIST], id="a PD-1 antibody"),
        pytest.param({"drugs": ("AK105", "anlotinib")}, [RECIST, IRECIST], id="by another name"),
        pytest.param({"drugs": ("carboplatin", "cemiplimab")}, [RECIST, IRECIST], id="beside"),
        pytest.param({"drugs": "study drug"}, [RECIST, IRECIST], id="the drug is not named"),
        pytest.param({"drugs": "not stated"}, [RECIST], id="nothing is known of the drugs"),
        pytest.param({"drugs": "unknown"}, [RECIST], id="nor here"),
        pytest.param({"criterion": IRECIST}, [RECIST, IRECIST], id="the line names it"),
        pytest.param({"criterion": RECIST}, [RECIST], id="the line names RECIST 1.1"),
        pytest.param({"criterion": "Choi"}, [RECIST, "Choi"], id="the line names Choi"),
        pytest.param({"criterion": "imRECIST", "drugs": "nivolumab"},
                     [RECIST, IRECIST, "imRECIST"], id="both"),
        pytest.param({"called": "iUPD"}, [RECIST, IRECIST], id="the authors called iUPD"),
        pytest.param({"called": "irPR"}, [RECIST, "irRECIST", "irRC"],
                     id="the authors called irPR, a word of two criteria"),
        pytest.param({"called": "PD"}, [RECIST], id="PD is a word of several criteria"),
        pytest.param({"also": ("mRECIST",)}, [RECIST, "mRECIST"], id="asked for"),
    ],
)  # fmt: skip
def test_the_criteria_of_a_line(criteria, expected):
    found = reading(**criteria)
    assert list(found.criteria[1]) == expected
    assert list(dict.fromkeys(each.criterion for each in found.statuses)) == expected
    for row in (row for row in ENDPOINTS if row.by_criterion):
        titles = [o.criterion for o in found.outcomes if o.endpoint == row.name and o.is_primary]
        assert titles == expected, row.name


def claim(kind, text, **more):
    return Claim(kind=kind, text=text, value=printed(text), unit="days", line=1, **more)


def printed(text):
    from timeline.core.printed_numbers import parse_printed as read_number

    return read_number(text)


# day 60 is the first scan (31 + 29), day 121 the second (60 + 31 + 30)
@pytest.mark.parametrize(
    ("criteria", "claim_text", "conclusion", "description"),
    [
        pytest.param({"criterion": "Choi"}, claim("PFS", "60", criterion="Choi"), "agrees", "",
                     id="Choi: +10 % is progression"),
        pytest.param({"criterion": "Choi"}, claim("PFS", "60"), "agrees", "",
                     id="the criterion of the line"),
        pytest.param({"criterion": "Choi"}, claim("PFS", "121", criterion=RECIST), "agrees", "",
                     id="RECIST 1.1 stands beside it"),
        pytest.param({"criterion": "Choi"}, claim("PFS", "121", criterion="Choi"),
                     "contradicted", "", id="and is not taken for it"),
        pytest.param({}, claim("PFS", "60", criterion="Choi"), "not checkable",
                     "criterion: Choi on the line, or --criterion Choi", id="Choi not derived"),
        pytest.param({}, claim("iPFS", "121"), "not checkable", "--criterion iRECIST",
                     id="iPFS on chemotherapy"),
        pytest.param({"also": (IRECIST,)}, claim("iPFS", "121"), "agrees", "", id="asked for"),
        pytest.param({"drugs": "nivolumab"}, claim("iTTP", "121"), "agrees", "", id="iTTP"),
        pytest.param({"criterion": "imRECIST"}, claim("imPFS", "60"), "contradicted", "at least",
                     id="a new lesion without size is no progression by imRECIST"),
        pytest.param({}, claim("PFS", "60", criterion="RECIST 1.0"), "not checkable",
                     "criterion: RECIST 1.0 on the line", id="RECIST 1.0 not derived"),
        pytest.param({}, claim("PFS", "60", criterion="Macdonald"), "not checkable",
                     "this version does not know the criterion Macdonald",
                     id="one that no rule knows"),
        pytest.param({}, claim("PFS", "121", criterion="RECIST"), "agrees", "",
                     id="RECIST without its version is RECIST 1.1"),
    ],
)  # fmt: skip
def test_a_claim_is_judged_by_the_criterion_that_it_names(
    criteria, claim_text, conclusion, description
):
    source = Report(name="s", claims=(claim_text,))
    verdicts = [
        v for v in verdicts_by_rule(reading(**criteria), source, ()) if v.rule in ("C01", "")
    ]
    assert [each.conclusion for each in verdicts] == [Conclusion(conclusion)]
    assert description in verdicts[0].description


# The line progresses on day 121 by RECIST 1.1; no time of another criterion is compared with that.
# A diameter that grows by 12 % is a product that grows by 25 % (1.12 x 1.12 = 1.254): by WHO 1979
# day 60 may be a progression, which a sum in mm does not tell.
STATED = [
    ("RECIST", claim("PFS", "121"), "agrees", "RECIST without a version is taken for RECIST 1.1"),
    ("RECIST", claim("PFS", "60"), "contradicted", "RECIST without a version"),
    ("RECIST 1.0", claim("PFS", "121"), "agrees", "RECIST 1.0 is provisional"),
    ("RECIST 1.0", claim("PFS", "60"), "contradicted", "RECIST 1.0 is provisional"),
    ("WHO", claim("PFS", "60"), "not checkable", "its sum is in mm"),
    ("Macdonald", claim("PFS", "121"), "not checkable", "was assessed by Macdonald, of which"),
    ("Macdonald", claim("PFS", "60"), "not checkable", "are not checkable"),
    ("Macdonald", claim("PFS", "121", criterion=RECIST), "agrees", "Macdonald"),
    ("RECIST 1.1", claim("PFS", "121"), "agrees", ""),
]


@pytest.mark.parametrize(("criterion", "printed_time", "conclusion", "remark"), STATED)
def test_a_criterion_as_the_report_states_it(criterion, printed_time, conclusion, remark):
    found = reading(criterion=criterion)
    verdicts = [
        v
        for v in verdicts_by_rule(found, Report(name="s", claims=(printed_time,)), ())
        if v.rule in ("C01", "")
    ]
    assert [each.conclusion for each in verdicts] == [Conclusion(conclusion)]
    remarks = " ".join(each.what for each in found.remarks)
    assert remark in remarks
    assert bool(remark) is any(
        each in remarks
        for each in ("RECIST without a version", "was assessed by", "is provisional")
    )
    judges = {"RECIST 1.0": ["RECIST 1.0"], "WHO": ["WHO 1979"]}
    assert list(found.criteria[1]) == [RECIST, *judges.get(criterion, [])]


@pytest.mark.parametrize(
    ("criterion", "word", "conclusion"),
    [
        ("Macdonald", "PD", "not checkable"),
        ("RECIST", "PD", "agrees"),
        ("RECIST 1.0", "PD", "agrees"),  # a new lesion
        ("WHO", "PD", "agrees"),
    ],
)
def test_a_response_by_a_criterion_that_is_not_derived_is_not_checkable(
    criterion, word, conclusion
):
    called = Claim(kind="response", text=word, value=word, of="scan 2020-05-01")
    (verdict,) = audit(reading(criterion=criterion), Report(name="s", claims=(called,)))
    assert verdict.conclusion == Conclusion(conclusion)


def test_no_response_is_contradicted_by_a_size_that_its_criterion_cannot_sum():
    called = Claim(kind="response", text="PD", value="PD", of="scan 2020-03-01")
    (verdict,) = audit(reading(criterion="WHO"), Report(name="s", claims=(called,)))
    assert verdict.conclusion == Conclusion.NOT_CHECKABLE
    assert "sum of products of diameters" in verdict.description


def test_a_line_of_chemotherapy_after_one_by_irecist_is_read_by_recist():
    """PFS2 by iRECIST runs to the progression of line 2, day 213, whoever judges it there."""
    found = reading(drugs="nivolumab", second="docetaxel")
    assert found.criteria == {1: (RECIST, IRECIST), 2: (RECIST,)}
    outcome = found.outcome("iPFS2", 1)
    assert (outcome.days.low, outcome.days.high, outcome.state) == (213, 213, "event")
    assert "RECIST 1.1, line 2" in outcome.end.description


@pytest.mark.parametrize(
    ("name", "line", "criterion", "key"),
    [
        ("PFS", 1, None, ("PFS", RECIST)),
        ("iPFS", 1, None, ("PFS", IRECIST)),
        ("PFS", 1, IRECIST, ("PFS", IRECIST)),
        ("PFS by Choi", 1, None, None),
        ("OS", 1, IRECIST, ("OS", "")),
        ("iDoR", 1, None, ("DoR", IRECIST)),
    ],
)
def test_old_names_of_an_outcome_find_it(name, line, criterion, key):
    found = reading(drugs="nivolumab").outcome(name, line, criterion)
    assert (found and (found.endpoint, found.criterion)) == key
