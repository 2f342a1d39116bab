"""New lesions on FDG-PET alone: doubtful until CT shows them (Eisenhauer 2009 4.3.5).

With a PET at baseline a new site on PET is progression. Without one it is progression where CT
shows the site too; else CT follows it up, and where a later scan shows it to be new, progression
is dated by the first abnormal PET. PET with CT in one examination counts as CT.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

import attrs

from timeline.assessment.time_points import TimePoint
from timeline.record.events import Scan
from timeline.record.findings import NONE
from timeline.settings.response import Settings

_PET_NAMES = frozenset({"PET", "FDG-PET", "FDG PET", "18F-FDG PET", "18F-FDG-PET"})


def is_pet_alone(scan: Scan) -> bool:
    """Whether a scan is PET without CT or MRI."""
    return " ".join(scan.modality.upper().split()) in _PET_NAMES


def apply_fdg_pet_rules(
    points: Sequence[TimePoint], baselines: Sequence[Scan], settings: Settings
) -> tuple[TimePoint, ...]:
    """The time points with new lesions of PET alone as lesions in doubt (setting)."""
    judged = settings.fdg_new_lesions != "pd"
    if not judged or any("PET" in scan.modality.upper() for scan in baselines):
        return tuple(points)
    found: list[TimePoint] = []
    waiting: list[str] = []  # sites in doubt
    for point in points:
        sites = _sites_of_pet_alone(point)
        later = _follow_up_sites(point, waiting, sites)
        proved = (*later.scan.confirms_equivocal, *later.scan.new_lesions)
        waiting = [site for site in waiting if not _matching_site(site, proved)]
        found.append(_make_equivocal(later, sites, settings) if sites else later)
        if settings.fdg_new_lesions == "follow_up":
            waiting += [site for site in sites if not _matching_site(site, waiting)]
    return tuple(found)


def _sites_of_pet_alone(point: TimePoint) -> tuple[str, ...]:
    """The sites that only a PET of the time point shows as new."""
    shown = [site for x in point.scans if not is_pet_alone(x) for site in x.new_lesions]
    pet = [site for scan in point.scans if is_pet_alone(scan) for site in scan.new_lesions]
    return tuple(dict.fromkeys(site for site in pet if not _matching_site(site, shown)))


def _matching_site(site: str, among: Iterable[str]) -> str:
    """Which of some sites names the same place, perhaps more or less exactly; empty where none.

    CT names more exactly what PET showed: of two names the words of one are among the other's.
    """
    words = _words(site)
    return next((each for each in among if words <= _words(each) or words >= _words(each)), "")


def _words(site: str) -> frozenset[str]:
    return frozenset(each.removesuffix("s") for each in re.findall(r"[^\W_]+", site.lower()))


def _follow_up_sites(point: TimePoint, waiting: Sequence[str], again: tuple[str, ...]) -> TimePoint:
    """A later time point: a site in doubt is new here by CT, or stays in doubt."""
    scan = point.scan
    if not waiting:
        return point
    new = [site for site in scan.new_lesions if site not in again]
    proved = [first for site in new if (first := _matching_site(site, waiting))]
    others = tuple(site for site in scan.new if site in again or not _matching_site(site, waiting))
    confirmed = (*scan.confirms_equivocal, *proved)
    stays = [site for site in waiting if site not in confirmed]
    return attrs.evolve(
        point,
        scan=attrs.evolve(
            scan,
            new=others,
            confirms_equivocal=tuple(dict.fromkeys(confirmed)),
            equivocal=tuple(dict.fromkeys((*scan.equivocal, *stays))),
        ),
    )


def _make_equivocal(point: TimePoint, sites: tuple[str, ...], settings: Settings) -> TimePoint:
    scan = point.scan
    others = tuple(site for site in scan.new if site not in sites)
    follows = settings.fdg_new_lesions == "follow_up"
    what = "in doubt until CT shows it" if follows else "left out"
    shown = f"{', '.join(sites)} is new on FDG-PET alone, with no PET at baseline"
    note = f"{shown}: {what} (fdg_new_lesions)"
    equivocal = (*scan.equivocal, *sites) if follows else scan.equivocal
    return attrs.evolve(
        point,
        scan=attrs.evolve(scan, new=others or (NONE,), equivocal=equivocal),
        note="; ".join(part for part in (point.note, note) if part),
    )
