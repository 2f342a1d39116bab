"""A draft of a case and of the claims of its report, from the text of the report.

Rules and word lists are data; there is no network and no model. A draft never decides what a
person has to: it writes ``TODO``, which the loader refuses.
"""

from timeline.exchange.draft.write import Draft, draft_of

__all__ = ["Draft", "draft_of"]
