"""Build the distributions and use the wheel from another folder: python -m tests.bench.package

Needs `build` and a network for setuptools. Printed: what is missing; 0 if nothing is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("cases", "seeds", "docs", "tests", "timeline", "renderers")
SINGLE = ("LICENSE", "CHANGELOG.md", "CONTRIBUTING.md", "README.md", "pyproject.toml")
RUNS = (  # words of a command, the codes it may end with, and the file it writes
    (("check", "cases/wang2023.yaml"), (0,), ""),
    (("show", "cases/wang2023.yaml"), (0,), ""),
    (("audit", "--json", "seeds/wang2023.yaml"), (0, 1), ""),
    (("audit", "seeds/wang2023.yaml", "-o", "audit.html"), (0, 1), "audit.html"),
    (("draw", "cases/wang2023.yaml", "-o", "figure.svg"), (0,), "figure.svg"),
    (("draw", "cases/wang2023.yaml", "-o", "page.html"), (0,), "page.html"),
    (("machine", "irecist", "-o", "machine.svg"), (0,), "machine.svg"),
)


def tracked(*places: str) -> set[str]:
    """The files of some places that are under version control."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", *places], cwd=ROOT, check=True, capture_output=True, text=True
    )
    return {name for name in listed.stdout.split("\0") if name}


def build(out: Path) -> tuple[Path, Path]:
    """The source distribution and the wheel, built from a clean copy of the last commit."""
    copy, packed = out / "copy", out / "copy.tar"
    subprocess.run(["git", "archive", "-o", packed, "HEAD"], cwd=ROOT, check=True)
    with tarfile.open(packed) as archive:
        archive.extractall(copy, filter="data")
    command = [sys.executable, "-m", "build", "--outdir", out / "dist", copy]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return next((out / "dist").glob("*.tar.gz")), next((out / "dist").glob("*.whl"))


def missing(source: Path, wheel: Path) -> list[str]:
    """Files under version control that a distribution lacks."""
    with tarfile.open(source) as archive:
        files = {name.partition("/")[2] for name in archive.getnames()}
    lacks = [f"source distribution: {name}" for name in tracked(*SOURCES, *SINGLE) - files]
    with zipfile.ZipFile(wheel) as archive:
        files = set(archive.namelist())
    return lacks + [f"wheel: {name}" for name in tracked("timeline", "renderers") - files]


def faults_of_use(wheel: Path, folder: Path) -> list[str]:
    """What the installed wheel cannot do in a folder that holds cases and seeds alone."""
    place = folder / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", place, wheel]
    subprocess.run(pip, check=True)
    for name in ("cases", "seeds"):
        (folder / name).symlink_to(ROOT / name)
    env = {**os.environ, "PYTHONPATH": str(place)}
    found = []
    for words, codes, written in RUNS:
        command = [sys.executable, "-m", "timeline", *words]
        done = subprocess.run(command, cwd=folder, env=env, capture_output=True, check=False)
        if done.returncode not in codes or (written and not (folder / written).stat().st_size):
            found.append(f"timeline {' '.join(words)}: {done.returncode} {done.stderr.decode()}")
    return found


def main() -> int:
    """Print every fault; 1 where there is one."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source, wheel = build(folder)
        faults = [*missing(source, wheel), *faults_of_use(wheel, folder)]
    sys.stdout.write("\n".join([*sorted(faults), f"{len(faults)} faults", ""]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
