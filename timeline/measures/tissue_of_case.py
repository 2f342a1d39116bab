"""What a case tells of resected tissue: from the stage and the response of a surgery."""

from __future__ import annotations

import re
from collections.abc import Iterator

import attrs

from timeline.core.printed_numbers import parse_percentage
from timeline.core.span import Span
from timeline.endpoints.derived_case import DerivedCase
from timeline.measures.pathology import TUMOURS, Tissue
from timeline.record.events import Biopsy, Diagnosis, Surgery

_WORDS = {"lung": r"\blung|nsclc|pulmonary", "breast": r"\bbreast|mammary", "melanoma": "melanoma"}
_STAGE = re.compile(r"ypT(?P<t>0/is|is|[0-4x])", re.IGNORECASE)
_NODES = re.compile(r"N(?P<n>[0-3x])(?P<cells>\s?\((?:sn\)\s?\()?i\+)?", re.IGNORECASE)
_VIABLE = re.compile(
    r"residual (?:viable )?(?:tumou?r )?(?P<share>.*%)"
    r"|(?P<before>.*%) (?:residual|viable|residual viable)(?: tumou?r| cells)?",
    re.IGNORECASE,
)
_WHOLE = Span(0, 100)
_SOME = Span(0, 100, low_in=False)  # more than none


@attrs.frozen
class Specimen:
    """A surgery or biopsy that tells of a response in tissue, and what it tells."""

    event: Surgery | Biopsy
    tissue: Tissue


def tumour_of(derived: DerivedCase) -> str:
    """The tumour of a case, of those with a definition; empty where the record names none or two.

    By the diagnosis and the site of the patient, and the first diagnosis on record.
    """
    case = derived.case
    first = next(iter(case.all_of(Diagnosis)), None)
    for texts in (
        (case.patient.diagnosis, first.what if first else ""),
        (case.patient.site, first.site if first else ""),
    ):
        text = " ".join(texts).lower()
        found = [each for each in TUMOURS if re.search(_WORDS[each], text)]
        if found:
            return found[0] if len(found) == 1 else ""
    return ""


def specimens(derived: DerivedCase) -> Iterator[Specimen]:
    """The surgeries with a stage after treatment or a pathological response, and such biopsies."""
    tumour = tumour_of(derived)
    for event in derived.case.all_of(Surgery, Biopsy):
        if isinstance(event, Biopsy):
            if event.pathological_response:
                yield Specimen(event, Tissue(tumour=tumour, resected=False))
        elif isinstance(event, Surgery) and (
            event.pathological_response or _STAGE.match(event.stage)
        ):
            yield Specimen(event, _tissue(tumour, event))


def _tissue(tumour: str, event: Surgery) -> Tissue:
    stage = _STAGE.match(event.stage)
    size = stage["t"].lower() if stage else "x"
    nodes = _NODES.search(event.stage, stage.end()) if stage else None
    number = nodes["n"].lower() if nodes and not nodes["cells"] else "x"
    share = viable_share(event.pathological_response)
    in_nodes = {"x": None, "0": Span.point(0)}.get(number, _SOME)
    return Tissue(
        tumour=tumour,
        primary=share or (Span.point(0) if size == "0" else None),
        nodes=in_nodes,
        invasive={"x": None, "0": False, "is": False, "0/is": False}.get(size, True),
        in_situ={"0": False, "is": True}.get(size),
        nodes_invasive=None if in_nodes is None else number != "0",
        viable=(share,) if share else (),
    )


def viable_share(text: str) -> Span | None:
    """The share of viable tumour that a pathological response states, in percent.

    ``residual 10 %`` is 10 as printed; ``residual <10 %`` a range. Necrosis tells no share of
    viable tumour, for the rest may be fibrosis.
    """
    found = _VIABLE.fullmatch(text)
    if not found:
        return None
    printed = parse_percentage((found["share"] or found["before"]).replace("%", "").strip())
    if printed.value is not None and re.fullmatch(r"[0-9.]+", printed.text.strip()):
        return Span.point(printed.value)
    return printed.span & _WHOLE
