"""Words of reports in the column event, and what they may become."""

from __future__ import annotations

import pytest

from timeline.core.data_tables import data_rows
from timeline.editing import pasted, with_rows
from timeline.editing.ways.event_words import event_ways
from timeline.files.entry_words import kind_advice
from timeline.record.events import EVENTS, KINDS

NEEDS = {"treatment": {"drugs": "not stated"}, "lab": {"values": "CEA: 5 ng/mL"}}


def test_every_row_is_a_new_word_of_a_kind_and_its_cells_are_taken():
    refused = []
    for row in data_rows("event_words"):
        words = (row.text("word"), *row.texts("also"))
        assert row.text("event") in EVENTS
        assert not {word.lower() for word in words} & set(KINDS)
        way = next(each for each in event_ways(words[0], {}) if row.text("event") in each.words)
        cells = {"date": "2021-03", **NEEDS.get(row.text("event"), {}), **way.cells}
        if cells["event"] == "treatment" and "setting" not in cells:
            cells.setdefault("line", "1")
        edited = with_rows("case: a\nevents: []\n", "events", 0, [cells])
        refused += [(words[0], each.what) for each in edited.problems]
    assert refused == []


def test_a_word_with_an_entry_to_write_has_a_way():
    """What the loader explains, a grid offers; but for what is no event of its own."""
    without = {"PFS", "chemoradiotherapy", "discontinuation", "event"}
    missing = [
        row.text("word")
        for row in data_rows("entry_words")
        if row.text("of") == "kind" and kind_advice(row.text("word"))
        and not event_ways(row.text("word"), {})
    ]  # fmt: skip
    assert set(missing) == without


