"""The course of invented patients as arrays: a row a patient, a column a planned scan.

Days are ordinals (1 = 0001-01-01). The numbers behind it (a first-line trial in liposarcoma: the
size and growth of lesions, progression in about five months, death in about a year and a half) are
chosen, not estimated: nothing may be concluded from such data.
"""

from __future__ import annotations

import datetime

import attrs
import numpy as np
from numpy.typing import NDArray

from timeline.synthetic.randomness import Days, Draws, Flags

WEEKS = (6, 12, 18, 24, 30, 36, 48, 60, 72, 84, 96, 108)  # of the scans, after randomisation
LESIONS = 5  # target lesions at most: Eisenhauer 2009, 3.1.1
AT_MOST_AES = 6
NEVER = datetime.date(9999, 1, 1).toordinal()  # of what does not happen
_FIRST_DAY = datetime.date(2021, 1, 4).toordinal()
CUTOFF = datetime.date(2023, 12, 29).toordinal()
_ENROLMENT = 730  # days
NE, CR, PR, SD, PD = range(5)  # responses of target lesions, and overall
NO_DISEASE, PRESENT, GONE, PROGRESSED = range(4)  # non-target lesions
PROGRESSION, TOXICITY, CHOICE, DEATH, ONGOING, UNTREATED = range(6)  # why treatment ended


@attrs.frozen(kw_only=True, eq=False)
class Course:
    """What happened to some patients.

    Attributes:
        number: the numbers of the patients, counted from 1.
        arm: 0 or 1.
        randomised, first_dose, last_dose, baseline: days; ``NEVER`` where it did not happen.
        stop: why treatment ended.
        reduced: the day of a dose reduction.
        visit_day: of each planned scan.
        done: whether a scan was made.
        lesions: the number of target lesions.
        baseline_size, size: longest diameters in mm, of nodes the short axis; -1 not evaluated.
        is_node: whether a lesion is a lymph node.
        organ: a number of the organ of each lesion.
        non_target: the state of the non-target lesions at each scan.
        new_lesion: whether a lesion is first seen at a scan.
        target, overall: the response by the investigator at each scan.
        progression, new_therapy, death, lost: days.
        withdrew: whether a patient who was lost had withdrawn consent.
        last_seen: the last day on which a patient was known to be alive.
    """

    draws: Draws
    number: NDArray[np.uint64]
    arm: Days
    randomised: Days
    first_dose: Days
    last_dose: Days
    stop: Days
    reduced: Days
    baseline: Days
    visit_day: Days
    done: Flags
    lesions: Days
    baseline_size: Days
    size: Days
    is_node: Flags
    organ: Days
    non_target: Days
    new_lesion: Flags
    target: Days
    overall: Days
    progression: Days
    new_therapy: Days
    death: Days
    lost: Days
    withdrew: Flags
    last_seen: Days


