"""Imports climb one ladder: a room imports only from rungs below its own."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
RUNGS = (
    ("record",),
    (
        "span",
        "problem",
        "terms",
        "spelling",
        "file_text",
        "output_files",
        "inert",
        "number_words",
        "unread",
    ),
    ("yaml_text",),
    ("machine", "setting", "criterion_terms"),
    ("endpoints",),
    ("protocol",),
    ("immune_settings",),
    ("settings",),
    ("months", "precedence", "edtf", "printed", "site"),
    ("claimed",),
    ("network", "arithmetic"),
    ("when", "quantity", "finding", "prints", "still_running", "date_edits"),
    ("field", "drug", "size", "agents"),
    ("visit_schedule",),
    ("events",),
    ("within_line", "kind_order"),
    ("order", "history"),
    ("lines", "order_repair"),
    ("case", "source"),
    ("judged",),
    ("nodes",),
    ("tables", "unit_of_print"),
    ("ledger", "alternative", "ways"),
    ("outcome",),
    ("derived",),
    ("scans", "confirm"),
    ("criteria",),
    ("collected",),
    ("response",),
    ("progression", "reason", "vectors", "lesions"),
    ("lesion_vectors", "measured"),
    ("best", "pending", "distinct"),
    ("past",),
    ("frontier",),
    ("timepoint",),
    ("doubt", "fdg"),
    ("course",),
    ("remarks",),
    ("plain",),
    ("second_line",),
    ("worlds", "conformance", "rates"),
    ("assess", "change"),
    ("curative",),
    ("anchors",),
    ("counting",),
    ("numbering",),
    ("policy",),
    ("followed",),
    ("unseen",),
    ("censoring",),
    ("derive",),
    ("reading",),
    ("ratios", "bearing"),
    ("sensitivity",),
    ("references",),
    ("auditing",),
    ("dossier",),
    ("console", "checked"),
    ("data", "show"),
    ("report", "verdict_data"),
    ("page",),
    ("commands",),
    ("program",),
    ("cli",),
    ("__main__",),
)
RUNG_OF = {room: level for level, rung in enumerate(RUNGS) for room in rung}
KNOWS_NO_CANCER = ("span", "machine")
WINGS = ("engine", "outcomes", "telling")  # each of their rooms has a rung of its own


def room(path: Path) -> str:
    """The room a file belongs to: a folder is one, except the wings."""
    return _room(path.relative_to(ROOT / "timeline").with_suffix("").parts)


def _room(parts: tuple[str, ...]) -> str:
    return parts[1] if parts[0] in WINGS and len(parts) > 1 else parts[0]


def imports(path: Path) -> set[str]:
    """The full names of the modules a file imports, at any depth of the file."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
    return found


FILES = sorted(p for p in (ROOT / "timeline").rglob("*.py") if p.name != "__init__.py"
               or p.parent.name not in ("timeline", *WINGS))  # fmt: skip


@pytest.mark.parametrize("path", FILES, ids=lambda path: str(path.relative_to(ROOT)))
def test_a_room_imports_only_from_below(path):
    mine = room(path)
    assert mine in RUNG_OF, f"{mine} has no rung: put it into RUNGS"
    for name in imports(path):
        parts = name.split(".")
        if parts[0] == "renderers":
            assert mine == "commands", f"{mine} imports {name}: only the commands know how to draw"
        if parts[0] != "timeline" or len(parts) < 2 or (parts[1] in WINGS and len(parts) < 3):
            continue
        theirs = _room(tuple(parts[1:]))
        if theirs != mine and theirs in RUNG_OF:
            assert RUNG_OF[theirs] < RUNG_OF[mine], f"{mine} imports {theirs} from above"


@pytest.mark.parametrize("mine", KNOWS_NO_CANCER)
def test_the_ground_floor_knows_nothing_of_cancer(mine):
    path = ROOT / "timeline" / f"{mine}.py"
    if not path.exists():
        pytest.skip(f"no such room: {mine}")
    own = {name for name in imports(path) if name.startswith("timeline.")}
    assert {name.split(".")[1] for name in own} <= {"span", "problem"}


def test_renderers_take_readings_and_never_commands():
    for path in (ROOT / "renderers").rglob("*.py"):
        for name in imports(path):
            roof = (
                "timeline.cli",
                "timeline.telling.report",
                "timeline.telling.show",
                "timeline.auditing",
            )
            assert not name.startswith(roof)


# What a check of a case must not load: each takes longer than the check itself.
HEAVY = (
    *("matplotlib", "networkx", "pandas", "numpy", "PIL", "jinja2", "pendulum", "asyncio"),
    *("timeline.auditing", "timeline.engine.response", "timeline.reading", "renderers"),
    *("timeline.criteria", "multiprocessing", "concurrent.futures"),
)
# What a reading is told without: the audit is a third of the start of `show`.
UNREAD = ("matplotlib", "networkx", "pandas", "PIL", "jinja2", "timeline.auditing", "renderers")


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        pytest.param(["-c", "import timeline"], ("matplotlib", "networkx", "pandas", "numpy"),
                     id="import timeline"),
        pytest.param(["-m", "timeline", "--help"], ("matplotlib", "networkx", "pandas", "numpy"),
                     id="timeline --help"),
        pytest.param(["-m", "timeline", "check", "cases/wang2023.yaml"], HEAVY, id="check"),
        pytest.param(["-m", "timeline", "check", "cases/wang2023.yaml", "--json"], HEAVY,
                     id="check --json"),
        pytest.param(["-m", "timeline", "show", "cases/wang2023.yaml", "--json"], UNREAD,
                     id="show --json"),
    ],
)  # fmt: skip
def test_nothing_heavy_is_imported(words, unwanted):
    done = subprocess.run(
        [sys.executable, "-X", "importtime", *words], capture_output=True, text=True, check=True
    )
    names = {line.rsplit("|", 1)[1].strip() for line in done.stderr.splitlines()
             if line.startswith("import time:")}  # fmt: skip
    loaded = {name.split(".")[0] for name in names} | names
    assert not loaded & set(unwanted)


def test_a_check_is_never_searched_for_circles():
    """Python would look through all that was loaded, also as it ends: a sixth of a check."""
    count = "atexit.register(lambda: print(len(gc.get_objects()), *seen))"
    watch = "seen = []; gc.callbacks.append(lambda phase, of: seen.append(gc.get_threshold()[0]))"
    words = "sys.argv = ['timeline', 'check', 'cases/wang2023.yaml']; cli.run()"
    code = f"import atexit, gc, sys; {count}; {watch}; from timeline import cli; {words}"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    left, *searches = map(int, done.stdout.splitlines()[-1].split())
    assert left < 5000
    assert max(searches, default=0) < 10_000  # none after the command set its own threshold
