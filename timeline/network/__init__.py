"""Dates solved jointly: what windows and statements about days between moments leave possible.

``Network(windows, statements)`` answers four questions: ``tighten()`` which days each moment
can take, ``distance(a, b)`` how many days can lie between two, ``clash()`` which statements
cannot stand together, and ``share(more)`` how much of what is possible also keeps ``more``.
"""

from timeline.network.network import Clash, Network
from timeline.network.share import Share, TooVague
from timeline.network.statement import ORIGIN, Moment, Statement, whole_days

__all__ = ["ORIGIN", "Clash", "Moment", "Network", "Share", "Statement", "TooVague", "whole_days"]
