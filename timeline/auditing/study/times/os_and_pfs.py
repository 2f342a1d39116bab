"""OS against PFS in one cohort: rates, medians and events."""

from __future__ import annotations

from collections.abc import Iterator

from timeline.auditing.claims.cohort import (
    Claims,
    check_own,
    contradiction_only,
    group_by,
    group_of,
    number,
    possible_days,
    shared_verdict,
)
from timeline.auditing.claims.origins import stated_origins
from timeline.auditing.claims.qualifiers import QUALIFIERS
from timeline.auditing.comparison.compare import Conclusion
from timeline.auditing.rule import Rule, Severity
from timeline.auditing.study.times.survival_claims import by_day, events_of, landmarks, medians_of
from timeline.auditing.verdict import Verdict
from timeline.report.claims import Claim
from timeline.statistics.rounding import Consistency, not_above, ordered
from timeline.statistics.survival.survival_checks import median_order
from timeline.terminology.endpoints import family


def check_rates_of_os_and_pfs(claims: Claims) -> Iterator[Verdict]:
    """The rate of OS is at least that of PFS at one time (K20)."""
    by_time = group_by(landmarks(claims), lambda each: (group_of(each), *by_day([each])))
    for several in by_time.values():
        one = {claim.of: claim for claim in several}
        pfs, os = one.get("PFS"), one.get("OS")
        if pfs and os and pfs.printed and os.printed:
            conclusion = _if_broken(claims, pfs, os)
            found = ordered(pfs.printed, os.printed)
            at = f"{pfs.at}" if str(pfs.at) == str(os.at) else f"{pfs.at} and {os.at}"
            description = f"printed PFS {pfs.text} % and OS {os.text} % at {at}"
            if conclusion is not None:
                broken = found.fit is Consistency.CONTRADICTED
                yield from shared_verdict(
                    [pfs, os], conclusion if broken else Conclusion.AGREES, description
                )


def _if_broken(claims: Claims, pfs: Claim, os: Claim) -> Conclusion | None:
    """The conclusion on PFS above OS; None where patients or origins differ.

    POSSIBLE where the report censors PFS at a new therapy: such patients can die later.
    """
    endpoint = pfs.of if pfs.kind == "rate" else pfs.kind
    origins = [stated_origins(claims, each) for each in (endpoint, "OS")]
    if (all(origins) and origins[0] != origins[1]) or (pfs.n and os.n and pfs.n != os.n):
        return None
    censors = (each for each in claims if each.about == "censoring of PFS")
    row = QUALIFIERS["censored for therapy"]
    return (
        Conclusion.POSSIBLE
        if any(row.words.search(c.text) for c in censors)
        else Conclusion.CONTRADICTED
    )


def check_medians_of_os_and_pfs(claims: Claims) -> Iterator[Verdict]:
    """Median OS is at least median PFS from the same origin (K21)."""
    medians = medians_of(claims)
    for (endpoint, group), pfs in medians.items():
        os = medians.get(("OS", group))
        if endpoint not in family("PFS") or os is None:
            continue  # death censors TTP, so that median TTP can be longer
        broken = _if_broken(claims, pfs, os)
        if broken is None:
            continue
        conclusion = contradiction_only(_medians_in_order(pfs, os))
        if conclusion is Conclusion.CONTRADICTED:
            named = all(stated_origins(claims, name) for name in (endpoint, "OS"))
            conclusion = broken if named and pfs.printed else Conclusion.POSSIBLE
        unit = f" {pfs.unit}" if pfs.unit != os.unit and pfs.printed else ""
        description = (
            f"printed median {endpoint} {pfs.text}{unit} and median OS {os.text} {os.unit}"
        )
        yield from shared_verdict([pfs, os], conclusion, description)


def _medians_in_order(pfs: Claim, os: Claim) -> Consistency:
    """Whether median PFS is at most median OS; in two units for every month and rounding."""
    if pfs.unit == os.unit or pfs.printed is None or os.printed is None:
        return median_order(pfs.printed, os.printed).fit
    return not_above(possible_days(pfs.printed, pfs.unit), possible_days(os.printed, os.unit))


def check_events_of_os_and_pfs(claims: Claims) -> Iterator[Verdict]:
    """Deaths are at most the events of PFS (K21), unless PFS was censored before death."""
    events = events_of(claims)
    for (endpoint, group), deaths in events.items():
        pfs = events.get(("PFS", group)) if endpoint == "OS" else None
        if pfs is None or (pfs.n and deaths.n and pfs.n != deaths.n):
            continue
        more = (number(deaths) or 0) > (number(pfs) or 0)
        description = f"printed {pfs.text} events of PFS and {deaths.text} deaths"
        notes = ("a death is an event of PFS: some must have been censored before they died",)
        conclusion = Conclusion.POSSIBLE if more else Conclusion.AGREES
        yield from shared_verdict([pfs, deaths], conclusion, description, notes[:more])


RULES = (
    Rule(
        id="K21",
        checks="median OS against median PFS; deaths against events of PFS",
        formula="median OS >= median PFS, where both have one origin; deaths <= events of PFS, "
        "possible where censored before",
        severity=Severity.ERROR,
        source="death ends both; never compared where two origins are named",
        example_fail="median PFS 14.2, median OS 12 months, both from treatment",
        example_ok="median PFS 14.2, median OS 26 months",
        check=check_own(check_medians_of_os_and_pfs, check_events_of_os_and_pfs),
        yields=True,
    ),
)
