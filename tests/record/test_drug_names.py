"""The name of a drug is one name: a list within it is refused, in a cell and in a case file."""

from __future__ import annotations

import pytest

from timeline.editing import with_rows
from timeline.files.loader import contents_of
from timeline.files.yaml.yaml_nodes import ProblemLog, compose_text
from timeline.record.event_parts.drug_doses import drug_dose

IN_BRACKETS = "write leucovorin; oxaliplatin; bevacizumab in a cell, [leucovorin, oxaliplatin, "
LISTS = [  # what is no name, and the words of the fault
    ("[leucovorin, oxaliplatin], bevacizumab", IN_BRACKETS),
    ("leucovorin, [oxaliplatin, bevacizumab]", IN_BRACKETS),
    ("XYZ12, ABC34 5 mg", "write XYZ12; ABC34 in a cell, [XYZ12, ABC34] in a case file"),
    ('"XYZ12; ABC34"', "write XYZ12; ABC34 in a cell"),
    ("gemcitabine [days 1, 8]", "write the drug without brackets"),
]


@pytest.mark.parametrize(("text", "words"), LISTS)
def test_a_list_in_the_place_of_a_name_is_refused_with_what_to_write(text, words):
    cells = {"event": "treatment", "date": "2021", "line": "1", "drugs": text}
    (problem,) = with_rows("case: a\nevents:\n", "events", 0, [cells]).problems
    assert words in problem.what
    log = ProblemLog("a.yaml")
    value = text if text[0] == '"' else f"'{text}'"
    entry = f"case: a\nevents:\n  - {{treatment: 2021, line: 1, drugs: {value}}}\n"
    contents_of(compose_text(entry, log), log)
    assert [words in each.what for each in log.all()] == [True]


@pytest.mark.parametrize("name", ["[177Lu]Lu-PSMA-617", "1,25-dihydroxyvitamin D"])
def test_the_name_of_a_chemist_has_brackets_and_commas_of_its_own(name):
    """IUPAC 2013, P-83.1: an isotope in square brackets; P-16.2.4.1: locants with commas."""
    assert drug_dose(name).agent == name
