"""A made-up trial of two arms as ADaM records: 48 subjects, times in whole days."""

from __future__ import annotations

from datetime import date

SIZE = 48


def subjects():
    """Subject n: arm B where n is odd; female where n // 2 is even; 40 to 87 years old."""
    return [
        {
            "STUDYID": "T", "USUBJID": f"T-{n:03d}", "SEX": "FM"[n // 2 % 2], "AGE": 40 + n,
            "TRT01P": f"Arm {'AB'[n % 2]}", "SAFFL": "Y", "TRTSDT": date(2024, 1, 1),
            "TRTEDT": date(2024, 3, 1), "EOTSTT": "DISCONTINUED", "DCTREAS": "PROGRESSIVE DISEASE",
        }
        for n in range(SIZE)
    ]  # fmt: skip


def time_of(n):
    """Days and whether the event was seen: later in arm B, every fifth time censored."""
    return 20 + (n * 37 % 101) * (1 + n % 2), n % 5 != 0


def times():
    """PFS as `time_of`, OS 100 days longer and censored twice as often."""
    rows = []
    for n in range(SIZE):
        days, event = time_of(n)
        both = (("PFS", days, event), ("OS", days + 100, event and n % 2 == 0))
        own = {"STUDYID": "T", "USUBJID": f"T-{n:03d}", "AVALU": "DAYS"}
        rows += [{**own, "PARAMCD": code, "AVAL": time, "CNSR": 0 if had else 1}
                 for code, time, had in both]  # fmt: skip
    return rows


def best(n):
    """The best response: PR of every fourth subject, PD of every third other one, else SD."""
    return "PR" if n % 4 == 1 else "PD" if n % 3 == 0 else "SD"


def responses():
    rows = []
    for n in range(SIZE):
        own = {"STUDYID": "T", "USUBJID": f"T-{n:03d}", "ANL01FL": "Y"}
        rows += [{**own, "PARAMCD": code, "AVALC": best(n)} for code in ("BOR", "CBOR")]
        rows.append({**own, "PARAMCD": "OVR", "AVALC": best(n), "ADT": date(2024, 3, 25)})  # day 84
    return rows


def write(folder, **changed):
    """The datasets in a folder; ``changed`` takes the place of the records of a dataset."""
    from timeline.cdisc import write_dataset

    folder.mkdir(exist_ok=True)
    records = {"ADSL": subjects(), "ADRS": responses(), "ADTTE": times()} | changed
    for name, rows in records.items():
        if rows:
            write_dataset(rows, folder / f"{name.lower()}.csv", name)
    return folder
