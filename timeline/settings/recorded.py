"""Settings that note which of them are read: what a value can depend on."""

from __future__ import annotations

from typing import Any

import attrs

from timeline.settings.response import Settings

_NAMES = frozenset(field.name for field in attrs.fields(Settings))


class RecordedSettings(Settings):
    """The same answers; ``read`` holds the names of those that were read since it was made.

    A comparison, a hash and `attrs.evolve` read every one of them.
    """

    read: set[str]

    @classmethod
    def of_settings(cls, settings: Settings) -> RecordedSettings:
        """A copy of some settings, of which none is read yet; nor are they read to copy them."""
        found = cls.__new__(cls)
        for name in _NAMES:
            object.__setattr__(found, name, object.__getattribute__(settings, name))
        object.__setattr__(found, "read", set())
        return found

    def __getattribute__(self, name: str) -> Any:
        if name in _NAMES and "read" in object.__getattribute__(self, "__dict__"):
            object.__getattribute__(self, "read").add(name)
        return object.__getattribute__(self, name)
