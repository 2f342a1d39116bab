"""Forms of print that readers of real reports met: what is found, and what the list names."""

from textwrap import dedent

import pytest

from timeline.exchange.draft import draft_of
from timeline.grounding import Status, finders, ground
from timeline.grounding.places import Places
from timeline.grounding.printed_drugs import PrintedDrugs
from timeline.report_text.plain import report_of_text
from timeline.views.case_report import checked
from timeline.views.grounding_view import grounding_lines


def _ground(folder, events, text):
    path = folder / "patient.yaml"
    path.write_text(f"case: patient\npatient: {{age: 61}}\nevents:\n{events}\n", "utf-8")
    result = checked([path])[0]
    assert not result.problems, result.problems
    return ground(result.case_report.case, result.case_report.report, report_of_text(text))


def _raised(grounding):
    return [each.item.what for status in (Status.NOT_FOUND, Status.ELSEWHERE)
            for each in grounding.of(status)]  # fmt: skip


TREATED = "- {{treatment: 2011-07, line: 1, drugs: {drug}}}"
SCANNED = "- {{scan: 2011-07, modality: CT, lesions: {{liver: {size}}}}}"
WITHIN = (f"{TREATED.format(drug='pazopanib')}\n"
          "- {scan: within 2 months after line 1 start, modality: CT}")  # fmt: skip
