"""What an oncologist writes first: it is read, or the message shows the line to write.

Expected values are what the words mean in a prescription or a report; no row repeats an output.
"""

from __future__ import annotations

import re
from datetime import date
from fractions import Fraction

import pytest
import yaml

import timeline as tl
from renderers.text.events import visited
from tests.situations.records import record
from timeline.core.calendar.dates import format_day
from timeline.core.calendar.durations import days_per
from timeline.core.data_tables import data_rows
from timeline.endpoints.lines_of_therapy import LineStatus, count_regimens
from timeline.files.claim_nodes import read_report
from timeline.files.entry_words import key_advice, kind_advice
from timeline.files.yaml.yaml_nodes import ProblemLog
from timeline.record.events import KINDS, Diagnosis, Lab, Scan, Surgery, Toxicity, Treatment, Visit
from timeline.terminology.drug_names import regimens

LINE = "treatment: 2020-02/2020-06, line: 1, drugs: cisplatin"


def _line(tmp_path, rest):
    found, problems = record(tmp_path, f"treatment: 2020-02/2020-06, line: 1, {rest}")
    assert not problems, problems
    return found.case.all_of(Treatment)[0], found.remarks


@pytest.mark.parametrize(
    ("drugs", "agents"),
    [
        ("carboplatin + paclitaxel", ["carboplatin", "paclitaxel"]),
        ("carboplatin and paclitaxel", ["carboplatin", "paclitaxel"]),
        ("carboplatin/paclitaxel", ["carboplatin", "paclitaxel"]),
        ("'carboplatin AUC 5 IV day 1, paclitaxel 175 mg/m²'", ["carboplatin", "paclitaxel"]),
        ("pembrolizumab plus lenvatinib", ["pembrolizumab", "lenvatinib"]),
        ("FOLFIRI + bevacizumab", ["FOLFIRI", "bevacizumab"]),
        ("[cisplatin and gemcitabine, durvalumab]", ["cisplatin", "gemcitabine", "durvalumab"]),
        # one drug, or what follows is no drug: nothing is divided
        ("gemcitabine 1000 mg/m² IV days 1 and 8", ["gemcitabine"]),
        ("trifluridine/tipiracil", ["trifluridine/tipiracil"]),
        ("study drug and placebo", ["study drug and placebo"]),
        ("interferon alfa-2b", ["interferon alfa-2b"]),
    ],
)
def test_drugs_in_one_text(tmp_path, drugs, agents):
    line, _ = _line(tmp_path, f"drugs: {drugs}")
    assert [each.agent for each in line.drugs] == agents


@pytest.mark.parametrize(
    ("text", "agent", "route", "days"),
    [
        # each as prescriptions write it; CDISC, codelist ROUTE, has one term for each
        ("capecitabine PO", "capecitabine", "oral", None),
        ("capecitabine p.o.", "capecitabine", "oral", None),
        ("'capecitabine, PO'", "capecitabine", "oral", None),
        ("capecitabine per os", "capecitabine", "oral", None),
        ("capecitabine orally days 1-14", "capecitabine", "oral", "days 1-14"),
        ("oral capecitabine", "capecitabine", "oral", None),
        ("trastuzumab intravenously", "trastuzumab", "IV", None),
        ("trastuzumab (s.c.)", "trastuzumab", "SC", None),
        ("nivolumab 3 mg/kg every 2 weeks IV", "nivolumab", "IV", "every 2 weeks"),
        ("IMM-101 intradermally", "IMM-101", "intradermal", None),
        # no route: letters within a name, and an infusion, which may be into an artery
        ("IM-101", "IM-101", None, None),
        ("cisplatin hepatic arterial infusion", "cisplatin hepatic arterial infusion", None, None),
    ],
)
def test_a_route_is_no_part_of_the_name(tmp_path, text, agent, route, days):
    drug = _line(tmp_path, f"drugs: {text}")[0].drugs[0]
    assert (drug.agent, drug.route, drug.days) == (agent, route, days)


def test_a_route_alone_is_no_drug(tmp_path):
    _, problems = record(tmp_path, f"{LINE.replace('cisplatin', '[cisplatin, PO]')}")
    assert "a route without a drug: 'PO' (write it after the name" in problems[0].what


