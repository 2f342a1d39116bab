"""Liu 2025 read claim by claim: what is wrong is found, what is sound is left alone.

Each row gives the place, the claim, the rule that must find it, and the reason: the hand
arithmetic (months are days / 30.4375) or the other print. Nothing here comes from an audit.
"""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest

from tests.rows import every_row
from timeline.auditing import Conclusion, verdicts_by_rule
from timeline.files.loader import load

SEED = Path(__file__).parent.parent.parent / "seeds" / "liu2025.yaml"
ABSTRACT = "Abstract, results"
S21, S22, S23, S31, S32, S33 = (f"Section {n}" for n in ("2.1", "2.2", "2.3", "3.1", "3.2", "3.3"))
D1, D3, D4, D6, D7 = (f"Discussion, paragraph {number}" for number in (1, 3, 4, 6, 7))
ANTIBODY = "name the anti-PD-L1 antibody"
SEVERE = "TRAEs of grade 3–4"
ALONE = "PD-1 or PD-L1 antagonist alone (Banks 2022)"


def row(place: str, claim: str, rule: str, why: str):
    return pytest.param(place, claim, rule, id=f"{place} {claim}: {why}")


FOUND = [
    *(
        row(place, f"percent {SEVERE}: 42.2", "K01", "3/7 = 42.86; 42.2 needs 45 patients, 19/45")
        for place in (ABSTRACT, S33)
    ),
    *(
        row(place, f"{ANTIBODY}: envafolelimab", "C17", "no such drug; envafolimab at four places")
        for place in ("Title", "Citation line", "Abstract, objective", "Abstract, methods", D7,
                      "Discussion, paragraph 8")
    ),
    row(ABSTRACT, "percent SD: 66.6", "K06", "10/15 is 66.7 in Table 1"),
    row(ABSTRACT, "interval from diagnosis to short-term assessment: 12 weeks", "K35",
        "from the start of treatment in sections 2.2 and 3.2"),
    row(ABSTRACT, "name origin of the short-term assessment: diagnosis", "K35",
        "start of treatment in sections 2.2 and 3.2"),
    row(S21, "name route of envafolimab: intravenous", "C13", "it is given under the skin alone"),
    row(S31, "dose ifosfamide: 7.5 mg/m²/cycle", "C13", "5 to 12 g/m² a cycle: a factor of 1000"),
    row(S32, "median OS: 26 months", "K09", "25.5 at least, the longest follow-up 22.35 at most"),
    row(S33, "name treatment after an adverse event: neither changed nor interrupted", "K34",
        "discontinued by section 2.3"),
    row("Table 2", "count fatigue level IV: 2", "K32", "CTCAE 5.0 ends fatigue at grade 3"),
    row("Ethics statement", "name those studied with approval: animals", "C26", "patients in 2.1"),
    row("Funding", "name funding: none", "C26", "acquired by an author"),
    row(D4, "percent ORR (Italiano 2020): 7.3", "K40", "4/61 = 6.56, 5/61 = 8.20; 3/41, 4/55"),
    row(D6, "percent ORR (Jia 2024): 18.2", "K40", "8/47 = 17.0, 9/47 = 19.1; 8/44 = 18.18"),
    row(D6, "percent ORR (Newsheer 2022): 19.4", "K40", "11/60 = 18.3, 12/60 = 20.0; 7/36 = 19.44"),
    row(D6, "percent DCR (Newsheer 2022): 72.2", "K40", "43/60 = 71.7, 44/60 = 73.3; 26/36"),
    row("Introduction", "name subject of reference 1: local recurrence", "K41",
        "its title: the classification of 2013"),
    row(D3, "name subject of reference 14: CSCO guidelines", "K41", "its title: a consensus"),
    row(D4, "name subject of reference 18: meta-analysis", "K41", "its title: a review"),
    row(D4, "name year of reference 18: 2020", "K41", "the reference is of 2022"),
    row(D6, "name subject of reference 28: eribulin, anlotinib and camrelizumab", "K41",
        "its title: a disease of the skin"),
]  # fmt: skip
DOUBTED = [
    *(
        row(place, "percent SD: 66.6", "K02", "10/15 = 66.67: cut, not rounded")
        for place in (ABSTRACT, S32, D7)
    ),
    *(
        row(place, f"count {SEVERE}: three", "K31",
            "fatigue alone has 3, all rows 10: all ten events in the same three patients")
        for place in (ABSTRACT, S33)
    ),
    row(S22, "name event of PFS: progression", "K36", "death is no event: time to progression"),
    row(S32, "median OS: 26 months", "K10",
        "2022-04-01 to 2024-04-30 is 760 days, 24.97 months, or 27.1 of 28 days"),
    row(S32, "median OS: 26 months", "K11", "its upper limit 29.7, beyond 22.3 and 24.97"),
    row(S32, "median follow-up: 16.9 months", "K38",
        "22.35 x 30.4375 = 680 days at most; April 2022 to April 2024 are 702 at least"),
    row(S32, "median OS: 26 months", "K13", "4 of 8 at risk at least: 7 of 15 censored before"),
    row(S32, "median OS: 26 months", "K15", "(29.7 - 22.2)/3.92 = 1.9; 26 / 2 = 13 with 4 deaths"),
    row(D4, "percent ORR (Banks 2022): 15.1", "K40",
        "23/153 = 15.03, 24/153 = 15.69: only rounded up; 58/384 = 15.10"),
    row(D6, "percent DCR (Jia 2024): 75", "K40",
        "35/47 = 74.47, 36/47 = 76.60: only rounded up; 33/44 = 75.0"),
]  # fmt: skip


