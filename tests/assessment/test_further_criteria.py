"""Cases judged by the further criteria: shown, explained, audited and drawn as one by RECIST."""

import pytest

import timeline as tl
from renderers import scene_of
from tests.rows import every_row
from timeline.record.event_parts.state_words import steroid_dose
from timeline.record.event_parts.uptake import liver_uptake, sul, suv, uptake_extent

# of each criterion: the keys of the line's scans, the labels by it, what one reason says, a claim
# that agrees, one that is contradicted, and what is said of it where a report is drawn
PERCIST = (
    "PERCIST",
    "PERCIST 1.0",
    "sul-peak: 8.0, liver: 2.0 ± 0.2",
    (
        "sul-peak: 5.6, liver: 2.0 ± 0.2, new: none, called: PMR",
        "sul-peak: 1.5, liver: 2.0 +/- 0.2, at-background: yes, new: none",
        "sul-peak: 10.4 SUL, liver: 2.0, new: none",
    ),
    ("PMR", "CMR", "PMD"),
    "SULpeak 5.6 SUL, baseline 8.0 SUL (-30.0 %, -2.4 SUL)",
    ("PMR", "PMD"),
)
EORTC = (
    "EORTC PET",
    "EORTC PET",
    "suv: 10.0",
    (
        "suv: 8.5, cycles-since-baseline: 1, new: none",
        "suv: 7.5, cycles-since-baseline: 3, new: none",
        "suv: 5, cycles-since-baseline: 5, uptake-extent: +21 %, new: none",
    ),
    ("PMR", "SMD", "PMD"),
    "SUV 8.5 SUV, baseline 10.0 SUV (-15.0 %, -1.5 SUV)",
    ("partial metabolic response", "CMR"),
)

LUGANO_CT = (
    "Lugano CT",
    "Lugano CT",
    "lesions: {T1: 40 x 30 mm, N1: 30 x 20 mm}, spleen: 150 mm",
    (
        "lesions: {T1: 25 x 20 mm, N1: 14 x 10 mm}, spleen: 135 mm, new: none",
        "lesions: {T1: absent, N1: 14 x 10 mm}, spleen: 125 mm, marrow: clear, new: none",
        "lesions: {T1: absent, N1: 14 x 10 mm}, spleen: 131 mm, new: none",
    ),
    ("PR", "CR", "PD"),
    "sum of products 640.0 mm²",
    ("PR", "CR"),
)
LUGANO_PET = (
    "Lugano PET",
    "Lugano PET",
    "modality: PET/CT, deauville: 5",
    (
        "modality: PET/CT, deauville: 4, uptake: lower, new: none",
        "modality: PET/CT, deauville: 3, marrow: normal, new: none",
        "modality: PET/CT, deauville: 5, uptake: increased, new: none",
    ),
    ("PMR", "CMR", "PMD"),
    "uptake above the liver, score 4 or 5, less uptake than at baseline",
    ("PMR", "NMR"),
)
RANO_BM = (
    "RANO-BM",
    "RANO-BM",
    "lesions: {T1: 15 mm, T2: 15 mm}, corticosteroid: 4 mg",
    (
        "lesions: {T1: 11 mm, T2: 10 mm}, corticosteroid: 4 mg/day, new: none",
        "lesions: {T1: absent, T2: absent}, corticosteroid: none, new: none",
        "lesions: {T1: absent, T2: absent}, clinical: deteriorated, new: none",
    ),
    ("PR", "CR", "PD"),
    "on corticosteroid",
    ("PR", "SD"),
)
OF_SIZE = {"Lugano CT": {"SD", "PR", "CR", "PD"}, "RANO-BM": {"PR", "CR"}}


def text_of(criterion, baseline, scans, claims=()):
    dates = ("2021-03-15", "2021-05-10", "2021-08-10", "2021-11-10")
    found = "".join(
        f"  - {{scan: {date}, {keys}}}\n" for date, keys in zip(dates, scans, strict=False)
    )
    told = "".join(f"  - {{response: {value}, of: scan {dates[0]}}}\n" for value in claims)
    return (
        "case: example\n"
        "lesions: {T1: {organ: liver}, T2: {organ: brain}, N1: {organ: axilla, node: yes}}\n"
        "events:\n"
        f"  - {{scan: 2021-01-20, baseline: 1, {baseline}}}\n"
        f"  - {{treatment: 2021-02-01/, line: 1, drugs: erlotinib, criterion: {criterion}}}\n"
        f"{found}" + (f"claims:\n{told}" if told else "")
    )


