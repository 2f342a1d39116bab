"""The verdicts that a careful reader of Wang 2023 and Jin 2025 would sign, by hand arithmetic.

Months are days / 30.4375. Bounds are earliest end less latest start, to latest end less
earliest start: Wang line 4, December 2021 to May 2022, is 2022-05-01 less 2021-12-31 = 121 days
to 2022-05-31 less 2021-12-01 = 181 days.
"""

from __future__ import annotations

from pathlib import Path

import attrs
import pytest

from tests.rows import every_row
from timeline.auditing import RULES, Conclusion, Evidence, Verdict, verdicts_by_rule
from timeline.endpoints.derived_case import derive
from timeline.files.loader import load
from timeline.record.case import Case
from timeline.record.events import Death, Diagnosis, LastContact, Scan, Surgery, Treatment
from timeline.report.claims import CLAIMS, Claim, Report

ROOT = Path(__file__).parent.parent.parent
AGREES, POSSIBLE, CONTRADICTED = Conclusion.AGREES, Conclusion.POSSIBLE, Conclusion.CONTRADICTED


@pytest.fixture(scope="module", params=["wang2023", "jin2025"])
def audited(request):
    """One report with its verdicts."""
    case, _ = load(ROOT / "cases" / f"{request.param}.yaml")
    source, _ = load(ROOT / "seeds" / f"{request.param}.yaml")
    reading, _ = derive(case)
    return request.param, verdicts_by_rule(reading, source)


# kind and print: days of the derivation, verdict. Every duration of the two reports is here.
DURATIONS = {
    ("wang2023", "PFS line 1: 4 months"): ((93, 152), POSSIBLE),
    ("wang2023", "PFS line 2: 8 months"): ((0, 242), POSSIBLE),
    ("wang2023", "PFS line 4: 8.4 months"): ((121, 181), CONTRADICTED),
    ("wang2023", "OS: over 60 months"): ((1523, 1909), POSSIBLE),
    ("wang2023", "interval from adjuvant-RT end to scan 2020-04: within 8 months"): (
        (306, 365),
        CONTRADICTED,
    ),
    ("wang2023", "interval from adjuvant-RT end to scan 2021-05: within 8 months"): (
        (701, 761),
        CONTRADICTED,
    ),
    ("wang2023", "interval from line 4 to scan 2022-02: 3 months"): ((32, 89), POSSIBLE),
    ("wang2023", "median interval from line 1 end to line 4: 14 months"): ((396, 456), POSSIBLE),
    ("wang2023", "interval from line 4 to scan 2022-08: more than 8 months"): (
        (213, 273),
        POSSIBLE,
    ),
    ("jin2025", "PFS line 1: about 16 months"): ((784, 784), CONTRADICTED),
    ("jin2025", "PFS line 1: 16 months"): ((784, 784), CONTRADICTED),
}
WRONG_DATES = {  # the legends against the text
    ("wang2023", "date panels A to F of Figure 3: September 2021"),
    ("wang2023", "date panels G to I of Figure 2: May 2022"),
    ("wang2023", "date panels P to T of Figure 3: May 2022"),
}


def test_every_duration_has_the_verdict_of_a_careful_reader(audited):
    name, verdicts = audited
    seen = set()
    for verdict in verdicts:
        if CLAIMS[verdict.claim.kind].needs[:1] == ("unit",) and verdict.rule in ("C01", "C27"):
            key = (name, str(verdict.claim))
            assert key in DURATIONS, "a duration without hand arithmetic"
            (low, high), conclusion = DURATIONS[key]
            assert verdict.conclusion is conclusion, verdict.description
            assert (verdict.outcome.days.low, verdict.outcome.days.high) == (low, high)
            seen.add(key)
    assert seen == {key for key in DURATIONS if key[0] == name}


def test_every_date_agrees_but_those_of_legends_that_the_text_contradicts(audited):
    name, verdicts = audited
    dates = [verdict for verdict in verdicts if verdict.claim.kind == "date"]
    assert dates
    for verdict in dates:
        wrong = (name, str(verdict.claim)) in WRONG_DATES
        assert verdict.conclusion is (CONTRADICTED if wrong else AGREES), verdict.description


