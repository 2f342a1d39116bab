"""Dates solved jointly: what windows and statements about days between moments leave possible.

``Network(windows, statements)`` answers four questions: ``tighten()`` which days each moment
can take, ``distance(a, b)`` how many days can lie between two, ``clash()`` which statements
cannot stand together, and ``share(more)`` how much of what is possible also keeps ``more``.
"""

from timeline.core.temporal_network.constraints import ORIGIN, Constraint, Moment, whole_days
from timeline.core.temporal_network.network import Conflict, Network
from timeline.core.temporal_network.share import Share, TooVague

__all__ = [
    "ORIGIN",
    "Conflict",
    "Constraint",
    "Moment",
    "Network",
    "Share",
    "TooVague",
    "whole_days",
]