def loaded(tmp_path, text):
    path = tmp_path / "example.yaml"
    path.write_text(text, "utf-8")
    return path


EVERY = [PERCIST, EORTC, LUGANO_CT, LUGANO_PET, RANO_BM]


@pytest.mark.parametrize("row", EVERY, ids=lambda row: row[0])
def test_a_case_is_shown_explained_audited_and_drawn(row, tmp_path):
    name, title, baseline, scans, labels, reason, claims = row
    path = loaded(tmp_path, text_of(name, baseline, scans, claims))
    derived = tl.derive(tl.load_case(path))
    statuses = derived.status(title, 1)
    assert tuple(each.label for each in statuses if each.labels) == labels
    assert any(reason in each.why for each in statuses)
    by_recist = [each for each in derived.status("RECIST 1.1", 1) if each.labels]
    assert {each.label for each in by_recist} <= OF_SIZE.get(title, {"NE"})
    assert derived.progressions[-1].scans == (statuses[-1].scan,)
    found = tl.audit(derived, tl.load_report(path))
    assert [each.conclusion.value for each in found] == ["agrees", "contradicted"]
    sized = () if title == "Lugano PET" else ("waterfall", "spider")
    for kind in ("timeline", "swimmer", *sized):
        scene = scene_of([derived], kind)
        assert scene.caption


REFUSED = [
    (sul, "high", "not one SUL: 'high' (write the number, such as 8.0)"),
    (sul, "8.0 SUV", "not one SUL"),
    (sul, "5-6", "not one SUL"),
    (sul, "-1", "not one SUL"),
    (suv, "8.0 mm", "not one SUV"),
    (suv, "1.1234567", "not a number of a PET"),
    (liver_uptake, "normal", "write the mean and its SD: 2.0 ± 0.2"),
    (uptake_extent, "25 %", "not a change of extent: '25 %'"),
    (uptake_extent, "bigger", "not a change of extent"),
    (steroid_dose, "4", "not a dose of corticosteroid: '4'"),
    (steroid_dose, "4 mg/m²", "not a dose of corticosteroid"),
]


@every_row(("reader", "text", "fault"), REFUSED)
def test_an_uptake_that_is_no_number_is_refused(reader, text, fault):
    with pytest.raises(ValueError, match="not ") as refused:
        reader(text)
    assert fault in str(refused.value)


@every_row(
    ("reader", "text", "numbers"),
    [
        (lambda text: (sul(text).exact,), "8.0", (8,)),
        (lambda text: (sul(text).exact,), "8 SUL", (8,)),
        (lambda text: (liver_uptake(text).mean, liver_uptake(text).sd), "2 (SD 0.5)", (2, 0.5)),
        (lambda text: (liver_uptake(text).sd,), "2.0", (None,)),
        (lambda text: (uptake_extent(text).percent, uptake_extent(text).grown), "-5 %", (-5, None)),
        (lambda text: (uptake_extent(text).grown,), "Enlarged", (True,)),
        (lambda text: (uptake_extent(text).grown,), "stable", (False,)),
    ],
)
def test_an_uptake_is_read(reader, text, numbers):
    assert reader(text) == numbers


def test_a_metabolic_call_is_a_category_on_a_line_of_its_criterion_alone(tmp_path):
    called = ("called: PMR", "called: complete metabolic response")

    def labels(criterion, title):
        text = text_of(criterion, "modality: PET", called)
        found = tl.derive(tl.load_case(loaded(tmp_path, text))).status(title, 1)
        return [each.label for each in found if each.labels]

    assert labels("PERCIST", "PERCIST 1.0") == ["PMR", "CMR"]
    assert labels("PERCIST", "RECIST 1.1") == ["NE", "NE"]
    assert labels("Choi", "Choi") == labels("Choi", "RECIST 1.1") == []


def test_diameters_are_no_uptake(tmp_path):
    text = text_of("PERCIST", "sum: 50 mm", ("sum: 30 mm, new: none",))
    derived = tl.derive(tl.load_case(loaded(tmp_path, text)))
    told = " ".join(each.what for each in derived.remarks)
    assert "PERCIST 1.0 takes the SULpeak of the hottest lesion, and its sum is in mm" in told
    assert "write sul-peak:, if the report has it" in told
    assert [each.label for each in derived.status("RECIST 1.1", 1) if each.labels] == ["PR"]
