"""ADTR: sizes of target lesions and their sum, from what `timeline.trial.derive` measures.

The sums, baselines and changes are those of ``TrialResult.measurements``; here they get the
variables of the subject and of the record of TR that they come from.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Mapping
from typing import Any

from timeline.cdisc.cases.words import NODE
from timeline.cdisc.dataset import Dataset, Value
from timeline.cdisc.timing import study_day

Record = dict[str, Value]
_TAKEN = (
    *("USUBJID", "TRSEQ", "TRGRPID", "TRLNKID", "TRTESTCD", "TRORRES", "TRSTRESC", "TRSTRESN"),
    *("TRSTRESU", "TRSTAT", "TREVAL", "TREVALID", "TRACPTFL", "VISITNUM", "TRDTC"),
)
_COPIED = (
    *("USUBJID", "PARAM", "PARAMCD", "TRLNKID", "AVAL", "BASE", "NADIR", "CHG", "PCHG", "CHGNAD"),
    *("PCHGNAD", "ADT", "ADTF", "VISITNUM", "ABLFL", "ANL01FL", "SRCSEQ"),
)


def lesion_columns(datasets: Mapping[str, Dataset]) -> dict[str, list[Value]] | None:
    """TR with the sites of TU as columns, as `timeline.trial.derive` takes them; None without TR.

    A lesion that TU does not place and of which the short axis alone is given is a lymph node.
    """
    if "TR" not in datasets:
        return None
    dataset = datasets["TR"]
    rows = list(dataset.rows())
    found = {name: list(dataset.column(name)) for name in _TAKEN if name in dataset}
    if any(flag in dataset for flag in ("TRBLFL", "TRLOBXFL")):
        found["TRBLFL"] = [
            "Y" if "Y" in (row.get("TRBLFL"), row.get("TRLOBXFL")) else None for row in rows
        ]
    found["TULOC"] = [*_sites(rows, datasets)]
    return found


def _sites(rows: list[Record], datasets: Mapping[str, Dataset]) -> Iterator[Value]:
    known: dict[tuple[Value, ...], Value] = {}
    for row in datasets["TU"].rows() if "TU" in datasets else ():
        who = row.get("USUBJID"), row.get("TULNKID")
        known.setdefault(who, row.get("TULOC"))
        known.setdefault((*who, row.get("TUEVAL")), row.get("TULOC"))
    longest = {
        (row.get("USUBJID"), row.get("TRLNKID")) for row in rows if row.get("TRTESTCD") == "LDIAM"
    }
    for row in rows:
        who = row.get("USUBJID"), row.get("TRLNKID")
        site = known.get((*who, row.get("TREVAL")), known.get(who))
        short_alone = row.get("TRTESTCD") == "LPERP" and who not in longest
        yield NODE if site is None and short_alone else site


def measurement_records(
    measurements: Any, datasets: Mapping[str, Dataset], about: Mapping[Value, Record]
) -> Iterator[Record]:
    """The records of ADTR by subject, parameter and date.

    Args:
        measurements: ``TrialResult.measurements``.
        datasets: TR, and TU if there is one.
        about: the record of ADSL of each subject.
    """
    sources = list(datasets["TR"].rows())
    sites = list(_sites(sources, datasets))
    subject, number = None, 0
    for row in measurements.to_arrow().to_pylist():
        number = number + 1 if row["USUBJID"] == subject else 1
        subject = row["USUBJID"]
        place = row["SRCROW"] - 1
        of_lesion = row["TRLNKID"] is not None
        yield {
            **{name: about[subject].get(name) for name in ("STUDYID", "TRT01P", "TRT01A")},
            **{name: row[name] for name in _COPIED},
            "ASEQ": number,
            "PARCAT1": "Target Lesion Measurement",
            "AVALU": "mm",
            "ADY": _day(row["ADT"], about[subject]),
            "TREVAL": sources[place].get("TREVAL"),
            "VISIT": sources[place].get("VISIT"),
            "TULOC": sites[place] if of_lesion else None,
            "SRCDOM": "TR",
            "SRCVAR": "TRSTRESN",
        }


def _day(date: datetime.date | None, subject: Record) -> int | None:
    days = [
        each.toordinal() if isinstance(each, datetime.date) else None
        for each in (date, subject.get("TRTSDT"))
    ]
    return study_day(*days)


def of_evaluator(dataset: Dataset, evaluator: str | None) -> Iterator[Record]:
    """The records of one evaluator, and of its accepted reader.

    Raises:
        ValueError: there are several evaluators and none is named, or the named one has no record.
    """
    prefix = dataset.name
    known = sorted({str(each) for each in dataset.column(f"{prefix}EVAL") if each is not None})
    if evaluator is None and len(known) > 1:
        raise ValueError(f"{prefix}: several evaluators: {', '.join(known)} (name one)")
    if evaluator is not None and known and evaluator not in known:
        raise ValueError(f"{prefix}: no record of {evaluator!r} (known: {', '.join(known)})")
    rows = [row for row in dataset.rows() if evaluator in (None, row.get(f"{prefix}EVAL"))]
    accepted = [row for row in rows if row.get(f"{prefix}ACPTFL") == "Y"]
    readers = {row.get(f"{prefix}EVALID") for row in rows}
    yield from accepted if accepted and len(readers) > 1 else rows
