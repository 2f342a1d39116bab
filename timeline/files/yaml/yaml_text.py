"""A YAML file as one tree of nodes, and every fault of its text, each with its place.

Where the syntax is broken the faulty entry is passed over and the rest is read, so that one call
names the faults of the entire file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from timeline.core.frozen_class import frozen
from timeline.core.problem import Problem, Where
from timeline.files.file_text import Unreadable, controls, place, text_of, without_controls
from timeline.files.folders import not_a_file

_BASE: Any = getattr(yaml, "CBaseLoader", yaml.BaseLoader)  # which guesses no types of scalars
DEEPEST = 40  # levels of nesting; the format needs eight
_NESTED = f"nested deeper than {DEEPEST} levels (write it flat)"
_LIMIT_OF_PARSER = "maximum nesting depth"  # libyaml 0.2.6 stops before it passes on any event
_MOST = 20  # faulty entries that are passed over, and control characters that are named
_TAB = re.compile(r"^ *\t[ \t]*", re.MULTILINE)
_NUMBERED = re.compile(r"^(?P<before>[^\n\r]*[^\s:{\[,-])[ \t]+(?P<rest>#[0-9]+)\b", re.MULTILINE)
_BRACKET = re.compile(r"[\[\]{}]")
_STEEP = re.compile(rf"(?:[-?:] *){{{DEEPEST},}}|^ {{{DEEPEST * 4},}}", re.MULTILINE)
_RUN = re.compile(rf"[-?: ]{{{DEEPEST},}}")  # part of every match of _STEEP, and quickly looked for
_SIGN = re.compile("[ \t]#[0-9]")  # the same of _NUMBERED
_ITEM = re.compile(r" *- ")
_SHARED = "anchors and aliases are not used here (write the value out)"


_TAGS: dict[type[yaml.Node], str] = {
    kind: f"tag:yaml.org,2002:{name}"
    for kind, name in (
        (yaml.ScalarNode, "str"),
        (yaml.SequenceNode, "seq"),
        (yaml.MappingNode, "map"),
    )
}
_PLAIN_TAGS = frozenset(_TAGS.values())


class _Loader(_BASE):  # type: ignore[misc]
    """A loader that gives each untagged node the one tag of its kind, without any search."""

    def resolve(self, kind: type[yaml.Node], value: Any, implicit: Any) -> str:  # noqa: ARG002
        return _TAGS[kind]

    def descend_resolver(self, parent: Any, index: Any) -> None:
        """Nothing: tags do not depend on the path."""

    def ascend_resolver(self) -> None:
        """Nothing: tags do not depend on the path."""


@frozen
class YamlTree:
    """The tree of a file. ``whole``: nothing of it was passed over.

    ``undecided``: a fault for each value or key that is ``TODO``: a draft leaves it to a person.
    """

    root: yaml.MappingNode | None
    problems: tuple[Problem, ...] = ()
    whole: bool = True
    undecided: tuple[Problem, ...] = ()


def compose_yaml(path: Path, file: str) -> YamlTree:
    """The one mapping of a file, as far as it can be read; ``file`` is its name in messages."""
    try:
        text = text_of(path)
    except Unreadable as fault:
        what = not_a_file(path) if path.is_dir() else str(fault)
        return YamlTree(None, (Problem(Where(file, fault.line, fault.column), what),), False)
    return compose_yaml_text(text, file)


_NO_KEYS = "no keys here (write case: and events:, as timeline new does; see cases/README.md)"


def compose_yaml_text(text: str, file: str) -> YamlTree:
    """The same of a text, without its byte order mark."""
    text, problems = _cleaned(text.removeprefix("\ufeff"), file)
    tabs = any("tab" in problem.what for problem in problems)
    if too_deep := _too_deep(text, file):
        return YamlTree(None, (*problems, too_deep), False)
    root, broken = _tree(text, file)
    problems += () if tabs and broken and root is None else tuple(broken)
    whole = not problems
    if root is None and whole:
        problems += (Problem(Where(file), _NO_KEYS),)
    if root is not None and not isinstance(root, yaml.MappingNode):
        description = _NO_KEYS
        return YamlTree(None, problems or (Problem(_where(root, file), description),), False)
    unused = tuple(_unused(root, file)) if root is not None else ()
    shared = any(problem.what == _SHARED for problem in unused)
    undecided = tuple(_undecided(root, file)) if root is not None and "TODO" in text else ()
    return YamlTree(None if shared else root, (*problems, *unused), whole, undecided)


_UNDECIDED = re.compile(r"(?:^|[\s/,])TODO(?=$|[\s/,])")


def _undecided(root: yaml.Node, file: str) -> Iterator[Problem]:
    """What a draft leaves to a person, and nobody has decided yet.

    A node that aliases repeat, or that is within itself, is looked at once.
    """
    waiting, seen = [root], set[int]()
    while waiting:
        node = waiting.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        if isinstance(node, yaml.ScalarNode):
            if _UNDECIDED.search(node.value):
                advice = "write the value, or delete the key or the entry"
                yield Problem(_where(node, file), f"not decided yet: {node.value!r} ({advice})")
        elif isinstance(node, yaml.MappingNode):
            waiting += [each for pair in node.value for each in pair]
        else:
            waiting += node.value


def _where(node: Any, file: str) -> Where:
    return Where(file, node.start_mark.line + 1, node.start_mark.column + 1)


def _cleaned(text: str, file: str) -> tuple[str, tuple[Problem, ...]]:
    """The text without the characters that no YAML may have, and their places."""
    found = [
        Problem(Where(file, *place(text[:at])), f"a control character, {name} (delete it)")
        for (at, name), _ in zip(controls(text), range(_MOST), strict=False)
    ]
    text = without_controls(text) if found else text
    for tab in [tab for tab, _ in zip(_TAB.finditer(text), range(_MOST), strict=False)]:
        at = tab.start() + tab[0].index("\t")
        line = text[tab.end() : tab.end() + 1]
        if line not in ("", "\n", "\r", "#"):
            description = "a tab at the beginning of a line (write blanks)"
            found.append(Problem(Where(file, *place(text[:at])), description))
    found += _cut_by_comment(text, file)
    return _TAB.sub(lambda tab: tab[0].replace("\t", "  "), text), tuple(found)


def _cut_by_comment(text: str, file: str) -> Iterator[Problem]:
    """Texts such as ``nodule #2``, of which YAML drops all from the sign on."""
    for found in _NUMBERED.finditer(text) if _SIGN.search(text) else ():
        before = found["before"]
        quoted = before.count('"') % 2 or before.count("'") % 2
        if before.strip() and not quoted and "#" not in before:
            description = f"{found['rest']!r} is a comment and not read (put the text in quotes)"
            yield Problem(Where(file, *place(text[: found.start("rest")])), description)


