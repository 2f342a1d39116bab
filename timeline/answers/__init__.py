"""Answers to one question without a file: an interval, a percentage, a response by RECIST.

Each function takes texts as they are printed. Its answer prints as one screen and gives plain data
with ``to_dict``.
"""

from timeline.answers.intervals import IntervalAnswer, interval
from timeline.answers.percentages import PercentageAnswer, percent
from timeline.answers.responses import ResponseAnswer, recist

__all__ = [
    "IntervalAnswer",
    "PercentageAnswer",
    "ResponseAnswer",
    "interval",
    "percent",
    "recist",
]