def test_a_drug_named_twice_is_one_drug(tmp_path):
    line, remarks = _line(tmp_path, "drugs: [trastuzumab SC, Trastuzumab, cisplatin]")
    assert line.regimen.lower().count("trastuzumab") == 1
    assert [each.what for each in remarks if "is named twice in the drugs" in each.what]


@pytest.mark.parametrize("cycle", ["q3w", "Q3W", "q21d", "every 3 weeks", "21-day", "3-weekly"])
def test_a_cycle_of_three_weeks(tmp_path, cycle):
    line, _ = _line(tmp_path, f"drugs: cisplatin, cycle: {cycle}")
    assert line.cycle.exact == 21


@pytest.mark.parametrize("cycles", ["6", "6 cycles", "six courses", "x 6", "x6"])
def test_six_cycles(tmp_path, cycles):
    line, _ = _line(tmp_path, f"drugs: cisplatin, cycles: {cycles}")
    assert line.cycles == 6


@pytest.mark.parametrize(
    ("stop", "means"),
    [
        ("PD", "progression"),
        ("disease progression", "progression"),
        ("adverse events", "toxicity"),
        ("completion", "completed"),
        ("patient preference", "choice"),
        ("died", "death"),
        ("recurrence", "progression"),
        ("DISEASE RELAPSE", "progression"),  # CDISC, codelist NCOMPLT
        ("WITHDRAWAL BY SUBJECT", "choice"),  # the same
    ],
)
def test_why_a_line_ended(tmp_path, stop, means):
    line, _ = _line(tmp_path, f"drugs: cisplatin, stop: {stop}")
    assert line.stop == means


@pytest.mark.parametrize(
    ("stop", "advice"),
    [
        # RECIST 1.1, 4.3.4: no objective progression; and it is no adverse event of the drug
        ("deterioration", "write other, and note: symptomatic deterioration"),
        ("clinical deterioration", "write other, and note: symptomatic deterioration"),
        ("lack of efficacy", "write progression where the report states it, else other"),
        ("lost to follow-up", "write an entry {lost to follow-up: ..}"),
    ],
)
@pytest.mark.parametrize("entry", ["treatment: 2020-02/2020-06, line: 1, drugs: cisplatin, stop",
                                   "dose held: 2020-03, line: 1, reason"])  # fmt: skip
def test_a_reason_that_may_be_several_has_the_word_to_write(tmp_path, entry, stop, advice):
    _, problems = record(tmp_path, f"{LINE}\n{entry}: {stop}")
    assert advice in problems[0].what


@pytest.mark.parametrize("reason", ["adverse event", "patient preference", "PD"])
def test_why_a_dose_was_held_in_other_words(tmp_path, reason):
    _, problems = record(tmp_path, f"{LINE}\ndose held: 2020-03, line: 1, reason: {reason}")
    assert not problems


@pytest.mark.parametrize(
    ("grade", "values"), [("G3", (3,)), ("G2-3", (2, 3)), ("g 4", (4,)), ("2\u20133", (2, 3))]
)
def test_grades_as_tables_write_them(tmp_path, grade, values):
    found, problems = record(tmp_path, f"toxicity: 2020-03, what: neutropenia, grade: {grade}")
    assert not problems
    assert found.case.all_of(Toxicity)[0].grade.values == values


# By hand: kU/L is 1000 U/L, as is U/mL; µg/L is ng/mL.
@pytest.mark.parametrize(
    ("printed", "same"),
    [("50 U/ml", "50 U/mL"), ("50 kU/L", "50 U/mL"), ("3 µg/L", "3 ng/mL"), ("3 ng/ml", "3 µg/l")],
)
def test_units_of_tumour_markers(tmp_path, printed, same):
    text = f"lab: 2020-03, values: {{a: {printed}, b: {same}}}"
    found, problems = record(tmp_path, text)
    assert not problems
    values = [value.exact for _, value in found.case.all_of(Lab)[0].values]
    assert values[0] == values[1]