@pytest.mark.parametrize(
    ("word", "cells", "expected"),
    [
        ("ct", {}, [{"event": "scan", "modality": "CT"}]),
        ("PET/CT", {}, [{"event": "scan", "modality": "PET-CT"}]),
        ("MRI", {"modality": "MRI"}, [{"event": "scan", "modality": "MRI"}]),
        ("chemo", {}, [{"event": "treatment", "what": "chemo"}]),
        # two descriptions are joined; two statements of another key are two ways
        ("chemo", {"what": "FOLFOX"}, [{"event": "treatment", "what": "chemo; FOLFOX"}]),
        ("MRI", {"modality": "CT", "note": "late"},
         [{"event": "scan", "modality": "MRI", "note": "late; modality: CT"},
          {"event": "scan", "note": "late; MRI"}]),
        ("MRI", {"modality": "CT", "note": "by MRI"},
         [{"event": "scan", "modality": "MRI", "note": "by MRI; modality: CT"},
          {"event": "scan", "note": "by MRI"}]),
        ("CT: PR", {"called": "PD"},
         [{"event": "scan", "modality": "CT", "called": "PR", "note": "called: PD"},
          {"event": "scan", "modality": "CT", "note": "CT: PR"}]),
        ("CT: PR", {"called": "pr"}, [{"event": "scan", "modality": "CT", "called": "pr"}]),
        ("CT baseline", {"baseline": "yes"},  # which its own choice makes the number of a line
         [{"event": "scan", "modality": "CT", "baseline": "yes"}]),
        ("hemicolectomy", {"what": "and resection of segment VI, R0"},
         [{"event": "surgery", "what": "hemicolectomy and resection of segment VI",
           "margin": "R0"}]),
        ("hemicolectomy", {"what": "R0", "margin": "R1"},
         [{"event": "surgery", "what": "hemicolectomy", "margin": "R0", "note": "margin: R1"},
          {"event": "surgery", "what": "hemicolectomy; R0", "note": "hemicolectomy"}]),
        # a toxicity with its grade, in the word or in the description of its row
        ("AE", {"what": "Neutropenia grade 3"},
         [{"event": "toxicity", "what": "", "term": "Neutropenia", "grade": "3"}]),
        ("AE", {"what": "Neutropenia grade 3", "grade": "2"},
         [{"event": "toxicity", "what": "", "term": "Neutropenia", "grade": "3",
           "note": "grade: 2"}, {"event": "toxicity", "note": "AE"}]),
        ("Neutropenia grade 3", {"what": "G-CSF given"},
         [{"event": "toxicity", "term": "Neutropenia", "grade": "3", "what": "",
           "note": "G-CSF given"}]),
        ("febrile neutropenia", {"what": "grade 3"},
         [{"event": "toxicity", "what": "", "term": "febrile neutropenia", "grade": "3"}]),
        ("G2 fatigue", {}, [{"event": "toxicity", "term": "fatigue", "grade": "2"}]),
        ("lymphoma grade 3", {}, []),  # no toxicity that is known
        # a death with its cause, as the key disease-status has it
        ("died of disease", {}, [{"event": "death", "disease-status": "died of disease"}]),
        ("Treatment-related death", {},
         [{"event": "death", "disease-status": "died of treatment"}]),
        ("died of sepsis", {}, [{"event": "death", "cause": "sepsis"}]),
        ("NED", {}, [{"event": "last contact", "disease-status": "no evidence of disease"}]),
        # a part of the body; a scan has no site
        ("MRI liver", {}, [{"event": "scan", "modality": "MRI", "what": "MRI liver"}]),
        ("CT chest/abdomen/pelvis", {},
         [{"event": "scan", "modality": "CT", "what": "CT chest/abdomen/pelvis"}]),
        ("MRI of the liver: SD", {}, [{"event": "scan", "modality": "MRI",
                                       "what": "MRI of the liver", "called": "SD"}]),
        ("liver resection", {},
         [{"event": "surgery", "what": "liver resection", "site": "liver"}]),
        ("right hemicolectomy and resection of segment VI", {},
         [{"event": "surgery", "what": "right hemicolectomy and resection of segment VI"}]),
        ("liver biopsy", {}, [{"event": "biopsy", "what": "liver biopsy", "site": "liver"}]),
        ("CT and MRI liver", {}, []),  # two scans
        ("liver", {}, []),
        ("liver function", {}, []),
        # what may be either is offered as both
        ("PD", {}, [{"event": "scan", "called": "PD"}, {"event": "progression"}]),
        ("neuropathy", {}, [{"event": kind, "what": "neuropathy"}
                            for kind in ("toxicity", "symptom")]),
        # a regimen or drugs, divided as a case file divides them
        ("FOLFOX", {}, [{"event": "treatment", "drugs": "FOLFOX"}]),
        ("FOLFOX/bevacizumab", {}, [{"event": "treatment", "drugs": "FOLFOX; bevacizumab"}]),
        ("Trifluridine/tipiracil", {},  # one tablet of two agents, by its label
         [{"event": "treatment", "drugs": "Trifluridine/tipiracil"}]),
        ("carboplatin AUC 5, paclitaxel", {},
         [{"event": "treatment", "drugs": "carboplatin AUC 5; paclitaxel"}]),
        ("FOLFOX", {"drugs": "leucovorin"}, [{"event": "treatment", "what": "FOLFOX"}]),
        ("dexamethasone", {}, [{"event": kind, "drugs": "dexamethasone"}
                               for kind in ("supportive", "treatment")]),
        ("cetuximab stopped", {}, []),
        # words that it began, of which the date of the row is the day
        ("Start FOLFOX", {}, [{"event": "treatment", "drugs": "FOLFOX"}]),
        ("FOLFOX started", {}, [{"event": "treatment", "drugs": "FOLFOX"}]),
        ("C1 FOLFOX", {}, [{"event": "treatment", "drugs": "FOLFOX"}]),
        ("C3 FOLFOX", {}, []),  # began at another date
        ("FOLFOX completed", {}, []),
        ("started radiotherapy", {}, [{"event": "radiotherapy"}]),
        ("start CT", {}, []),
        # Fisher 1990, J Clin Oncol 8:1483
        ("began AC", {}, [{"event": "treatment", "drugs": "doxorubicin + cyclophosphamide",
                           "what": "AC"}]),
        # the T of AC-T was paclitaxel (Henderson 2003) or docetaxel (Eiermann 2011)
        ("AC-T", {}, [{"event": "treatment", "what": "AC-T",
                       "drugs": f"doxorubicin + cyclophosphamide + {taxane}"}
                      for taxane in ("paclitaxel", "docetaxel")]),
        ("5-FU/LV", {}, [{"event": "treatment", "drugs": "fluorouracil + leucovorin",
                          "what": "5-FU/LV"}]),
        # of somatostatin receptors (NETTER-1), or of PSMA (VISION)
        ("Lutetium (Lu-177, PRRT)", {},
         [{"event": "treatment", "drugs": f"177Lu-{ligand}",
           "what": "Lutetium (Lu-177, PRRT)"}
          for ligand in ("DOTATATE", "PSMA-617")]),
        # more that is stated beside the drugs
        ("FOLFOX x6", {}, [{"event": "treatment", "drugs": "FOLFOX", "cycles": "6"}]),
        ("1L FOLFIRI", {}, [{"event": "treatment", "drugs": "FOLFIRI", "line": "1"}]),
        ("1L FOLFIRI", {"line": "2"},
         [{"event": "treatment", "drugs": "FOLFIRI", "line": "1", "note": "line: 2"},
          {"event": "treatment", "drugs": "FOLFIRI", "note": "1L FOLFIRI"}]),
        # a word, a colon or a dash, and more about it
        ("CT: SD", {}, [{"event": "scan", "modality": "CT", "called": "SD"}]),
        ("CT - PD", {}, [{"event": "scan", "modality": "CT", "called": "PD"}]),
        ("CT baseline", {}, [{"event": "scan", "modality": "CT", "baseline": "1"}]),
        ("PET-CT baseline scan", {},
         [{"event": "scan", "modality": "PET-CT", "baseline": "1"}]),
        ("CT: new liver lesion", {},
         [{"event": "scan", "modality": "CT", "note": "new liver lesion"}]),
        ("Surgery: right hemicolectomy", {},
         [{"event": "surgery", "what": "right hemicolectomy"}]),
        ("Toxicity: neutropenia G3", {"grade": "3"},
         [{"event": "toxicity", "term": "neutropenia", "grade": "3"}]),
        ("Labs: CEA 12 ng/mL", {}, [{"event": "lab", "values": "CEA: 12 ng/mL"}]),
        # it may have ended on that date, or at another one
        ("Treatment: FOLFOX stopped", {}, []),
        ("Radiotherapy: completed", {}, []),
        ("FOLFOX - PD", {}, []),
        ("wedding", {}, []),
    ],
)  # fmt: skip
def test_what_a_word_may_become(word, cells, expected):
    assert [dict(way.cells) for way in event_ways(word, cells)] == expected


