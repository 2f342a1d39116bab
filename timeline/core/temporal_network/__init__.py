"""Dates solved jointly: what windows and statements about days between moments allow.

``Network(windows, statements)`` answers four questions: ``tighten()`` which days each moment
can take, ``distance(a, b)`` how many days can lie between two, ``conflict()`` which statements
contradict each other, and ``share(more)`` which part of what is possible satisfies ``more``.
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