@pytest.mark.parametrize(
    ("entry", "advice"),
    [
        ("tumour marker: 2020-03, CA-125: 50 U/mL",
         "write {lab: 2020-03, values: {CA-125: 50 U/mL}}"),
        ("CT: 2020-04, target: shrunk", "write {scan: 2020-04, modality: CT, target: shrunk, new"),
        ("follow-up: 2020-12", "write {last contact: 2020-12, what: alive}"),
        ("last contact: 2020-12, status: alive", "unknown key 'status' (write what: alive)"),
        ("last contact: 2020-12, status: NED", "unknown key 'status' (write disease-status: NED)"),
        ("death: 2020-12, outcome: dead of disease", "write disease-status: dead of disease"),
        ("scan: 2020, status: NED", "write called: NED"),
        ("biopsy: 2020, status: NED", "write what: NED"),  # no key of it has a list with NED
        ("lab: 2020-03, CEA: 5 ng/mL", "write values: {CEA: 5 ng/mL}"),
        ("chemotherapy: 2020/2021, drugs: cisplatin", "write {treatment: 2020/2021, line: 1, "),
        ("metastasectomy: 2020", "write {surgery: 2020, site: liver, what: metastasectomy}"),
        ("PFS: 8 months", "printed: {PFS: 8.4 months, place: Abstract} on the treatment of its"),
        ("scan: 2020, response: PR", "write called: PR on the scan"),
        ("lab: 2020, vaules: {CEA: 5 ng/mL}", "did you mean values?"),  # near a key of its kind
        ("zebra: 2020", "known: diagnosis, symptom"),  # a word that no row has
        ("scan: 2020, zebra: 1", "known: what, note"),
    ],
)  # fmt: skip
def test_a_word_of_reports_has_the_line_to_write(tmp_path, entry, advice):
    _, problems = record(tmp_path, entry)
    assert advice in " ".join(each.what for each in problems)


def test_every_row_of_words_is_new_and_shows_an_entry_that_is_read(tmp_path):
    """No word is a kind already; an example in braces passes the check as it stands."""
    for row in data_rows("entry_words"):
        if row.text("of") != "kind":
            assert key_advice(row.text("word"), "x")
            continue
        assert not {word.lower() for word in (row.text("word"), *row.texts("also"))} & set(KINDS)
        entry = _first_entry(kind_advice(row.text("word"), "2021-03"))
        if ": 8.4 months" in entry:  # no entry of its own
            continue
        _, problems = record(tmp_path, f"{LINE}\n{entry.replace('..', 'liver')}")
        assert not problems, entry


def _first_entry(advice):
    """What stands between the first brace and the one that closes it."""
    start, depth = advice.index("{") + 1, 1
    for at in range(start, len(advice)):
        depth += {"{": 1, "}": -1}.get(advice[at], 0)
        if not depth:
            return advice[start:at]
    raise AssertionError(advice)


def test_a_regimen_in_the_place_of_a_drug_is_named(tmp_path):
    _, remarks = _line(tmp_path, "drugs: [mFOLFOX6, bevacizumab]")
    named = [each.what for each in remarks if "is a regimen" in each.what]
    assert len(named) == 1
    drugs = named[0].partition("write drugs: ")[2].partition(", and what: mFOLFOX6")[0]
    assert drugs == "leucovorin; fluorouracil; oxaliplatin; bevacizumab"
    for text in (drugs, f"[{drugs.replace(';', ',')}]"):  # as it stands, and as a list
        treatment, _ = _line(tmp_path, f"drugs: {text}")
        assert [each.agent for each in treatment.drugs] == drugs.split("; ")
    _, remarks = _line(tmp_path, "drugs: [leucovorin, fluorouracil], what: mFOLFOX6")
    assert not [each for each in remarks if "is a regimen" in each.what]


def test_cycles_after_a_drug_are_named(tmp_path):
    _, remarks = _line(tmp_path, "drugs: paclitaxel 175 mg/m² q3w x 6")
    assert "(write cycles: 6, cycle: q3w)" in " ".join(each.what for each in remarks)
    _, remarks = _line(tmp_path, "drugs: paclitaxel 175 mg/m² q3w x 6, cycles: 6")
    assert "write cycles" not in " ".join(each.what for each in remarks)


def test_every_regimen_has_drugs_of_the_tables_and_a_source():
    from timeline.terminology.drug_names import begins_with_drug

    for regimen in regimens().values():
        assert regimen.source
        assert len(regimen.drugs) > 1
        unknown = [drug for drug in regimen.drugs if not begins_with_drug(drug)]
        assert not unknown, regimen.name