HEAD = "Case report\n\nA 61-year-old man was seen. "
PRINTS = [  # why, the event, the text, what is raised
    ("a dose of a day", TREATED.format(drug="pazopanib 800 mg daily"),
     "In July 2011 he received pazopanib 800 mg daily.", []),
    ("a dose taken daily, without the word in the file", TREATED.format(drug="pazopanib 800 mg"),
     "In July 2011 he received pazopanib 800 mg per day.", []),
    ("another dose of a day", TREATED.format(drug="pazopanib 800 mg daily"),
     "In July 2011 he received pazopanib 600 mg daily.", ["pazopanib 800 mg"]),
    ("a Greek letter", TREATED.format(drug="interferon-alpha"),
     "In July 2011 he received interferon-α.", []),
    ("a capital", TREATED.format(drug="interleukin-2"),
     "In July 2011 Interleukin-2 was begun.", []),
    ("another cytokine", TREATED.format(drug="interleukin-2"),
     "In July 2011 interferon-α was begun.", ["2011-07", "drug interleukin-2"]),
    # 6 × 10⁶ IU is 6 million IU; a copied text has lost the superscript
    ("a power of ten", TREATED.format(drug="interferon-alpha 6 MIU"),
     "In July 2011 he received interferon-α 6 × 10⁶ IU.", []),
    ("a lost superscript", TREATED.format(drug="interferon-alpha 6 MIU"),
     "In July 2011 he received interferon-α 6 × 106 IU.", []),
    ("another power of ten", TREATED.format(drug="interferon-alpha 6 MIU"),
     "In July 2011 he received interferon-α 9 × 106 IU.", ["interferon-alpha 6 MIU"]),
    ("a hedged size", SCANNED.format(size="18 mm"),
     "CT in July 2011 showed a lesion of the liver of up to 18 mm.", []),
    ("the second size of a change", SCANNED.format(size="8 mm"),
     "CT in July 2011 showed that the lesion of the liver fell from 18 to 8 mm.", []),
    ("the first size of a change", SCANNED.format(size="18 mm"),
     "CT in July 2011 showed that the lesion of the liver fell from 18 to 8 mm.", []),
    # RECIST 1.1 takes one diameter of a lesion, the longest one or the short axis of a node
    ("one of two diameters", SCANNED.format(size="11 mm"),
     "CT in July 2011 showed a lesion of the liver of 9 × 11 mm.", []),
    ("one of three diameters, with another sign", SCANNED.format(size="2.3 cm"),
     "CT in July 2011 showed a lesion of the liver of 23 x 18 x 12 mm.", []),
    ("none of two diameters", SCANNED.format(size="12 mm"),
     "CT in July 2011 showed a lesion of the liver of 9 × 11 mm.", ["liver 12 mm"]),
    ("one end of a range", SCANNED.format(size="18 mm"),
     "CT in July 2011 showed lesions of the liver of 8 to 18 mm.", ["liver 18 mm"]),
    ("millimetres printed in centimetres", SCANNED.format(size="18 mm"),
     "CT in July 2011 showed a lesion of the liver of 1.8 cm.", []),
    ("Gy printed in cGy", "- {radiotherapy: 2011-07, site: thigh, dose: 60 Gy}",
     "In July 2011 radiotherapy of the thigh was given (6000 cGy).", []),
    ("another dose in cGy", "- {radiotherapy: 2011-07, site: thigh, dose: 60 Gy}",
     "In July 2011 radiotherapy of the thigh was given (5000 cGy).", ["dose 60 Gy"]),
    ("a time with a word before its unit",
     f"{TREATED.format(drug='pazopanib')}\n- {{scan: 3 months after line 1 start, modality: CT}}",
     "In July 2011 pazopanib was begun. CT was done after 3 more months.", []),
    ("progression within another word",
     f"{TREATED.format(drug='nivolumab')}\n- {{scan: 2011-09, called: {{PD: Case report}}}}",
     "In July 2011 nivolumab was begun. CT in September 2011: pseudo-progression.", ["called PD"]),
    ("cycles of a treatment that is adjuvant",
     "- {treatment: 2011-07, line: 1, drugs: pazopanib, cycles: 3}",
     "Three cycles of adjuvant chemotherapy were given. In July 2011 pazopanib was begun.",
     ["cycles 3"]),
    ("an interval of a drug in another unit", TREATED.format(drug="nivolumab every 2 weeks"),
     "In July 2011 nivolumab was begun every 14 days.", []),
    ("a treatment that is resumed, without its drugs, beside progression",
     "- {treatment: 2011-07/.., line: 1, drugs: letrozole}",
     ("Letrozole. Self-discontinuation (May-July 2011) led to disease progression, but resuming "
     "full-dose therapy restored SD."), []),
    ("a treatment by its kind, beside a response",
     "- {treatment: 2011-07/.., line: 1, drugs: letrozole}",
     "Letrozole. In July 2011 endocrine therapy followed the disease progression.", []),
    ("progression during treatment that neither began nor ended",
     "- {treatment: 2011-07/.., line: 1, drugs: letrozole}",
     "Letrozole. Later, during treatment, she had disease progression in July 2011.",
     ["2011-07"]),
    ("progression alone", "- {treatment: 2011-07/.., line: 1, drugs: letrozole}",
     "Letrozole. She had disease progression in July 2011.", ["2011-07"]),
    ("halves in words",
     f"{TREATED.format(drug='pazopanib')}\n- {{scan: 2.5 years after line 1 start, modality: CT}}",
     "In July 2011 pazopanib was begun. CT was done two and a half years later.", []),
    ("other halves in words",
     f"{TREATED.format(drug='pazopanib')}\n- {{scan: 2.5 years after line 1 start, modality: CT}}",
     "In July 2011 pazopanib was begun. CT was done a year and a half later.",
     ["2.5 years after line 1 start"]),
    ("one and a half", "- {symptom: 2011-07}\n- {scan: 1.5 years after symptom, modality: CT}",
     "In July 2011 he had pain. CT was done a year and a half later.", []),
    ("within the first", WITHIN,
     "In July 2011 pazopanib was begun. CT was done within the first two months.", []),
    ("after an event that is dated by a time",
     f"{WITHIN}\n- {{scan: after scan within 2 months after line 1 start, modality: MRI}}",
     "In July 2011 pazopanib was begun. CT was done within 2 months, and MRI afterwards.", []),
    ("a drug that is not stated", TREATED.format(drug="not stated"),
     "In July 2011 he received chemotherapy, and later nivolumab.", []),
    ("months around the turn of a year", "- {radiotherapy: 2010-10/2011-03, site: thigh}",
     "Radiotherapy of the thigh was given between October and March 2011.", []),
    ("months around the turn of a year, in the wrong year",
     "- {radiotherapy: 2011-10/2012-03, site: thigh}",
     "Radiotherapy of the thigh was given between October and March 2011.",
     ["2011-10", "2012-03"]),
]  # fmt: skip


@pytest.mark.parametrize(("events", "text", "raised"), [each[1:] for each in PRINTS],
                         ids=[each[0] for each in PRINTS])  # fmt: skip
def test_a_value_is_found_in_each_form_of_print(tmp_path, events, text, raised):
    found = _raised(_ground(tmp_path, events, HEAD + text))
    assert [each.partition(": ")[2] for each in found] == raised


