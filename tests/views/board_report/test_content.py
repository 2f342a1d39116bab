"""What a report says of the three publications, and of a case with measured targets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import timeline as tl
from tests.views.board_report.records import (
    ROOT,
    blocks,
    content_of_text,
    facts,
    figures,
    items,
    report_of,
    table,
)
from timeline.auditing.finding_lines import finding_lines
from timeline.settings.response import SETTINGS
from timeline.views.audit_view import line_text
from timeline.views.board_report.content import Paragraph, Table

WANG, JIN, LIU = "cases/wang2023.yaml", "cases/jin2025.yaml", "seeds/liu2025.yaml"


@pytest.fixture(scope="module")
def wang():
    return report_of(WANG).content


@pytest.fixture(scope="module")
def jin():
    return report_of(JIN).content


@pytest.fixture(scope="module")
def measured(tmp_path_factory):
    return content_of_text(tmp_path_factory.mktemp("measured")).content


def test_the_sections_are_in_the_order_of_a_board(wang):
    """What a board decides by comes first, what a reviewer looks up last."""
    assert [each.key for each in wang.sections] == [
        *("patient", "lines", "questions", "timeline", "scans", "endpoints", "toxicities"),
        *("laboratory", "audit", "remarks", "course", "notes", "reading", "settings", "sources"),
    ]


def test_wang_the_patient_as_the_report_prints_it(wang):
    """Wang 2023, Case presentation: 49-year-old man, femur, four lines, the fourth going on."""
    assert wang.title == "Treatment history: wang2023"
    assert "doi:10.3389/fphar.2023.1239699" in wang.subtitle
    found = facts(wang)
    assert found["Patient"] == "male, age 49"
    assert found["Diagnosis"] == (
        "primary leiomyosarcoma of bone, right femur, trochanteric region"
    )
    assert found["Systemic treatment"] == "4 lines on record"
    assert found["Last line"].startswith("line 4, penpulimab + lenvatinib, 2021-12 – ongoing")
    assert found["Performance"].startswith("ECOG 3, 2021-05\nECOG 1, ")
    # until the day of acceptance, 23 October 2023
    assert found["Follow-up"].endswith("no follow-up is on record after 2023-10-23")
    assert [row["regimen"].splitlines()[0] for row in table(wang, "lines")] == [
        *("anlotinib", "gemcitabine + docetaxel", "eribulin", "penpulimab + lenvatinib"),
    ]


def test_wang_progression_of_line_4_is_confirmed(wang):
    """New lung lesion May 2022, larger in August 2022, liver lesion in November 2022."""
    rows = {row["scan"].partition("\n")[0]: row for row in table(wang, "scans-line-4")}
    assert rows["2022-05"]["irecist"] == "iUPD\nconfirmed"
    assert rows["2022-08"]["irecist"] == "iCPD"
    assert rows["2022-02"]["recist11"] == "PR or SD"  # smaller: by how much is not printed
    assert rows["2022-02"]["called"] == "PR\nPD"  # text and legends call it both
    assert rows["2022-11"]["findings"].splitlines()[:2] == [
        "target shrunk or stable",
        "new: right lobe of liver",
    ]
    baseline = table(wang, "scans-line-4")[0]
    assert (baseline["irecist"], baseline["findings"]) == ("baseline", "as printed under line 3")


def test_wang_endpoints_are_ranges_with_their_reason(wang):
    """From a day of December 2021 to a day of May 2022: 31 Dec to 1 May is 31 + 28 + 31 + 30 + 1
    = 121 days, 1 Dec to 31 May is 31 + 31 + 28 + 31 + 30 + 30 = 181."""
    rows = [row for row in table(wang, "endpoints") if row["group"].startswith("Line 4")]
    ipfs = next(row for row in rows if row["endpoint"] == "iPFS")
    assert ipfs["value"] == "121 to 181 days, 3.98 to 5.95 months"
    assert (ipfs["state"], ipfs["between"]) == (
        "event",
        "from start of line 4 (2021-12)\nto first iUPD that iCPD confirms (2022-05)",
    )
    assert "does not count under FDA table A (fda_a)" in ipfs["reason"]
    line_2 = next(row for row in table(wang, "endpoints") if row["value"].startswith("0 to 242"))
    assert "6 cycles are on record, but not how long one was" in line_2["reason"]
    # 5 December 2018 to 1 and to 30 April 2020: 365 + 118 = 483 (2020 is a leap year), and 512
    dfs = next(row for row in table(wang, "endpoints") if row["endpoint"] == "DFS")
    assert dfs["value"].startswith("483 to 512 days")
    assert items(wang, "not_derived") == (
        "DoR line 1, DoR line 2, DoR line 3: not derived (the case has no first response)",
    )


def test_wang_policies_are_shown_where_they_differ(wang):
    rows = [row for row in table(wang, "policies") if row["endpoint"] == "PFS line 4"]
    assert [row["policy"] for row in rows] == [
        "FDA table A (fda_a), FDA table B (fda_b), EMA 2012 (ema)",
        "FDA table C (fda_c)",
    ]
    assert "32 to 89 days" in rows[1]["value"]  # to the PD that the legends call in February 2022
    # a key of a case file that a sentence names is explained below the sentences
    named = {key for text in items(wang, "sensitivity") for key in re.findall(r"(\w+) = ", text)}
    assert "icpd_max_days" in named
    texts = [each.text for each in blocks(wang, Paragraph)]
    for key in named:
        assert f"{key}: {SETTINGS[key].description}." in texts


def test_the_findings_are_those_that_the_audit_prints(wang):
    loaded = report_of(WANG).case_reports[0]
    printed = [f"{each.rule} {line_text(each)}" for each in finding_lines(loaded.audit())]
    lists = {block.key: block.texts for block in wang.section("audit").blocks
             if hasattr(block, "texts")}  # fmt: skip
    reasons = lists.pop("not-checkable")
    assert any("no category of a response criterion: response of line 4: dissociated response "
               "[Abstract]; " in each for each in reasons)  # fmt: skip
    shown = [text for texts in lists.values() for text in texts]
    assert shown == printed
    assert any(
        text.startswith("C01 contradicted: PFS line 4: printed 8.4 months") for text in shown
    )
    rules = {row["rule"] for row in table(wang, "rules")}
    assert {text.partition(" ")[0] for text in shown} <= rules


def test_wang_what_is_open_is_asked(wang):
    texts = items(wang, "questions")
    assert any("scan 2022-02" in text and "iPR or iSD" in text for text in texts)
    assert "Which grade: hypothyroidism, osteoarthritis? None is stated." in texts
    assert any(text.startswith("Was it done: radiotherapy (SBRT") for text in texts)


def test_jin_one_line_without_progression(jin):
    """Jin 2025: anlotinib from 16 April 2021, last CT 9 June 2023: 784 days by the calendar."""
    assert facts(jin)["Patient"] == "male, age 39"
    pfs = next(row for row in table(jin, "endpoints") if row["endpoint"] == "PFS")
    assert (pfs["value"], pfs["state"]) == ("784 days, 25.76 months", "censored")
    assert "no progression on record" in pfs["reason"]
    (harm,) = table(jin, "toxicities")
    assert (harm["group"], harm["event"], harm["grade"]) == (
        *("Line 1", "secondary hypothyroidism", "1"),
    )
    assert any("Why was treatment stopped: line 1" in each for each in items(jin, "questions"))
    unassessed = next(row for row in table(jin, "scans-line-1") if "2022-02-14" in row["scan"])
    assert unassessed["reason"].startswith("not assessed: no findings are printed")


def test_liu_a_report_without_a_patient_is_audited_alone():
    """Liu 2025 describes 15 patients, none of them singly."""
    content = report_of(LIU).content
    assert [each.key for each in content.sections] == ["summary", "audit", "sources"]
    assert "describes no single patient" in blocks(content, Paragraph)[0].text
    assert content.title == "Audit: liu2025"


def test_sums_with_their_changes_from_baseline_and_nadir(measured):
    """Sums 60, 42, 36, 45 and 54 mm: 42 is -30 % of 60; 45 is +25 % and +9 mm from 36, so PD;
    54 is +50 % and +18 mm from it. iRECIST: iUPD on 2 August, iCPD on 6 September (9 mm more)."""
    rows = table(measured, "scans-line-1")
    assert [row["sum"] for row in rows] == [
        "60 mm",
        "sum 42 mm\n-30.0 %, -18.0 mm from baseline\n-30.0 %, -18.0 mm from nadir",
        "sum 36 mm\n-40.0 %, -24.0 mm from baseline\n-14.3 %, -6.0 mm from nadir",
        "sum 45 mm\n-25.0 %, -15.0 mm from baseline\n+25.0 %, +9.0 mm from nadir",
        "sum 54 mm\n-10.0 %, -6.0 mm from baseline\n+50.0 %, +18.0 mm from nadir",
    ]
    assert [row["irecist"] for row in rows] == [
        *("baseline", "iPR", "iPR", "iUPD\nconfirmed", "iCPD"),
    ]
    assert [row["recist11"] for row in rows] == ["baseline", "PR", "PR", "PD", "PD"]
    assert [row["called"] for row in rows] == ["", "PR", "", "", ""]
    (found,) = [each for each in blocks(measured, Table) if each.key == "scans-line-1"]
    assert "By iRECIST: best response iPR; progression 2021-08-02, confirmed 2021-09-06." in (
        found.notes
    )


def test_the_endpoints_of_the_measured_case(measured):
    """4 January to 2 August 2021: 27 + 28 + 31 + 30 + 31 + 30 + 31 + 2 = 210 days; first response
    1 March, so DoR is 154; death 14 February 2022 is 406 days after the start of line 1."""
    rows = {row["endpoint"]: row for row in table(measured, "endpoints") if "1:" in row["group"]}
    assert rows["PFS"]["value"].startswith("210 days")
    assert rows["iPFS"]["value"].startswith("210 days")
    assert rows["DoR"]["value"].startswith("154 days")
    assert (rows["OS"]["value"].split(",")[0], rows["OS"]["state"]) == ("406 days", "event")
    assert facts(measured)["Follow-up"] == "died 2022-02-14: tumour progression"
    assert rows["Best response, iRECIST"]["value"] == "iPR"
    assert rows["Best response, iRECIST"]["between"] == "confirmed"


def test_the_rest_of_the_measured_case(measured):
    found = facts(measured)
    assert found["Biomarkers"] == "PD-L1 40 % (TPS), 2020-11-10"
    assert found["Stage and grade"] == "stage IV, grade G3 (2020-11-02)"
    assert [row["event"] for row in table(measured, "toxicities")] == ["colitis", "rash"]
    assert table(measured, "toxicities")[0]["management"] == "prednisolone\nresolved 2021-05"
    assert table(measured, "laboratory")[0]["lab LDH"] == "300 U/L"
    assert [each.text for each in measured.section("audit").blocks] == [
        "The case names no report, so no printed value was checked."
    ]
    assert measured.closing.endswith("The record ends on 2022-02-14 at the latest.")


def test_a_changed_setting_is_named(tmp_path):
    loaded = tl.derive(tl.load_case(ROOT / WANG), pfs_policy="fda_c")
    content = tl.board_report(loaded).content
    assert items(content, "settings") == ("pfs_policy = fda_c: changes a result",)


def test_a_cohort_has_a_row_for_each_patient_and_each_line(measured, tmp_path):
    path = tmp_path / "measured.yaml"
    from tests.views.board_report.records import MEASURED

    path.write_text(MEASURED)
    cases = [tl.load_case(each) for each in (ROOT / WANG, ROOT / JIN, path)]
    content = tl.board_report(cases).content
    assert content.title == "Treatment histories of 3 patients"
    assert figures(content) == ["swimmer", "waterfall", "spider"]
    assert [row["patient"] for row in table(content, "patients")] == [
        *("wang2023", "jin2025", "measured"),
    ]
    assert len(table(content, "lines")) == 4 + 1 + 2
    last = table(content, "lines")[-2]
    assert (last["best"], last["pfs"]) == ("iPR", "6.9 months (event)")  # 210 / 30.4375 = 6.90
    died = next(iter(items(content, "summary")))
    assert died == "3 patients, 7 systemic lines; 1 died on record."
    assert any("drawn from 10 patients on" in each.text for each in blocks(content, Paragraph))


def test_a_cohort_lists_the_findings_of_each_report():
    content = report_of(WANG, JIN, LIU).content
    heads = [each.text for each in content.section("audit").blocks if isinstance(each, Paragraph)]
    assert [head.partition(":")[0] for head in heads] == ["wang2023", "jin2025", "liu2025"]
    assert any(text.startswith("C01 contradicted: PFS line 4") for text in
               items(content, "findings-wang2023"))  # fmt: skip


def test_every_section_and_table_has_a_key_of_its_own():
    for names in ((WANG,), (JIN,), (LIU,), (WANG, JIN)):
        content = report_of(*names).content
        keys = [each.key for each in content.sections]
        assert len(set(keys)) == len(keys)
        tables = [each.key for each in blocks(content, Table)]
        assert len(set(tables)) == len(tables)
        for each in blocks(content, Table):
            columns = [column.key for column in each.columns]
            assert len(set(columns)) == len(columns)


@pytest.mark.parametrize("path", [Path(WANG), Path(JIN)])
def test_no_id_of_the_case_file_is_on_the_page(path):
    """Ids are names for the file's own references; the audit prints its claims as they are."""
    case = tl.load_case(ROOT / path)
    content = report_of(str(path)).content
    ids = {each.id for each in case.events if each.id and "-" in each.id}
    assert ids
    shown = [
        text
        for section in content.sections
        if section.key not in ("audit", "notes")
        for text in _texts(section)
    ]
    assert not [(name, text) for name in ids for text in shown if name in text]


