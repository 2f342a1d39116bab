"""The four ADaM datasets of a study, and the metadata of their variables and parameters."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

import attrs

from timeline.cdisc.adam.measurements import (
    lesion_columns,
    measurement_records,
    of_evaluator,
)
from timeline.cdisc.adam.subjects import subject_records
from timeline.cdisc.dataset import Dataset, Value
from timeline.cdisc.metadata import ADAM_DATASETS, DATASETS
from timeline.cdisc.timing import study_day
from timeline.core.data_tables import data_rows
from timeline.terminology.criteria import IMMUNE, PRIMARY, TERMS, criterion_of_category, only_one
from timeline.terminology.response_codes import Code

Record = dict[str, Value]
DEFINITIONS = ("DATASET", "VARIABLE", "WHERE", "LABEL", "TYPE", "LENGTH", "FORMAT", "CORE",
               "CODELIST", "ORIGIN", "DERIVATION", "SOURCE")  # fmt: skip
# AVAL of a response: admiralonco, aval_resp
_NUMBERS = {Code.CR: 1, Code.PR: 2, Code.SD: 3, Code.NON_CR_NON_PD: 4, Code.PD: 5, Code.UPD: 5,
            Code.NE: 6, Code.MISSING: 7}  # fmt: skip
_WORDS = ("ADTF", "EVNTDESC", "CNSDTDSC", "SRCDOM", "SRCVAR")
_AVAL = {
    terms.words[code]: number
    for terms in TERMS.values()
    for code, number in _NUMBERS.items()
    if code < len(terms.words)
} | {"Y": 1, "N": 0}


@attrs.frozen(kw_only=True)
class Adam:
    """ADaM datasets of a study.

    Attributes:
        datasets: ADSL, ADRS, ADTTE and ADTR by name; those without a record are left out.
        definitions: a row for each variable and each parameter, with the columns `DEFINITIONS`:
            label, type, length, how it is derived, and the source of the rule.
        problems: every fault of the responses that was let pass, with what was done about it.
    """

    datasets: dict[str, Dataset]
    definitions: tuple[tuple[str, ...], ...]
    problems: tuple[Any, ...]


def derive_adam(
    datasets: Mapping[str, Dataset],
    settings: Mapping[str, Any] | str | None = None,
    *,
    criterion: str | None = None,
    evaluator: str | None = None,
    severity: Mapping[str, str] | None = None,
) -> Adam:
    """ADSL, ADRS, ADTTE and ADTR from SDTM datasets.

    Args:
        datasets: DM, RS, and any of EX, DS, CM, AE, TU and TR by name.
        settings: of the derivation, as `timeline.trial.derive` takes them: settings by name, the
            name of a preset, or both.
        criterion: a key as of `timeline.trial.derive`; None: iRECIST where RSCAT names it alone,
            else RECIST 1.1.
        evaluator: whose assessments count, where there are several.
        severity: ``reject``, ``warn`` or ``take`` for single kinds of faults.

    Returns:
        The datasets, the metadata of their variables and parameters, and what was let pass.

    Raises:
        InvalidTables: RS, TR or ADSL has faults that are to be rejected.
        ValueError: there is no DM or no RS, a setting is unknown, or several evaluators have
            records and none is named.
    """
    from timeline.trial import derive

    missing = [name for name in ("DM", "RS") if name not in datasets]
    if missing:
        raise ValueError(f"no {' and no '.join(missing)} (both are needed)")
    subjects = subject_records(datasets)
    overall = list(_overall(datasets["RS"], evaluator))
    lesions = lesion_columns(datasets)
    found = derive(
        _columns(datasets["RS"]),
        subjects=_subject_columns(subjects),
        lesions=lesions,
        settings=settings,
        criterion=criterion or _criterion(overall),
        evaluator=evaluator,
        severity=severity,
    )
    parameters = found.parameters.to_arrow().to_pylist()
    times = found.times.to_arrow().to_pylist()
    deaths = {row["USUBJID"]: row for row in parameters if row["PARAMCD"] == "DEATH"}
    for subject in subjects:
        death = deaths.get(subject["USUBJID"], {})
        subject |= {"DTHDT": death.get("ADT"), "DTHDTF": death.get("ADTF") or None}
    about = {subject["USUBJID"]: subject for subject in subjects}
    collected = found.settings.response_from == "overall"
    records: dict[str, list[Record]] = {
        "ADSL": subjects,
        "ADRS": [_response(row, about, collected=collected) for row in parameters],
        "ADTTE": [*_numbered(_time(row, about) for row in times)],
    }
    if lesions is not None:
        records["ADTR"] = [*measurement_records(found.measurements, datasets, about)]
    made = {name: Dataset.of(name, rows) for name, rows in records.items() if rows}
    return Adam(
        datasets=made,
        definitions=tuple(_definitions(made)),
        problems=tuple(found.problems),
    )


def _overall(dataset: Dataset, evaluator: str | None) -> Iterator[Record]:
    """The overall responses of one evaluator."""
    for row in of_evaluator(dataset, evaluator):
        if row.get("RSTESTCD") in ("OVRLRESP", None):
            yield row


def _columns(dataset: Dataset) -> dict[str, list[Value]]:
    """All of RS as columns, so that a fault is named with the number of its record."""
    wanted = ("USUBJID", "RSSEQ", "RSTESTCD", "RSCAT", "RSSTRESC", "RSEVAL", "RSEVALID",
              "RSACPTFL", "VISITNUM", "RSDTC")  # fmt: skip
    return {name: list(dataset.column(name)) for name in wanted if name in dataset}


def _subject_columns(rows: list[Record]) -> dict[str, list[Value]]:
    names = ("USUBJID", "RANDDT", "ENRLDT", "TRTSDT", "DTHDTC", "LSTALVDT", "NACTDT")
    return {
        name: [_text(row.get(name)) for row in rows]
        for name in names
        if name == "USUBJID" or any(row.get(name) is not None for row in rows)
    }


def _text(value: Value) -> Value:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _criterion(rows: list[Record]) -> str:
    """The key of iRECIST where RSCAT names it alone, or names none and terms are its own."""
    named = {criterion_of_category(str(row.get("RSCAT") or "")) for row in rows}
    immune = any(only_one(str(row.get("RSSTRESC"))) is IMMUNE for row in rows)
    by_immune = named == {IMMUNE.title} or (named == {None} and immune)
    return IMMUNE.key if by_immune else PRIMARY.key


def _response(row: Record, about: Mapping[Value, Record], *, collected: bool) -> Record:
    """A record of ADRS; one that is derived from several records names none of them as source."""
    subject = about[row["USUBJID"]]
    value = row.get("AVALC") or None
    is_death = row["PARAMCD"] == "DEATH"
    source: Record = {}
    if is_death and row.get("ADT") is not None:
        source = {"SRCDOM": "ADSL", "SRCVAR": "DTHDT"}
    elif collected and row.get("RSSEQ") is not None:
        source = {"SRCDOM": "RS", "SRCVAR": "RSSTRESC", "SRCSEQ": row["RSSEQ"]}
    return {
        **_of_subject(subject),
        "ASEQ": row["ASEQ"],
        "PARAM": row["PARAM"],
        "PARAMCD": row["PARAMCD"],
        "PARCAT1": "Tumor Response",
        "AVAL": _AVAL.get(str(value)),
        "AVALC": value,
        "ADT": row.get("ADT"),
        "ADTF": row.get("ADTF") or None,
        "ADY": _day(row.get("ADT"), subject),
        "VISITNUM": row.get("VISITNUM"),
        "ANL01FL": row.get("ANL01FL") or None,
        **source,
    }


def _time(row: Record, about: Mapping[Value, Record]) -> Record:
    """A record of ADTTE."""
    return {
        **_of_subject(about[row["USUBJID"]]),
        "PARAM": row["PARAM"],
        "PARAMCD": row["PARAMCD"],
        "PARCAT1": "Time to Event",
        "AVALU": "DAYS",
        **{name: row.get(name) or None for name in _WORDS},
        **{name: row.get(name) for name in ("AVAL", "STARTDT", "ADT", "CNSR", "SRCSEQ")},
    }  # fmt: skip


def _numbered(rows: Iterator[Record]) -> Iterator[Record]:
    """Records with their number within the subject."""
    subject, number = None, 0
    for row in rows:
        number = number + 1 if row["USUBJID"] == subject else 1
        subject = row["USUBJID"]
        yield {**row, "ASEQ": number}


def _of_subject(subject: Record) -> Record:
    return {name: subject.get(name) for name in ("STUDYID", "USUBJID", "TRT01P", "TRT01A")}


def _day(date: Value, subject: Record) -> int | None:
    days = [each.toordinal() if isinstance(each, datetime.date) else None
            for each in (date, subject.get("TRTSDT"))]  # fmt: skip
    return study_day(*days)


def _definitions(datasets: Mapping[str, Dataset]) -> Iterator[tuple[str, ...]]:
    """A row for each variable, and for each parameter its rule."""
    rules = {(row.text("dataset"), row.text("variable")): row
             for row in data_rows("adam_derivations")}  # fmt: skip
    for name in ADAM_DATASETS:
        if name not in datasets:
            continue
        for variable in datasets[name].variables:
            rule = rules.get((name, variable.name))
            origin = rule.text("origin") if rule else "Predecessor"
            words = rule.text("derivation") if rule else _predecessor(name, variable.name)
            source = (rule.text("source") if rule else "") or variable.source
            about = (variable.label, variable.type, str(variable.length), variable.format,
                     variable.core, variable.codelist)  # fmt: skip
            yield (name, variable.name, "", *about, origin, words, source)
        for code, label, rule_text, source in _parameters(datasets[name]):
            value = "AVALC" if name == "ADRS" else "AVAL"
            yield (name, value, f"PARAMCD = {code}", label, "", "", "", "", "", "Derived",
                   rule_text, source)  # fmt: skip


def _predecessor(dataset: str, variable: str) -> str:
    """Where a variable is copied from."""
    if dataset == "ADSL":
        return f"DM.{variable}"
    if DATASETS["ADSL"].variable(variable) is not None:
        return f"ADSL.{variable}"
    if dataset == "ADTR":
        return f"{'TU' if variable == 'TULOC' else 'TR'}.{variable}"
    return "by parameter" if variable.startswith("PARAM") else f"RS.{variable}"


def _parameters(dataset: Dataset) -> Iterator[tuple[str, str, str, str]]:
    """Code, label, rule and source of the parameters of a dataset."""
    from timeline.trial.parameters.response_rows import RESPONSE_PARAMETERS
    from timeline.trial.parameters.time_rows import TIME_PARAMETERS

    rows: tuple[Any, ...] = ()
    if dataset.name in ("ADRS", "ADTTE"):
        rows = RESPONSE_PARAMETERS if dataset.name == "ADRS" else TIME_PARAMETERS
    codes = set(dataset.column("PARAMCD"))
    for row in rows:
        if row.code in codes:
            yield row.code, row.label, row.rule, row.source