@pytest.mark.parametrize("audited", ["wang2023"], indirect=True)
def test_the_february_scan_is_no_progression_whatever_the_legends_print(audited):
    _, verdicts = audited
    calls = {v.claim.text: v.conclusion for v in verdicts if v.claim.of == "scan 2022-02"
             and v.claim.kind == "response"}  # fmt: skip
    assert calls == {"PR": POSSIBLE, "PD": CONTRADICTED}


@pytest.mark.parametrize("audited", ["wang2023"], indirect=True)
def test_the_icpd_date_reproduces_wang_line_4(audited):
    _, verdicts = audited
    printed = ("C01", "PFS line 4: 8.4 months")
    found = [verdict for verdict in verdicts if (verdict.rule, str(verdict.claim)) == printed]
    assert found
    for verdict in found:
        best = verdict.explanations[0]
        assert "the iCPD date (2022-08)" in best.description
        assert (best.tier, best.days.low, best.days.high) == (1, 213, 273)
        assert "first iUPD that iCPD confirms (2022-05)" in verdict.description
        # 8.4 is 254.15 to 257.20 days, so 255 to 257: from 1 December, and from 31 December
        assert "an end from 2022-08-13 to 2022-09-14" in verdict.notes[-1]


@pytest.mark.parametrize("audited", ["jin2025"], indirect=True)
def test_the_verdict_on_jin_names_both_starts_and_the_censoring(audited):
    _, verdicts = audited
    own = [v for v in verdicts if (v.claim.kind, v.rule) == ("PFS", "C01")]
    assert len(own) == 3
    for verdict in own:
        sentence = " ".join((verdict.description, *verdict.notes))
        assert "784 days, 25.76 months" in sentence
        assert "602 days, 19.78 months" in sentence
        assert "censored" in sentence
        assert "a start at scan 2022-02-14" in verdict.explanations[0].description
        assert (verdict.explanations[0].tier, verdict.explanations[0].days.low) == (3, 480)


def test_without_a_case_no_time_is_checkable_and_the_reason_is_stated():
    claims = tuple(
        Claim(kind=kind, text=text, value=CLAIMS[kind].read(text), **keys)
        for kind, text, keys in (
            ("date", "May 2020", {"of": "line 1"}),
            ("interval", "3", {"unit": "months", "from_": "line 1", "to": "line 2"}),
        )
    )
    times = verdicts_by_rule(None, Report(name="s", claims=claims))
    assert len(times) == 2
    for verdict in times:
        if not verdict.rule:
            assert verdict.conclusion is Conclusion.NOT_CHECKABLE
            assert "no single patient" in verdict.description


def small(*extra) -> Case:
    """Line 1 from 2020-01-10; progression by a new lesion on 2020-06-10, 152 days later."""
    case, problems = Case.of(
        "small",
        (
            Diagnosis(at="2019-12-01"),
            Surgery(at="2019-12-20"),
            Scan(at="2020-01-05", baseline=1),
            Treatment(at="2020-01-10/2020-06-10", line=1, drugs="x"),
            Scan(at="2020-03-10", target="SD", new="none", called="PR"),
            Scan(at="2020-06-10", target="SD", new="liver"),
            *extra,
        ),
    )
    assert not problems
    return case


def verdict_of(kind: str, text: str, *extra, **keys):
    claim = Claim(kind=kind, text=text, value=CLAIMS[kind].read(text), **keys)
    reading, problems = derive(small(*extra))
    assert not problems
    return verdicts_by_rule(reading, Report(name="s", claims=(claim,)))[0]


