"""Checks of dates, study days, links, responses, exposure and analysis values."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

from timeline.cdisc.checks.check import Found, Study
from timeline.cdisc.dataset import Dataset, Value
from timeline.cdisc.timing import DatePart, date_part, day_of, study_day
from timeline.core.problem import Where, listed
from timeline.terminology.criteria import LABELS, TERMS, criterion_of_category

_DAYS = (("DTC", "DY"), ("STDTC", "STDY"), ("ENDTC", "ENDY"))


def _part(text: Value) -> DatePart | None:
    try:
        return date_part(text) if isinstance(text, str) else None
    except ValueError:
        return None


def iso_dates(study: Study) -> Found:
    for dataset in study.known():
        for variable in dataset.variables:
            if not variable.is_iso_date:
                continue
            for number, text in enumerate(dataset.values[variable.name]):
                try:
                    date_part(str(text)) if text is not None else None
                except ValueError as fault:
                    yield dataset.where(number, variable.name), f"{variable.name}: {fault}"


def ends_after_starts(study: Study) -> Found:
    for dataset in study.sdtm():
        start, end = f"{dataset.name}STDTC", f"{dataset.name}ENDTC"
        pairs = zip(dataset.column(start), dataset.column(end), strict=True)
        for number, (first, last) in enumerate(pairs):
            one, other = _part(first), _part(last)
            if one and other and other.latest < one.earliest:
                yield dataset.where(number, end), f"{end} {last} lies before {start} {first}"


def study_days(study: Study) -> Found:
    """Study days are there where they can be told, and are right."""
    reference = study.day_of_subject("RFSTDTC")
    for dataset in study.sdtm():
        if dataset.name == "DM":
            continue
        for date, day in ((dataset.name + one, dataset.name + two) for one, two in _DAYS):
            if date not in dataset:
                continue
            rows = zip(dataset.column("USUBJID"), dataset.column(date), dataset.column(day),
                       strict=True)  # fmt: skip
            for number, (subject, text, value) in enumerate(rows):
                right = study_day(day_of(text), reference.get(subject))
                if right is not None and value != right:
                    stated = "missing" if value is None else f"{value}"
                    what = f"{day} is {stated} where {date} is {text} (write {right})"
                    yield dataset.where(number, day), what


def epochs(study: Study) -> Found:
    for dataset in study.sdtm():
        if dataset.name == "DM":
            continue
        date = next((name for name in (f"{dataset.name}STDTC", f"{dataset.name}DTC")
                     if name in dataset), "")  # fmt: skip
        known = [n for n, text in enumerate(dataset.column(date)) if day_of(text) is not None]
        if known and "EPOCH" not in dataset:
            yield Where(dataset.file or dataset.name.lower()), "without EPOCH (add it)"
        elif known:
            for number in known:
                if dataset.column("EPOCH")[number] is None:
                    yield dataset.where(number, "EPOCH"), "EPOCH: no value where the date is known"


def nothing_after_death(study: Study) -> Found:
    deaths = {subject: _part(text) for subject, text in study.of_subject("DTHDTC").items()}
    for dataset in study.sdtm():
        if dataset.name in ("DM", "DS"):
            continue
        for date in (f"{dataset.name}{part}" for part in ("STDTC", "DTC")):
            rows = zip(dataset.column("USUBJID"), dataset.column(date), strict=True)
            for number, (subject, text) in enumerate(rows):
                part, death = _part(text), deaths.get(subject)
                if part and death and part.earliest > death.latest:
                    what = f"{date} {text} lies after death, {death.text} (correct one of them)"
                    yield dataset.where(number, date), what


def death_flags(study: Study) -> Found:
    dm = study.datasets.get("DM")
    if dm is None:
        return
    rows = zip(dm.column("DTHDTC"), dm.column("DTHFL"), strict=True)
    for number, (date, flag) in enumerate(rows):
        if date is not None and flag != "Y":
            yield dm.where(number, "DTHFL"), f"DTHFL is not Y where DTHDTC is {date} (write Y)"


def exposure(study: Study) -> Found:
    """The first study treatment of DM is in EX."""
    dm = study.datasets.get("DM")
    if dm is None:
        return
    ex = study.datasets.get("EX")
    first: dict[Value, int] = {}
    for subject, text in _pairs(ex, "EXSTDTC"):
        day = day_of(text)
        if day is not None:
            first[subject] = min(first.get(subject, day), day)
    for number, (subject, text) in enumerate(_pairs(dm, "RFXSTDTC")):
        day = day_of(text)
        if text is not None and ex is None:
            yield dm.where(number, "RFXSTDTC"), f"RFXSTDTC is {text}, and there is no EX (add it)"
        elif day is not None and first.get(subject, day) != day:
            right = datetime.date.fromordinal(first[subject]).isoformat()
            what = f"RFXSTDTC is {text}, and the first EXSTDTC {right} (write that)"
            yield dm.where(number, "RFXSTDTC"), what


def _pairs(dataset: Dataset | None, name: str) -> Iterator[tuple[Value, Value]]:
    if dataset is not None:
        yield from zip(dataset.column("USUBJID"), dataset.column(name), strict=True)


def links(study: Study) -> Found:
    """The lesion of a result is identified in TU."""
    tr, tu = study.datasets.get("TR"), study.datasets.get("TU")
    if tr is None or tu is None:
        if tr is not None and any(tr.column("TRLNKID")):
            yield Where(tr.file or "tr"), "TRLNKID without TU, which identifies lesions (add TU)"
        return
    known = set(_pairs(tu, "TULNKID"))
    for number, key in enumerate(_pairs(tr, "TRLNKID")):
        if key[1] is not None and key not in known:
            yield tr.where(number, "TRLNKID"), f"TRLNKID {key[1]!r} of {key[0]} is not in TU"


def result_units(study: Study) -> Found:
    tr = study.datasets.get("TR")
    if tr is None:
        return
    rows = zip(tr.column("TRSTRESN"), tr.column("TRSTRESU"), tr.column("TRTESTCD"), strict=True)
    for number, (value, unit, test) in enumerate(rows):
        if value is not None and unit is None and test in ("LDIAM", "LPERP", "SUMDIAM"):
            yield tr.where(number, "TRSTRESU"), f"TRSTRESN {value} without a unit (write mm)"


def results_agree(study: Study) -> Found:
    tr = study.datasets.get("TR")
    if tr is None:
        return
    rows = zip(tr.column("TRSTRESN"), tr.column("TRSTRESC"), strict=True)
    for number, (value, text) in enumerate(rows):
        if isinstance(value, int | float) and text is not None:
            try:
                same = float(str(text)) == value
            except ValueError:
                same = False
            if not same:
                what = f"TRSTRESC {text!r} and TRSTRESN {value} differ (write one value)"
                yield tr.where(number, "TRSTRESC"), what


def responses(study: Study) -> Found:
    rs = study.datasets.get("RS")
    if rs is None:
        return
    rows = zip(*(rs.column(name) for name in ("RSTESTCD", "RSSTRESC", "RSCAT")), strict=True)
    for number, (test, value, category) in enumerate(rows):
        criterion = criterion_of_category(str(category or ""))
        known = TERMS[criterion].labels if criterion in TERMS else LABELS
        if test != "OVRLRESP" or value is None or value in known:
            continue
        if criterion is None or criterion in TERMS:  # the terms of other criteria are not held
            by = f" by {criterion}" if criterion else ""
            yield (
                rs.where(number, "RSSTRESC"),
                f"OVRLRESP {value!r}{by} (write one of: {listed(known)})",
            )


def one_response_a_visit(study: Study) -> Found:
    rs = study.datasets.get("RS")
    if rs is None:
        return
    names = ("USUBJID", "RSTESTCD", "RSCAT", "RSEVAL", "RSEVALID", "VISITNUM", "RSDTC")
    seen: dict[tuple[Value, ...], int] = {}
    for number, key in enumerate(zip(*(rs.column(name) for name in names), strict=True)):
        if key[1] == "OVRLRESP" and seen.setdefault(key, number) != number:
            first = rs.where(seen[key]).line
            yield (
                rs.where(number),
                f"a second OVRLRESP of one visit and reader, first in row {first}",
            )


def parameters(study: Study) -> Found:
    """PARAM and PARAMCD name each other."""
    for dataset in study.adam():
        for one, other in (("PARAMCD", "PARAM"), ("PARAM", "PARAMCD")):
            seen: dict[Value, Value] = {}
            rows = zip(dataset.column(one), dataset.column(other), strict=True)
            for number, (key, value) in enumerate(rows):
                if key is not None and value is not None and seen.setdefault(key, value) != value:
                    what = f"{one} {key!r} is {other} {value!r}, and {seen[key]!r} before"
                    yield dataset.where(number, other), what


def censoring(study: Study) -> Found:
    times = study.datasets.get("ADTTE")
    if times is None:
        return
    rows = zip(times.column("CNSR"), times.column("EVNTDESC"), times.column("CNSDTDSC"),
               strict=True)  # fmt: skip
    for number, (censor, event, date) in enumerate(rows):
        if isinstance(censor, int | float) and (censor < 0 or censor != int(censor)):
            yield (
                times.where(number, "CNSR"),
                f"CNSR {censor} (write 0 of an event, 1 or more else)",
            )
        elif censor == 0 and date is not None:
            what = f"CNSDTDSC {date!r} of an event (leave it empty, or write CNSR 1)"
            yield times.where(number, "CNSDTDSC"), what
        elif event is None:
            yield times.where(number, "EVNTDESC"), "EVNTDESC: no value (name the event)"


def durations(study: Study) -> Found:
    """AVAL is the days from STARTDT to ADT, with or without both days, the same in all records."""
    times = study.datasets.get("ADTTE")
    if times is None:
        return
    first: tuple[int, int] | None = None
    rows = zip(times.column("STARTDT"), times.column("ADT"), times.column("AVAL"),
               times.column("AVALU"), strict=True)  # fmt: skip
    for number, (start, end, value, unit) in enumerate(rows):
        if not isinstance(start, datetime.date) or not isinstance(end, datetime.date):
            continue
        days = (end - start).days
        if days < 0:
            yield times.where(number, "ADT"), f"ADT {end} lies before STARTDT {start}"
        elif unit in (None, "DAYS") and isinstance(value, int | float):
            more = int(value - days)
            if value - days not in (0, 1):
                what = f"AVAL {value}, and {days} days from STARTDT to ADT (write it, or 1 more)"
                yield times.where(number, "AVAL"), what
            elif first is not None and first[0] != more:
                line = times.where(first[1]).line
                what = f"AVAL counts {'both days' if more else 'one day less'} than row {line} does"
                yield times.where(number, "AVAL"), f"{what} (count all alike)"
            else:
                first = first or (more, number)


def imputation_flags(study: Study) -> Found:
    for dataset in study.adam():
        for flag in (each for each in dataset.names if each.endswith("DTF")):
            date = flag.removesuffix("F")
            rows = zip(dataset.column(flag), dataset.column(date), strict=True)
            for number, (value, day) in enumerate(rows):
                if value is not None and day is None:
                    what = f"{flag} {value!r} without {date} (leave it empty)"
                    yield dataset.where(number, flag), what


def sources(study: Study) -> Found:
    """The record that an analysis value came from exists."""
    for dataset in study.adam():
        rows = zip(*(dataset.column(name) for name in ("USUBJID", "SRCDOM", "SRCSEQ")), strict=True)
        known: dict[Value, set[tuple[Value, Value]]] = {}
        for number, (subject, domain, sequence) in enumerate(rows):
            other = study.datasets.get(str(domain))
            if sequence is None or other is None:
                continue
            if domain not in known:
                name = "ASEQ" if str(domain)[:2] == "AD" else f"{domain}SEQ"
                known[domain] = set(_pairs(other, name))
            if (subject, sequence) not in known[domain]:
                what = f"SRCSEQ {sequence}: {domain} has no such record of {subject}"
                yield dataset.where(number, "SRCSEQ"), what
