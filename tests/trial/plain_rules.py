"""The rules of a trial as a person applies them: one patient at a time, in plain Python.

Written from the rules in words (Eisenhauer 2009, Seymour 2017, FDA 2018 and the README of the
peer's data), without a look at arrays. It is slow and short; `derive` must give the same.
"""

from __future__ import annotations

from typing import Any, NamedTuple

WORDS = {
    "recist11": ("CR", "PR", "SD", "NON-CR/NON-PD", "NED", "PD", "NE"),
    "irecist": ("iCR", "iPR", "iSD", "NON-iCR/NON-iUPD", "NED", "iCPD", "NE", "iUPD"),
}
PLAIN = {
    "iCR": "CR", "iPR": "PR", "iSD": "SD", "NON-iCR/NON-iUPD": "NON-CR/NON-PD", "iCPD": "PD",
    "iUPD": "UPD",
}  # fmt: skip
# of one day the worst counts, NE only where it is alone
WORST_LAST = ("NE", "NED", "CR", "PR", "SD", "NON-CR/NON-PD", "UPD", "PD")


class Patient(NamedTuple):
    """Days are whole numbers; ``scans`` are (day, word) in the order of the table."""

    origin: int
    scans: list[tuple[int, str]]
    death: int | None = None
    alive: int | None = None
    therapy: int | None = None


class Time(NamedTuple):
    start: int
    end: int
    censored: int


def one_per_day(scans, rule):
    """The scan of each day that counts."""
    by_day: dict[int, list[str]] = {}
    for day, word in scans:
        by_day.setdefault(day, []).append(word)
    chosen = []
    for day in sorted(by_day):
        words = by_day[day]
        if rule == "first":
            chosen.append((day, words[0]))
        elif rule == "last":
            chosen.append((day, words[-1]))
        else:
            real = [word for word in words if word != "NE"] or ["NE"]
            pick = max if rule == "worst" else min
            chosen.append((day, pick(real, key=WORST_LAST.index)))
    return chosen


def counted(patient, s):
    """The scans that count, one a day, in plain words."""
    follows_on = s.pfs_policy == "ema"
    rule = s.responses_after_new_therapy
    if rule == "by_policy":
        rule = "counted" if follows_on else "left_out"
    kept = []
    for day, word in patient.scans:
        if day < patient.origin:
            continue
        after = patient.therapy is not None and (
            day >= patient.therapy if rule == "left_out_from_day" else day > patient.therapy
        )
        if rule == "counted" or not after:
            kept.append((day, PLAIN.get(word, word)))
    return one_per_day(kept, s.one_per_day)


def until_progression(scans):
    """The scans up to and including the first PD, or the first confirmed one of iRECIST."""
    for place, (_, word) in enumerate(scans):
        if word == "PD":
            return scans[: place + 1]
    return scans


def progression(scans, s, confirms):
    """The place of the progression that counts, and of an iUPD that was never confirmed."""
    block = last = None
    for place, (_, word) in enumerate(scans):
        if word == "UPD":
            block = place if block is None else block
            last = place
        elif word == "PD":
            if block is not None:
                return block, None
            return (place if s.icpd_without_iupd == "counts" or not confirms else None), None
        elif word != "NE":
            block = None
    if block is None:
        return None, None
    return None, block if s.trailing_iupd_date == "first" else last


def confirmed_by(scans, i, s):
    """The place of the scan that confirms the CR or PR at i, or None."""
    day, response = scans[i]
    confirms = ("CR",) if response == "CR" else ("CR", "PR")
    allowed = {"NE", "CR"} if response == "CR" else {"NE", "CR", "PR"}
    if response == "PR" and s.accept_sd_between:
        allowed.add("SD")
    if s.iupd_between_responses == "allowed":
        allowed.add("UPD")
    for j in range(i + 1, len(scans)):
        if scans[j][1] in confirms and scans[j][0] - day >= s.confirm_days:
            between = [word for _, word in scans[i + 1 : j]]
            after = [word for _, word in scans[i + 1 : j + 1]]
            relapse = any(
                "CR" in after[:place] and word == "PR" for place, word in enumerate(after)
            )
            fine = (
                all(word in allowed for word in between)
                and between.count("NE") <= s.max_ne_between
                and between.count("SD") <= 1
                and not relapse
            )
            return j if fine else None
    return None


def first(scans, holds):
    return next((place for place, scan in enumerate(scans) if holds(place, *scan)), None)


def best(scans, s, reference, confirms, *, confirmed):
    """The best response in plain words, and its place."""
    window = until_progression(scans)
    final, _ = progression(scans, s, confirms)

    def lasting(words):
        return first(
            window, lambda _, day, word: word in words and day - reference >= s.min_sd_days
        )

    for response in ("CR", "PR"):
        place = first(
            window,
            lambda at, _, word, r=response: (
                word == r and (not confirmed or confirmed_by(window, at, s) is not None)
            ),
        )
        if place is not None:
            return response, place
    for response, words in (
        ("SD", ("CR", "PR", "SD")),
        ("NON-CR/NON-PD", ("NON-CR/NON-PD",)),
        ("NED", ("NED",)),
    ):
        place = lasting(words)
        if place is not None:
            return response, place
    if final is not None:
        return "PD", final
    for response, words in (
        ("UPD", ("UPD",)),
        ("NE", ("CR", "PR", "SD", "NON-CR/NON-PD", "NED", "NE")),
    ):
        place = first(window, lambda _, __, word, w=words: word in w)
        if place is not None:
            return response, place
    return ("NE" if s.missing_as_ne else "MISSING"), None