def course(seed: int, first: int, count: int) -> Course:
    """The course of the patients ``first`` to ``first + count - 1``, of which the first is 1."""
    number = np.arange(first, first + count, dtype=np.uint64)
    draw = Draws(seed, number)
    arm = draw.below("arm", 2)
    randomised = _FIRST_DAY + draw.below("randomised", _ENROLMENT)
    baseline = randomised - 1 - draw.below("baseline", 21)
    weeks = np.array(WEEKS) * 7
    jitter = np.clip(np.rint(draw.normal("jitter", len(WEEKS)) * 3), -7, 7).astype(np.int64)
    visit_day = randomised[:, None] + weeks + jitter
    tumour = _tumour(draw, arm, visit_day - baseline[:, None])
    made = ~draw.chance("missed", 0.06, len(WEEKS))
    target, overall = _responses(tumour, made)
    at = np.where(made & (overall == PD), visit_day, NEVER)
    documented = at.min(axis=1)  # progression, if the patient is followed so far
    death = np.minimum(
        randomised + 20 + draw.exponential("death", 2600.0),
        np.where(documented < NEVER, documented + 14 + draw.exponential("after PD", 380.0), NEVER),
    )
    lost = randomised + 30 + draw.exponential("lost", 5200.0)
    observed = np.minimum(np.minimum(death, lost), CUTOFF - draw.below("last contact", 45))
    death = np.where(death <= observed, death, NEVER)
    lost = np.where((lost <= observed) & (death == NEVER), lost, NEVER)
    new_therapy = _new_therapy(draw, randomised, documented, observed)
    # one in three goes on with scans after new therapy: the rules of censoring need them
    goes_on = draw.chance("scans after new therapy", 1 / 3)[:, None]
    last_scan = np.where(goes_on, NEVER, new_therapy[:, None])
    done = made & (visit_day < observed[:, None]) & (visit_day <= documented[:, None])
    done &= visit_day < last_scan
    progression = np.where(done & (overall == PD), visit_day, NEVER).min(axis=1)
    first_dose, last_dose, stop = _exposure(
        draw, randomised, progression, new_therapy, death, observed
    )
    reduced = first_dose + 21 + draw.below("reduced day", 90)
    reduces = draw.chance("reduced", 0.25) & (reduced < np.minimum(last_dose, observed))
    return Course(
        draws=draw, number=number, arm=arm, randomised=randomised, first_dose=first_dose,
        last_dose=last_dose, stop=stop, reduced=np.where(reduces, reduced, NEVER),
        baseline=baseline, visit_day=visit_day, done=done, lesions=tumour.lesions,
        baseline_size=tumour.baseline_size, size=tumour.size, is_node=tumour.is_node,
        organ=tumour.organ, non_target=tumour.non_target, new_lesion=tumour.new_lesion,
        target=target, overall=overall, progression=progression, new_therapy=new_therapy,
        death=death, lost=lost, withdrew=draw.chance("withdrew", 0.5), last_seen=observed,
    )  # fmt: skip


@attrs.frozen(kw_only=True, eq=False)
class _Tumour:
    lesions: Days
    baseline_size: Days
    size: Days
    is_node: Flags
    organ: Days
    non_target: Days
    new_lesion: Flags


ORGANS = ("RETROPERITONEUM", "LIVER", "LUNG", "PERITONEUM", "LYMPH NODE", "SOFT TISSUE", "BONE")
_NODE = ORGANS.index("LYMPH NODE")


def _tumour(draw: Draws, arm: Days, days: Days) -> _Tumour:
    """Sizes of lesions: a part that shrinks and a part that grows, each exponentially."""
    visits = days.shape[1]
    organ = np.argsort(draw.uniform("organ", len(ORGANS)), axis=1)[:, :LESIONS]
    is_node = organ == _NODE
    longest = np.exp(np.log(42.0) + 0.6 * draw.normal("size", LESIONS))
    sizes = np.rint(np.where(is_node, 15 + longest / 4, np.clip(longest, 12, 220)))
    baseline_size = sizes.astype(np.int64)
    growth = np.exp(np.log(0.0036) + 0.7 * draw.normal("growth")) * np.where(arm == 1, 0.6, 1.0)
    decay = np.exp(np.log(0.0045) + 0.9 * draw.normal("decay"))
    sensitive = np.clip(draw.uniform("sensitive") * np.where(arm == 1, 1.15, 0.9), 0, 0.98)
    cleared = draw.chance("cleared", 0.04)
    factor = sensitive[:, None] * np.exp(-decay[:, None] * days)
    factor = factor + (1 - sensitive[:, None]) * np.exp(growth[:, None] * days)
    factor = np.where(cleared[:, None], np.exp(-0.02 * days), factor)
    noise = 0.95 + 0.1 * draw.uniform("measurement", visits, LESIONS)  # a reader's error, 5 %
    size = np.rint(baseline_size[:, None, :] * np.minimum(factor, 6.0)[:, :, None] * noise)
    size = np.where(size < 3, 0, np.maximum(size, 5)).astype(np.int64)  # 5 mm: Eisenhauer 4.3.2
    size = np.minimum(size, 400)
    lesions = 1 + np.floor(draw.uniform("lesions") ** 1.6 * LESIONS).astype(np.int64)
    missing = draw.chance("not evaluated", 0.015, visits)
    size[:, :, 0] = np.where(missing, -1, size[:, :, 0])
    has_non_target = draw.chance("non-target", 0.5)[:, None]
    worse = np.logical_or.accumulate(draw.chance("non-target PD", 0.03, visits), axis=1)
    state = np.where(worse, PROGRESSED, np.where(cleared[:, None], GONE, PRESENT))
    appears = draw.chance("new lesion", 0.045, visits)
    appears &= np.cumsum(appears, axis=1) == 1
    return _Tumour(
        lesions=lesions, baseline_size=baseline_size, size=size, is_node=is_node, organ=organ,
        non_target=np.where(has_non_target, state, NO_DISEASE), new_lesion=appears,
    )  # fmt: skip


