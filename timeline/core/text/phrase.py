"""A fixed phrase with what is filled into it kept apart, so that a figure may translate it."""

from __future__ import annotations

from timeline.core.frozen_class import frozen


@frozen
class Phrase:
    """A phrase in English, with names in braces, and what stands for each of them.

    >>> str(Phrase.of("sum {size}", size="60 mm"))
    'sum 60 mm'
    """

    text: str
    parts: tuple[tuple[str, str], ...] = ()

    @classmethod
    def of(cls, text: str, **parts: object) -> Phrase:
        """The phrase with its parts."""
        return cls(text, tuple((name, str(part)) for name, part in parts.items()))

    def __str__(self) -> str:
        return self.text.format(**dict(self.parts))
