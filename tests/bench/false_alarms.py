"""How often a truthful figure is called contradicted, and how often a false one is found.

Run as ``python tests/bench/false_alarms.py [claims]``. Truths are drawn first: two days, a patient,
a study. Records state them as vaguely as records do, and reports print them under one of the
conventions in use; nothing of it may be contradicted. Then one figure of each report is put two
units of its last digit, or more, beyond what any convention prints. How many of those are found
depends on how vague the record is, and on what else the report prints: a count that no other
figure rests on can be found wrong by nobody.
"""

from __future__ import annotations

import random
import sys
import time
from pathlib import Path

WRONG = 20  # of so many true claims, one report with a figure put wrong


def main(claims: int) -> None:
    """A line for each sort of report; exit 1 where a truthful print was contradicted."""
    from tests.truthful.counted import SORTS, true_ones

    alarms: list[str] = []
    total = 0
    for number, sort in enumerate(SORTS):
        draw, begun = random.Random(2023 + number), time.perf_counter()
        audited = list(true_ones(sort, draw, claims // len(SORTS)))
        made = sum(each.claims for each in audited)
        found = [alarm for each in audited for alarm in each.alarms]
        took = time.perf_counter() - begun
        total, alarms = total + made, [*alarms, *found]
        say(
            f"{sort.name}: {made:,} truthful claims in {len(audited):,} reports, "
            f"{len(found)} false alarms ({took:.0f} s)"
        )
        _say_detection(sort, draw, claims // len(SORTS) // WRONG)
    for alarm in alarms[:20]:
        say(f"false alarm: {alarm}")
    say(f"in all: {total:,} truthful claims, {len(alarms)} false alarms")
    if alarms:
        raise SystemExit(1)


def _say_detection(sort: object, draw: random.Random, wrong: int) -> None:
    from tests.truthful.counted import Sort, detection, wrong_ones

    assert isinstance(sort, Sort)
    audited = list(wrong_ones(sort, draw, wrong))
    if not audited:
        return
    by_kind = detection(audited)
    found, every = (sum(column) for column in zip(*by_kind.values(), strict=True))
    kinds = ", ".join(f"{kind} {hit} of {number}" for kind, (hit, number) in by_kind.items())
    say(f"  one figure put wrong: {found:,} of {every:,} found, {found / every:.1%} ({kinds})")
    exact = [each for each in audited if each.exact]
    if exact:
        hits = sum(bool(each.alarms) for each in exact)
        say(f"  of those between days that the record gives: {hits:,} of {len(exact):,}")


def say(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(__file__).parents[2]))
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