@pytest.mark.parametrize(
    ("entry", "type_", "drawn"),
    [
        ("visit: 2019-06", "", "visit"),
        ("referral: 2019-06, what: to a sarcoma centre", "referral",
         "referral: to a sarcoma centre"),
        ("hospitalization: 2019-06", "hospitalisation", "hospitalisation"),
        ("visit: 2019-06, type: admission", "admission", "admission"),
        ("admission: 2019-06, type: discharge", "discharge", "discharge"),  # what is written wins
    ],
)  # fmt: skip
def test_a_visit_is_no_symptom_and_no_origin(tmp_path, entry, type_, drawn):
    """OS of the case runs from the diagnosis alone, and a visit after all else ends follow-up."""
    found, problems = record(tmp_path, f"diagnosis: 2020-01\n{LINE}\n{entry}\nvisit: 2020-09-05")
    assert not problems
    visit = found.case.all_of(Visit)[0]
    assert (visit.type, visited(visit)) == (type_, drawn)
    assert {
        each.origin.description
        for each in found.outcomes
        if each.endpoint == "OS" and not each.line
    } == {"diagnosis"}
    overall = next(each for each in found.outcomes if each.endpoint == "OS" and each.line)
    assert overall.days.low == 189  # by hand, of 2020: 29 February to 5 September


@pytest.mark.parametrize(
    ("entry", "reference"),
    [
        ("recurrence: 2019-01, site: lung", "recurrence"),
        ("recurrence: 2019-01-10, site: lung", "Recurrence 2019-01"),
        ("enrollment: 2019-01", "enrollment"),
        ("enrolment: 2019-01", "registration"),
        ("lost to follow up: 2019-01", "lost to follow up"),
        ("referral: 2019-01", "referral"),
        ("referral: 2019-01", "referral 2019-01"),
        ("referral: 2019-01", "visit"),
    ],
)
def test_an_event_is_named_by_the_word_that_the_file_has_for_its_kind(tmp_path, entry, reference):
    found, problems = record(tmp_path, f"{entry}\ndiagnosis: before {reference}")
    assert not problems, problems
    assert found.case.all_of(Diagnosis)[0].start.span.high < date(2019, 2, 1).toordinal()


def test_a_visit_is_not_named_by_the_word_for_another(tmp_path):
    _, problems = record(tmp_path, "referral: 2019-01\ndiagnosis: before admission")
    assert "no such event: 'admission'" in problems[0].what


@pytest.mark.parametrize(
    ("printed", "figure", "days"),
    [
        # by hand: a month is 30.4375 days, a year 365.25; "about" is one half more or less
        ("two and a half years", "two and a half years", (821.8125, 1004.4375)),
        ("a year and a half", "a year and a half", (456.5625, 639.1875)),
        ("about a year and a half", "about a year and a half", (365.25, 730.5)),
        ("one and a half years", "one and a half years", (456.5625, 639.1875)),
        ("half a year", "half a year", (91.3125, 273.9375)),
        ("2½ months", "2½ months", (68.484375, 83.703125)),
        ("one month", "one month", (15.21875, 45.65625)),
        ("1 month", "1 month", (15.21875, 45.65625)),
        ("three months", "three months", (76.09375, 106.53125)),
    ],
)
def test_a_time_in_words_is_read_as_printed(printed, figure, days):
    report = _report(f"interval: {printed}, from: line 1, to: line 1 end")
    claim = report.claims[0]
    span = claim.printed.span.times(days_per(claim.unit))
    assert (float(span.low), float(span.high)) == days
    assert claim.figure == figure


def _report(claim):
    notes = ProblemLog("c.yaml")
    root = yaml.compose(f"source: s\nclaims:\n  - {{{claim}}}\n")
    report = read_report(root, notes)
    assert not notes.problems, notes.problems
    return report


def test_an_interval_of_an_event_needs_one_other_event(tmp_path):
    """The event is one end: the message asks for the other alone."""
    _, problems = record(tmp_path, f"{LINE}, printed: {{interval: three, unit: months}}")
    assert len(problems) == 1
    assert "'from' or 'to' is missing" in problems[0].what
    _, problems = record(tmp_path, f"{LINE}, printed: {{interval: three months, to: line 1 end}}")
    assert not problems


