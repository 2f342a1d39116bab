"""Sound prints of Liu 2025, each changed by itself: the rule that must then speak, and why.

The other side of ``test_liu``: what is silent there is silent because it is sound, not because
nothing looks. The reasons are hand arithmetic; a print that stands at several places is changed
at each of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from timeline.auditing import Conclusion, verdicts_by_rule
from timeline.files.loader import load

SEED = Path(__file__).parent.parent.parent / "seeds" / "liu2025.yaml"
RESPONSE, ALL = "among: response, group", "group: all, n: 15"


def change(print_: str, to: str, rule: str, claim: str, why: str):
    return pytest.param(print_, to, rule, claim, id=f"{claim}: {why}")


CHANGED = [
    change("{count: eight, about: female", "{count: nine, about: female", "K04",
           "count female: nine", "7 + 9 = 16, of 15"),
    change("{count: six, about: local recurrence", "{count: seven, about: local recurrence", "K04",
           "count distant metastases: five", "4 + 7 + 5 = 16, of 15"),
    change("{percent: 53.3, about: female", "{percent: 52.3, about: female", "K01",
           "percent female: 52.3", "8/15 = 53.33"),
    change("male: [7 (46.7%)]", "male: [7 (44.7%)]", "K01", "percent male: 44.7", "7/15 = 46.67"),
    change(f"{{percent: 73.3, about: DCR, {ALL}}}", f"{{percent: 77.3, about: DCR, {ALL}}}", "K07",
           "percent DCR: 77.3", "(0 + 1 + 10)/15 = 73.33"),
    change(f"{{count: two, about: SD, {RESPONSE}: WDLPS",
           f"{{count: four, about: SD, {RESPONSE}: WDLPS", "K08",
           "count PD: one", "10 - 7 - 4 = -1 SD left for the one MLPS"),
    change("{count: 11, about: patients, group", "{count: 10, about: patients, group", "K08",
           "count patients: 10", "11 of 15 in the abstract"),
    change("hypertension: [2, 2, 1, 0, 5]", "hypertension: [2, 2, 1, 0, 6]", "K30",
           "total count hypertension: 6", "2 + 2 + 1 + 0 = 5"),
    change("{count: three, about: TRAEs", "{count: two, about: TRAEs", "K31",
           "count TRAEs of grade 3–4: two", "fatigue alone has 1 + 2 = 3"),
    change("{count: seven, about: patients with", "{count: four, about: patients with", "K31",
           "count patients with TRAEs: four", "two rows have 5 patients"),
    change("albuminuria: [1, 1, 0, 0, 2]", "albuminuria: [1, 0, 0, 1, 2]", "K32",
           "count albuminuria level IV: 1", "CTCAE 5.0 ends proteinuria at grade 3"),
    change("{name: fatigue, about: most", "{name: pneumonia, about: most", "K33",
           "name most common TRAEs: pneumonia", "2 patients; fatigue has 4"),
    change("ci: 11.1 to 17.4", "ci: 15.1 to 17.4", "K20", "median PFS: 14.2 months",
           "below its lower limit"),
    change("PFS: 14.2, unit", "PFS: 34.2, unit", "K21", "median OS: 26 months",
           "PFS is never longer than OS"),
    change("PFS: 14.2, unit", "PFS: 34.2, unit", "K10", "median PFS: 34.2 months",
           "34.15 months of 28 days are 956 days, of 760"),
    change("{date: April 2024, of: cut-off}", "{date: April 2025, of: cut-off}", "K10",
           "date of cut-off: April 2025", "received on 27 September 2024"),
    change("range: 41 to 75", "range: 56 to 75", "K46", "median age: 55 years", "below 56"),
    change("{follow-up: 16.9", "{follow-up: 26.9", "K46", "median follow-up: 26.9 months",
           "above the longest, 22.3"),
    change("{date: November 2023, of: end", "{date: March 2024, of: end", "K37",
           "interval from start of treatment to short-term assessment: 12 weeks",
           "2024-03-01 and 84 days is 2024-05-24, after April"),
    change("{dose: 10, unit: mg, about: anlotinib}", "{dose: 150, unit: mg, about: anlotinib}",
           "C13", "dose anlotinib: 150 mg", "more than ten times 12 mg"),
    change("{word: better", "{word: worse", "K43", "word DCR: worse", "73.3 is above 67.5"),
    change("{percent: 67.5, about: DCR", "{percent: 65.7, about: DCR", "K40",
           "percent DCR (Li 2024): 65.7", "27/40 = 67.5"),
    change("{percent: 26.3, about: ORR, study: Wu", "{percent: 28.3, about: ORR, study: Wu", "K40",
           "percent ORR (Wu 2023): 28.3", "(2 + 13)/57 = 26.32"),
    change("{percent: 20.8, about: ORR, study: Guo", "{percent: 21.8, about: ORR, study: Guo",
           "K40", "percent ORR (Guo 2022): 21.8", "5/24 = 20.83, 6/24 = 25"),
    change("{count: nine, about: WDLPS", "{count: eight, about: WDLPS", "K40",
           "count MLPS (Newsheer 2022): five", "8 + 24 + 5 = 37, of 38"),
    change("{count: 38, about: liposarcoma", "{count: 68, about: liposarcoma", "K40",
           "count liposarcoma (Newsheer 2022): 68", "of 60 patients"),
    change("{PFS: 27.9, unit: weeks", "{PFS: 20.9, unit: weeks", "K40",
           "rate of PFS at 24 weeks (Li 2021): 58.8", "above half: the median is later"),
]  # fmt: skip


@pytest.fixture(scope="module")
def contradicted():
    """The rules and claims that the seed is contradicted in, with some of its text changed."""

    def audited(path: Path) -> set[tuple[str, str]]:
        source, problems = load(path)
        assert not problems
        verdicts = verdicts_by_rule(None, source)
        return {
            (each.rule, str(each.claim))
            for each in verdicts
            if each.conclusion is Conclusion.CONTRADICTED
        }

    return audited


# Changes that leave a print as sound as it was, or make it so.
FITS = [
    pytest.param("{count: 153,", "{count: 163,", "163/410 = 39.76", id="another denominator"),
    pytest.param("26, unit: months, statistic", "22.2, unit: months, statistic",
                 "22.2 is within 22.3 months", id="within the follow-up"),
    pytest.param("{name: progression, about", "{name: progression or death, about",
                 "as PFS is defined", id="death is an event of PFS"),
    pytest.param("{percent: 18.2, about: ORR", "{percent: 19.1, about: ORR", "9/47 = 19.15",
                 id="a count of 47"),
]  # fmt: skip


@pytest.fixture(scope="module")
def as_printed(contradicted):
    return contradicted(SEED)


@pytest.mark.parametrize(("old", "new", "rule", "claim"), CHANGED)
def test_a_changed_print_is_found(contradicted, as_printed, tmp_path, old, new, rule, claim):
    text = SEED.read_text(encoding="utf-8")
    assert old in text
    changed = tmp_path / "liu2025.yaml"
    changed.write_text(text.replace(old, new), encoding="utf-8")
    assert (rule, claim) not in as_printed
    assert (rule, claim) in contradicted(changed)


@pytest.mark.parametrize(("old", "new", "why"), FITS)
def test_a_change_that_fits_is_no_finding(contradicted, as_printed, tmp_path, old, new, why):
    text = SEED.read_text(encoding="utf-8")
    assert old in text
    changed = tmp_path / "liu2025.yaml"
    changed.write_text(text.replace(old, new), encoding="utf-8")
    assert not contradicted(changed) - as_printed, why
