"""The instructions for a language model: they name the whole format, and their example loads."""

import subprocess
import sys

import pytest

from tests.rows import every_row
from timeline.core.schema import schema_of
from timeline.files.schema.prompt import EXAMPLE, RULES, prompt
from timeline.record.events import EVENTS
from timeline.report.claims import CLAIMS, Claim
from timeline.views.case_report import checked

LINES = [line.strip() for line in prompt().splitlines()]


def test_the_example_loads_without_a_problem_or_a_warning(tmp_path):
    (tmp_path / "author2024.yaml").write_text(EXAMPLE, "utf-8")
    result = checked([tmp_path / "author2024.yaml"])[0]
    assert not result.problems
    assert result.case_report.report is not None
    assert not result.case_report.remarks


@every_row("kind", EVENTS)
def test_every_kind_of_event_is_named_with_its_keys(kind):
    start = next(at for at, line in enumerate(LINES) if line.startswith(f"- {kind}: "))
    own = []
    for line in LINES[start + 1 :]:
        if line.startswith(("- ", "##")):
            break
        own.append(line.partition(":")[0])
    keys = {key for key, (_, field) in schema_of(EVENTS[kind]).items() if not field.leads}
    assert keys <= {*own, "what", "note", "place", "id", "planned"}


@every_row("kind", CLAIMS)
def test_every_kind_of_claim_is_named(kind):
    assert any(line.startswith(f"- {kind}: ") for line in LINES)


def test_every_key_of_a_claim_is_named():
    after = LINES[LINES.index("Keys of every claim:") :]
    assert set(schema_of(Claim)) <= {line.partition(":")[0] for line in after}


def test_the_rules_are_numbered():
    assert f"{len(RULES)}. {RULES[-1]}" in LINES
    assert all(rule.endswith((".", "#.")) for rule in RULES)


def test_the_command_prints_it(tmp_path):
    done = _schema("--prompt")
    assert (done.returncode, done.stdout) == (0, prompt())
    done = _schema("--prompt", "-o", tmp_path / "prompt.txt")
    assert done.returncode == 0
    assert (tmp_path / "prompt.txt").read_text("utf-8") == prompt()


@pytest.mark.parametrize(
    ("words", "message"),
    [((), "no format (write case or report, or --prompt)"),
     (("--prompt", "--header", "case.yaml"), "--header: belongs to a schema")],
)  # fmt: skip
def test_what_is_missing_or_too_much_is_named(words, message):
    done = _schema(*words)
    assert done.returncode == 2
    assert message in done.stderr


def _schema(*words):
    command = [sys.executable, "-m", "timeline", "schema", *map(str, words)]
    return subprocess.run(command, capture_output=True, text=True, check=False)
