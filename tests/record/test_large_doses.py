"""Doses with a power of ten, and in cGy. 1 Gy is 100 cGy; a million is 10 to the power of 6."""

import pytest

import timeline as tl
from timeline.core.printed_numbers import parse_printed
from timeline.core.quantities import quantity
from timeline.record.event_parts.drug_doses import drug_dose
from timeline.record.event_parts.lesion_sizes import lesion_size

SIX_MILLION = ("6 × 10⁶ IU", "6x10^6 IU", "6*10**6 IU", "6e6 IU", "6 million IU", "6 MIU", "6 MU")
READ = {
    "interferon 9 million IU SC day 1": ("interferon", 9_000_000, "SC"),
    "interferon alfa 2b 3 MIU/day": ("interferon alfa 2b", 3_000_000, None),
    "interleukin-2 1.5 × 10⁶ IU/m²": ("interleukin-2", 1_500_000, None),
    "S-1 40 mg": ("S-1", 40, None),
}
REFUSED = {
    "interferon 6 × 106 IU": "an exponent that is not raised: .*write 10.6 if",
    "interferon 6·10⁶ IU": "a point before a power of ten",
}


@pytest.mark.parametrize("text", SIX_MILLION)
def test_six_million_units_in_every_form(text):
    assert quantity(text).exact == 6_000_000
    dose = drug_dose(f"interleukin-2 {text} SC").dose
    assert dose is not None
    assert dose.exact == 6_000_000


@pytest.mark.parametrize(("text", "expected"), READ.items())
def test_a_drug_with_a_large_dose(text, expected):
    read = drug_dose(text)
    assert (read.agent, read.dose.exact, read.route) == expected


@pytest.mark.parametrize(("text", "message"), REFUSED.items())
def test_a_power_of_ten_that_is_not_certain_is_refused(text, message):
    with pytest.raises(ValueError, match=message):
        drug_dose(text)


def test_a_power_of_ten_keeps_its_precision():
    number = parse_printed("6.0 × 10⁶")
    # 6.0 is 5.95 to 6.05
    assert (number.span.low, number.span.high) == (5_950_000, 6_050_000)
    assert quantity("4.5 × 10⁹/L").unit.name == "10⁹/L"  # a unit of its own
    assert lesion_size("12 mm").length == 12_000_000  # nanometres


CASE = """case: c
events:
  - {{radiotherapy: 2011-07, dose: {dose}, fractions: 30, dose-per-fraction: {one},
     printed: [{{dose: {printed}, unit: {unit}}}, {{dose: 2, unit: Gy/fraction}}]}}
"""


@pytest.mark.parametrize(
    ("dose", "one", "printed", "unit", "expected"),
    [
        ("60 Gy", "2 Gy", "5000", "cGy", "contradicted"),  # 50 Gy
        ("60 Gy", "2 Gy", "6000", "cGy", "agrees"),
        ("6000 cGy", "200 cGy", "60", "Gy", "agrees"),
        ("6000 cGy", "200 cGy", "66", "Gy", "contradicted"),
        ("6000 cGy", "2 Gy", "6000", "cGy", "agrees"),
    ],
)
def test_absorbed_doses_are_compared_in_one_unit(tmp_path, dose, one, printed, unit, expected):
    path = tmp_path / "c.yaml"
    path.write_text(CASE.format(dose=dose, one=one, printed=printed, unit=unit), encoding="utf-8")
    derived = tl.derive(tl.load_case(path))
    verdicts = tl.audit(derived, tl.load_report(path))
    found = {str(v.conclusion) for v in verdicts if v.rule == "C38" and v.claim.text == printed}
    assert found == {expected}
    # 60 Gy in 30 fractions are 2 Gy each
    each = {str(v.conclusion) for v in verdicts if v.rule == "C40"}
    assert each <= {"agrees"}
    assert each or dose != "60 Gy"
    assert dose in str(tl.load_case(path).events[0].dose)  # as written