def _too_deep(text: str, file: str) -> Problem | None:
    """The place where a file is nested deeper than any sound one; found before it is parsed."""
    depth = deepest = 0
    for bracket in _BRACKET.finditer(text):
        depth = max(0, depth + (1 if bracket[0] in "[{" else -1))
        deepest = max(deepest, depth)
    if deepest <= DEEPEST and not (_RUN.search(text) and _STEEP.search(text)):
        return None
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_Loader):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > DEEPEST:
                return Problem(_where(event, file), _NESTED)
    except yaml.MarkedYAMLError as fault:  # others are named when the tree is built
        mark = fault.problem_mark
        if mark is not None and _LIMIT_OF_PARSER in str(fault.problem):
            return Problem(Where(file, mark.line + 1, mark.column + 1), _NESTED)
    except yaml.YAMLError:
        return None
    return None


def _tree(text: str, file: str) -> tuple[Any, list[Problem]]:
    """The tree of a text, with the entries that are no YAML passed over and named."""
    lines = text.splitlines(keepends=True)
    problems: list[Problem] = []
    for _ in range(_MOST):
        try:
            return yaml.compose("".join(lines), Loader=_Loader), problems
        except yaml.MarkedYAMLError as fault:
            mark = fault.problem_mark or fault.context_mark
            where = Where(file, mark.line + 1, mark.column + 1) if mark else Where(file)
            problems.append(Problem(where, f"not YAML here: {_in_words(fault, lines)}"))
            if not _passed_over(lines, fault):
                return None, problems
        except yaml.YAMLError as fault:
            return None, [*problems, Problem(Where(file), f"not YAML: {fault}")]
    return None, problems


