"""How a criterion measures lesions: what it sums, which sizes are normal, and what can be a target.

One value a criterion. Criteria with equal rules share the sums of a line, others have their own.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

import attrs

from timeline.core.frozen_class import frozen
from timeline.core.quantities import AREA, LENGTH, NM_PER_MM, UPTAKE, shown_mm
from timeline.response.readings import Sign


@frozen(kw_only=True)
class Measure:
    """What the sizes of the targets are summed in.

    Sizes and sums are whole numbers of millionths of the unit, so that comparisons are exact: of
    mm these are nanometres.

    Attributes:
        name: what it is, in a sentence.
        unit: its unit.
        measures: the dimension of the unit, as in ``data/units.csv``.
        short: the same in one or two words, before a number.
        field: the field of a scan that states it; empty: the sizes of lesions, or ``sum``.
        least: what it is at baseline at least, as it is counted; less is in another unit.
    """

    name: str
    unit: str
    measures: str = LENGTH
    short: str = "sum"
    field: str = ""
    least: int = NM_PER_MM

    @property
    def of_area(self) -> bool:
        """Whether it is the product of two diameters."""
        return self.measures == AREA

    @property
    def of_uptake(self) -> bool:
        """Whether it is an uptake of FDG, and no size."""
        return self.measures == UPTAKE

    def shown(self, size: int) -> str:
        """A size in its unit, with one decimal at least: ``23.1 mm``, ``1200.0 mm²``."""
        text = shown_mm(size)
        return f"{text if '.' in text else f'{text}.0'} {self.unit}"


DIAMETERS = Measure(name="sum of diameters", unit="mm")
PRODUCTS = Measure(
    name="sum of products of diameters", unit="mm²", measures=AREA, short="sum of products"
)
SUL_PEAK = Measure(
    name="SULpeak of the hottest lesion",
    unit="SUL",
    measures=UPTAKE,
    short="SULpeak",
    field="sul_peak",
    least=1,
)
SUV = Measure(
    name="SUV of the tumour", unit="SUV", measures=UPTAKE, short="SUV", field="suv", least=1
)

SCORE = "score"  # what the five points of Deauville are: nothing is summed
FIVE_POINTS = Measure(
    name="score of five points", unit="", measures=SCORE, short="score", field="deauville"
)


class Sized(Protocol):
    """A lesion at one scan: its diameters in nanometres and their product, None: not known."""

    @property
    def length(self) -> int | None: ...
    @property
    def width(self) -> int | None: ...
    @property
    def area(self) -> int | None: ...


@frozen(kw_only=True)
class LesionRules:
    """The lesion rules of a criterion. None: the publication sets no such limit.

    Attributes:
        measure: what is summed.
        normal_node_mm: a node with a short axis below it is normal: no disease.
        measurable_node_mm: the short axis from which a node can be a target; None: by the method,
            as any other lesion.
        node_by_short_axis: a node counts by its short axis; else by its longest diameter.
        methods: the shortest length in mm that each method measures; None: it measures no lesion.
        slices_mm: slices of more than this measure twice their thickness and more; None: any.
        most_targets: the largest number of targets.
        most_in_organ: the largest number in one organ.
        treated_when_progressed: a lesion that was irradiated before can be a target once it has
            progressed; else never.
        normal_node_longest_mm: a node up to this longest diameter is normal.
        lesion_percent: the increase in percent that makes one lesion grown; None: only sums count.
        lesion_above_mm: one lesion has grown only above this longest diameter.
        lesion_step_mm: and only where a diameter has grown by this much from its smallest.
        lesion_large_step_mm: the same of a lesion above ``lesion_large_mm``.
        lesion_large_mm: a lesion up to it is small; by setting lesion_size_at, of which scan.
        lesion_regrown: a lesion that was gone has grown where it is seen again.
        new_mm: a new lesion is one above this longest diameter, a node above ``new_node_mm``.
        least_new_mm: the least diameter, both ways, from which a new lesion is measured.
        signs: what is read of a scan beside sizes; each is a column of the tables.
        options: the settings that the signs read, by name.
        source: the publication.
        basis: whether it was read: a row of `timeline.core.state_machine.BASES`.
    """

    measure: Measure
    normal_node_mm: int | None = None
    measurable_node_mm: int | None = None
    node_by_short_axis: bool = True
    methods: Mapping[str, int | None] = attrs.field(repr=False, hash=False)
    slices_mm: int | None = None
    most_targets: int | None = None
    most_in_organ: int | None = None
    treated_when_progressed: bool = True
    normal_node_longest_mm: int | None = None
    lesion_percent: int | None = None
    lesion_above_mm: int | None = None
    lesion_step_mm: int | None = None
    lesion_large_step_mm: int | None = None
    lesion_large_mm: int | None = None
    lesion_regrown: bool = False
    new_mm: int | None = None
    new_node_mm: int | None = None
    least_new_mm: int | None = None
    signs: tuple[Sign, ...] = attrs.field(default=(), repr=False)
    options: tuple[tuple[str, Any], ...] = ()
    source: str
    basis: str = ""

    def size(self, lesion: Sized, *, node: bool) -> int | None:
        """What counts of a lesion, in millionths of the unit of the measure; None: not known.

        Args:
            lesion: Its diameters; one that is on record alone counts as it is.
            node: It is a lymph node.
        """
        if self.measure.of_area:
            return lesion.area
        short = node and self.node_by_short_axis and lesion.width is not None
        return lesion.width if short else lesion.length

    @property
    def judges_lesions(self) -> bool:
        """Whether growth of one lesion is read beside that of the sum."""
        return self.lesion_percent is not None or self.lesion_step_mm is not None

    def option(self, name: str) -> Any:
        """The answer of a setting that these rules read; None where they do not."""
        return dict(self.options).get(name)

    def is_new(self, lesion: Sized, *, node: bool) -> bool:
        """Whether a new lesion of this size is one; of an unknown size it is."""
        limit = self.new_node_mm if node else self.new_mm
        return limit is None or lesion.length is None or lesion.length > limit * NM_PER_MM

    def is_new_target(self, lesion: Sized) -> bool:
        """Whether a new lesion is large enough to be measured; without a least size each is."""
        if self.least_new_mm is None:
            return lesion.length is not None
        diameters = [each for each in (lesion.length, lesion.width) if each is not None]
        return len(diameters) == 2 and min(diameters) >= self.least_new_mm * NM_PER_MM


RECIST11_RULES = LesionRules(
    measure=DIAMETERS,
    normal_node_mm=10,  # E09 3.1.1
    measurable_node_mm=15,  # E09 3.1.1
    methods={"CT": 10, "MRI": 10, "caliper": 10, "CXR": 20, "US": None},  # E09 3.1.1, App. II
    slices_mm=5,  # E09 App. II
    most_targets=5,  # E09 4.2; of new lesions S17
    most_in_organ=2,
    source="E09 3.1.1, 4.2, App. II",
)