def ok(place: str, claim: str, why: str):
    return pytest.param(place, claim, id=f"{place} {claim}: {why}")


SOUND = [
    ok(ABSTRACT, "percent male: 46.7", "7/15 = 46.67"),
    ok(ABSTRACT, "percent female: 53.3", "8/15 = 53.33; 7 + 8 = 15; 46.7 + 53.3 = 100.0"),
    ok(ABSTRACT, "count female: eight", "7 + 8 = 15"),
    ok(ABSTRACT, "percent WDLPS: 20.0", "3/15; printed 20 in Table 1, the same"),
    ok(ABSTRACT, "percent DDLPS: 73.3", "11/15 = 73.33"),
    ok(ABSTRACT, "percent MLPS: 6.7", "1/15 = 6.67; 3 + 11 + 1 = 15; 20 + 73.3 + 6.7 = 100.0"),
    ok(ABSTRACT, "median age: 55 years", "whole, as of an odd number; in 41 to 75"),
    ok(ABSTRACT, "percent ORR: 6.7", "(0 + 1)/15"),
    ok(ABSTRACT, "percent PD: 26.7", "4/15 = 26.67; 0 + 6.7 + 66.6 + 26.7 = 100.0"),
    ok(ABSTRACT, "count PD: four", "0 + 1 + 10 + 4 = 15"),
    ok(ABSTRACT, "percent DCR: 73.3", "(0 + 1 + 10)/15 = 73.33"),
    ok(ABSTRACT, "median follow-up: 16.9 months", "between 4.1 and 22.3"),
    ok(ABSTRACT, "median PFS: 14.2 months", "below the longest follow-up, 22.3"),
    ok(ABSTRACT, "count patients with TRAEs: seven", "no row above 5, no fewer"),
    ok(ABSTRACT, "name most common TRAEs: fatigue", "5, 5, 4; the next has 3"),
    ok(ABSTRACT, "name most common TRAEs: liver function abnormalities", "5, as the table"),
    ok("Abstract, methods", "name criteria of response: RECIST 1.1", "as in section 2.2"),
    ok("Abstract, methods", "name grading of adverse events: CTCAE 5.0", "as in section 2.3"),
    ok("Abstract, conclusion", f"{ANTIBODY}: envafolimab", "the name of the drug"),
    ok(S21, f"{ANTIBODY}: envafolimab", "the name of the drug"),
    ok(S21, "dose anlotinib: 10 mg", "12 mg is usual, 10 and 8 on reduction"),
    ok(S21, "name route of anlotinib: oral", "a capsule"),
    ok(S21, "dose envafolimab: 200 mg", "150 to 600 mg have been given"),
    ok(S21, "schedule anlotinib: days 1–14", "within 21 days"),
    ok(S22, "name origin of PFS: start of treatment", "printed once"),
    ok(S22, "name event of OS: death from any cause", "as OS is defined"),
    ok(S22, "name definition of DCR: (CR + PR + SD)/total number of cases", "as usual"),
    ok(S22, "schedule imaging: every two treatment cycles", "2 x 3 weeks; 12 weeks is the second"),
    ok(S22, "name origin of the short-term assessment: start of treatment", "two of three places"),
    ok(S31, "count distant metastases: five", "4 + 6 + 5 = 15"),
    ok(S31, "count earlier liposarcoma surgery: 11", "6 + 5 came back; 11 + 4 = 15 in Table 1"),
    ok(S31, "count no earlier treatment: four", "4 + 3 + 4 + 4 = 15"),
    ok(S31, "count DDLPS: three", "3 of 3 with chemotherapy; 3 + 1 = 4 with radiotherapy"),
    ok(S31, "count MLPS: one", "3 + 1 = 4 with radiotherapy; 3 + 11 + 1 = 15"),
    ok(S31, "dose doxorubicin: 75 mg/m²/cycle", "usual with ifosfamide"),
    ok(S31, "dose radiotherapy: 45–50 Gy", "45/1.8 = 25, 50/2.0 = 25 fractions"),
    ok(S31, "median age: 55 years", "41 <= 55 <= 75"),
    ok("Table 1", "percent earlier anlotinib with radiotherapy: 26.7", "26.7 x 3 + 20 = 100.1"),
    ok("Table 1", "percent no earlier liposarcoma surgery: 26.7", "4/15"),
    ok("Table 1", "percent invasion of neighbouring organs: 66.7", "10/15 = 66.67"),
    ok("Table 1", "percent multiple lesions: 60", "9/15; 6 + 9 = 15"),
    ok("Table 1", "percent MDM2 positive: 93.3", "14/15; 3 + 11 = 14; no part of a whole"),
    ok("Table 1", "percent CDK4 positive: 93.3", "the same 14; 93.3 + 93.3 + 6.7 is no sum"),
    ok("Table 1", "percent FUS-DDIT3 positive: 6.7", "the one MLPS"),
    ok(S32, "percent PR: 9.1", "1/11 = 9.09"),
    ok(S32, "percent SD: 63.6", "7/11 = 63.64"),
    ok(S32, "percent PD: 27.3", "3/11 = 27.27; 9.1 + 63.6 + 27.3 = 100.0"),
    ok(S32, "count PD: three", "1 + 7 + 3 = 11"),
    ok(S32, "count SD: two", "2 + 1 = 3; left for the one MLPS: 10 - 7 - 2 = 1 SD, 4 - 3 - 1 = 0"),
    ok(S32, "median PFS: 14.2 months", "(11.1 + 17.4)/2 = 14.25; 17.4 below 22.3"),
    ok(S32, "count deaths: four", "of 15"),
    ok("Table 2", "total count abnormal liver function: 5", "2 + 1 + 1 + 1"),
    ok("Table 2", "total count hypertension: 5", "2 + 2 + 1 + 0"),
    ok("Table 2", "total count fatigue: 4", "1 + 0 + 1 + 2"),
    ok("Table 2", "total count gastrointestinal reaction: 3", "1 + 0 + 2 + 0"),
    ok("Table 2", "total count albuminuria: 2", "1 + 1; like two other rows by chance"),
    ok("Table 2", "total count hyperthyroidism: 0", "nobody"),
    ok("Table 2", "count albuminuria level IV: 0", "nobody has the grade that does not exist"),
    ok("Table 2", "count abnormal liver function level IV: 1", "a grade of liver enzymes"),
    ok("Table 2", "count pneumonia level I: 1", "a grade of pneumonitis"),
    ok(D1, "percent liposarcomas in the extremities (De Vita 2016): 41", "41 + 36 below 100"),
    ok(D3, "percent DCR (Li 2024): 67.5", "27/40; 1 PR + 26 SD = 27"),
    ok(D3, "median OS (Li 2024): 27.40 months", "above 6.83; another calendar"),
    ok(D3, "rate of PFS at 12 weeks (Chi 2018): 63",
       "8/13 = 61.5, 9/13 = 69.2: off a curve; above half, and 5.6 months are 24.4 weeks"),
    ok(D3, "median OS (Chi 2018): 13 months", "above 5.6"),
    ok(D3, "median PFS (Xu 2023): 12.5 months", "a subgroup; 9.1 of all"),
    ok(D3, "rate of PFS at 24 weeks (Li 2021): 58.8", "10/17 = 58.82; above half, 27.9 weeks"),
    ok(D3, "median PFS (Li 2021): 27.9 weeks", "above 24 weeks"),
    ok(D3, "OS (Li 2021): 56.6 weeks", "above 27.9"),
    ok(D4, "count PR (Tawbi 2017): 2", "of 10"),
    ok(D4, "rate of PFS at 12 weeks (Burgess 2019): 44", "below half, and 2 months are 8.7 weeks"),
    ok(D4, "percent ORR (Burgess 2019): 10", "no denominator printed; 4/39 would do"),
    ok(D4, f"percent {ALONE}: 39.8", "153/384 = 39.84"),
    ok(D6, "percent CR (Wu 2023): 3.5", "2/57 = 3.51"),
    ok(D6, "percent PR (Wu 2023): 22.8", "13/57 = 22.81"),
    ok(D6, "percent ORR (Wu 2023): 26.3", "15/57 = 26.32"),
    ok(D6, "percent DCR (Wu 2023): 80.7", "46/57 = 80.70"),
    ok(D6, "percent ORR (Guo 2022): 20.8", "5/24 = 20.83"),
    ok(D6, "percent DCR (Guo 2022): 83.3", "20/24 = 83.33"),
    ok(D6, "count SD (Zhou 2023): four", "3 + 4 = 7"),
    ok(D6, "dose anlotinib (Zhou 2023): 10 mg", "usual on reduction"),
    ok(D6, "dose epirubicin (Zhou 2023): 60 mg/m²", "usual"),
    ok(D6, "dose penpulimab (Zhou 2023): 200 mg", "usual"),
    ok(D6, "count MLPS (Newsheer 2022): five", "9 + 24 + 5 = 38"),
    ok(D6, "count liposarcoma (Newsheer 2022): 38", "of 60"),
    ok(D7, "percent PR: 6.7", "1/15"),
    ok(D7, "percent DCR: 73.3", "11/15"),
    *(
        ok(place, f"name subject of reference {number}: {subject}", "as its title")
        for place, number, subject in (
            (D3, 10, "anlotinib first line"),
            (D4, 16, "pembrolizumab in sarcoma"),
            (D4, 17, "SARC028 expansion"),
            (D6, 24, "eribulin, anlotinib and camrelizumab"),
            (D6, 27, "penpulimab, anlotinib and epirubicin"),
        )
    ),
    ok(D7, "word DCR: better", "73.3 against the 67.5 of anlotinib alone"),
]  # fmt: skip