@every_row(
    ("kind", "text", "keys", "conclusion", "description"),
    [
        pytest.param("PFS", "5.0", {"unit": "months"}, AGREES, "152 days, 4.99", id="to the digit"),
        pytest.param("PFS", "4.9", {"unit": "months"}, POSSIBLE, "152 days", id="cut, not rounded"),
        pytest.param("PFS", "4.8", {"unit": "months"}, CONTRADICTED, "152 days", id="no way"),
        pytest.param("PFS", "152", {"unit": "days"}, AGREES, "152 days", id="in days"),
        pytest.param("PFS", "21.7", {"unit": "weeks"}, AGREES, "152 days", id="152 / 7 = 21.71"),
        pytest.param("PFS", "over 6", {"unit": "months"}, CONTRADICTED, "4.99", id="not over 6"),
        pytest.param("PFS", "nearly 5", {"unit": "months"}, AGREES, "4.99", id="nearly 5"),
        pytest.param("OS", "over 60", {"unit": "months"}, Conclusion.NOT_CHECKABLE,
                     "beyond the follow-up on record", id="more follow-up than is on record"),
        pytest.param("PFS", "5", {"unit": "months", "line": 2}, Conclusion.NOT_CHECKABLE,
                     "line 2 is not in the case", id="a line that is not there"),
        pytest.param("TTNT", "5", {"unit": "months", "line": 1}, AGREES,
                     "no next treatment on record: censored", id="no next line: follow-up"),
        pytest.param("DoR", "5", {"unit": "months", "line": 1}, Conclusion.NOT_CHECKABLE,
                     "the case has no first response", id="no response, no duration"),
        pytest.param("iPFS", "5.0", {"unit": "months"}, AGREES, "first iUPD",
                     id="an iUPD never confirmed counts when nothing follows"),
        pytest.param("OS", "6.3", {"unit": "months"}, AGREES, "censored at the last event",
                     id="OS from diagnosis: 192 days"),
        pytest.param("interval", "19", {"unit": "days", "from_": "diagnosis", "to": "surgery"},
                     AGREES, "19 days", id="between two events"),
        pytest.param("interval", "19", {"unit": "days", "from_": "surgery", "to": "diagnosis"},
                     Conclusion.NOT_CHECKABLE, "before surgery", id="the wrong way round"),
        pytest.param("interval", "19", {"unit": "days", "from_": "surgery", "to": "moon"},
                     Conclusion.NOT_CHECKABLE, "no such event", id="no such event"),
        pytest.param("date", "20 December 2019", {"of": "surgery"}, AGREES, "2019-12-20", id="day"),
        pytest.param("date", "December 2019", {"of": "surgery"}, AGREES, "2019-12-20", id="month"),
        pytest.param("date", "January 2020", {"of": "surgery"}, CONTRADICTED, "2019-12-20",
                     id="another month"),
        pytest.param("response", "PD", {"of": "scan 2020-06-10"}, AGREES, "new lesions: liver",
                     id="response that the findings give"),
        pytest.param("response", "PR", {"of": "scan 2020-03-10"}, CONTRADICTED, "SD",
                     id="the authors' call is no evidence for itself"),
        pytest.param("response", "iUPD", {"of": "scan 2020-06-10"}, AGREES, "iUPD", id="immune"),
        pytest.param("response", "PD", {"of": "scan 2020-01-05"}, Conclusion.NOT_CHECKABLE,
                     "no findings", id="a baseline has no status"),
        pytest.param("response", "recurrence", {"of": "line 1"}, Conclusion.NOT_CHECKABLE,
                     "no category",
                     id="a word that is no category"),
        pytest.param("count", "7", {"about": "cycles"}, Conclusion.NOT_CHECKABLE, "no percentage",
                     id="none"),
    ],
)  # fmt: skip
def test_each_rule_contradicts_one_example_and_passes_another(
    kind, text, keys, conclusion, description
):
    verdict = verdict_of(kind, text, **keys)
    assert verdict.conclusion is conclusion, verdict.description
    assert description in verdict.description


def test_a_vague_date_is_possible_with_its_share():
    verdict = verdict_of("date", "7 March 2021", LastContact(at="2021-03"), of="last contact")
    assert (verdict.conclusion, verdict.share.denominator) == (POSSIBLE, 31)


