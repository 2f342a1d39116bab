"""What a shell offers for a word: names of the tables, in the way of bash, zsh and fish."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import typer

from timeline import answers
from timeline.cli import app as cli
from timeline.cli import completions
from timeline.cli.app import app
from timeline.cli.program import MODULES
from timeline.exchange.deidentify import free_fields
from timeline.settings.response import SETTINGS

ROOT = Path(__file__).parents[2]
FREE = {  # texts without completion, and why
    "draw --font": "fonts of the machine, whose names have blanks",
    "machine --font": "fonts of the machine, whose names have blanks",
    "interval start": "a date",
    "interval end": "a date",
    "interval --printed": "a time",
    "percent printed": "a number",
    "recist baseline": "a length",
    "recist now": "a length",
    "recist --nadir": "a length",
    "new name": "a name",
    "new --sex": "the word of the report",
    "new --age": "an age",
    "new --diagnosis": "the words of the report",
    "new --site": "the words of the report",
    "new --diagnosed": "a date",
    "new --line": "dates, drugs and a reason",
    "new --death": "a date",
    "new --last-contact": "a date",
    "import --name": "a name",
    "import --leave-out": "a column of the file",
    "study --name": "a name",
    "study --at": "several numbers",
    "study --printed": "a ratio of the report",
    "deidentify --anchor": "an event of the file",
    "sdtm --study": "a name",
    "adam --evaluator": "a word of the file",
    "derive --evaluator": "a word of the file",
    "derive --keep": "columns of the file",
    "study --reference": "a word of the file",
    **{
        f"survival --{name}": "a column of the file"
        for name in ("time", "event", "by", "strata", "start")
    },
    **{
        f"survival --{name}": "a number, or several" for name in ("at", "tau", "quantiles", "level")
    },
    **{
        f"survival --{name}": "a word of the file"
        for name in ("reference", "event-code", "censored-code", "competing", "endpoint", "sheet")
    },
}


def question(shell: str, line: list[str]) -> dict[str, str]:
    """What a shell sets to ask the program; the last word is the one being typed."""
    asked = {"_TIMELINE_COMPLETE": f"complete_{shell}"}
    if shell == "bash":
        return asked | {"COMP_WORDS": "\n".join(line), "COMP_CWORD": str(len(line) - 1)}
    words = {"_TYPER_COMPLETE_ARGS": " ".join(line), "_TYPER_COMPLETE_FISH_ACTION": "get-args"}
    return asked | words


@pytest.fixture
def answer(monkeypatch, capsys):
    """What the program answers to bash, in this process: a start would take most of the time."""

    def of(line: list[str]) -> list[str]:
        for name, value in question("bash", line).items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "argv", ["timeline"])
        with pytest.raises(SystemExit) as ended:
            cli._call()
        assert not ended.value.code
        printed = capsys.readouterr()
        assert not printed.err
        return [line for line in printed.out.splitlines() if line]

    return of


def asked(shell: str, line: list[str]) -> list[str]:
    """The lines that the program answers to a shell, in a process of its own."""
    env = {**os.environ, "PYTHONPATH": str(ROOT), **question(shell, line)}
    done = subprocess.run([sys.executable, "-m", "timeline"], env=env, capture_output=True,
                          text=True, check=True)  # fmt: skip
    assert not done.stderr
    return [line for line in done.stdout.splitlines() if line]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("timeline mach", ["machine"]),
        ("timeline machine im", ["imrecist"]),
        ("timeline draw a.yaml --figure s", ["swimmer", "spider", "survival"]),
        ("timeline draw a.yaml --preset na", ["nature"]),
        ("timeline draw a.yaml --preset nature --column ", ["single", "middle", "double"]),
        ("timeline draw a.yaml --language ", ["en", "de", "fr", "es"]),
        ("timeline draw a.yaml --figure survival --option ri", ["risk-rows="]),
        ("timeline draw --table a.csv --option mil", ["milestones="]),
        ("timeline show a.yaml --policy fda", ["fda_a", "fda_b", "fda_c"]),
        ("timeline show a.yaml --set pfs_pol", [
            "pfs_policy=fda_a", "pfs_policy=fda_b", "pfs_policy=fda_c", "pfs_policy=ema"]),
        ("timeline explain a.yaml iPFS", ["iPFS", "iPFS2"]),
        ("timeline schema r", ["report"]),
        ("timeline import a.csv --dates ", ["dmy", "mdy"]),
        ("timeline watch a.yaml --figure sw", ["swimmer"]),
        ("timeline report a.yaml --paper ", ["a4", "letter"]),
        ("timeline recist 40 30 --non-target NON", ["NON-CR/NON-PD"]),
        ("timeline deidentify a.yaml --keep modality,si", ["modality,site"]),
        ("timeline draw --table a.csv --figure survival --map tim", ["time="]),
        ("timeline survival a.csv --interval lo", ["log-log", "log"]),
        ("timeline survival a.csv --map ", ["id=", "unit=", "endpoint="]),
        ("timeline adam sdtm --set origin=f", ["first_dose"]),
        ("timeline adam sdtm --criterion ",
         ["recist11", "irecist", "mrecist", "imrecist", "irrecist", "choi"]),
        ("timeline sdtm cases --format x", ["xpt"]),
        ("timeline export a.yaml --to sd", ["sdtm"]),
        ("timeline export a.yaml --to sdtm --option l", ["line="]),
        ("timeline import a --from ro", ["rows"]),
        ("timeline check cas", []),  # a path: the shell offers files
    ],
)  # fmt: skip
def test_bash_is_offered_the_names_of_the_tables(typed, offered, answer):
    assert answer(typed.split(" ")) == offered


def test_bash_gets_the_part_behind_the_sign_at_which_it_splits():
    """Its words are split at ``=``, and what stands before is kept on the line."""
    line = ["timeline", "show", "a.yaml", "--set", "pfs_policy", "=", "e"]
    assert asked("bash", line) == ["ema"]
    assert asked("bash", ["timeline", "draw", "--figure", "=", "sw"]) == ["swimmer"]


def test_zsh_and_fish_get_the_meaning_as_well():
    assert asked("fish", ["timeline", "machine", "cho"]) == ["choi\tChoi"]
    assert '"choi":"Choi"' in " ".join(asked("zsh", ["timeline", "machine", "cho"]))
    assert asked("zsh", ["timeline", "check", "cas"]) == ["_files"]


def texts():
    """Every argument and option that takes a text, with its command."""
    for name, command in typer.main.get_command(app).commands.items():
        for each in command.params:
            if each.type_descriptor.annotation in (str, list[str]):
                shown = each.name if each.param_type_name == "argument" else max(each.opts, key=len)
                yield f"{name} {shown}", each, typer.Context(command, info_name=name)


def test_each_text_is_completed_or_is_free():
    """A new option says which of both it is; numbers, paths and flags are none of them."""
    found = {name: [item.value for item in each.shell_complete(context, "")]
             for name, each, context in texts()}  # fmt: skip
    assert {name for name, offered in found.items() if not offered} == set(FREE)
    assert all(len(set(offered)) == len(offered) for offered in found.values())


def test_each_offer_is_accepted():
    for name, each, context in texts():
        if (read := each.type_descriptor.parameter_info.parser) and name not in FREE:
            for item in each.shell_complete(context, ""):
                read(item.value)
    for word, _ in completions.non_target_responses():
        assert answers.recist("40", "30", non_target=word)
    assert {word for word, _ in completions.free_fields("")} == free_fields()
    assert "sex,sex" not in [word for word, _ in completions.free_fields("sex,")]


def test_every_setting_is_offered_and_each_offer_is_accepted():
    names = [word for word, _ in completions.settings("")]
    assert names == [f"{name}=" for name in SETTINGS]
    for name, row in SETTINGS.items():
        offers = completions.settings(f"{name}=")
        assert offers
        for word, _ in offers:
            row.read(word.partition("=")[2])


@pytest.mark.parametrize("name", MODULES)
def test_only_the_command_that_is_typed_is_loaded(name):
    env = {"COMP_WORDS": f"timeline\n{name}\nx"}
    assert completions.command_named(MODULES, env) == name
    assert completions.command_named(MODULES, {"COMP_WORDS": f"timeline\n{name}"}) == ""
    assert completions.command_named(MODULES, {"_TYPER_COMPLETE_ARGS": f"timeline {name} "}) == name


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash")
def test_the_script_of_bash_completes_a_line(tmp_path):
    program = tmp_path / "timeline"
    program.write_text(f'#!/bin/sh\nPYTHONPATH={ROOT} exec {sys.executable} -m timeline "$@"\n')
    program.chmod(0o755)
    script = (
        f'export PATH="{tmp_path}:$PATH"; eval "$(timeline --show-completion bash)"; '
        "COMP_WORDS=(timeline draw a.yaml --figure wa); COMP_CWORD=4; "
        '_timeline_completion timeline; echo "${COMPREPLY[@]}"'
    )
    env = {**os.environ, "_TYPER_COMPLETE_TEST_DISABLE_SHELL_DETECTION": "1"}
    done = subprocess.run(["bash", "--norc", "-c", script], capture_output=True, text=True,
                          env=env, check=True)  # fmt: skip
    assert done.stdout.strip() == "waterfall", done.stderr
