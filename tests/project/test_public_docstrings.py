"""The public names are documented: arguments, results, attributes and constants."""

from __future__ import annotations

import enum
import inspect
import re

import attrs
import pytest

import renderers
import timeline as tl
from tests.rows import every_row

PACKAGES = {"timeline": tl, "timeline.plot": tl.plot, "renderers": renderers}
PUBLIC = {
    f"{package}.{name}": getattr(module, name)
    for package, module in PACKAGES.items()
    for name in module.__all__
}
CLASSES = {name: each for name, each in PUBLIC.items() if inspect.isclass(each)}
FUNCTIONS = {name: each for name, each in PUBLIC.items() if inspect.isfunction(each)} | {
    f"{name}.{method}": each
    for name in ("timeline.plot.Figure", "renderers.FigureKind")
    for method, each in vars(PUBLIC[name]).items()
    if inspect.isfunction(each) and not method.startswith("_")
}
CONSTANTS = [
    (PACKAGES[package], name)
    for package, name in (
        each.rsplit(".", 1) for each in PUBLIC if each.rsplit(".", 1)[1].isupper()
    )
]


def section(text: str, title: str) -> str:
    """A section of a docstring, such as ``Args:``; empty if it has none."""
    found = re.search(
        rf"^{title}:\n((?:    .*\n|\n)+)", f"{inspect.cleandoc(text)}\n", re.MULTILINE
    )
    return found[1] if found else ""


def entries(text: str, title: str) -> set[str]:
    """The names that a section describes."""
    return {
        name
        for names in re.findall(r"^    ([\w, ]+): \S", section(text, title), re.MULTILINE)
        for name in names.split(", ")
    }


@every_row("name", FUNCTIONS)
def test_every_parameter_and_result_is_described(name):
    function = FUNCTIONS[name]
    signature, text = inspect.signature(function), function.__doc__ or ""
    assert entries(text, "Args") == set(signature.parameters) - {"self"}
    if signature.return_annotation not in (None, "None"):
        assert section(text, "Returns")


def attributes_of(each: type) -> set[str]:
    """The public attributes of a class that its values are made of."""
    if issubclass(each, enum.Enum):
        return set(each.__members__)
    if attrs.has(each):
        return {f.name for f in attrs.fields(each)
                if not f.name.startswith("_") and "setting" not in f.metadata}  # fmt: skip
    return set(getattr(each, "_fields", ()))


@every_row("name", CLASSES)
def test_every_attribute_is_described(name):
    """A setting is described by its own row, which the command ``timeline settings`` lists."""
    text = CLASSES[name].__doc__ or ""
    assert text.strip()
    assert attributes_of(CLASSES[name]) <= entries(text, "Attributes")


@pytest.mark.parametrize(("module", "name"), CONSTANTS, ids=[name for _, name in CONSTANTS])
def test_every_constant_is_described_by_its_package(module, name):
    assert f"``{name}``" in module.__doc__


@pytest.mark.parametrize("name", ["load", "derive", "audit", "plot.swimmer"])
def test_the_main_functions_have_an_example(name):
    """`test_docstring_examples.py` runs it."""
    package, _, function = f"timeline.{name}".rpartition(".")
    assert ">>> " in FUNCTIONS[f"{package}.{function}"].__doc__
