"""A study: the summary of a cohort as rows of numbers, and its report.

    import timeline as tl

    summary = tl.Cohort.of("synthetic-study/cases").summary(by="sex")
    summary.find("ORR", "p", population="treated").stat
    summary.save("report.html")

The analyses are rows of data: ``ANALYSES``, ``TIMES`` and ``POPULATIONS``. The results have the
shape of analysis results data (ARD): a row a number, with the patients that it counts.
"""

from __future__ import annotations

from timeline.settings.study import STUDY_SETTINGS as SETTINGS
from timeline.settings.study import StudySettings
from timeline.study.analyses import ANALYSES, TIMES
from timeline.study.cohort import POPULATIONS, Cohort
from timeline.study.statistic import StudyStatistic
from timeline.study.summary import StudySummary, summarise

__all__ = [
    "ANALYSES",
    "POPULATIONS",
    "SETTINGS",
    "TIMES",
    "Cohort",
    "StudySettings",
    "StudyStatistic",
    "StudySummary",
    "summarise",
]
