"""What a shell offers for the word that is being typed; paths are left to the shell.

bash takes ``=`` for the end of a word: ``prepare`` joins such words again, and remembers the part
before the last ``=``, which bash keeps by itself.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, MutableMapping, Sequence
from itertools import chain
from typing import Any

_VARIABLE = "_TIMELINE_COMPLETE"  # set by the script that a shell runs
_before: list[str] = [""]  # in bash: what stands before the last = of the word, with it

Offered = list[tuple[str, str]]  # the words with what each means


def is_asked(environment: Mapping[str, str] = os.environ) -> bool:
    """Whether this run is the question of a shell."""
    return _VARIABLE in environment


def command_named(commands: Iterable[str], environment: Mapping[str, str] = os.environ) -> str:
    """The command of the line that is completed, once it is typed in full; else empty."""
    line = environment.get("COMP_WORDS") or environment.get("_TYPER_COMPLETE_ARGS", "")
    words = line.split()
    typed = len(words) > 2 or (len(words) == 2 and line.endswith((" ", "\n")))
    return words[1] if typed and words[1] in commands else ""


def prepare(environment: MutableMapping[str, str] = os.environ) -> None:
    """Join the words that bash has split at ``=``."""
    if not environment.get(_VARIABLE, "").endswith("bash") or "COMP_WORDS" not in environment:
        return
    at = environment.get("COMP_CWORD", "0")
    words, at_word, _before[0] = joined_words(
        environment["COMP_WORDS"].split("\n"), int(at) if at.isdigit() else 0
    )
    environment["COMP_WORDS"], environment["COMP_CWORD"] = "\n".join(words), str(at_word)


def joined_words(words: Sequence[str], at: int) -> tuple[list[str], int, str]:
    """Words that were split at ``=``, joined again.

    Args:
        words: the words of the line, ``=`` as words of their own.
        at: the place of the word that is completed.

    Returns:
        The words, the place of that word among them, and what stands before its last ``=``, which
        is taken from it.

    >>> joined_words(["timeline", "show", "--set", "pfs_policy", "=", "e"], 5)
    (['timeline', 'show', '--set', 'e'], 3, 'pfs_policy=')
    >>> joined_words(["timeline", "draw", "--figure", "=", "sw"], 4)
    (['timeline', 'draw', '--figure=sw'], 2, '')
    """
    found: list[str] = []
    place, glued = 0, False
    for number, word in enumerate([*words, ""] if at >= len(words) else words):
        if found and (word == "=" or glued):
            found[-1] += word
        else:
            found.append(word)
        glued = word == "="
        if number == at:
            place = len(found) - 1
    option, equals, rest = found[place].partition("=")
    if not equals:
        return found, place, ""
    if option.startswith("-"):
        before, second, last = rest.rpartition("=")
        found[place] = f"{option}={last}"
    else:
        before, second, last = found[place].rpartition("=")
        found[place] = last
    return found, place, before + second


def _short(text: str) -> str:
    """The first part of a text: a shell shows it beside the word."""
    return text.split("; ")[0]


def criteria() -> Offered:
    """The criteria by their keys."""
    from timeline.terminology.criteria import TERMS

    return [(row.key, title) for title, row in TERMS.items()]


def policies() -> Offered:
    """The censoring policies, and all of them."""
    from timeline.endpoints.censoring.policies import POLICIES

    return [*((name, row.description) for name, row in POLICIES.items()), ("all", "side by side")]


def endpoints() -> Offered:
    """The endpoints under every criterion, and the other values that are explained."""
    from timeline.terminology.endpoints import ENDPOINTS
    from timeline.views.explained_values import VALUES

    found: dict[str, str] = {}  # OS is counted from two origins
    for row in ENDPOINTS:
        for name in row.names:
            found.setdefault(name, row.description)
    return [*found.items(), *((row.names[0], "") for row in VALUES)]


def rules() -> Offered:
    """The audit rules by their codes."""
    from timeline.auditing import RULES

    return [(each.id, each.checks) for each in RULES]


def figures() -> Offered:
    """The kinds of figures."""
    from renderers import FIGURES

    return [(name, row.description) for name, row in FIGURES.items()]


def journals() -> Offered:
    """The presets of journals."""
    from renderers.scene.journals import PRESETS

    return [(name, _short(row.source)) for name, row in PRESETS.items()]


def columns(ctx: Any) -> Offered:
    """The columns of the preset on the line, or of all."""
    from renderers.scene.journals import PRESETS

    chosen = PRESETS.get(str(ctx.params.get("preset") or ""))
    rows = (chosen,) if chosen else PRESETS.values()
    widths = {name: f"{width:g} mm" for row in rows for name, width in row.columns}
    return list(widths.items())


def languages() -> Offered:
    """The languages of fixed words."""
    from renderers.languages import LANGUAGES

    return [(name, row.title) for name, row in LANGUAGES.items()]


def formats() -> Offered:
    """The files that have a schema."""
    from timeline.files.schema.json_schema import SCHEMAS

    return [(name, f"{name} files") for name in SCHEMAS]


def papers() -> Offered:
    """The papers of a report."""
    from timeline.views.board_report import PAPERS

    return [(name, "") for name in PAPERS]


def non_target_responses() -> Offered:
    """The responses of the non-target lesions, as RECIST 1.1 prints them."""
    from timeline.record.findings import NON_TARGET_WORDS
    from timeline.terminology.response_codes import NonTarget

    words = (str(each) for each in NonTarget if each is not NonTarget.NA)
    return [(word, "") for word in words if word in NON_TARGET_WORDS]


def free_fields(incomplete: str) -> Offered:
    """The fields whose free text can stay: the last of a list with commas."""
    from timeline.exchange.deidentify import free_fields as known

    before, comma, _ = incomplete.rpartition(",")
    chosen = before.split(",")
    return [(f"{before}{comma}{field}", "") for field in sorted(known()) if field not in chosen]


def case_fields() -> Offered:
    """The columns of tables that ``import`` reads, as ``KEY=``."""
    from timeline.exchange.event_cells import EVENT_FIELDS, LESION_FIELDS

    return _mapped(EVENT_FIELDS.known, LESION_FIELDS.known)


def figure_fields(ctx: Any) -> Offered:
    """The columns that the figure on the line reads from a table, as ``FIELD=``."""
    kind = str(ctx.params.get("kind") or "swimmer")
    if kind == "timeline":
        return case_fields()
    if kind == "survival":
        from renderers.survival.tables.from_table import FIELDS

        return _mapped(FIELDS.known)
    if kind in ("spider", "waterfall"):
        from renderers.response.tables.shapes import SHAPES

        return _mapped(*(row.fields.known for row in SHAPES))
    from renderers.swimmer.tables.rows import EVENTS, LANES

    return _mapped(LANES.known, EVENTS.known)


def _mapped(*fields: Iterable[str]) -> Offered:
    return [(f"{name}=", "") for name in dict.fromkeys(chain(*fields))]


def date_orders() -> Offered:
    """What may come first in 01/02/2021."""
    return [("dmy", "the day first"), ("mdy", "the month first")]


def formats_written() -> Offered:
    """The formats of other systems that cases are written in."""
    from timeline.formats import FORMATS

    return [(name, row.title) for name, row in FORMATS.items() if row.exports]


def formats_read() -> Offered:
    """The formats of other systems that cases are read from."""
    from timeline.formats import FORMATS

    return [(name, row.title) for name, row in FORMATS.items() if row.imports]


def format_options(ctx: Any, incomplete: str) -> Offered:
    """The options of the format on the line, or of all."""
    from timeline.formats import FORMATS

    chosen = FORMATS.get(str(ctx.params.get("to") or ctx.params.get("from_format") or ""))
    rows = (chosen,) if chosen else FORMATS.values()
    return _named_values(
        {name: (text, ()) for row in rows for name, text in row.options.items()}, incomplete
    )


def dataset_formats() -> Offered:
    """The formats of datasets."""
    from timeline.cdisc import FORMATS

    return [(name, row.source) for name, row in FORMATS.items()]


def date_forms() -> Offered:
    """How dates of a table may be written: an order, or a count of days."""
    from renderers.tables.time_forms import DATES

    return [(name, "") for name in DATES]


def encodings() -> Offered:
    """The encodings of text files."""
    from renderers.tables.sources import ENCODINGS

    return [(name, "") for name in ENCODINGS]


def times_fields() -> Offered:
    """The columns of a table of times that have no option of their own, as ``FIELD=``."""
    return _mapped(("id", "unit", "endpoint"))


def intervals() -> Offered:
    """The scales of confidence limits of survival."""
    return [("log-log", "as SAS"), ("log", "as R"), ("plain", "estimate -+ z SE")]


def median_rules() -> Offered:
    """The two ways in which R finds a median."""
    return [("quantile", "quantile(fit)"), ("table", "as R prints a fit")]


def ties() -> Offered:
    """How a Cox model treats ties."""
    return [("efron", "as R"), ("breslow", "as SAS")]


def variances() -> Offered:
    """The variances of a cumulative incidence."""
    return [("delta", "as SAS"), ("Aalen", "as R cmprsk")]


def units() -> Offered:
    """The units of time."""
    from timeline.core.calendar.durations import UNITS_IN_DAYS

    return [(name, "") for name in UNITS_IN_DAYS]


def study_groups() -> Offered:
    """The variables whose groups a study can compare."""
    from timeline.study.subgroups import GROUPING

    return list(GROUPING.items())


def study_forests() -> Offered:
    """What a forest plot of a study can show, before the file."""
    from timeline.study.analyses import TIMES
    from timeline.study.reports.forests import RATES

    titles = {row.endpoint: row.title for row in TIMES[:2]}
    return [(f"{name}=", titles.get(name, "")) for name in (*RATES, *titles)]


def study_settings(incomplete: str) -> Offered:
    """The conventions of the analysis of a study; of one that is named, its choices."""
    from timeline.settings.study import STUDY_SETTINGS

    rows = {name: (row.description, _choices(row)) for name, row in STUDY_SETTINGS.items()}
    return _named_values(rows, incomplete)


def trial_presets() -> Offered:
    """The presets of the derivation of trials."""
    from timeline.trial.presets import PRESETS

    return [(name, row.description) for name, row in PRESETS.items()]


def trial_settings(incomplete: str) -> Offered:
    """The settings of the derivation of trials; of one that is named, its choices."""
    from timeline.settings.trial import TRIAL_SETTINGS

    rows = {name: (row.description, _choices(row)) for name, row in TRIAL_SETTINGS.items()}
    return _named_values(rows, incomplete)


def trial_criteria() -> Offered:
    """The criteria whose collected responses are derived from."""
    from timeline.terminology.criteria import TERMS
    from timeline.trial.presets import DERIVABLE

    return [(row.key, title) for title, row in TERMS.items() if row.key in DERIVABLE]


def trial_parameters() -> Offered:
    """The parameters and times that a trial derives, by PARAMCD."""
    from timeline.trial.parameters.response_rows import RESPONSE_PARAMETERS
    from timeline.trial.parameters.time_rows import TIME_PARAMETERS

    of_response = [(row.code, row.label) for row in RESPONSE_PARAMETERS]
    return of_response + [(row.code, row.label) for row in TIME_PARAMETERS]


def trial_columns() -> Offered:
    """The roles of the columns of a registry, each with its equals sign."""
    from timeline.trial.reading.columns import COLUMNS

    return [(f"{row.name}=", row.description) for row in COLUMNS if set(row.tables) - {"lesions"}]


def settings(incomplete: str) -> Offered:
    """The settings by name; of one that is named, its choices."""
    from timeline.settings.response import SETTINGS

    rows = {name: (row.description, _choices(row)) for name, row in SETTINGS.items()}
    return _named_values(rows, incomplete)


def _choices(row: Any) -> tuple[str, ...]:
    """The words that a setting takes; of a number those in use."""
    from timeline.settings.setting import in_words

    words = [word for word in row.options if " " not in word or word[:1].isupper()]
    return tuple(dict.fromkeys((in_words(row.default), *words, *map(in_words, row.answers))))


def options(ctx: Any, incomplete: str) -> Offered:
    """The options of the figure on the line."""
    from renderers import FIGURES

    of_table = bool(ctx.params.get("table"))
    name = str(ctx.params.get("kind") or ("swimmer" if of_table else "timeline"))
    kind = FIGURES.get(name)
    rows = (kind.table_options() if of_table else kind.option_table()) if kind else {}
    return _named_values({each: (row.description, ()) for each, row in rows.items()}, incomplete)


def _named_values(rows: Mapping[str, tuple[str, tuple[str, ...]]], incomplete: str) -> Offered:
    """``NAME=`` of each row that fits; of the only one, ``NAME=VALUE`` of each of its choices."""
    if before := _before[0]:
        _, choices = rows.get(before.rstrip("="), ("", ()))
        return [(choice, "") for choice in choices]
    name, equals, _ = incomplete.partition("=")
    fitting = [each for each in rows if (each == name if equals else each.startswith(name))]
    if len(fitting) == 1:
        (one,) = fitting
        text, choices = rows[one]
        return [(f"{one}={choice}", "") for choice in choices] or [(f"{one}=", _short(text))]
    return [(f"{each}=", _short(rows[each][0])) for each in fitting]
