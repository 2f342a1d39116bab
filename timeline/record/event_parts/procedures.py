"""Procedures other than surgery: against the tumour, or to support the patient."""

from __future__ import annotations

from timeline.core.frozen_class import frozen
from timeline.core.schema import free_text, free_texts, one_of, record_field, whole_number
from timeline.record.event import PointEvent

# R0, R1 and R2 are the residual tumour classification of the UICC (TNM, 8th edition, 2017): no
# residual tumour, microscopic, macroscopic. A margin in words is kept as printed: R0 also needs
# that no tumour is left elsewhere.
surgical_margin = one_of(
    ("R0", "R1", "R2", "negative", "positive", "close"),
    "margin",
    {
        **dict.fromkeys(("clear", "free", "clean", "tumour free", "tumor free"), "negative"),
        **dict.fromkeys(("uninvolved", "negative margins", "clear margins"), "negative"),
        **dict.fromkeys(("involved", "positive margins"), "positive"),
    },
    loose=True,
)


@frozen(kw_only=True)
class Procedure(PointEvent):
    """A procedure that is no treatment of the tumour: drainage, a port, a feeding tube."""

    kind = "procedure"
    site: str = free_texts()


@frozen(kw_only=True)
class Ablation(PointEvent):
    """Local destruction of a tumour, by heat, cold, current or alcohol: a local therapy."""

    kind = "ablation"
    site: str = free_texts()


@frozen(kw_only=True)
class Embolisation(PointEvent):
    """Embolisation of a tumour, with a drug or radioactive or without: a local therapy.

    An embolisation for another reason, such as bleeding, is a `Procedure`.
    """

    kind = "embolisation"
    also = ("embolization",)
    site: str = free_texts()


@frozen(kw_only=True)
class Stent(PointEvent):
    kind = "stent"
    site: str = free_texts()


@frozen(kw_only=True)
class Transfusion(PointEvent):
    """Blood products: ``product`` such as red cells or platelets, and the number of ``units``."""

    kind = "transfusion"
    product: str = record_field(free_text, default="")
    units: int | None = record_field(whole_number(1, 100))
