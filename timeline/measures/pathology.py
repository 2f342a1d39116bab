"""Pathologic response in resected tissue: pCR, MPR and the classes of melanoma, one row each."""

from __future__ import annotations

from collections.abc import Callable

import attrs

from timeline.core.span import Span
from timeline.core.state_machine import MUST_CHECK, READ
from timeline.measures.series import Found, no_value
from timeline.settings.response import Settings

_MAJOR = 10  # percent of viable tumour, and no more


@attrs.frozen(kw_only=True)
class Tissue:
    """What became of the tumour in resected tissue; None: not told.

    Attributes:
        tumour: a row of `TUMOURS`.
        primary: the share of viable tumour in the primary, in percent.
        nodes: the same in the lymph nodes, of all of them the largest.
        invasive: invasive carcinoma is left in the breast.
        in_situ: carcinoma in situ is left in the breast.
        nodes_invasive: invasive carcinoma is left in the lymph nodes.
        viable: the share of viable tumour of each tumour bed, of melanoma.
        resected: the tumour was resected.
    """

    tumour: str
    primary: Span | None = None
    nodes: Span | None = None
    invasive: bool | None = None
    in_situ: bool | None = None
    nodes_invasive: bool | None = None
    viable: tuple[Span, ...] = ()
    resected: bool = True


TUMOURS = ("lung", "breast", "melanoma")
_Judge = Callable[[Tissue, Settings], bool | None]


def _up_to(share: Span | None, bound: int) -> bool | None:
    """Whether a share is at most a bound; None where it is not known, or a range on both sides."""
    if share is None:
        return None
    return (
        True
        if share.high <= bound
        else False
        if share.low > bound or _above(share, bound)
        else None
    )


def _above(share: Span, bound: int) -> bool:
    return share.low == bound and not share.low_in


def _every(*parts: bool | None) -> bool | None:
    return False if False in parts else None if None in parts else True


def _not(part: bool | None) -> bool | None:
    return None if part is None else not part


def _largest(tissue: Tissue) -> Span | None:
    """The share of the bed with the most viable tumour."""
    if not tissue.viable:
        return None
    return Span(max(each.low for each in tissue.viable), max(each.high for each in tissue.viable))


def _lung_mpr(tissue: Tissue, settings: Settings) -> bool | None:
    primary = _up_to(tissue.primary, _MAJOR)
    if settings.mpr_scope == "primary":
        return primary
    return _every(primary, _up_to(tissue.nodes, _MAJOR))


def _breast_pcr(tissue: Tissue, settings: Settings) -> bool | None:
    parts = [_not(tissue.invasive), _not(tissue.nodes_invasive)]
    if settings.breast_pcr == "ypT0ypN0":
        parts.append(_not(tissue.in_situ))
    return _every(*parts)


@attrs.frozen(kw_only=True)
class PathologyRow:
    """A pathologic response of one tumour: what it needs, from which source."""

    tumour: str
    key: str  # pcr or mpr
    rule: str
    holds: _Judge
    source: str
    basis: str

    @property
    def provisional(self) -> bool:
        """Whether its source is still to be read."""
        return self.basis == MUST_CHECK


NAMES = {"pcr": "pCR", "mpr": "MPR"}
_CM816 = "pathology of CheckMate 816, Nat Med 2024;30:218, abstract"
_TETZLAFF = "Tetzlaff 2018, Ann Oncol 29:1861, doi:10.1093/annonc/mdy226, not read whole"
ROWS = (
    PathologyRow(
        tumour="lung",
        key="pcr",
        rule="no viable tumour in the primary and in the lymph nodes",
        holds=lambda tissue, _: _every(_up_to(tissue.primary, 0), _up_to(tissue.nodes, 0)),
        source=_CM816,
        basis=READ,
    ),
    PathologyRow(
        tumour="lung",
        key="mpr",
        rule="at most 10 % viable tumour in the primary (by mpr_scope in the lymph nodes too)",
        holds=_lung_mpr,
        source=f"{_CM816}; that the primary is judged: recommendations of the IASLC, not read",
        basis=MUST_CHECK,
    ),
    PathologyRow(
        tumour="breast",
        key="pcr",
        rule="no invasive carcinoma in breast and lymph nodes (breast_pcr: nor carcinoma in situ)",
        holds=_breast_pcr,
        source="ypT0/is ypN0 or ypT0 ypN0, by a summary of the definitions in use",
        basis=READ,
    ),
    PathologyRow(
        tumour="melanoma",
        key="pcr",
        rule="no viable tumour in any tumour bed",
        holds=lambda tissue, _: _up_to(_largest(tissue), 0),
        source=_TETZLAFF,
        basis=MUST_CHECK,
    ),
    PathologyRow(
        tumour="melanoma",
        key="mpr",
        rule="at most 10 % viable tumour in every tumour bed: pCR or near-pCR",
        holds=lambda tissue, _: _up_to(_largest(tissue), _MAJOR),
        source=_TETZLAFF,
        basis=MUST_CHECK,
    ),
)
CLASSES = (("pCR", 0), ("near-pCR", _MAJOR), ("pPR", 50), ("pNR", 100))  # up to so many percent


def row_of(tumour: str, key: str) -> PathologyRow | None:
    """The row of a response of a tumour; None where no definition is known here."""
    return next((row for row in ROWS if (row.tumour, row.key) == (tumour, key)), None)


def pathologic_response(tissue: Tissue, key: str, settings: Settings) -> Found:
    """Whether tissue shows a response.

    Args:
        tissue: what is left.
        key: ``pcr`` or ``mpr``.
        settings: the answers to ``mpr_scope``, ``breast_pcr`` and ``unresected``.
    """
    row = row_of(tissue.tumour, key)
    if row is None:
        return no_value(
            f"no definition of {NAMES[key]} of {tissue.tumour or 'this tumour'} is known here"
        )
    if not tissue.resected:
        if settings.unresected == "no":
            return Found(value=False, reason="not resected, and counted as none (unresected)")
        return no_value("the tumour was not resected")
    value = row.holds(tissue, settings)
    return Found(value=value, reason=f"needs {row.rule}" if value is None else "")


def melanoma_class(share: Span) -> str | None:
    """The class of one tumour bed by its viable tumour; None where a range allows several.

    Source: International Neoadjuvant Melanoma Consortium, Tetzlaff 2018; not read whole.
    """
    for name, most in CLASSES:
        within = _up_to(share, most)
        if within is not False:
            return name if within else None
    return None