@pytest.fixture(scope="module")
def verdicts():
    """The verdicts by place and claim: the rule, the conclusion and the words."""
    source, problems = load(SEED)
    assert not problems
    found: dict[tuple[str, str], list[tuple[str, Conclusion, str]]] = defaultdict(list)
    for verdict in verdicts_by_rule(None, source):
        words = " ".join((verdict.description, *verdict.notes))
        found[verdict.claim.place, str(verdict.claim)].append(
            (verdict.rule, verdict.conclusion, words)
        )
    return found


@pytest.mark.parametrize(("place", "claim", "rule"), FOUND)
def test_what_is_wrong_is_found_by_its_rule(verdicts, place, claim, rule):
    found = verdicts[place, claim]
    assert any(
        by == rule and conclusion is Conclusion.CONTRADICTED for by, conclusion, _ in found
    ), found


@pytest.mark.parametrize(("place", "claim", "rule"), DOUBTED)
def test_what_holds_at_an_extreme_alone_is_called_possible(verdicts, place, claim, rule):
    found = verdicts[place, claim]
    assert any(by == rule and conclusion is Conclusion.POSSIBLE for by, conclusion, _ in found), (
        found
    )


@every_row(("place", "claim"), SOUND)
def test_what_is_sound_is_left_alone(verdicts, place, claim):
    found = verdicts[place, claim]
    assert found, "no such claim"
    assert not [each for each in found if each[1] in (Conclusion.CONTRADICTED, Conclusion.POSSIBLE)]


