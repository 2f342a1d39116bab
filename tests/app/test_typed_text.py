"""What is typed while another text is put into the editor: taken where it fits, never instead."""

from __future__ import annotations

import pytest

from timeline.app.typed_text import TypedText, merged

BASE = "case: a\nevents:\n  - {scan: 2021}\n  - {scan: 2022}\n"
THEIRS = BASE.replace("case: a", "case: b").replace("2021", "2020")


@pytest.mark.parametrize(
    ("current", "mine", "expected"),
    [
        (BASE, BASE + "x", BASE + "x"),  # nothing came between
        (THEIRS, BASE, THEIRS),  # nothing was typed
        (THEIRS, BASE.replace("2022", "2022-03"), THEIRS.replace("2022", "2022-03")),
        (THEIRS, BASE.replace("2021", "2021-03"), None),  # the same line
        (THEIRS, BASE.replace("  - {scan: 2021}\n", ""), None),
        (THEIRS, BASE + "claims:\n", THEIRS + "claims:\n"),
        ("new first line\n" + BASE, BASE.replace("2021", "2019"),
         "new first line\n" + BASE.replace("2021", "2019")),
        (BASE.replace("  - {scan: 2022}\n", ""), BASE.replace("2022", "2023"), None),
        ("", BASE.replace("2022", "2023"), None),
        (THEIRS, THEIRS, THEIRS),
    ],
)  # fmt: skip
def test_a_change_of_an_older_text(current, mine, expected):
    assert merged(BASE, current, mine) == expected


def typed(text, base, number, part, inserted, current):
    start = len(base[: base.index(part)].encode("utf-16-le")) // 2
    return text.typed(number, start, start + len(part.encode("utf-16-le")) // 2, inserted, current)


def test_letters_on_their_way_do_not_bring_the_older_text_back():
    text = TypedText(BASE)
    assert typed(text, BASE, 0, "2022", "2023", BASE) == BASE.replace("2022", "2023")
    now = THEIRS.replace("2022", "2023")
    assert text.put(now) == 1  # the file was read again
    late = typed(text, BASE.replace("2022", "2023"), 0, "2023", "2023-0", now)
    assert late == now.replace("2023", "2023-0")
    # the next letter, typed before the newer text was there, follows the first
    older = BASE.replace("2022", "2023-0")
    assert typed(text, older, 0, "2023-0", "2023-03", late) == now.replace("2023", "2023-03")
    assert text.text == now  # the browser has what was put, until it is sent the rest
    assert typed(text, older.replace("2023-0", "2023-03"), 0, "2021", "1", late) is None


def test_letters_are_counted_as_a_browser_counts():
    base = "note: 😀😀 x\n"
    text = TypedText(base)
    assert typed(text, base, 0, "x", "y", base) == "note: 😀😀 y\n"
    assert text.typed(0, 90, 91, "z", base) is None
    assert text.typed(7, 0, 0, "z", base) is None


def test_only_the_newest_texts_are_remembered():
    text = TypedText("a\n")
    for number in range(100):
        text.put(f"{number}\n")
    assert text.typed(0, 0, 0, "x", "99\n") is None
    assert text.typed(100, 0, 0, "x", "99\n") == "x99\n"
    assert len(text._texts) <= 16
