"""A report as text with sections, and what it mentions: dates, drugs, doses, sizes, responses.

Nothing here decides what a mention means. Rules and word lists are rows of ``timeline/data``:
``mention_patterns.csv``, ``mention_words.csv``, ``drug_stems.csv`` and ``report_headings.csv``.
"""

from timeline.report_text.find_mentions import mentions
from timeline.report_text.mention import Confidence, Mention, MentionKind
from timeline.report_text.named_headings import with_named_headings
from timeline.report_text.reading import read_report
from timeline.report_text.report_text import ReportText, Section, SectionRole

__all__ = [
    "Confidence",
    "Mention",
    "MentionKind",
    "ReportText",
    "Section",
    "SectionRole",
    "mentions",
    "read_report",
    "with_named_headings",
]