@pytest.mark.parametrize(
    ("known", "calls"),
    [
        pytest.param(FOUND, (Conclusion.CONTRADICTED,), id="contradicted"),
        pytest.param(
            FOUND + DOUBTED, (Conclusion.CONTRADICTED, Conclusion.POSSIBLE), id="or possible"
        ),
    ],
)
def test_nothing_else_is(verdicts, known, calls):
    listed = {tuple(each.values[:2]) for each in known}
    called = {
        key: found
        for key, found in verdicts.items()
        if any(conclusion in calls for _, conclusion, _ in found) and key not in listed
    }
    assert not called


@pytest.mark.parametrize(
    ("place", "claim", "words"),
    [
        pytest.param(S33, f"percent {SEVERE}: 42.2", "42.9", id="one digit from 42.9 %"),
        pytest.param(D6, "percent ORR (Jia 2024): 18.2", "44", id="both of 44 patients"),
        pytest.param(D6, "percent DCR (Newsheer 2022): 72.2", "36", id="both of 36 patients"),
        pytest.param(S32, "median OS: 26 months", "24.97 months", id="the whole calendar"),
        pytest.param(D7, "percent SD: 66.6", "cutting", id="cut, not rounded"),
    ],
)
def test_the_verdict_names_what_would_reproduce_the_print(verdicts, place, claim, words):
    assert any(words in found for _, _, found in verdicts[place, claim])