ONE = "- {symptom: 2011-05, what: cough}"


def test_a_line_of_authors_does_not_hide_the_case(tmp_path):
    """The line has no stop; a later paragraph begins in lower case, as after a page."""
    text = dedent("""\
        Case report

        Response of a sarcoma in one patient A. Author, MD, B. Author, MD, PhD, and C. Third, MD

        A 61-year-old man had a cough in May 2011. The lesion measured 18 mm on CT in June 2011.

        This disease is rare, and it comprises more than 50 different types with a different

        course.
        """)
    grounding = _ground(tmp_path, ONE, text)
    listed = [text[each.start : each.end] for each in grounding.text_only]
    assert listed == ["18", "June 2011", "50"]


def test_an_interval_that_is_not_printed_is_no_number_of_another_subject(tmp_path):
    events = TREATED.format(drug="goserelin every 3 months")
    text = f"{HEAD}In July 2011 goserelin was begun. The core needle biopsy had been 3 b."
    (raised,) = _ground(tmp_path, events, text).of(Status.NOT_FOUND)
    assert raised.fault == "the text does not print it"


@pytest.mark.parametrize(("date", "text", "listed"), [
    ('"[2020-05-21..2020-05-31]"', "He was seen at the end of May 2020.", []),
    ('"[2019-01..2019-04]"', "He was seen in early 2019.", []),
    ('"[2020-05-21..2020-06-02]"', "He was seen at the end of May 2020.", ["May 2020"]),
    ("2020-05-21", "He was seen in May 2020.", ["May 2020"]),
])  # fmt: skip
def test_a_bound_within_a_printed_date_is_that_date(tmp_path, date, text, listed):
    grounding = _ground(tmp_path, f"- {{last contact: {date}, what: alive}}", HEAD + text)
    dates = [each for each in grounding.text_only if each.kind == "date"]
    assert [(HEAD + text)[each.start : each.end] for each in dates] == listed


def test_without_a_section_on_the_case_all_sections_are_compared(tmp_path):
    text = "Abstract\n\nA 61-year-old man had a cough in May 2011. A lesion measured 18 mm."
    grounding = _ground(tmp_path, ONE, text)
    first = next(iter(grounding_lines(grounding, tmp_path / "report.txt")))
    assert "of the text 1 not in the file" in first
    assert "no section on the case is recognised" in first


def test_the_number_of_a_date_counted_from_another_event_is_in_the_file(tmp_path):
    scans = ("after cycle 7 of line 1", "18 months after line 1 start")
    events = [TREATED.format(drug="pazopanib"), *(f"- {{scan: {each}}}" for each in scans)]
    text = (
        f"{HEAD}In July 2011 pazopanib was begun. CT after 7 cycles and 18 months later: 5 nodes."
    )
    grounding = _ground(tmp_path, "\n".join(events), text)
    assert [text[each.start : each.end] for each in grounding.text_only] == ["5"]


STRUCTURED = (
    "Abstract\n\nBACKGROUND: Sarcoma is rare. CASE REPORT: A 61-year-old man had a cough in May "
    "2011. CT in June 2011 showed 18 mm. CONCLUSIONS: Of 50 such patients few are known."
)


ON_LINES = STRUCTURED.replace(". CA", ".\n\nCA").replace(". CO", ".\n\nCO")


@pytest.mark.parametrize("text", [STRUCTURED, ON_LINES], ids=["in one line", "on lines"])
def test_a_part_of_a_structured_abstract_is_a_place_and_the_case(tmp_path, text):
    events = ('- {symptom: 2011-05, what: cough, place: Abstract}\n'
              '- {scan: 2011-06, modality: CT, place: "CASE REPORT, paragraph 1"}')  # fmt: skip
    grounding = _ground(tmp_path, events, text)
    assert _raised(grounding) == []
    assert [text[each.start : each.end] for each in grounding.text_only] == ["18"]


def test_with_a_body_the_case_is_that_of_the_body(tmp_path):
    text = f"{STRUCTURED}\n\nCase presentation\n\nHe had a cough in May 2011. A scan showed 9 mm."
    grounding = _ground(tmp_path, ONE, text)
    assert [text[each.start : each.end] for each in grounding.text_only] == ["9"]