def test_a_time_of_other_patients_is_no_interval_of_this_one():
    notes = ProblemLog("c.yaml")
    claim = "interval: over 18 months, about: duration of response in three of four patients"
    read_report(yaml.compose(f"source: s\nclaims:\n  - {{{claim}}}\n"), notes)
    assert "{DoR: over 18 months, group: three of four patients}" in notes.problems[0].what


UNKNOWN_LINES = """\
    treatment: 2019-01/2019-06, line: 1, drugs: {one}
    treatment: 2019-07/2019-12, line: 2, drugs: {other}"""


@pytest.mark.parametrize(
    ("one", "other", "counts"),
    [
        # what is not named may be the same as before, a part of it, or other drugs
        ("not stated", "not stated", {LineStatus.NEW, LineStatus.SAME}),
        ("unknown", "drugs not stated", {LineStatus.NEW, LineStatus.SAME}),
        ("cisplatin", "not reported", {LineStatus.NEW, LineStatus.SAME}),
        ("not stated", "[cisplatin, not stated]", {LineStatus.NEW, LineStatus.SAME}),
        ("cisplatin", "docetaxel", {LineStatus.NEW}),  # other drugs
        ("[cisplatin, docetaxel]", "docetaxel", {LineStatus.SAME}),  # one left out
    ],
)
def test_drugs_without_a_name_are_equal_to_no_other(tmp_path, one, other, counts):
    found, problems = record(tmp_path, UNKNOWN_LINES.format(one=one, other=other))
    assert not problems, problems
    assert set(count_regimens(found)[1].counts) == counts


def test_a_line_without_drugs_is_answered_with_both_ways_to_write_it(tmp_path):
    _, problems = record(tmp_path, "treatment: '../before line 2', line: 1\n"
                         "treatment: 2020, line: 2, drugs: cisplatin")  # fmt: skip
    assert "drugs: not stated if the report names none" in problems[0].what
    _, problems = record(tmp_path, "treatment: '../before line 2', line: 1, drugs: not stated\n"
                         "treatment: 2020, line: 2, drugs: cisplatin")  # fmt: skip
    assert not problems


def test_what_is_not_stated_is_left_out(tmp_path):
    """But where a key has an answer of its own for it: new lesions that are not evaluated."""
    found, problems = record(tmp_path, f"{LINE}, stop: not stated, cycle: not reported\n"
                             "scan: 2020-03, modality: not stated, new: not reported\n"
                             "toxicity: 2020-03, term: hepatitis, grade: not stated")  # fmt: skip
    assert not problems, problems
    line, scan, harm = (found.case.all_of(cls)[0] for cls in (Treatment, Scan, Toxicity))
    assert (line.stop, line.cycle, scan.modality, harm.grade) == ("", None, "", None)
    assert scan.new_not_evaluated


@pytest.mark.parametrize(
    ("resolved", "earliest", "latest"),
    [
        # by hand: the line is from 2020-02-03 to 2020-06-29, the onset 2020-03-05
        ("2020-04-01", "2020-04-01", "2020-04-01"),
        ("yes", "2020-03-05", None),  # on some day since the onset
        ("transient", "2020-03-05", None),
        ("..", "2020-03-05", None),
        ("line 1 + 8 weeks", "2020-03-30", "2020-03-30"),
        ("8 weeks after line 1 start", "2020-03-27", "2020-04-02"),  # 53 to 59 days after it
        ("after line 1 start", "2020-03-05", None),  # and not before the onset
        ("after line 1 end", "2020-06-29", None),
        ("'after line 1 start, before line 1 end'", "2020-03-05", "2020-06-29"),
        ("after cycle 3 of line 1", "2020-04-05", None),  # 3 cycles of 21 days: its last is day 63
        ("'[2020-04-01..2020-04-10]'", "2020-04-01", "2020-04-10"),
    ],
)
def test_when_an_adverse_event_had_resolved_takes_every_form_of_a_date(
    tmp_path, resolved, earliest, latest
):
    found, problems = record(
        tmp_path,
        "treatment: 2020-02-03/2020-06-29, line: 1, drugs: cisplatin, cycle: 21 days\n"
        f"toxicity: 2020-03-05, term: rash, resolved: {resolved}",
    )
    assert not problems, problems
    span = found.case.all_of(Toxicity)[0].resolved.when.span
    assert format_day(span.low) == earliest
    assert format_day(span.high) == (latest or "..")


