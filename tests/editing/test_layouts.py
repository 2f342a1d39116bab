"""Edits of files in every layout that YAML allows for events, drawn at random."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tests.editing.test_laws import refused
from timeline.editing import event_grid, moved_row, with_cell, with_rows, without_rows
from timeline.editing.edits.case_text import CaseText

KEYS = {
    "what": ["chest", '"a, b"', "'it''s: so'", "two\n{pad}lines", '"two\n{pad}lines"', '"#1"'],
    "note": [
        ">-\n{pad}a folded\n{pad}text",
        "|\n{pad}a text\n\n{pad}kept",
        "short",
        "|+\n{pad}x\n",
    ],
    "modality": ["CT", "[CT, MRI]", "\n{pad}- CT  # first\n{pad}- MRI"],
    "called": ["PR", "{PR: Abstract}", "\n{pad}PR: Abstract\n{pad}PD: 'Figure 2'   # legend"],
    "target": ["shrunk", "PR"],
    "lesions": ["{T1: 23 mm}", "{T1: 23 mm,\n{pad}N1: 12 mm}"],
}
FLOW = {key: [value for value in values if not value.startswith((">", "|", "\n"))]
        for key, values in KEYS.items()}  # fmt: skip
COMMENTS = st.sampled_from(["", "", "", "  # seen in {1}, [2]", "   # 'not closed"])
BETWEEN = st.sampled_from(["", "", "", "\n", "{indent}# about the next\n", "# at the margin\n\n"])


@st.composite
def _entry(draw, indent: str) -> str:
    """An event as text, in any form."""
    number = draw(st.integers(1, 28))
    keys = draw(st.lists(st.sampled_from(list(KEYS)), max_size=4, unique=True))
    kind = ("scan", f"2021-03-{number:02}")
    if draw(st.booleans()):
        pairs = [kind, *((key, draw(st.sampled_from(FLOW[key]))) for key in keys)]
        pairs = draw(st.permutations(pairs))
        breaks = [draw(st.sampled_from([" ", " ", f"\n{indent}   ", f"  # why\n{indent}   "]))
                  for _ in pairs[1:]]  # fmt: skip
        texts = [f"{key}: {value.replace('{pad}', f'{indent}     ')}" for key, value in pairs]
        whole = texts[0] + "".join(f",{b}{t}" for b, t in zip(breaks, texts[1:], strict=True))
        return f"{indent}- {{{whole}}}{draw(COMMENTS)}\n"
    pairs = [kind, *((key, draw(st.sampled_from(KEYS[key]))) for key in keys)]
    lines = []
    for key, value in draw(st.permutations(pairs)):
        written = value.replace("{pad}", f"{indent}    ")
        gap = "" if written.startswith("\n") else " "
        comment = "" if "\n" in written else draw(COMMENTS)
        lines.append(f"{key}:{gap}{written}{comment}\n")
        if draw(st.integers(0, 5)) == 0 and not value.startswith(("|", ">")):
            lines[-1] += f"{indent}  # between keys\n"
    return f"{indent}- " + f"{indent}  ".join(lines)


@st.composite
def files(draw) -> str:
    """A case file with one to five events."""
    places = draw(st.sampled_from([[""], ["P"], ["P", "Case, 2"]]))
    text = draw(st.sampled_from(["case: a\n", "# a case\n\ncase: a   # its name\n"]))
    text += f"events:{draw(COMMENTS)}\n"
    for place in places:
        indent = draw(st.sampled_from(["  ", "", "      "] if not place else ["    ", "  "]))
        if place:
            text += f"  {place}:{draw(COMMENTS)}\n"
        for _ in range(draw(st.integers(1, 3))):
            text += draw(BETWEEN).replace("{indent}", indent) + draw(_entry(indent))
    text += draw(st.sampled_from(["", "# the end\n", "\nclaims: []\n", "\n\n"]))
    if draw(st.booleans()):
        text = text.rstrip("\n")
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text


VALUES = {
    "what": ["x", "a, b: {c}", "- no list", "50 %", "#5", "y" * 120, "a long text " * 12, "'", ""],
    "note": ["x", "a long text " * 12, 'it\'s "so"', ""],
    "modality": ["CT", "CT, MRI", ""],
    "called": ["PR", "PR: Abstract; PD: Figure 3", "PR: Table 1", ""],
    "target": ["stable", ""],
    "lesions": ["T1: 20 mm", "T1: 20 mm; N1: 8 mm", ""],
    "date": ["2021-04", "2021-03, after line 1", "[2021-03..2021-05]"],
    "baseline": ["1"],
    "event": ["scan"],
}


def _sound(text: str) -> bool:
    case = CaseText.of(text)
    return not case.problems


@given(text=files(), data=st.data())
def test_a_cell_of_any_layout(text, data):
    rows = event_grid(text).rows
    assert _sound(text), CaseText.of(text).problems
    row = data.draw(st.integers(0, len(rows) - 1))
    key = data.draw(st.sampled_from(list(VALUES)))
    value = data.draw(st.sampled_from(VALUES[key]))
    edited = with_cell(text, "events", row, key, value)
    assert not refused(edited, text)
    after = event_grid(edited.text).rows
    wanted = {**rows[row].cells, key: " ".join(value.split())}
    wanted = {name: cell for name, cell in wanted.items() if cell}
    assert {name: " ".join(cell.split()) for name, cell in after[row].cells.items()} == {
        name: " ".join(cell.split()) for name, cell in wanted.items()}  # fmt: skip
    assert [each.cells for each in after if each.number != row] == [
        each.cells for each in rows if each.number != row]  # fmt: skip
    assert CaseText.of(edited.text).comment_texts == CaseText.of(text).comment_texts
    lines = text.splitlines(keepends=True)
    assert edited.text.startswith("".join(lines[: rows[row].line - 1]))
    rest = "".join(lines[rows[row].last_line :])
    assert edited.text.endswith(rest) or not text.endswith("\n")


@given(text=files(), data=st.data())
def test_rows_of_any_layout(text, data):
    rows = [row.cells for row in event_grid(text).rows]
    number = data.draw(st.integers(0, len(rows) - 1))
    gone = without_rows(text, "events", [number])
    assert not refused(gone, text)
    left = rows[:number] + rows[number + 1 :]
    assert [row.cells for row in event_grid(gone.text).rows] == left
    at = data.draw(st.integers(0, len(rows)))
    new = {"event": "death", "date": "2022-01", "what": "a long text " * 12}
    more = with_rows(text, "events", at, [new])
    assert not refused(more, text)
    cells = [{k: v for k, v in row.cells.items() if k != "place"}
             for row in event_grid(more.text).rows]  # fmt: skip
    assert cells.pop(at) == {**new, "what": new["what"].strip()}
    assert cells == [{k: v for k, v in row.items() if k != "place"} for row in rows]
    to = data.draw(st.integers(0, len(rows) - 1))
    moved = moved_row(text, "events", number, to)
    if not refused(moved, text):
        rows.insert(to, rows.pop(number))
        assert [row.cells for row in event_grid(moved.text).rows] == rows
    else:
        assert "place" in str(moved.problems)
    for edited in (gone, more, moved):
        assert CaseText.of(edited.text).comment_texts == CaseText.of(text).comment_texts
        if "\r\n" in text:
            assert edited.text.count("\n") == edited.text.count("\r\n")
