"""ADTR: sizes of target lesions and their sum, with baseline, nadir and changes.

The rules are the rows of ``data/adam_derivations.csv``; sizes by RECIST 1.1 (Eisenhauer 2009).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import attrs

from timeline.cdisc.adam.subjects import to_date
from timeline.cdisc.cases.words import NODE
from timeline.cdisc.dataset import Dataset, Value
from timeline.cdisc.timing import day_of, study_day

Record = dict[str, Value]
SUM = "SDIAM"
_SIZES = ("LDIAM", "LPERP")


def measurement_records(
    datasets: Mapping[str, Dataset], subjects: Sequence[Record], evaluator: str | None
) -> list[Record]:
    """The records of ADTR by subject, parameter and date.

    Args:
        datasets: TR, and TU if there is one.
        subjects: the records of ADSL.
        evaluator: whose measurements count, as TREVAL names it; of several readers of one
            evaluator the accepted records do (TRACPTFL). None: the only one that there is.

    Raises:
        ValueError: there are several evaluators and none is named, or sizes are not in mm.
    """
    if "TR" not in datasets:
        return []
    rows = list(of_evaluator(datasets["TR"], evaluator))
    nodes = {
        (row.get("USUBJID"), row.get("TULNKID"))
        for row in (datasets["TU"].rows() if "TU" in datasets else ())
        if str(row.get("TULOC") or "").upper().startswith(NODE)
    }
    places = {
        (row.get("USUBJID"), row.get("TULNKID")): row.get("TULOC")
        for row in (datasets["TU"].rows() if "TU" in datasets else ())
    }
    by_subject: dict[Value, list[Record]] = {}
    for row in rows:
        if row.get("TRTESTCD") in _SIZES and row.get("TRGRPID") in ("TARGET", None):
            by_subject.setdefault(row.get("USUBJID"), []).append(row)
    found: list[Record] = []
    for subject in subjects:
        own = by_subject.get(subject["USUBJID"], [])
        if own:
            measured = _Measured(subject=subject, rows=own, nodes=nodes, places=places)
            found += measured.records()
    return found


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


@attrs.frozen(kw_only=True)
class _Measured:
    """The sizes of one subject."""

    subject: Record
    rows: list[Record]
    nodes: set[tuple[Value, Value]]
    places: dict[tuple[Value, Value], Value]

    def records(self) -> list[Record]:
        visits = self._visits()
        baseline = self._baseline(visits)
        lesions = list(dict.fromkeys(
            name for sizes in ([visits[baseline]] if baseline is not None else visits.values())
            for name in sizes))  # fmt: skip
        found: list[Record] = []
        for number, lesion in enumerate(lesions, start=1):
            series = [(key, sizes[lesion]) for key, sizes in visits.items() if lesion in sizes]
            found += self._series(
                f"LDIAM{number}", f"Diameter of Target Lesion {number} (mm)",
                [(key, row.get("TRSTRESN"), row) for key, row in series], baseline,
            )  # fmt: skip
        sums = [(key, _total(sizes, lesions), next(iter(sizes.values())))
                for key, sizes in visits.items()]  # fmt: skip
        found += self._series(SUM, "Sum of Diameters of Target Lesions (mm)", sums, baseline)
        return [{**record, "ASEQ": n} for n, record in enumerate(found, start=1)]

    def _visits(self) -> dict[tuple[Value, Value], dict[str, Record]]:
        """The size of each lesion at each visit, in order of time."""
        found: dict[tuple[Value, Value], dict[str, Record]] = {}
        for row in sorted(self.rows, key=lambda each: str(each.get("TRDTC") or "9999")):
            name = str(row.get("TRLNKID") or "")
            is_node = (row.get("USUBJID"), row.get("TRLNKID")) in self.nodes
            unit = row.get("TRSTRESU")
            if row.get("TRSTRESN") is not None and unit not in ("mm", None):
                raise ValueError(f"TR: TRSTRESU is {unit!r} (write the sizes in mm)")
            sizes = found.setdefault((row.get("TRDTC"), row.get("VISITNUM")), {})
            wanted = "LPERP" if is_node else "LDIAM"
            if row.get("TRTESTCD") == wanted or name not in sizes:
                sizes[name] = row
        return found

    def _baseline(
        self, visits: Mapping[tuple[Value, Value], dict[str, Record]]
    ) -> tuple[Value, Value] | None:
        flagged = [
            key for key, sizes in visits.items()
            if any("Y" in (row.get("TRBLFL"), row.get("TRLOBXFL")) for row in sizes.values())
        ]  # fmt: skip
        if flagged:
            return flagged[-1]
        dates = (self.subject.get(name) for name in ("RANDDT", "TRTSDT"))
        origin = next((date for date in dates if date is not None), None)
        if origin is None:
            return None
        before = [key for key in visits if (day := day_of(key[0])) is not None
                  and to_date(day) <= origin]  # type: ignore[operator]  # fmt: skip
        return before[-1] if before else None

    def _series(
        self,
        code: str,
        label: str,
        values: Sequence[tuple[tuple[Value, Value], Value, Record]],
        baseline: tuple[Value, Value] | None,
    ) -> Iterator[Record]:
        """The records of one parameter with baseline, nadir and changes."""
        base = next((value for key, value, _ in values if key == baseline), None)
        start = self.subject.get("TRTSDT")
        nadir: float | None = None
        begun = False
        for key, value, row in values:
            day = day_of(key[0])
            reference = start.toordinal() if hasattr(start, "toordinal") else None  # type: ignore[union-attr]
            record: Record = {
                "STUDYID": self.subject.get("STUDYID"),
                "USUBJID": self.subject["USUBJID"],
                "TRT01P": self.subject.get("TRT01P"),
                "TRT01A": self.subject.get("TRT01A"),
                "PARAM": label,
                "PARAMCD": code,
                "PARCAT1": "Target Lesion Measurement",
                "TREVAL": row.get("TREVAL"),
                "AVAL": value,
                "AVALU": "mm",
                "BASE": base,
                "ADT": to_date(day),
                "ADY": study_day(day, reference),
                "VISITNUM": row.get("VISITNUM"),
                "VISIT": row.get("VISIT"),
                "ABLFL": "Y" if key == baseline else None,
                "ANL01FL": "Y" if code == SUM and value is not None else None,
                "SRCDOM": "TR",
                "SRCVAR": "TRSTRESN",
                "SRCSEQ": None if code == SUM else row.get("TRSEQ"),
            }
            if code != SUM:
                link = row.get("TRLNKID")
                record["TRLNKID"] = link
                record["TULOC"] = self.places.get((self.subject["USUBJID"], link))
            begun = begun or key == baseline
            if begun:
                record |= _change(value, base, "CHG", "PCHG")
            if begun and code == SUM:
                record["NADIR"] = nadir
                record |= _change(value, nadir, "CHGNAD", "PCHGNAD")
                if isinstance(value, int | float):
                    nadir = value if nadir is None else min(nadir, value)
            yield record


def _total(sizes: Mapping[str, Record], lesions: Sequence[str]) -> Value:
    """The sum of the lesions of the baseline; None where one of them is not measured."""
    values = [sizes[name].get("TRSTRESN") if name in sizes else None for name in lesions]
    total: float = 0
    for value in values:
        if not isinstance(value, int | float):
            return None
        total += value
    return total


def _change(value: Value, since: Value, change: str, percent: str) -> Record:
    if not isinstance(value, int | float) or not isinstance(since, int | float):
        return {}
    return {change: value - since, percent: 100 * (value - since) / since if since else None}
