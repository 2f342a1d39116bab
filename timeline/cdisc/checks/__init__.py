"""Checks of SDTM and ADaM datasets: a row for each rule, with its source."""

from __future__ import annotations

from timeline.cdisc.checks.check import Check, Finding, Severity
from timeline.cdisc.checks.rows import CHECKS, check_datasets

__all__ = ["CHECKS", "Check", "Finding", "Severity", "check_datasets"]