def test_a_place_is_known_by_the_number_that_the_messages_print(tmp_path):
    """A page divides a paragraph of the report; the messages count both of its parts."""
    text = dedent("""\
        Case report

        This man of 61 years was well. A cough was noticed in spring, when it was cold, and it then

        went on for weeks. He was seen by many doctors.

        A scan was done in May 2011. It showed a lesion of the right lung.
        """)
    events = '- {scan: 2011-05, modality: CT, place: "Case report, paragraph 3"}'
    assert _raised(_ground(tmp_path, events, text)) == []
    assert _raised(_ground(tmp_path, events.replace("paragraph 3", "paragraph 4"), text)) != []


def test_a_value_is_compared_with_the_numbers_that_print_its_digits(tmp_path, monkeypatch):
    """And not with every number of the text: 40 sizes and 400 numbers are no 16,000 pairs."""
    compared = []
    fits = finders._fits
    monkeypatch.setattr(
        finders, "_fits", lambda *args, **more: compared.append(1) or fits(*args, **more)
    )
    events = "\n".join(
        f"- {{scan: 2011-07, id: s{i}, lesions: {{liver: {i} mm}}}}" for i in range(100, 140)
    )
    text = HEAD + "CT in July 2011 showed " + ", ".join(f"{i} mm" for i in range(100, 500)) + "."
    assert [what for what in _raised(_ground(tmp_path, events, text)) if "mm" in what] == []
    assert len(compared) <= 2 * 40


def test_the_drugs_of_a_case_are_gathered_once(tmp_path, monkeypatch):
    gathered = []
    init = PrintedDrugs.__init__
    monkeypatch.setattr(PrintedDrugs, "__init__", lambda *args: gathered.append(1) or init(*args))
    events = "\n".join(f"- {{surgery: 2011-07, what: x, id: s{i}}}" for i in range(50))
    _ground(tmp_path, events, HEAD + "In July 2011 surgery was done.")
    assert len(gathered) <= 2


ABSTRACT = dedent("""\
    Abstract

    Rationale: Surgery is the first choice.

    Patient concerns: She was seen on May23, 2018.

    Outcomes: The tumour shrank in August 2018.
    """)


@pytest.mark.parametrize(
    ("place", "text"),
    [
        ("Outcomes", "The tumour shrank in August 2018."),
        ("Outcomes, paragraph 1", "The tumour shrank in August 2018."),
        ("Patient concerns", "She was seen on May23, 2018."),
        ("Rationale", "Surgery is the first choice."),
        ("Abstract, outcomes", "The tumour shrank in August 2018."),
    ],
)
def test_a_part_of_a_structured_abstract_is_a_place(place, text):
    """The headings are those of case reports in Medicine (Baltimore)."""
    report = report_of_text(ABSTRACT)
    region = Places(report).region(place)
    assert "".join(report.text[start:end] for start, end in region.parts).strip() == text


def test_a_background_in_an_abstract_gives_no_event():
    assert "surgery" not in draft_of(report_of_text(ABSTRACT), "x").text


def test_a_drug_that_is_stated_twice_is_looked_up_once(tmp_path):
    """Each drug of an event is compared with the others: 8,000 of one name took over a second."""
    grounding = _ground(
        tmp_path,
        "- {supportive: 2011-07, drugs: [zoledronate, zoledronate, denosumab, zoledronate]}",
        "In July 2011 he received zoledronate and denosumab.",
    )
    looked_up = [each.item.what.rpartition(": ")[2] for each in grounding.lookups]
    assert [each for each in looked_up if "drug" in each] == ["drug zoledronate", "drug denosumab"]


@pytest.mark.parametrize("printed", ["10 mg/1-14 d/q3w", "10 mg, days 1-14", "10 mg, d1–14"])
def test_dosing_days_are_those_of_the_file_in_either_order(printed, tmp_path):
    text = f"{HEAD}In July 2011 he received anlotinib ({printed}).\n"
    grounding = _ground(tmp_path, TREATED.format(drug="anlotinib 10 mg days 1-14"), text)
    listed = [text[each.start : each.end] for each in grounding.text_only]
    assert not {"1", "14"} & set(listed)


def test_another_dosing_day_is_not_of_the_file(tmp_path):
    text = f"{HEAD}In July 2011 he received anlotinib (10 mg/1-14 d/q3w).\n"
    grounding = _ground(tmp_path, TREATED.format(drug="anlotinib 10 mg days 1-7"), text)
    assert "14" in [text[each.start : each.end] for each in grounding.text_only]
