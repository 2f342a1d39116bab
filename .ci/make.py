"""The workshop: sets itself up in .venv and runs one word. Needs Python 3.11 and nothing else.

python3 .ci/make.py seeds: audit the seed cases and write their figures into figures/
python3 .ci/make.py test:  linter, types and every test
python3 .ci/make.py lint:  linter, formatter and type checker only
python3 .ci/make.py docs:  the documentation site in docs/_build/html, its examples run
python3 .ci/make.py gallery: draw every figure in every preset into gallery/ (minutes, 300 MB)
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import subprocess
import sys
import tempfile
import venv
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
HOME = ROOT / ".venv"
BIN = HOME / ("Scripts" if sys.platform == "win32" else "bin")
CASES = ("wang2023", "jin2025")


def set_up() -> None:
    """Make .venv and install the project into it, unless that was done for this pyproject."""
    stamp = HOME / "installed.txt"
    wanted = hashlib.sha256((ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print("setting up .venv (once; a minute or two)", flush=True)
    if not (BIN / "python").exists() and not (BIN / "python.exe").exists():
        try:
            venv.create(HOME, with_pip=True)
        except (subprocess.CalledProcessError, OSError) as fault:
            sys.exit(f"cannot make .venv: {fault} (on Debian: apt-get install python3-venv)")
    pip = [BIN / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    done = subprocess.run([*pip, "--editable", f"{ROOT}[dev,docs]"], cwd=ROOT, check=False)
    if done.returncode:
        sys.exit("installing failed; see the lines above (a network is needed the first time)")
    stamp.write_text(wanted)


def run(*words: str) -> int:
    """Run a command of the environment in the project's folder; its exit code."""
    return subprocess.run([BIN / words[0], *words[1:]], cwd=ROOT, check=False).returncode


def seeds() -> int:
    """Audit the three reports; draw each case as a timeline, and as a swimmer plot."""
    figures = ROOT / "figures"
    figures.mkdir(exist_ok=True)
    code = run("timeline", "audit", *(f"seeds/{name}.yaml" for name in (*CASES, "liu2025")))
    if code > 1:  # 1 says that a printed figure is contradicted, which is what an audit is for
        return code
    for name in CASES:
        for kind in ("timeline", "swimmer"):
            for suffix in ("svg", "pdf", "png"):
                out = f"figures/{name}-{kind}.{suffix}"
                drawn = run("timeline", "draw", f"cases/{name}.yaml", "--figure", kind, "-o", out)
                if drawn:
                    return drawn
    return 0


def start(*words: str) -> subprocess.Popen[bytes]:
    """A command of the environment that runs beside others; its output is read later."""
    return subprocess.Popen(
        [BIN / words[0], *words[1:]], cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )


def start_types() -> subprocess.Popen[bytes]:
    """The type checker, in what processor time the others leave."""
    types = start("mypy")
    if hasattr(os, "setpriority"):
        with contextlib.suppress(OSError):  # it has ended already
            os.setpriority(os.PRIO_PROCESS, types.pid, 10)
    return types


@contextlib.contextmanager
def files_in_memory() -> Iterator[None]:
    """Temporary files in memory, where the system has a folder for it with enough room.

    The tests write some ten thousand small files; a disk makes them wait.
    """
    folder = Path("/dev/shm")  # noqa: S108 - a folder of its own is made in it
    try:
        found = os.statvfs(folder)
    except (AttributeError, OSError):  # not Linux
        found = None
    if (
        found is None
        or found.f_bavail * found.f_frsize < 4 << 30
        or found.f_flag & os.ST_NOEXEC  # some tests run a script that they write
        or not os.access(folder, os.W_OK)
    ):
        yield
        return
    with tempfile.TemporaryDirectory(dir=folder, ignore_cleanup_errors=True) as made:
        before = os.environ.get("TMPDIR")
        os.environ["TMPDIR"] = made
        try:
            yield
        finally:
            os.environ.pop("TMPDIR")
            if before is not None:
                os.environ["TMPDIR"] = before


def say(output: bytes) -> None:
    """Print what a command printed."""
    sys.stdout.buffer.write(output)
    sys.stdout.flush()


def lint_text() -> int:
    """Linter, formatter and import layers."""
    return max(
        run("ruff", "check", "."),
        run("ruff", "format", "--check", "."),
        run("lint-imports", "--no-logo"),
    )


def lint() -> int:
    """Linter, formatter, strict types, import layers; all, so that one run shows every fault.

    The types take longest: they are checked meanwhile, and their output follows that of the others.
    """
    with start_types() as types:
        others = lint_text()
        say(types.communicate()[0])
    return max(others, types.returncode)


def docs() -> int:
    """The documentation site; a warning is an error."""
    site = ROOT / "docs" / "_build" / "html"
    done = run("python", "-m", "sphinx", "-qEW", "--keep-going", "docs", str(site))
    if not done:
        print(f"{site / 'index.html'}: the documentation site", flush=True)
    return done


def test() -> int:
    """Everything that guards anything. The output ends with the count of the tests.

    The types are checked in one process, which takes minutes: the tests begin meanwhile, so that no
    processor is idle. What it found is printed before the last line of the tests.

    Every worker, and each command that a test starts, reads what the first of them compiled. Each
    worker has a part of the files, in order, so that what the tests of a file share is made once.
    """
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
    colour = ("--color=yes",) if sys.stdout.isatty() else ()
    with files_in_memory(), start_types() as types:
        others = lint_text()
        with start("pytest", "-n", "2", "--dist", "worksteal", *colour) as tests:
            last = b""
            for line in tests.stdout or ():
                say(last)
                last = line
        say(types.communicate()[0])
        say(last)
    return max(others, types.returncode, tests.returncode)


def gallery() -> int:
    """Draw every kind of figure in every preset, of the cases and of made-up cohorts."""
    return run("python", "tests/gallery.py", "gallery")


WORDS = {"seeds": seeds, "test": test, "lint": lint, "docs": docs, "gallery": gallery}


def main() -> int:
    """Set up, then run the word given."""
    if sys.version_info < (3, 11):  # noqa: UP036 - an older one may well be run by hand
        sys.exit(f"Python 3.11 or newer is needed; this is {sys.version.split()[0]}")
    if len(sys.argv) != 2 or sys.argv[1] not in WORDS:
        sys.exit(__doc__)
    set_up()
    return WORDS[sys.argv[1]]()


if __name__ == "__main__":
    sys.exit(main())