def _passed_over(lines: list[str], fault: yaml.MarkedYAMLError) -> bool:
    """Blank out the entry of a list that contains a fault; False where none does."""
    marks = [mark for mark in (fault.context_mark, fault.problem_mark) if mark is not None]
    at = min((mark.line for mark in marks), default=0)
    first = next((n for n in range(min(at, len(lines) - 1), -1, -1) if _ITEM.match(lines[n])), None)
    if first is None:
        return False
    indent = len(lines[first]) - len(lines[first].lstrip(" "))
    end = first + 1
    while end < len(lines) and (
        not lines[end].strip() or len(lines[end]) - len(lines[end].lstrip(" ")) > indent
    ):
        end += 1
    if not any(first <= mark.line <= end for mark in marks):
        return False
    for n in range(first, end):
        lines[n] = "\n"
    return True


_WORDS = (  # messages of the parser, and what to do about them; the first that is found is used
    (
        "mapping values are not allowed",
        "a colon within a text (put the text in quotes), or a line not indented like the others",
    ),
    ("',' or '}'", "an entry in {..} does not close, or a text in it needs quotes"),
    ("',' or ']'", "a list in [..] does not close, or a text in it needs quotes"),
    ("unexpected end of stream", "a quotation mark opens and never closes"),
    ("unknown escape", "a backslash within double quotes (use single quotes)"),
    ("could not find expected ':'", "no colon after a key (write key: value)"),
    ("but found another document", "a second document begins here (keep one a file)"),
    ("undefined alias", "a text that begins with * needs quotes"),
    ("alphabetic or numeric", "a text that begins with & or * needs quotes"),
    ("duplicate anchor", _SHARED),
)


def _in_words(fault: yaml.MarkedYAMLError, lines: list[str]) -> str:
    description = str(fault.problem)
    for part, words in _WORDS:
        if part in description:
            return words
    mark = fault.problem_mark
    if "cannot start any token" in description and mark is not None and mark.line < len(lines):
        letter = lines[mark.line][mark.column : mark.column + 1]
        tab = letter == "\t"
        return "a tab (write blanks)" if tab else f"a text that begins with {letter} needs quotes"
    return f"{description} (check the blanks before the line, and the quotes)"


def _unused(root: yaml.MappingNode, file: str) -> Iterator[Problem]:
    """What YAML allows and this format does not. A key that is no word is taken out of the tree."""
    seen: set[int] = set()
    waiting: list[Any] = [root]
    while waiting:
        node = waiting.pop()
        if node.tag not in _PLAIN_TAGS:
            description = f"a tag, {node.tag!r}, is not used here (put the text in quotes)"
            yield Problem(_where(node, file), description)
        if isinstance(node, yaml.ScalarNode):
            if node.value.isprintable():  # as nearly every text is
                continue
            for _, name in controls(node.value):
                yield Problem(_where(node, file), f"a control character, {name} (delete it)")
            continue
        if id(node) in seen:
            yield Problem(_where(root, file), _SHARED)
            return
        seen.add(id(node))
        if isinstance(node, yaml.MappingNode):
            for key, _ in node.value:
                if not isinstance(key, yaml.ScalarNode):
                    yield Problem(_where(key, file), "a key must be a word")
            node.value = [pair for pair in node.value if isinstance(pair[0], yaml.ScalarNode)]
            waiting += chain.from_iterable(node.value)
        else:
            waiting += node.value
