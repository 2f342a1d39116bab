"""Draw a timeline and a swimmer plot for a journal, with alt text, caption and data.

Run from the top folder of the project: ``python docs/examples/draw_figures.py [FOLDER]``.
"""

from __future__ import annotations

import sys
from pathlib import Path

import timeline as tl


def main(folder: Path) -> None:
    names = ("wang2023", "jin2025")
    cases = [tl.load_case(f"cases/{name}.yaml") for name in names]
    cohort = [tl.derive(case) for case in cases]
    for derived in cohort:
        figure = tl.plot.timeline(derived)
        print(*figure.save(folder / f"{derived.case.name}.svg", journal="nature"))
    figure = tl.plot.swimmer(cohort, unit="months", sort="duration reversed")
    print(*figure.save(folder / "swimmer.svg", journal="lancet", sidecars=True))
    print(figure.caption)


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "."))