@pytest.mark.parametrize("word", ["no", "not resolved", "ongoing"])
def test_what_had_not_resolved_has_no_date(tmp_path, word):
    found, _ = record(tmp_path, f"{LINE}\ntoxicity: 2020-03-05, term: rash, resolved: {word}")
    assert found.case.all_of(Toxicity)[0].resolved.when is None


@pytest.mark.parametrize(
    ("resolved", "advice"),
    [
        ("after line 9", "resolved: no such event: 'line 9'"),
        ("2020-02", "had resolved (2020-02) before it began"),
        ("end of May 2020", "write [2020-05-21..2020-05-31]"),
        ("soon", "yes if the day is not stated, no if not resolved"),
    ],
)
def test_a_resolution_that_cannot_be_is_refused(tmp_path, resolved, advice):
    _, problems = record(
        tmp_path, f"{LINE}\ntoxicity: 2020-03-05, term: rash, resolved: {resolved}"
    )
    assert len(problems) == 1
    assert advice in problems[0].what


@pytest.mark.parametrize("at", ["../..", "..", "../", "2018-02/.."])
@pytest.mark.parametrize("relapse", ["2.5 years after chemo end", "after chemo end"])
def test_what_a_message_says_to_write_for_an_end_is_read(tmp_path, at, relapse):
    """The line as the message gives it, in place of the line that was refused."""
    events = (
        f"treatment: {{at}}, id: chemo, setting: adjuvant, drugs: epirubicin\n"
        f"relapse: {relapse}, site: liver\n"
        "treatment: 2022-02/2022-06, line: 1, drugs: exemestane"
    )
    _, problems = record(tmp_path, events.format(at=at))
    written = [re.search("write ([^ ]+/before line 1) as its date", p.what) for p in problems]
    for found in written:
        _, left = record(tmp_path, events.format(at=found[1]))
        assert not left, left


def test_the_example_of_an_id_is_of_the_kind_of_the_event(tmp_path):
    marker = "biomarker: 2020-03, result: 18 %, printed: {date: March 2020}"
    text = f"{LINE}\n{marker}\nsymptom: 2021, id: biomarker 2020-03"
    _, problems = record(tmp_path, text)
    assert "{biomarker: .., id: first biomarker}" in problems[0].what


@pytest.mark.parametrize(
    ("drugs", "days", "dosed"),
    [
        ("axitinib 5 days on, 2 days off", "5 days on, 2 days off", False),
        ("axitinib 5 mg 5 days on, 2 days off", "5 days on, 2 days off", True),
        ("sunitinib 4 weeks on and 2 weeks off", "4 weeks on and 2 weeks off", False),
    ],
)
def test_an_intermittent_schedule_is_that_of_one_drug(tmp_path, drugs, days, dosed):
    line, _ = _line(tmp_path, f'drugs: "{drugs}"')
    (drug,) = line.drugs
    assert (drug.days, drug.dose is not None) == (days, dosed)


def test_the_pathological_stage_is_a_key_of_the_surgery(tmp_path):
    found, problems = record(tmp_path, "surgery: 2020-02, margin: R0, stage: ypT2bN0")
    assert not problems
    assert found.case.all_of(Surgery)[0].stage == "ypT2bN0"
    _, problems = record(tmp_path, "surgery: 2020-02, pathological-response: ypT2bN0")
    assert "(a stage of the surgery: stage: ypT2bN0)" in str(problems[0])


def test_a_unit_of_time_may_be_of_one(tmp_path):
    path = tmp_path / "a.yaml"
    path.write_text(
        "case: a\nevents:\n  - {treatment: 2019-04-01/2020-04-01, line: 1, drugs: axitinib}\n"
        "claims:\n  - {interval: one, unit: year, from: line 1 start, to: line 1 end}\n",
        "utf-8",
    )
    (claim,) = tl.load(path).report.claims
    assert (claim.unit, claim.value.span.low) == ("years", Fraction(1, 2))
