"""Why a treatment ended or was changed: the reasons, other words for each, and words for none.

The words are those of reports and of CDISC controlled terminology (codelist NCOMPLT, Completion or
Reason for Non-Completion: ADVERSE EVENT, DISEASE RELAPSE, PHYSICIAN DECISION ..).
"""

from __future__ import annotations

from timeline.core.schema import one_of

STOPS = ("progression", "toxicity", "completed", "choice", "death", "other")
REASONS = ("toxicity", "progression", "choice", "other")  # of a change within a treatment

_WORDS = {  # of each reason, other words that can mean no other one
    "progression": ("PD", "progressive disease", "disease progression", "progression of disease",
                    "tumour progression", "tumor progression", "recurrence", "relapse",
                    "disease recurrence", "disease relapse", "recurrent disease"),
    "toxicity": ("adverse event", "adverse events", "side effects", "intolerance", "toxicities",
                 "unacceptable toxicity"),
    "completed": ("complete", "completion", "finished", "as planned", "completed as planned"),
    "choice": ("patient choice", "patient's choice", "patient preference", "patient decision",
               "patient refusal", "refused", "refusal", "physician decision",
               "physician's decision", "withdrawal by subject", "patient request",
               "patient's request", "patient wish"),
    "death": ("died", "deceased"),
}  # fmt: skip
_DETERIORATION = (
    "write other, and note: symptomatic deterioration; it is no objective progression "
    "(Eisenhauer 2009, 4.3.4); progression where the report calls it so"
)
_NO_EFFECT = "write progression where the report states it, else other, and a note"
_LOST = "write an entry {lost to follow-up: ..}; other is the reason here"
_REFUSED = {  # words that may mean several of the reasons, and what to write
    **dict.fromkeys(
        ("deterioration", "clinical deterioration", "symptomatic deterioration", "worsening",
         "general deterioration", "deterioration of general condition", "poor general condition",
         "health deterioration", "performance status", "declining performance status"),
        _DETERIORATION,
    ),
    **dict.fromkeys(("lack of efficacy", "no response", "inefficacy", "ineffective"), _NO_EFFECT),
    **dict.fromkeys(("lost to follow-up", "lost to follow up"), _LOST),
}  # fmt: skip


def _words_of(reasons: tuple[str, ...]) -> dict[str, str]:
    return {word: of for of, words in _WORDS.items() if of in reasons for word in words}


STOP_WORDS = _words_of(STOPS)
stop_reason = one_of(STOPS, "reason", STOP_WORDS, refused=_REFUSED, loose=True)
change_reason = one_of(REASONS, "reason", _words_of(REASONS), refused=_REFUSED, loose=True)
