"""What a scan may state of new lesions, and of the lesions that it looked at.

Expected values: Eisenhauer 2009, Table 1 (a new lesion is PD), 4.3.2 (too small: 5 mm), 4.4.2
(a target not assessed: NE); CDISC codelist NY (Y, N, U, NA).
"""

from __future__ import annotations

import pytest

from tests.rows import every_row
from tests.situations.records import INPUTS, ended, labels, opened, record
from timeline.core.quantities import NM_PER_MM
from timeline.record.event_parts.lesion_sizes import lesion_size
from timeline.record.findings import (
    NONE,
    NOT_EVALUATED,
    earlier_new,
    new_sites,
    non_target_finding,
    target_finding,
)

BASE = """
    scan: 2021-01-01, baseline: 1, sum: 50 mm
    treatment: 2021-01-04/.., line: 1, drugs: docetaxel
"""


@pytest.mark.parametrize(
    "word",
    [
        *("none", "None", "NO", "no", "N", "n", "0", "false", "FALSE", "absent", "nil"),
        *("no new lesions", "No new lesion.", "none seen", "not present", "  none  "),
    ],
)
def test_words_for_no_new_lesion(word):
    assert new_sites(word) == NONE


@pytest.mark.parametrize(
    "word",
    [
        *("NE", "ne", "NA", "N/A", "n/a", "N.A.", "ND", "UNK", "U", "unknown", "not evaluated"),
        *("Not Evaluable", "not assessed", "NOT DONE", "not_done", "not available"),
    ],
)
def test_words_for_new_lesions_not_evaluated(word):
    assert new_sites(word) == NOT_EVALUATED


@every_row(
    "site",
    [
        *("liver", "LIVER", "Lung", "left adrenal gland", "both lungs", "right lobe of liver"),
        *("segment VIII", "liver segment 4a", "S8", "T11", "L1", "C5/6", "station 4R", "level IIb"),
        *("retroperitoneal lymph node", "para-aortic LN", "LYMPH NODE, AXILLARY", "LUNG, LEFT"),
        *("liver and bone", "liver; bone", "RUL", "skull base", "tumour bed", "surgical bed"),
        *("subcutaneous nodule", "peritoneal carcinomatosis", "pleural effusion", "ascites"),
        *("both erector spinae muscles", "left 7th rib", "soft tissue of thigh", "vaginal stump"),
        *("leptomeninges", "epidural space", "pouch of Douglas", "ampulla of Vater", "GE junction"),
        *("left supraclavicular", "internal mammary", "aortopulmonary window", "omental cake"),
    ],
)
def test_a_site_of_the_body_is_kept_as_printed(site):
    assert new_sites(site) == site


@pytest.mark.parametrize(
    ("word", "advice"),
    [
        *((word, "where the new lesion is") for word in ("Y", "YES", "true", "1", "unequivocal")),
        *((word, "where the new lesion is") for word in ("2 new lesions", "new lesion", "PD")),
        *((word, "not a site of the body") for word in ("xyz", "NL1", "?", "mixed response", "-")),
        *((word, "not a site of the body") for word in ("elsewhere", "see text", "metastasis")),
        ("livre", "did you mean liver"),
        *((word, "equivocal:") for word in ("possible liver", "suspected bone metastasis")),
        *((word, "write none") for word in ("no liver lesion", "not in the lung")),
        *((word, "not a new lesion") for word in ("stable", "liver lesion unchanged")),
        ("", "not stated"),
    ],
)
def test_what_is_neither_is_refused_with_what_to_write(word, advice):
    with pytest.raises(ValueError, match=advice):
        new_sites(word)


@pytest.mark.parametrize(
    "written", ['"other: Sister Joseph nodule"', "{other: Sister Joseph nodule}",
                "{site: Sister Joseph nodule}", "other Sister Joseph nodule"],
)  # fmt: skip
def test_any_other_site_can_be_written(tmp_path, written):
    found, problems = record(tmp_path, BASE + f"scan: 2021-03-01, sum: 48 mm, new: {written}")
    assert not problems
    assert labels(found) == ["PD"]
    assert found.statuses[-1].scan.new_lesions == ("Sister Joseph nodule",)


@pytest.mark.parametrize(
    ("new", "label", "event"),
    [
        ("N", "SD", False),
        ("NO", "SD", False),
        ("0", "SD", False),
        ("NE", "SD", False),
        ("not done", "SD", False),
        ("liver", "PD", True),
        ("[liver, left lung]", "PD", True),
    ],
)
def test_what_it_makes_of_a_stable_scan(tmp_path, new, label, event):
    """48 mm of 50 mm is SD; from 2021-01-04 to 2021-03-01 are 27 + 28 + 1 = 56 days."""
    found, problems = record(tmp_path, BASE + f"scan: 2021-03-01, sum: 48 mm, new: {new}")
    assert not problems
    assert labels(found) == [label]
    assert ended(found) == (event, 56, 56)


@pytest.mark.parametrize("written", ["NE", "NA", "unknown", "not evaluated"])
@pytest.mark.parametrize(("answer", "label"), [("no_new", "SD"), ("ne", "NE")])
def test_not_evaluated_follows_the_setting(tmp_path, written, answer, label):
    events = BASE + f"scan: 2021-03-01, sum: 48 mm, new: {written}"
    found, _ = record(tmp_path, events, new_lesions_not_evaluated=answer)
    assert labels(found) == [label]