def test_os_ends_with_death():
    verdict = verdict_of("OS", "305", Death(at="2020-10-01"), unit="days")
    assert (verdict.conclusion, verdict.outcome.state) == (AGREES, "event")


@pytest.mark.parametrize(
    ("text", "how"),
    [
        pytest.param("5.1", "a month of 30 days", id="152 / 30 = 5.07"),
        pytest.param("4.9", "further digits are cut", id="152 / 30.4375 = 4.994"),
        pytest.param("5.03", "both end days counted", id="153 / 30.4375 = 5.027"),
    ],
)
def test_a_print_by_another_convention_is_possible_and_names_it(text, how):
    verdict = verdict_of("PFS", text, unit="months")
    assert verdict.conclusion is POSSIBLE
    assert {each.tier for each in verdict.explanations} == {0}
    assert any(how in each.description for each in verdict.explanations)
    alone = "cut" in how  # few reports use it: another figure must need it
    sentence = "would need" if alone else "reproduced only by"
    assert any(sentence in note for note in verdict.notes)


def test_explanations_are_minimal_and_counted():
    """From diagnosis are 192 days, 6.31 months; no way of counting 152 days gives 6.3."""
    verdict = verdict_of("PFS", "6.3", unit="months")
    assert verdict.conclusion is CONTRADICTED
    assert verdict.tried > len(verdict.explanations)
    single = [each for each in verdict.explanations if each.changes == 1]
    assert any("a start at diagnosis" in each.description for each in single)
    for each in verdict.explanations:
        if each.changes > 1:
            assert not any(part.description in each.description for part in single)


def test_where_nothing_reproduces_it_that_is_said():
    verdict = verdict_of("PFS", "77.7", unit="months")
    assert verdict.explanations == ()
    assert any("none of" in note for note in verdict.notes)


BY_REPORT = {"test_audit.py", "test_wang_jin.py", "test_liu.py"}


def has_tests_of_its_own(rule: str) -> bool:
    """Whether a test file that is not about one report names the rule."""
    files = (ROOT / "tests" / "auditing").rglob("test_*.py")
    return any(f'"{rule}"' in each.read_text() for each in files if each.name not in BY_REPORT)


def test_every_rule_states_what_it_checks_and_its_examples_hold():
    found: dict[str, set[Conclusion]] = {}
    for name in ("wang2023", "jin2025"):
        case, _ = load(ROOT / "cases" / f"{name}.yaml")
        source, _ = load(ROOT / "seeds" / f"{name}.yaml")
        for verdict in verdicts_by_rule(derive(case)[0], source):
            found.setdefault(verdict.rule, set()).add(verdict.conclusion)
    for rule in RULES:
        for words in (rule.checks, rule.formula, rule.source, rule.example_fail, rule.example_ok):
            assert words
        if has_tests_of_its_own(rule.id):
            continue
        calls = found.get(rule.id, set())
        assert CONTRADICTED in calls, f"{rule.id} never fires"
        assert calls & {AGREES, POSSIBLE}, f"{rule.id} never lets anything pass"
    assert len({rule.id for rule in RULES}) == len(RULES)


def test_what_rules_share_is_worked_out_once_and_never_taken_for_that_of_another_report():
    worked: list[str] = []

    def work(evidence: Evidence) -> str:
        worked.append(evidence.report.name)
        return evidence.report.name

    named = Claim(kind="name", text="x", value="x")
    first = Evidence(report=Report(name="a", claims=()))
    verdict = Verdict(claim=named, conclusion=Conclusion.AGREES, description="", rule="C01")
    later = attrs.evolve(first, verdicts=(verdict,))
    assert (first.once(work), later.once(work)) == ("a", "a")
    assert worked == ["a"]
    assert attrs.evolve(later, report=Report(name="b", claims=())).once(work) == "b"
    assert worked == ["a", "b"]
    later.once(work, "C01")  # rests on a verdict that was not given before
    assert worked == ["a", "b", "a"]