def test_a_column_of_regimens_becomes_treatments():
    rows = "event\tdate\tline\nFOLFOX + bevacizumab\t2021\t1\nscan\t2022\t"
    refused = pasted("case: a\nevents:\n", "events", 0, "event", rows)
    assert (
        "write treatment, with the columns drugs: FOLFOX; bevacizumab" in refused.problems[0].what
    )
    (offer,) = refused.offers
    assert offer.ways["treatment"] == "make it treatment, drugs: FOLFOX; bevacizumab"
    edited = pasted("case: a\nevents:\n", "events", 0, "event", rows,
                    choices={offer.column: "treatment"})  # fmt: skip
    assert "{treatment: 2021, line: 1, drugs: [FOLFOX, bevacizumab]}" in edited.text


def test_all_words_that_name_a_treatment_become_treatments_with_one_choice():
    """Not AC-T, which may be either of two, nor CT, which is none."""
    rows = "event\tdate\tline\nStart FOLFOX\t2021\t1\nAC-T\t2022\t2\nAC\t2023\t3\nCT\t2024\t"
    case = "case: a\nevents:\n"
    offers = {each.column: each.ways for each in pasted(case, "events", 0, "event", rows).offers}
    (words,) = offers["event:"].values()
    assert words == "make all 2 of them treatments, each with what its button says"
    assert list(offers["event: AC-T"]) == ["treatment", "treatment 2", "leave out"]
    chosen = {"event:": "treatment", "event: AC-T": "treatment 2", "event: CT": "scan"}
    edited = pasted(case, "events", 0, "event", rows, choices=chosen)
    assert edited.problems == ()
    assert "{treatment: 2021, line: 1, drugs: FOLFOX}" in edited.text
    assert "drugs: doxorubicin + cyclophosphamide + docetaxel, what: AC-T}" in edited.text
    assert "line: 3, drugs: doxorubicin + cyclophosphamide, what: AC}" in edited.text
    assert "'AC' is treatment (1 row)" in edited.notes


TABLE = """\
Date\tWhat happened\tDetails\tStopped\tGrade
01/2020\tCT baseline\t\t\t
03/2020\tFOLFOX\tfirst line\t10/2020\t
06/2020\tCT: PR\t\t\t
07/2020\thypertension\t\t\t2
"""


def test_a_table_whose_headings_are_not_known_is_read_by_choices_alone():
    case = "case: a\nevents: []\n"
    refused = pasted(case, "events", 0, "event", TABLE)
    offers = {each.column: list(each.ways) for each in refused.offers}
    assert offers["What happened"][0] == "as event"
    assert offers["Stopped"][0] == "as end"  # it holds dates
    chosen = {"What happened": "as event", "Stopped": "as end"}
    refused = pasted(case, "events", 0, "event", TABLE, choices=chosen)
    said = " ".join(each.what for each in refused.problems)
    assert "What happened" not in said
    assert "not a date" not in said
    assert "did you mean" not in said
    words = {each.column: next(iter(each.ways)) for each in refused.offers}
    edited = pasted(case, "events", 0, "event", TABLE, choices={**chosen, **words})
    assert edited.problems == ()
    for row in ("{scan: 2020-01, modality: CT, baseline: 1}",
                "{treatment: 2020-03/2020-10, what: first line, drugs: FOLFOX}",
                "{scan: 2020-06, modality: CT, called: PR}",
                "{toxicity: 2020-07, what: hypertension, grade: 2}"):  # fmt: skip
        assert row in edited.text
