"""Two hundred invented patients through each format and back: ``python -m tests.bench.formats``.

Prints for each format that goes both ways how many cases come back whole with the list of what is
left over, how many endpoints are equal without it, and how many are within a wider range.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from tests.formats.round_trip import (
    TWO_WAYS,
    endpoints,
    exported,
    imported,
    not_within,
    out_of,
)
from timeline.cdisc.cases import import_cases
from timeline.files.loader import load
from timeline.synthetic import study_datasets

SEED = 1


def main(patients: int = 200) -> int:
    """Prints the numbers; the exit code is 1 where a case or an endpoint was lost."""
    made, problems = import_cases(study_datasets(patients, SEED))
    assert made is not None, problems
    lost = 0
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{name}.yaml" for name in made.texts]
        for path, text in zip(files, made.texts.values(), strict=True):
            path.write_text(text, encoding="utf-8")
        own = {case.name: case for case in (load(path)[0] for path in files)}
        for name in TWO_WAYS:
            out = out_of(Path(folder), name)
            exported(files, name, out)
            whole = imported(out, name).cases
            same = sum(whole.get(each) == case for each, case in own.items())
            again = imported(out, name, with_list=False).cases
            equal = total = outside = 0
            for each, case in own.items():
                expected, found = endpoints(case), endpoints(again[each])
                total += len(expected)
                equal += sum(found.get(key) == days for key, days in expected.items())
                outside += len(not_within(case, again[each]))
            lost += len(own) - same + outside
            sys.stdout.write(
                f"{name}: {same} of {len(own)} cases whole with the list; without it {equal:,} of "
                f"{total:,} endpoints equal, {outside} outside of their range\n"
            )
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:2])))