@pytest.mark.parametrize("pair", ["[none, liver]", "[NE, liver]", "[none, NE]"])
def test_what_contradicts_itself_is_refused(tmp_path, pair):
    _, problems = record(tmp_path, BASE + f"scan: 2021-03-01, sum: 48 mm, new: {pair}")
    assert "contradict themselves" in str(problems[0])


def test_a_refusal_names_the_place_and_the_value(tmp_path):
    _, problems = record(tmp_path, BASE + "scan: 2021-03-01, sum: 48 mm, new: Y")
    assert "case.yaml:6:41" in str(problems[0])
    assert "'Y'" in str(problems[0])


def test_public_row_p127():
    found, problems = opened(INPUTS / "scans" / "P127-new-lesion-n.yaml")
    assert not problems
    assert labels(found) == ["SD"]
    assert ended(found) == (False, 56, 56)


@pytest.mark.parametrize(
    ("read", "word", "allows"),
    [
        (target_finding, "Complete Response", {"CR"}),
        (target_finding, "stable disease", {"SD"}),
        (target_finding, "progressive disease", {"PD"}),
        (target_finding, "iPR", {"PR"}),
        (target_finding, "Not done", {"NE"}),
        (target_finding, "NA", {"NA"}),
        (target_finding, "smaller", {"PR", "SD"}),
        (target_finding, "increased", {"SD", "PD"}),
        (non_target_finding, "SD", {"NON-CR/NON-PD"}),
        (non_target_finding, "Non CR/Non PD", {"NON-CR/NON-PD"}),
        (non_target_finding, "NON\N{EN DASH}CR/NON\N{EN DASH}PD", {"NON-CR/NON-PD"}),
        (non_target_finding, "unequivocal progression", {"PD"}),
        (non_target_finding, "increased", {"NON-CR/NON-PD", "PD"}),
        (non_target_finding, "unknown", {"NE"}),
    ],
)
def test_words_of_targets_and_non_targets(read, word, allows):
    assert set(read(word).allows) == allows


@pytest.mark.parametrize("word", ["Y", "yes", "liver", "PRR"])
@pytest.mark.parametrize("read", [target_finding, non_target_finding, earlier_new])
def test_words_that_no_category_has_are_refused(read, word):
    with pytest.raises(ValueError, match="known: "):
        read(word)


@pytest.mark.parametrize(
    ("scans", "label"),
    [
        ("target: CR, non-target: NA, new: none", "CR"),  # no non-target disease: Table 1
        ("target: CR, non-target: NE, new: none", "PR"),  # not evaluated: Table 1
        ("target: NA, non-target: present, new: none", "NON-CR/NON-PD"),  # Table 2
        ("target: NA, non-target: CR, new: none", "CR"),
    ],
)
def test_not_applicable_is_no_such_disease(tmp_path, scans, label):
    events = f"""
        scan: 2021-01-01, baseline: 1
        treatment: 2021-01-04/.., line: 1, drugs: docetaxel
        scan: 2021-03-01, {scans}
    """
    found, problems = record(tmp_path, events)
    assert not problems
    assert labels(found) == [label]


@pytest.mark.parametrize(
    ("printed", "length"),
    [
        ("10 mm + too small", 15 * NM_PER_MM),
        ("too small + too small", 10 * NM_PER_MM),
        ("10 mm + absent", 10 * NM_PER_MM),
        ("12 mm + 9 mm", 21 * NM_PER_MM),
        ("10 mm + not evaluated", None),
        ("NE", None),
        ("n/a", None),
        ("Not done", None),
        ("TSTM", 5 * NM_PER_MM),
        ("gone", 0),
        ("Resolved", 0),
        ("0 mm", 0),
    ],
)
def test_sizes_of_lesions(printed, length):
    assert lesion_size(printed).length == length


@pytest.mark.parametrize("printed", ["none", "no", "present", "faded", "10 mm + faded", "yes"])
def test_words_that_are_no_size_are_refused(printed):
    with pytest.raises(ValueError, match="not a size"):
        lesion_size(printed)


@pytest.mark.parametrize("key", ["target", "non-target"])
@pytest.mark.parametrize("word", ["none", "no", "N", "0"])
def test_none_of_old_lesions_is_refused_without_a_guess(tmp_path, key, word):
    """None left, none there ever, none looked at: three findings, so that no one is offered."""
    _, problems = record(tmp_path, f"scan: 2022-03-01, {key}: {word}, new: none")
    assert "write absent if all have resolved, NA if there never were any" in str(problems[0])
    assert "did you mean" not in str(problems[0])


@pytest.mark.parametrize("word", ["<5 mm", "< 5 mm", "≤ 5 mm"])
def test_a_bound_of_a_size_names_the_word_for_it(tmp_path, word):
    events = f"scan: 2022-03-01, lesions: {{T1: {word}}}"
    _, problems = record(tmp_path, events, "lesions: {T1: {organ: liver}}")
    assert "too small where the lesion was seen" in str(problems[0])
