"""What is typed while another text is put into the editor: taken where it fits, never instead."""

from __future__ import annotations

import itertools
from collections import Counter

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

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


LINES = "a: 1\nb: 2\nc: 3\nd: 4\n"


@pytest.mark.parametrize(
    ("current", "mine", "expected", "why"),
    [
        (LINES.replace("b: 2", "b: 9"), LINES.replace("c: 3", "c: 35"),
         LINES.replace("b: 2", "b: 9").replace("c: 3", "c: 35"), "the line below"),
        (LINES.replace("b: 2", "b: 9"), LINES.replace("c: 3\n", ""),
         "a: 1\nb: 9\nd: 4\n", "the line below is taken out"),
        (LINES.replace("c: 3", "c: 9"), LINES.replace("c: 3", "x: 0\nc: 3"),
         LINES.replace("c: 3", "x: 0\nc: 9"), "a line above it is put in"),
        (LINES.replace("b: 2", "b: 9"), LINES.replace("c: 3", "x: 0\nc: 3"),
         LINES.replace("b: 2", "b: 9").replace("c: 3", "x: 0\nc: 3"), "a line below it is put in"),
        (LINES.replace("b: 2", "b: 9").replace("c: 3", "c: 9"),
         LINES.replace("c: 3", "x: 0\nc: 3"), None, "between two lines that were changed"),
        (LINES.replace("b: 2", "b: 9"), LINES.replace("b: 2", "b: 2\nx: 0"),
         "a: 1\nb: 9\nx: 0\nc: 3\nd: 4\n", "a line is begun at its end"),
        (LINES.replace("b: 2", "b: 9"), LINES.replace("b: 2", "b: 20"), None, "the line itself"),
        ("a: 1\nb: 2\n", LINES.replace("d: 4\n", "d: 4\ne: 5\n"), "a: 1\nb: 2\ne: 5\n",
         "a line at the end, which is there still"),
        ("a: 1\nb: 2\n", LINES.replace("d: 4", "x: 0\nd: 4"), None, "its lines are gone"),
    ],
)  # fmt: skip
def test_neighbouring_lines_merge(current, mine, expected, why):
    assert merged(LINES, current, mine) == expected, why


def test_what_follows_a_letter_that_came_late_does_not_conflict_with_it():
    """``20`` is typed; the text of another tab is put between the two letters."""
    text = TypedText(LINES)
    other = LINES.replace("d: 4", "d: 9")
    assert text.put(other) == 1
    late = typed(text, LINES, 0, "c: 3", "c: 32", other)
    assert late == other.replace("c: 3", "c: 32")
    text.put(late)  # on its way; the browser still has the text before, without the letter
    assert typed(text, other, 1, "c: 3", "c: 30", late) is None  # it takes out the line of the late
    end = other.index("3") + 1
    text = TypedText(LINES)
    text.put(other)
    late = text.typed(0, end, end, "2", other)
    text.put(late)
    assert text.typed(1, end, end, "0", late) == late.replace("c: 32", "c: 320")


@attrs.define
class Writer:
    """A browser: its text, and the messages on their way from the server and to it."""

    server: TypedText
    text: str = LINES
    number: int = 0
    to_server: list = attrs.Factory(list)
    to_browser: list = attrs.Factory(list)

    def type(self, at, letter, *, takes):
        """Put a letter in at a place, or take the one out that stands there."""
        at = at % (len(self.text) + 1)
        if takes and at < len(self.text) and self.text[at] != "\n":
            change = (at, at + 1, "")
        else:
            change = (at, at, letter)
        self.to_server.append((self.number, *change, self.text[change[0] : change[1]]))
        self.text = self.text[: change[0]] + change[2] + self.text[change[1] :]

    def receive(self):
        if self.to_browser:
            self.number, self.text = self.to_browser.pop(0)


ACTS = st.tuples(
    st.sampled_from(["type", "type", "type", "take", "serve", "serve", "show", "receive"]),
    st.integers(0, 1), st.integers(0, 40),
)  # fmt: skip


@given(st.lists(ACTS, max_size=40))
def test_of_two_writers_no_letter_is_lost_or_doubled_without_a_message(acts):
    """Each letter that is typed is another one, so that each can be found again."""
    writers = [Writer(TypedText(LINES)), Writer(TypedText(LINES))]
    document, letters, refused = LINES, map(chr, itertools.count(0x4E00)), []
    typed, taken = [], []

    def serve(writer):
        nonlocal document
        number, start, end, inserted, gone = writer.to_server.pop(0)
        found = writer.server.typed(number, start, end, inserted, document)
        if found is None:
            refused.append(inserted or gone)  # the message has it
            writer.to_browser.append((writer.server.put(document), document))
            return
        (typed if inserted else taken).append(inserted or gone)
        document = found

    def show():
        for writer in writers:
            if writer.server.text != document:
                writer.to_browser.append((writer.server.put(document), document))

    for act, who, at in acts:
        writer = writers[who]
        if act in ("type", "take"):
            writer.type(at, next(letters), takes=act == "take")
        elif act == "serve" and writer.to_server:
            serve(writer)
        elif act == "show":
            show()
        elif act == "receive":
            writer.receive()
    show()
    while any(writer.to_server or writer.to_browser for writer in writers):
        for writer in writers:
            while writer.to_server:
                serve(writer)
            writer.receive()
        show()
    assert [writer.text for writer in writers] == [document, document]
    left, first = Counter(document), Counter(LINES)
    assert left == first + Counter(typed) - Counter(taken)