def _texts(section):
    for block in section.blocks:
        if isinstance(block, Table):
            yield from (cell.text for row in block.rows for cell in row)
            yield from (*block.notes, *(text for _, text in block.footnotes))
        elif hasattr(block, "texts"):
            yield from block.texts


@pytest.mark.parametrize(
    ("patient", "event", "expected"),
    [
        pytest.param("sex: female", ", what: leiomyosarcoma of the uterus",
                     "leiomyosarcoma of the uterus", id="only the event states it"),
        pytest.param("sex: female, site: uterus", ", what: leiomyosarcoma",
                     "leiomyosarcoma, uterus", id="with the site of the patient"),
        pytest.param("diagnosis: sarcoma", ", what: pelvic mass", "sarcoma",
                     id="the patient states it"),
        pytest.param("sex: female", "", "not stated", id="neither does"),
    ],
)  # fmt: skip
def test_the_diagnosis_is_read_from_its_event_too(tmp_path, patient, event, expected):
    text = f"case: a\npatient: {{{patient}}}\nevents:\n  - {{diagnosis: 2021-03{event}}}\n"
    assert facts(content_of_text(tmp_path, text).content)["Diagnosis"] == expected


def test_the_table_of_lines_has_the_dose_and_the_schedule_of_each_drug(measured):
    """The record: pembrolizumab 200 mg IV day 1, a cycle of 3 weeks; trabectedin alone."""
    assert [row["regimen"] for row in table(measured, "lines")] == [
        "pembrolizumab\npembrolizumab 200 mg IV day 1, q3w",
        "trabectedin",
    ]


def test_the_heading_of_the_line_is_not_broken(wang):
    """In Helvetica Bold (AFM: L 611, i 278, n 611, e 556) "Line" is 2.056 em, on A4 and 800 px."""
    shares = {
        (found.key, each.title): each.share / sum(other.share for other in found.columns)
        for found in blocks(wang, Table)
        for each in found.columns
    }
    share = shares["lines", "Line"]
    document, cell_margins = 210 - 2 * 15.0, 2 * 1.9  # millimetres; Word: 0.19 cm a side
    assert share * document - cell_margins > 2.056 * 8 * 25.4 / 72
    page, padding = 800 - 2 * 20, (0.6 + 0.3) * 16  # pixels; the text is 0.9 of 15
    assert share * page - padding > 2.056 * 0.9 * 15