def parameters(patient, s, criterion):
    """PARAMCD: value in plain words, day, and the day of the confirmation where there is one."""
    confirms = criterion == "irecist"
    scans = counted(patient, s)
    window = until_progression(scans)
    before = window[:-1] if window and window[-1][1] == "PD" else window
    final, pending = progression(scans, s, confirms)
    found: dict[str, tuple[Any, int | None]] = {}

    def day(place):
        return None if place is None else scans[place][0]

    def answer(place):
        return ("N" if place is None else "Y"), day(place)

    response = first(before, lambda _, __, word: word in ("CR", "PR"))
    sure = first(
        before,
        lambda at, _, word: word in ("CR", "PR") and confirmed_by(window, at, s) is not None,
    )
    control = first(
        before,
        lambda _, when, word: (
            word in ("CR", "PR", "SD", "NON-CR/NON-PD") and when - patient.origin >= s.min_sd_days
        ),
    )
    i = "I" if confirms else ""
    for code, confirmed in (("BOR", False), ("CBOR", True)):
        word, place = best(scans, s, patient.origin, confirms, confirmed=confirmed)
        found[i + code] = word, day(place)
    found[i + "RSP"], found[i + "CRSP"] = answer(response), answer(sure)
    for code, one in (("CB", response), ("CCB", sure)):
        found[i + code] = answer(min((p for p in (one, control) if p is not None), default=None))
    found["ICPD" if confirms else "PD"] = answer(final)
    if confirms:
        found["IUPD"] = answer(pending)
    found["LSTA"] = (scans[-1][1], scans[-1][0]) if scans else (None, None)
    found["DEATH"] = ("N" if patient.death is None else "Y"), patient.death
    return found


def times(patient, s, criterion):
    """PARAMCD: start, end and CNSR."""
    scans, confirms = counted(patient, s), criterion == "irecist"
    values = parameters(patient, s, criterion)
    adequate = [
        day for day, word in scans if s.censor_at == "last_assessment" or word not in ("NE", "UPD")
    ]
    # a pending progression is evaluable, and no response (the case files say so too)
    evaluable = [day for day, word in scans if s.censor_at == "last_assessment" or word != "NE"]
    i = "I" if confirms else ""
    progressed = values["ICPD" if confirms else "PD"][1]
    pending = values["IUPD"][1] if confirms and s.unconfirmed_iupd_policy == "event" else None
    either = min((d for d in (progressed, pending) if d is not None), default=None)
    found: dict[str, Time] = {}

    def ended(start, progression_day, death):
        """The end by the policy: FDA tables A, B and C, or EMA."""
        events = [d for d in (progression_day, death) if d is not None]
        event = min(events, default=None)
        died = event is not None and event != progression_day
        follows_on = s.pfs_policy == "ema"

        def last(limit):
            return max([d for d in adequate if d <= limit] + [start])

        therapy = patient.therapy
        if therapy is not None and not follows_on:
            late = event is None or (therapy <= event if died else therapy < event)
            if late:
                return last(therapy), 1
        if event is None:
            return last(10**9), 1
        if s.assessment_days and not follows_on:
            limit = event if died else event - 1
            seen = [d for d in adequate if d <= limit]
            gap = event - max([*seen, start])
            unseen_death = died and not seen and s.death_before_first_scan == "event"
            allowed = s.missed_visits * (s.assessment_days + s.visit_window_days)
            if gap > allowed and not unseen_death:
                return last(limit), 1
        if s.pfs_policy in ("fda_b", "fda_c") and not died and s.assessment_days:
            planned = 0
            while planned < event - patient.origin - s.visit_window_days:
                planned += s.assessment_days
            visit = max(event, patient.origin + planned)
            until = visit if patient.death is None else min(visit, patient.death)
            return max(event, until), 0
        return event, 0

    def time(code, start, end):
        if start is not None:
            found[code] = Time(start, max(end[0], start), end[1])

    def simple(event, censored):
        return (event, 0) if event is not None else (max([*censored, patient.origin]), 1)

    origin, alive = patient.origin, [] if patient.alive is None else [patient.alive]
    time("OS", origin, simple(patient.death, alive))
    next_or_death = [d for d in (patient.therapy, patient.death) if d is not None]
    time("TTNT", origin, simple(min(next_or_death, default=None), alive))
    for code, response in (("TTR", "RSP"), ("CTTR", "CRSP")):
        if not (confirms and code == "CTTR"):
            time(i + code, origin, simple(values[i + response][1], evaluable))
    time(i + "PFS", origin, ended(origin, either, patient.death))
    if not confirms:
        time("TTP", origin, ended(origin, either, None))
    for code, response in (("RSD", "RSP"), ("CRSD", "CRSP")):
        start = values[i + response][1]
        if start is not None:
            time(i + code, start, ended(start, either, patient.death))
    if confirms:
        time("IPFSCPD", origin, ended(origin, progressed, patient.death))
        start = values["IRSP"][1]
        if start is not None:
            time("IRSDCPD", start, ended(start, progressed, patient.death))
    return found
