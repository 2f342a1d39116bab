"""Run a notebook and store what its cells show, without Jupyter.

After a change of figures: ``python -m tests.docs.run_notebook docs/examples/figures.ipynb``.
"""

from __future__ import annotations

import ast
import contextlib
import io
import json
import sys
from base64 import b64encode
from pathlib import Path
from typing import Any

_SCREEN = 100  # dots an inch of a figure of matplotlib


def run(notebook: dict[str, Any], *, pictures: bool = True) -> dict[str, Any]:
    """The notebook with the output of each cell of code.

    Args:
        notebook: a notebook in version 4 of its format, as JSON holds it.
        pictures: False to leave the pictures empty, which takes less time.

    Returns:
        The same notebook, its outputs as the cells give them now.
    """
    names: dict[str, Any] = {"__name__": "__main__"}
    cells = []
    for cell in notebook["cells"]:
        if cell["cell_type"] != "code":
            cells.append(cell)
            continue
        count = sum(each["cell_type"] == "code" for each in cells) + 1
        outputs = list(_outputs("".join(cell["source"]), names, count, pictures=pictures))
        cells.append({**cell, "execution_count": count, "outputs": outputs})
    return {**notebook, "cells": cells}


def _outputs(
    source: str, names: dict[str, Any], count: int, *, pictures: bool
) -> list[dict[str, Any]]:
    """What one cell prints, and what its last expression shows."""
    tree, last = ast.parse(source), None
    if tree.body and isinstance(tree.body[-1], ast.Expr):
        last = ast.Expression(tree.body.pop().value)  # type: ignore[attr-defined]
    with contextlib.redirect_stdout(io.StringIO()) as printed:
        exec(compile(tree, "cell", "exec"), names)  # noqa: S102 - our own example
        value = eval(compile(last, "cell", "eval"), names) if last else None  # noqa: S307
    found: list[dict[str, Any]] = []
    if printed.getvalue():
        lines = printed.getvalue().splitlines(keepends=True)
        found.append({"name": "stdout", "output_type": "stream", "text": lines})
    if value is not None:
        data = _data(value, pictures=pictures)
        found.append({"data": data, "execution_count": count, "metadata": {},
                      "output_type": "execute_result"})  # fmt: skip
    return found


def _data(value: object, *, pictures: bool) -> dict[str, Any]:
    """A value as a picture if it has one, else as text."""
    drawn = hasattr(value, "savefig") or hasattr(value, "_repr_png_")
    if not (pictures and drawn):
        return {**({"image/png": ""} if drawn else {}), "text/plain": [repr(value)]}
    if hasattr(value, "savefig"):
        with io.BytesIO() as out:
            value.savefig(out, format="png", dpi=_SCREEN)
            png = out.getvalue()
    else:
        png = value._repr_png_()  # type: ignore[attr-defined]
    return {"image/png": b64encode(png).decode(), "text/plain": [repr(value)]}


def main(path: Path) -> None:
    notebook = json.loads(path.read_text(encoding="utf-8"))
    text = json.dumps(run(notebook), indent=1, ensure_ascii=False)
    path.write_text(f"{text}\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
