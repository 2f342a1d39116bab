"""Scans of case files as records of TU, TR and RS, and such records as scans."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from typing import TYPE_CHECKING, Any

from timeline.cdisc.cases import words
from timeline.cdisc.cases.dates import case_date, sdtm_date
from timeline.cdisc.dataset import Value
from timeline.core.quantities import AREA, NM_PER_MM
from timeline.exchange.entries.case_entries import Entry
from timeline.record.events import Scan
from timeline.record.findings import NONE, NOT_EVALUATED
from timeline.response.lesion_rules import RECIST11_RULES

if TYPE_CHECKING:
    from timeline.exchange.entries.case_entries import CaseEntries

Record = dict[str, Value]
_INVESTIGATOR = "INVESTIGATOR"
_ABSENT, _TOO_SMALL = "absent", "too small"
_TOO_SMALL_TERM = "TOO SMALL TO MEASURE"
_SIZES = ("LDIAM", "LPERP")


def scan_records(
    found: CaseEntries, is_studied: Callable[[int | None], bool], criterion: str
) -> dict[str, list[Record]]:
    """The records of the scans of a case in TU, TR and RS.

    ``is_studied``: whether a line is study treatment; ``criterion``: as RSCAT names it.
    """
    records: dict[str, list[Record]] = {"TU": [], "TR": [], "RS": []}
    scans = [(n, each) for n, each in found.events.items()
             if isinstance(each, Scan) and not each.planned]  # fmt: skip
    scans.sort(key=lambda pair: found.case.place(pair[1]))
    identified: set[str] = set()
    for visit, (number, scan) in enumerate(scans, start=1):
        is_baseline = is_studied(scan.baseline)
        name = scan.timepoint or (words.BASELINE if is_baseline else f"SCAN {visit}")
        flag = "Y" if is_baseline else None
        method = words.METHODS.get(scan.modality, scan.modality.upper() or None)
        for domain, rows in (
            ("TU", _identified(found, scan, identified)),
            ("TR", _measured(found, scan)),
            ("RS", _judged(scan, criterion)),
        ):
            about: Record = {
                f"{domain}SPID": str(number),
                f"{domain}EVAL": _INVESTIGATOR,
                "VISITNUM": visit,
                "VISIT": name,
                f"{domain}DTC": sdtm_date(scan.start),
            }
            if domain == "RS":
                about["RSLNKGRP"] = f"V{visit}"
            else:
                about |= {f"{domain}METHOD": method, f"{domain}BLFL": flag}
            if domain == "TR":
                about["TRLNKGRP"] = f"V{visit}"
            records[domain] += [{**row, **about} for row in rows]
    return records


def _identified(found: CaseEntries, scan: Scan, known: set[str]) -> Iterator[Record]:
    """The lesions that are first seen at a scan."""
    declared = dict(found.case.lesions)
    about = {"TUTESTCD": "TUMIDENT", "TUTEST": "Tumor Identification"}
    for name, _ in scan.lesions:
        if name not in known:
            known.add(name)
            lesion = declared.get(name)
            organ = lesion.organ.upper() if lesion else ""
            place = organ or (words.NODE if lesion and lesion.node else None)
            yield {"TULNKID": name, **about, "TUORRES": "TARGET", "TUSTRESC": "TARGET",
                   "TULOC": place}  # fmt: skip
    for site in scan.new_lesions:
        number = 1 + sum(each.startswith("NEW") for each in known)
        known.add(f"NEW{number:02d}")
        yield {"TULNKID": f"NEW{number:02d}", **about, "TUORRES": "NEW", "TUSTRESC": "NEW",
               "TULOC": str(site).upper()[:200]}  # fmt: skip


def _measured(found: CaseEntries, scan: Scan) -> Iterator[Record]:
    declared = dict(found.case.lesions)
    total = 0
    for name, size in scan.lesions:
        node = bool(declared[name].node) if name in declared else False
        length = RECIST11_RULES.size(size, node=node)
        test = ("LPERP", "Longest Perpendicular") if node else ("LDIAM", "Longest Diameter")
        yield {"TRGRPID": "TARGET", "TRLNKID": name, "TRTESTCD": test[0], "TRTEST": test[1],
               **_size(size.text, length, merged=bool(size.merged))}  # fmt: skip
        total += length or 0
    if scan.sum is not None and scan.sum.exact is not None:
        total = int(scan.sum.exact * NM_PER_MM)
    of_area = scan.sum is not None and scan.sum.unit.measures == AREA
    if scan.is_measured_whole and not of_area:
        yield {"TRGRPID": "TARGET", "TRTESTCD": "SUMDIAM", "TRTEST": "Sum of Diameter",
               **_size("", total)}  # fmt: skip


def _size(text: str, length: int | None, *, merged: bool = False) -> Record:
    """A length in nanometres as a result in mm."""
    if length is None or merged:
        return {"TRSTAT": "NOT DONE"}
    size = Fraction(length, NM_PER_MM)
    value: int | float = int(size) if size.denominator == 1 else float(size)
    small = "small" in text or text == "TSTM"
    return {
        "TRORRES": _TOO_SMALL_TERM if small else str(value),
        "TRORRESU": None if small else "mm",
        "TRSTRESC": str(value),
        "TRSTRESN": value,
        "TRSTRESU": "mm",
    }


def _judged(scan: Scan, criterion: str) -> Iterator[Record]:
    """The responses that the record states, as it states them; nothing is derived here."""
    found: list[tuple[str, str, str]] = []
    if scan.target is not None and len(scan.target.allows) == 1:
        found.append(("TRGRESP", "Target Response", scan.target.allows[0]))
    if scan.non_target is not None and len(scan.non_target.allows) == 1:
        found.append(("NTRGRESP", "Non-target Response", scan.non_target.allows[0]))
    if scan.new and scan.new != (NOT_EVALUATED,):
        found.append(("NEWLIND", "New Lesion Indicator", "N" if scan.new == (NONE,) else "Y"))
    called = [word for word, _ in _called(scan) if word in words.RESPONSES]
    if len(called) == 1:
        found.append(("OVRLRESP", "Overall Response", called[0]))
    for code, test, result in found:
        if result != "NA":
            yield {"RSTESTCD": code, "RSTEST": test, "RSCAT": criterion, "RSORRES": result,
                   "RSSTRESC": result}  # fmt: skip


def _called(scan: Scan) -> Iterator[tuple[str, str]]:
    """The words that the authors called a scan, each with its place."""
    for left, right in scan.called:
        yield (left, right) if left else (right, "")


Rows = Sequence[dict[str, Value]]


def scan_entry(
    date: Value, rows: Mapping[str, Rows], line: int | None, lesions: dict[str, Entry]
) -> tuple[Entry, list[tuple[str, dict[str, Value], str]]]:
    """The scan of one visit.

    Args:
        date: of the visit.
        rows: the records of the visit by dataset.
        line: the line of study treatment; None where there is none.
        lesions: what is declared of each lesion; added to.

    Returns:
        The entry, and the records that it cannot hold, each with its dataset and the reason.
    """
    entry: Entry = {"scan": case_date(date)}
    left: list[tuple[str, dict[str, Value], str]] = []
    measured, judged = rows.get("TR", ()), rows.get("RS", ())
    visit = next((row.get("VISIT") for name in ("TR", "RS", "TU") for row in rows.get(name, ())
                  if row.get("VISIT")), None)  # fmt: skip
    methods = dict.fromkeys(
        str(row[key]) for name, key in (("TR", "TRMETHOD"), ("TU", "TUMETHOD"))
        for row in rows.get(name, ()) if row.get(key)
    )  # fmt: skip
    if methods:
        terms = words.reversed_words(words.METHODS)
        entry["modality"] = ", ".join(terms.get(each, each) for each in methods)
    flags = ("TRBLFL", "TRLOBXFL", "TUBLFL", "TULOBXFL")
    flagged = any(row.get(flag) == "Y" for name in ("TR", "TU") for row in rows.get(name, ())
                  for flag in flags)  # fmt: skip
    if line is not None and (flagged or str(visit).upper() in words.BASELINES):
        entry["baseline"] = str(line)
    if visit is not None and str(visit) != words.BASELINE and not str(visit).startswith("SCAN "):
        entry["timepoint"] = str(visit)
    left += _add_sizes(entry, measured, lesions)
    left += _add_responses(entry, judged, rows.get("TU", ()))
    for row in rows.get("TU", ()):
        _declare(row, lesions)
        if row.get("TUSTRESC") not in ("TARGET", "NEW", None):
            left.append(("TU", row, "a lesion that is neither a target lesion nor new"))
    return entry, left


def _declare(row: dict[str, Value], lesions: dict[str, Entry]) -> None:
    name = str(row.get("TULNKID") or "")
    if name in lesions and row.get("TULOC"):
        place = str(row["TULOC"])
        if place == words.NODE:
            lesions[name]["node"] = "yes"
        else:
            lesions[name]["organ"] = place.lower()


def _add_sizes(
    entry: Entry, rows: Rows, lesions: dict[str, Entry]
) -> Iterator[tuple[str, dict[str, Value], str]]:
    sizes: dict[str, str] = {}
    both = {row.get("TRLNKID") for row in rows if row.get("TRTESTCD") == "LDIAM"}
    total = None
    for row in rows:
        code, name = row.get("TRTESTCD"), str(row.get("TRLNKID") or "")
        is_node = lesions.get(name, {}).get("node") == "yes"
        if code == "SUMDIAM":
            total = row.get("TRSTRESN")
        elif code not in _SIZES or row.get("TRGRPID") not in ("TARGET", None) or not name:
            yield "TR", row, "the state or size of one lesion that is no target lesion"
        elif name in sizes:
            yield "TR", row, "a second size of one lesion at one visit"
        elif code == "LPERP" and row.get("TRLNKID") in both and not is_node:
            yield "TR", row, "a second diameter: of a lesion that is no node the longest counts"
        elif code == "LDIAM" and is_node:
            yield "TR", row, "a second diameter: of a node the short axis counts"
        else:
            sizes[name] = _size_text(row)
            lesions.setdefault(name, {})
            if code == "LPERP":
                lesions[name]["node"] = "yes"
    if sizes:
        entry["lesions"] = sizes
    elif total is not None:
        entry["sum"] = f"{total} mm"


def _size_text(row: dict[str, Value]) -> str:
    if row.get("TRSTAT") or row.get("TRSTRESN") is None:
        return NOT_EVALUATED
    if row.get("TRORRES") == _TOO_SMALL_TERM:
        return _TOO_SMALL
    return _ABSENT if row["TRSTRESN"] == 0 else f"{row['TRSTRESN']} {row.get('TRSTRESU') or 'mm'}"


def _add_responses(
    entry: Entry, rows: Rows, identified: Rows
) -> Iterator[tuple[str, dict[str, Value], str]]:
    """Add what is judged; yield the records that have no place in the entry."""
    seen: dict[str, Value] = {}
    for row in rows:
        code, result = str(row.get("RSTESTCD")), row.get("RSSTRESC")
        if code in seen:
            if seen[code] != result:
                yield "RS", row, "a second response at one visit"
            continue
        seen[code] = result
        if result is None:
            continue
        if code == "OVRLRESP" and result in words.RESPONSES:
            entry["called"] = str(result)
        elif code == "NTRGRESP" and result in words.RESPONSES:
            entry["non-target"] = str(result)
        elif code == "TRGRESP" and result in words.RESPONSES:
            if "lesions" in entry or "sum" in entry:
                yield "RS", row, "TRGRESP beside sizes, from which a case file derives it"
            else:
                entry["target"] = str(result)
        elif code in ("NEWLIND", "NEWLPROG") and result in ("Y", "UNEQUIVOCAL"):
            sites = [
                str(row["TULOC"]).lower()
                for row in identified
                if str(row.get("TUSTRESC") or "").startswith("NEW") and row.get("TULOC")
            ]
            named = [_site(each) for each in sites] or [{"other": "site not stated"}]
            entry["new"] = named[0] if len(named) == 1 else named
        elif code == "NEWLIND" and result == "N":
            entry["new"] = NONE
        elif code == "NEWLPROG" and result == "EQUIVOCAL":
            entry["equivocal"] = "yes"
        else:
            yield "RS", row, f"{code} {result!r}: a case file has no key for it"


def _site(text: str) -> Any:
    """A site as a case file takes it; one that is no known part of the body under ``other``."""
    from timeline.record.findings import new_sites

    try:
        new_sites(text)
    except ValueError:
        return {"other": text}
    return text
