"""Markdown of the reference, made from the tables and classes of the code: `GENERATED`."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any

from typer.core import TyperArgument

from timeline.core.schema import schema_of
from timeline.files.schema.json_schema import SCHEMAS
from timeline.files.schema.key_descriptions import KIND_DESCRIPTIONS
from timeline.record.events import EVENTS, KINDS, Event
from timeline.report.claims import CLAIMS

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "timeline" / "data"
SHOWN = 12  # words of a closed list, and lines of a large table, before "and so on"


def plain(text: object) -> str:
    """A text as Markdown that shows it letter by letter, in one line."""
    return re.sub(r"([\\`*_\[\]<>|{}~#&$^])", r"\\\1", " ".join(str(text).split()))


def code(text: object) -> str:
    """A text in the letters of code, in one line of a table."""
    shown = " ".join(str(text).split()).replace("|", r"\|")
    return f"`{shown}`" if shown else ""


def linked(source: str) -> str:
    """A source with its DOI as a link."""
    found = re.search(r"\b10\.\d{4,9}/[^\s;,)]+", source)
    if not found:
        return plain(source)
    doi = found[0].rstrip(".")
    before = source[: found.start()].removesuffix("doi:")
    return f"{plain(before)}[doi:{plain(doi)}](https://doi.org/{doi}){plain(source[found.end() :])}"


def table(headings: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    """A table of Markdown; the cells are Markdown already."""
    heads = list(headings)
    lines = [heads, ["---"] * len(heads), *map(list, rows)]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines) + "\n"


def _enum(fragment: Any) -> list[Any]:
    """The words of a closed list that a schema offers; empty if there is none."""
    if isinstance(fragment, Mapping):
        if "enum" in fragment:
            return list(fragment["enum"])
        for each in fragment.values():
            if found := _enum(each):
                return found
    elif isinstance(fragment, list):
        for each in fragment:
            if found := _enum(each):
                return found
    return []


def _values(fragment: Mapping[str, Any]) -> str:
    """What a key takes: the words of its list, else its examples."""
    if words := _enum({k: v for k, v in fragment.items() if k != "examples"}):
        more = f" and {len(words) - SHOWN} more" if len(words) > SHOWN + 2 else ""
        return ", ".join(map(code, words[:SHOWN] if more else words)) + more
    examples = [each for each in fragment.get("examples", ()) if each != ""]
    return ("such as " if examples else "") + ", ".join(_example(each) for each in examples[:3])


def _example(value: Any) -> str:
    """A value as it is written in a file."""
    if isinstance(value, Mapping):
        inside = ", ".join(f"{key}: {_bare(each)}" for key, each in value.items())
        return code("{" + inside + "}")
    return code(_bare(value))


def _bare(value: Any) -> str:
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_bare(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_bare, value)) + "]"
    return str(value)


def _keys(
    cls: type[Any], owner: str, definitions: Mapping[str, Any], but: Iterable[str] = ()
) -> str:
    """A table of the keys of a class: what each means, how many values it takes, and which."""
    rows = []
    for key, (_, spec) in schema_of(cls).items():
        fragment = definitions.get(f"{owner}.{key}")
        if spec.leads or key in but or fragment is None:
            continue
        text = plain(fragment.get("description", ""))
        rows.append((code(key), text, plain(spec.shape.value), _values(fragment)))
    return table(("key", "meaning", "takes", "values"), rows) if rows else ""


def events() -> str:
    """Every kind of event with its keys, and the keys that all of them take."""
    definitions = SCHEMAS["case"]()["definitions"]
    parts = ["## Keys of every event\n", _keys(Event, "event", definitions)]
    parts.append(
        "\nEvery event takes `printed` as well: what the report prints of it "
        "([how](case-files.md#one-file-for-a-short-report)).\n"
    )
    common = schema_of(Event)
    for kind, cls in EVENTS.items():
        others = [name for name, other in KINDS.items() if other is cls and name != kind]
        parts.append(f"\n## {kind}\n\n{plain(_sentence(KIND_DESCRIPTIONS.get(kind, kind)))}")
        if others:
            parts.append(f"\nAlso written: {', '.join(map(code, others))}.")
        parts.append("\n" + _keys(cls, kind, definitions, common))
    return "\n".join(parts)


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:].rstrip(".") + "."


def patient() -> str:
    """The keys of the patient, and of a declared lesion."""
    from timeline.record.case import LesionDeclaration, Patient

    schema = SCHEMAS["case"]()["properties"]
    own = {f"patient.{key}": row for key, row in schema["patient"]["properties"].items()}
    lesion = schema["lesions"]["additionalProperties"]["properties"]
    own |= {f"lesion.{key}": row for key, row in lesion.items()}
    tops = [(code(key), plain(row.get("description", ""))) for key, row in schema.items()]
    return "\n".join(
        (
            "## The file\n",
            table(("key", "meaning"), tops),
            "\n## Patient\n",
            _keys(Patient, "patient", own),
            "\n## Lesion\n",
            _keys(LesionDeclaration, "lesion", own),
        )
    )


def claims() -> str:
    """Every kind of claim, and the keys of claims."""
    from timeline.report.claims import Claim

    definitions = SCHEMAS["report"]()["definitions"]
    kinds = [
        (code(name), plain(row.description), ", ".join(map(code, row.needs)), code(row.example))
        for name, row in CLAIMS.items()
    ]
    return "\n".join(
        (
            "## Kinds\n",
            table(("first key", "what it claims", "keys it needs", "example"), kinds),
            "\n## Keys\n",
            _keys(Claim, "claim", definitions),
        )
    )


def rules() -> str:
    """Every audit rule: what it checks, its formula, severity, source and examples."""
    from timeline.auditing import RULES

    parts = []
    for rule in RULES:
        severity = str(rule.severity)
        if rule.text_severity:
            severity += f", {rule.text_severity} of words"
        rows = (
            ("checks", plain(rule.checks)),
            ("formula", plain(rule.formula)),
            ("severity", plain(severity)),
            ("finds", plain(rule.example_fail)),
            ("passes", plain(rule.example_ok)),
            ("source", linked(rule.source)),
        )
        body = "\n".join(f"| {head} | {text} |" for head, text in rows)
        parts.append(f"## {rule.id}\n\n| {rule.id} | |\n| --- | --- |\n{body}\n")
    return f"{len(RULES)} rules.\n\n" + "\n".join(parts)


def settings() -> str:
    """Every setting: what it decides, its choices, its default, and which sources disagree."""
    from timeline.settings.response import SETTINGS

    return _settings_text(SETTINGS)


def study_settings() -> str:
    """Every convention of the analysis of a study."""
    from timeline.settings.study import STUDY_SETTINGS

    return _settings_text(STUDY_SETTINGS)


def _settings_text(every: Mapping[str, Any]) -> str:
    from timeline.settings.setting import in_words

    parts = [f"{len(every)} settings.\n"]
    for name, row in every.items():
        rows = (
            ("decides", plain(row.description)),
            ("default", code(in_words(row.default))),
            ("choices", ", ".join(map(code, dict.fromkeys(row.options)))),
            ("sources", linked(row.disagreement)),
        )
        body = "\n".join(f"| {head} | {text} |" for head, text in rows)
        parts.append(f"## {name}\n\n| {code(name)} | |\n| --- | --- |\n{body}\n")
    return "\n".join(parts)


def trial() -> str:
    """What is derived from the tables of a trial, from which columns, and what can be wrong."""
    from timeline.settings.setting import in_words
    from timeline.settings.trial import TABLE_SETTINGS, TRIAL_SETTINGS
    from timeline.trial import COLUMNS, KINDS, PARAMETERS, PRESETS, TIMES

    def criteria(row: Any) -> str:
        return plain(", ".join(row.criteria) or "every criterion")

    parameters = [
        (code(row.code), plain(row.label), criteria(row), plain(row.rule), linked(row.source))
        for row in PARAMETERS
    ]
    times = [
        (code(row.code), plain(row.label), criteria(row), plain(row.rule), linked(row.source))
        for row in TIMES
    ]
    columns = [
        (
            code(row.name),
            ", ".join(row.tables),
            ", ".join(map(code, row.standard)),
            ("required: " if row.required else "") + plain(row.description),
            linked(row.source),
        )
        for row in COLUMNS
    ]
    settings_rows = [
        (
            code(name),
            ", ".join(map(code, TRIAL_SETTINGS[name].options)),
            code(in_words(TRIAL_SETTINGS[name].default)),
            plain(TRIAL_SETTINGS[name].description),
            linked(TRIAL_SETTINGS[name].disagreement),
        )
        for name in TABLE_SETTINGS
    ]
    presets = [
        (
            code(row.name),
            plain(row.description),
            "; ".join(code(f"{name} {in_words(value)}") for name, value in row.settings.items()),
            linked(row.source),
        )
        for row in PRESETS.values()
    ]
    kinds = [
        (
            code(row.name),
            plain(row.description),
            row.severity,
            plain(row.handling),
            plain(row.reason),
        )
        for row in KINDS.values()
    ]
    ruled = ("PARAMCD", "PARAM", "criterion", "rule", "source")
    return "\n".join(
        (
            "## Parameters of response\n",
            table(ruled, parameters),
            "## Times to events\n",
            table(ruled, times),
            "## Columns\n",
            table(("name", "tables", "standard names", "holds", "source"), columns),
            "## Settings of tables\n",
            "These, and all [settings of case files](settings.md).\n",
            table(("setting", "choices", "default", "decides", "sources"), settings_rows),
            "## Presets\n",
            table(("preset", "derives", "settings", "source"), presets),
            "## Faults\n",
            "A kind that has no handling is always rejected.\n",
            table(("kind", "fault", "default", "if let pass", "reason"), kinds),
        )
    )


def endpoints() -> str:
    """Every endpoint, and what censors it."""
    from timeline.endpoints.censoring.policies import POLICIES
    from timeline.terminology.endpoints import ENDPOINTS

    rows = [
        (
            code(row.name),
            plain(row.description),
            plain(" or ".join((row.origin, *row.also_from))),
            plain(", ".join(row.events)),
            "by policy (below)"
            if row.by_policy
            else plain(", ".join(c.anchor for c in row.censors)),
            "yes" if row.per_line else "no",
            ", ".join(code(each) for each in row.names if each != row.name),
            linked(row.source),
        )
        for row in ENDPOINTS
    ]
    heads = ("endpoint", "meaning", "from", "to the first of", "else censored at", "of each line",
             "under other criteria", "source")  # fmt: skip
    parts = [table(heads, rows), "\n## Censoring policies\n"]
    parts.append(
        "What a policy makes of each situation. Of several that apply the first decides. "
        "`--policy NAME` chooses one, or `pfs_policy` in the settings.\n"
    )
    for policy in POLICIES.values():
        parts.append(f"\n### {policy.name}\n\n{plain(_sentence(policy.description))}\n")
        cells = [
            (plain(rule.situation), plain(rule.effect), plain(rule.dated), linked(_of(rule.source)))
            for rule in policy.rules
        ]
        parts.append(table(("situation", "effect", "date", "source"), cells))
    return "\n".join(parts)


def _of(source: str) -> str:
    """A source without the situation that its row names already."""
    return source.rpartition(": ")[0] or source


def criteria() -> str:
    """Every criterion: its words, thresholds, tables and state machine."""
    from timeline.response.criteria import CRITERIA

    def in_mm(value: int | None) -> str:
        return "" if value is None else f"{value} mm"

    def least(value: Any, unit: str) -> str:
        return "" if value is None else f"{float(value):g} {unit}"

    def beyond(limits: Any) -> str:
        named = {"response": limits.response_beyond, "progression": limits.progression_beyond}
        return ", ".join(name for name, holds in named.items() if holds)

    def percent(value: int | None) -> str:
        return "" if value is None else f"{value} %"

    parts = []
    for row in CRITERIA.values():
        limits = row.thresholds
        further, density = limits.further_mm, getattr(limits, "density_percent", None)
        numbers = [
            ("decrease from baseline for PR", f"{limits.response_percent} %"),
            ("increase from the nadir for PD", f"{limits.progression_percent} %"),
            ("and at least", f"{float(limits.progression_least):g} {row.lesions.measure.unit}"),
            ("of a decrease at least", least(limits.response_least, row.lesions.measure.unit)),
            ("decrease for PR after one cycle", percent(limits.early_percent)),
            ("bounds not included", beyond(limits)),
            ("further increase that confirms", f"{further} mm" if further else ""),
            ("what is summed", f"{row.lesions.measure.name}, {row.lesions.measure.unit}"),
            ("short axis of a normal node, below", in_mm(row.lesions.normal_node_mm)),
            ("most targets", str(row.lesions.most_targets or "no limit")),
            ("most targets of an organ", str(row.lesions.most_in_organ or "no limit")),
            ("increase of one lesion", percent(row.lesions.lesion_percent)),
            ("least diameters of a new lesion that is measured", in_mm(row.lesions.least_new_mm)),
            ("decrease of density for PR", f"{density} %" if density else ""),
            ("source of these", _read(f"{limits.source}; {row.lesions.source}", limits.basis)),
        ]  # fmt: skip
        parts.append(f"## {row.title}\n\nSource: {linked(row.source)}; {linked(row.terms.source)}.")
        if row.terms.is_provisional:
            parts.append(f"\n**Provisional.** Not read in a source: {plain(row.terms.unread)}.\n")
        words = ", ".join(map(code, row.terms.labels))
        parts.append(f"\nCategories: {words}. Progression is dated by: {row.terms.progression}.\n")
        limits_shown = [(plain(head), plain(text)) for head, text in numbers if text]
        parts.append(table(("threshold", "value"), limits_shown))
        overall = row.overall
        each = (row.target, overall.target_disease, overall.non_target_only, overall.no_disease)
        parts += map(_decisions, each)
        if row.lesions.signs:
            signs = [
                (code(sign.name), plain(sign.description), _read(sign.source, sign.basis))
                for sign in row.lesions.signs
            ]
            parts.append("\nColumns that are read of a scan beside sizes:\n")
            parts.append(table(("column", "holds where", "source"), signs))
        parts.append(_machine(row.machine))
    return "\n".join(parts)


_BASES = {  # of a rule: how far it was read
    "read": "read there",
    "secondary": "read in this later paper",
    "derived": "derived",
    "must-check": "not read yet",
}


def _read(source: str, basis: str) -> str:
    """A source, and how far it was read where the row states it."""
    return f"{source} ({_BASES[basis]})" if basis else source


def _decisions(each: Any) -> str:
    """A decision table: of several rows that apply the first decides."""
    heads = ("row", *(plain(column.name) for column in each.columns), "gives", "because", "source")
    cells = [
        (code(row.id), *map(_cell, row.cells), plain(row.result), plain(row.description),
         plain(_read(row.source, row.basis)))
        for row in each.rows
    ]  # fmt: skip
    return f"\n### {plain(each.name.capitalize())}\n\n{table(heads, cells)}"


def _cell(value: Any) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " or ".join(map(_cell, value))
    return plain(value)


def _machine(machine: Any) -> str:
    """The rows of a state machine."""
    cells = [
        (code(row.id), plain(row.at if isinstance(row.at, str) else ", ".join(row.at)),
         plain(row.to) if isinstance(row.to, str) else "by the scan", plain(row.description),
         plain(_read(row.source, row.basis)))
        for row in machine.rules
    ]  # fmt: skip
    heads = ("row", "in state", "goes to", "when", "source")
    return f"\n### State machine\n\nBegins in `{machine.states[0]}`.\n\n{table(heads, cells)}"


def commands() -> str:
    """Every command: usage, what it does, arguments, options, and an example."""
    import typer

    from timeline.cli.app import app

    program: Any = typer.main.get_command(app)
    parts = []
    for name, command in program.commands.items():
        context: Any = typer.Context(command, info_name=name)
        usage = " ".join((f"timeline {name}", *command.collect_usage_pieces(context)))
        summary = "\n\n".join(
            plain(_sentence(" ".join(block.split())))
            for block in (command.help or "").split("\n\n")
        )
        parts.append(f"## timeline {name}\n\n```text\n{usage}\n```\n\n{summary}\n")
        rows = [_parameter(each) for each in command.params if not getattr(each, "hidden", False)]
        rows = [row for row in rows if row[0] != "`--help`"]
        if rows:
            parts.append(table(("argument or option", "meaning", "default"), rows))
        if examples := _examples(name):
            parts.append(f"\n```sh\n{examples}\n```\n")
    return "\n".join(parts)


def _examples(name: str) -> str:
    from timeline.cli.examples import EXAMPLES

    return "\n".join(EXAMPLES.get(name, ()))


def _parameter(each: Any) -> tuple[str, str, str]:
    """A row of an argument or option: its names, what it means with its choices, its default."""
    if isinstance(each, TyperArgument):
        name = code(each.metavar or each.name.upper())
    else:
        name = ", ".join(map(code, (*each.opts, *each.secondary_opts)))
        if each.metavar:
            name += f" {code(each.metavar)}"
    meaning = plain(getattr(each, "help", "") or "")
    kind = each.type_descriptor.annotation
    if isinstance(kind, type) and issubclass(kind, Enum):
        meaning += f" One of {', '.join(code(choice.value) for choice in kind)}."
    default = each.default
    shown = isinstance(default, str | int) and not isinstance(default, bool) and default != ""
    return name, meaning, code(default) if shown else ""


def figures() -> str:
    """Every figure with its options, in a command and in Python; then the journals."""
    from renderers import FIGURES

    parts = []
    for kind in FIGURES.values():
        parts.append(f"## {kind.name}\n\n{plain(_sentence(kind.description))}\n")
        of_cases = kind.option_table()
        parts.append(table(("option", "in Python", "value"), map(_option, of_cases.values())))
        more = [row for name, row in kind.table_options().items() if name not in of_cases]
        if more:
            parts.append("\nOf tables only:\n")
            parts.append(table(("option", "in Python", "value"), map(_option, more)))
    return "\n".join(parts)


def _option(row: Any) -> tuple[str, str, str]:
    repeated = "; may be repeated" if row.many else ""
    names = " or ".join(map(code, filter(None, (row.name, row.also))))
    return names, code(row.keyword), plain(row.description + repeated)


def journals() -> str:
    """Every preset of a journal: its columns, height, smallest text, and the source of these."""
    from renderers.scene.journals import PRESETS

    rows = [
        (
            code(name),
            ", ".join(f"{plain(column)} {width:g}" for column, width in row.columns),
            f"{row.height:g}",
            f"{row.least:g}",
            f"{row.dpi}",
            linked(row.source),
        )
        for name, row in PRESETS.items()
    ]
    heads = ("preset", "columns (mm wide)", "height (mm)", "smallest text (pt)", "dpi", "source")
    return table(heads, rows)


TABLES = {  # of timeline/data: what each holds; a new one is shown by the name of its file
    "drugs": "Drugs: class, other names, usual doses",
    "regimens": "Regimens and their drugs",
    "response_words": "Words of responses",
    "units": "Units",
    "routes": "Routes of administration",
    "dose_frequencies": "How often a dose is given",
    "ctcae": "Terms of adverse events with their grades",
    "synonyms": "Names that mean the same",
    "supportive_classes": "Classes of supportive drugs",
    "entry_words": "Words of reports, and the line to write in their place",
    "event_words": "Words of reports, and the events that they may become in a grid",
    "body_words": "Words for parts of the body, and for how something was done there",
    "table_headings": "Names of columns of tables",
    "table_words": "Words of tables",
    "report_headings": "Headings of reports",
    "report_names": "Names that reports print",
    "drug_stems": "Endings of names of drugs",
    "mention_patterns": "Patterns that a draft looks for",
    "mention_words": "Words that a draft looks for",
}


def terminology() -> str:
    """Every table of ``timeline/data``, with all of its rows and their sources."""
    others = sorted({path.stem for path in DATA.glob("*.csv")} - set(TABLES))
    titles = TABLES | {name: name.replace("_", " ").capitalize() for name in others}
    return "\n".join(_data(name, title) for name, title in titles.items())


def _data(name: str, title: str) -> str:
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        headings, *rows = list(csv.reader(file))
    used = [n for n, _ in enumerate(headings) if any(row[n].strip() for row in rows)]
    heads = [plain(headings[n].replace("_", " ")) for n in used]
    cells = [[linked(row[n]) if headings[n] == "source" else plain(row[n]) for n in used]
             for row in rows]  # fmt: skip
    return f"## {title}\n\n`timeline/data/{name}.csv`, {len(rows)} rows.\n\n{table(heads, cells)}"


def exit_codes() -> str:
    """Every exit code of the program."""
    from timeline.cli.exit_codes import EXIT_CODES

    return table(("code", "meaning"), ((code(row.shown), plain(row.meaning)) for row in EXIT_CODES))


def python() -> str:
    """Every public name, from its docstring."""
    import timeline as tl

    return "\n".join(_public(tl))


def _public(tl: Any) -> Iterator[str]:
    import inspect

    functions = [n for n in tl.__all__ if inspect.isfunction(getattr(tl, n))]
    classes = [n for n in tl.__all__ if inspect.isclass(getattr(tl, n))]
    plots = [n for n in tl.plot.__all__ if callable(getattr(tl.plot, n))]
    yield "## Functions\n"
    for name in functions:
        yield _autodoc("autofunction", f"timeline.{name}")
    yield "## Figures\n"
    for name in plots:
        yield _autodoc("autofunction", f"timeline.plot.{name}")
    yield _autodoc("autoclass", "timeline.figure.Figure", "members")
    yield "## Classes\n"
    for name in classes:
        yield _autodoc("autoclass", f"timeline.{name}", "members")


def _autodoc(kind: str, name: str, *options: str) -> str:
    lines = "\n".join((f".. {kind}:: {name}", *(f"   :{each}:" for each in options)))
    return f"### {name.removeprefix('timeline.')}\n\n```{{eval-rst}}\n{lines}\n```\n"


GENERATED: dict[str, Callable[[], str]] = {
    each.__name__: each
    for each in (events, patient, claims, rules, settings, study_settings, trial, endpoints,
                 criteria, commands, figures, journals, terminology, exit_codes, python)
}  # fmt: skip
