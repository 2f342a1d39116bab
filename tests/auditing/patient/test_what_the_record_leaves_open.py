"""Prints that the record confirms, contradicts, or only allows.

The days are counted beside each case.
"""

import pytest

from tests.auditing.patient.records import audited, of

AGREES, CONSISTENT, CONTRADICTED, NOT = "agrees", "consistent", "contradicted", "not checkable"
CASE = """
  - {biomarker: 2006, id: marker, name: PD-L1, assay: 22C3, result: TPS 100 %}
  - {scan: 2007-03-20, id: base, baseline: 1, lesions: {LL: 18 mm}}
  - {treatment: 2007-04-01/2007-06-30, line: 1, drugs: pazopanib 800 mg, cycles: 2}
  - {scan: 2007-06-01, id: later, line: 1, lesions: {LL: 8 mm}, called: PR}
  - {treatment: 2007-07-01/.., line: 2, id: first, drugs: imatinib 400 mg, cycles: 3}
  - {treatment: 2007-09-01/.., line: 2, id: second, drugs: imatinib 800 mg}
  - {surgery: 3 months after first start, id: resection}
  - {biopsy: "2 months after first start, before resection", id: check}
  - {surgery: "2008-09-20, 12 months after resection", id: again}
"""
LESIONS = "lesions: {LL: {organ: lung}}\n"
ROWS = (
    # a percentage of the marker on record
    ("percent: 100, of: marker, about: PD-L1 expression", "C38", AGREES),
    ("percent: 90, of: marker, about: PD-L1", "C38", CONTRADICTED),
    ("percent: 100, of: marker, about: PD-L1 in controls", "C38", None),
    # the number of cycles, whether or not their length is on record
    ("count: two, line: 1, about: cycles", "C12", AGREES),
    ("count: 3, line: 1, about: cycles", "C12", CONTRADICTED),
    ("count: 3, of: first, about: cycles", "C12", AGREES),  # of that regimen, which goes on
    ("count: 4, of: first, about: cycles", "C12", CONTRADICTED),
    # one lesion of 10 mm and of 11 mm: 10.5 mm alone rounds to both
    ("size: 18 mm, of: base, about: LL", "C39", AGREES),
    ("size: 19 mm, of: base, about: LL", "C39", CONTRADICTED),
    ("size: 1.8 cm, of: base, about: LL", "C39", AGREES),
    # two sizes in turn
    ("size: 18 to 8, unit: mm, of: later, about: LL", "C39", AGREES),
    ("size: 19 to 8, unit: mm, of: later, about: LL", "C39", CONTRADICTED),
    ("size: 18 to 7, unit: mm, of: later, about: LL", "C39", CONTRADICTED),
    ("size: 1.8 cm to 8 mm, of: later, about: LL", "C39", AGREES),
    # a change of a lesion that is not on record
    ("percent: 60, of: later, about: decrease of the right upper lobe mass", "C29", NOT),
    # the record counts the surgery from these 3 months
    ("interval: 3, unit: months, from: first, to: resection", "C27", CONSISTENT),
    # it has a date of its own: at most 370 days from 2007-09-16, at least 350 as stated
    ("interval: 12, unit: months, from: resection, to: again", "C27", AGREES),
    # an order beside the time is no date
    ("interval: 2, unit: months, from: first, to: check", "C27", CONSISTENT),
    ("size: to 8 mm, of: later, about: LL", "C39", AGREES),
    ("interval: 6, unit: months, from: first, to: resection", "C27", CONTRADICTED),
)


@pytest.mark.parametrize(("claim", "rule", "conclusion"), ROWS)
def test_what_the_record_gives(claim, rule, conclusion):
    found = of(rule, audited(CASE, f"- {{{claim}}}", LESIONS))
    assert [str(each.conclusion) for each in found] == ([conclusion] if conclusion else [])


def test_many_typing_errors_are_one_short_text():
    from timeline.auditing.comparison.typos import typo_explanations

    (first, *_) = typo_explanations("5", lambda _: True, "mm")
    # nine other digits: three are named, six counted
    assert first.description == "one digit (0 mm or 1 mm or 2 mm, or 6 other numbers)"


def test_a_treatment_without_a_line_has_an_interval():
    case = "  - {treatment: 2020-01-01/2020-07-01, setting: adjuvant, drugs: imatinib}\n"
    claims = """
- {ToT: 6, unit: months}
- {interval: 6, unit: months, from: adjuvant start, to: adjuvant end}
"""
    of_line, of_setting = audited(case, claims)
    assert "write interval: 6 months, from: adjuvant start, to: adjuvant end" in (
        of_line.description
    )
    # 2020-01-01 to 2020-07-01: 182 days, 5.98 months
    assert str(of_setting.conclusion) == AGREES


@pytest.mark.parametrize(
    ("progression", "conclusion"),
    [
        ("42 months after line 1 start", CONSISTENT),  # the printed figure itself
        ("2016-09-10, 42 months after line 1 start", AGREES),  # a date of its own: 1275 days
        ("2016-09-10", AGREES),
    ],
)
def test_a_time_counted_by_the_printed_figure_confirms_nothing(progression, conclusion):
    """From 2013-03-15 to 2016-09-10: 3 x 365 + 1 + 179 = 1275 days, 41.9 months."""
    events = f"""
  - {{treatment: 2013-03-15/2016-09-10, line: 1, drugs: pemetrexed}}
  - {{scan: "{progression}", line: 1, called: PD}}
"""
    found = of("C01", audited(events, "- {PFS: 42, unit: months, line: 1}"))
    assert [str(each.conclusion) for each in found] == [conclusion]