def _responses(tumour: _Tumour, made: Flags) -> tuple[Days, Days]:
    """The responses that an investigator finds by RECIST 1.1: Eisenhauer 2009, 4.3 and table 1."""
    held = np.arange(LESIONS) < tumour.lesions[:, None]
    baseline = np.where(held, tumour.baseline_size, 0).sum(axis=1)
    nadir = baseline.astype(np.float64)
    target = np.zeros(made.shape, dtype=np.int64)
    for visit in range(made.shape[1]):
        size = tumour.size[:, visit]
        unknown = ((size < 0) & held).any(axis=1)
        total = np.where(held, np.maximum(size, 0), 0).sum(axis=1)
        gone = np.where(held, np.where(tumour.is_node, size < 10, size == 0), True).all(axis=1)
        grown = (total >= 1.2 * nadir) & (total - nadir >= 5)
        shrunk = total <= 0.7 * baseline
        found = np.select([grown, unknown, gone, shrunk], [PD, NE, CR, PR], SD)
        target[:, visit] = found
        counts = made[:, visit] & ~unknown
        nadir = np.where(counts, np.minimum(nadir, total), nadir)
    state = tumour.non_target
    progressed = (target == PD) | (state == PROGRESSED) | tumour.new_lesion
    complete = (target == CR) & (state != PRESENT)
    overall = np.select([progressed, complete, target == CR], [PD, CR, PR], target)
    return target, overall


def _new_therapy(draw: Draws, randomised: Days, progression: Days, observed: Days) -> Days:
    """The day on which another treatment began: after progression, or of a few before it."""
    after = np.where(draw.chance("next line", 0.6), progression + 10 + draw.below("gap", 50), NEVER)
    early = randomised + 60 + draw.below("early", 240)
    before = np.where(draw.chance("early line", 0.07) & (early < progression), early, NEVER)
    day = np.minimum(np.where(progression < NEVER, after, NEVER), before)
    return np.where(day < observed, day, NEVER)


def _exposure(
    draw: Draws, randomised: Days, progression: Days, new_therapy: Days, death: Days, observed: Days
) -> tuple[Days, Days, Days]:
    """The first and the last dose, and why treatment ended."""
    first = randomised + draw.below("first dose", 8)
    treated = ~draw.chance("untreated", 0.03) & (first < observed)
    toxic = np.where(draw.chance("toxicity", 0.12), first + 14 + draw.below("toxic", 200), NEVER)
    ends = np.stack([
        np.where(progression < NEVER, progression + draw.below("after PD dose", 6), NEVER),
        toxic,
        np.where(new_therapy < NEVER, new_therapy - 1, NEVER),
        death,
        np.where(death == NEVER, observed, NEVER),
    ])  # fmt: skip
    last = ends.min(axis=0)
    reasons = np.array([PROGRESSION, TOXICITY, CHOICE, DEATH, ONGOING])
    stop = np.where(treated, reasons[ends.argmin(axis=0)], UNTREATED)
    last = np.where(last >= first, last, first)
    return np.where(treated, first, NEVER), np.where(treated, last, NEVER), stop
