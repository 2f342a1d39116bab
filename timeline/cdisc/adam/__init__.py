"""ADaM datasets from SDTM: ADSL, ADRS, ADTTE and ADTR, with a row of metadata for each variable."""

from __future__ import annotations

from timeline.cdisc.adam.analysis import Adam, derive_adam

__all__ = ["Adam", "derive_adam"]
