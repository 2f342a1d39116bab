"""Results that depend on settings, found once for the answers that decide them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from timeline.settings.recorded import RecordedSettings
from timeline.settings.response import Settings

Result = TypeVar("Result")
_Key = tuple[object, ...]


class RememberedResults:
    """Results that were found under some settings, each with the answers that it was found by.

    A result is given again under other settings where every setting that was read to find it has
    the same answer: `RecordedSettings` notes them. A search may look up others within it. What
    they read it has read as well.
    """

    def __init__(self) -> None:
        self._found: dict[_Key, list[tuple[dict[str, Any], Any]]] = {}
        self._values: list[Any] = []
        self._kept: dict[int, object] = {}  # so that no other object takes their identity

    def __reduce__(self) -> tuple[type, tuple[()]]:
        """A copy holds nothing: its objects have another identity."""
        return RememberedResults, ()

    def first_equal(self, value: Result) -> Result:
        """The first of all values given that equals this one, to stand for it by identity."""
        for each in self._values:
            if each == value:
                return each  # type: ignore[no-any-return]
        self._values.append(value)
        return value

    def find(
        self,
        name: object,
        of: tuple[object, ...],
        settings: Settings,
        search: Callable[[Settings], Result],
    ) -> Result:
        """What a search gives under some settings: what it gave before if nothing it read differs.

        Args:
            name: Which search it is; hashable.
            of: What it depends on besides the settings, each by its identity.
            settings: The answers.
            search: Reads the settings that it is called with, and no others.
        """
        known = self._found.setdefault((name, *map(id, of)), [])
        for answers, result in known:
            if all(getattr(settings, each) == answer for each, answer in answers.items()):
                return result  # type: ignore[no-any-return]
        recorded = RecordedSettings.of_settings(settings)
        found = search(recorded)
        self._kept.update((id(each), each) for each in of)
        known.append(({each: getattr(settings, each) for each in sorted(recorded.read)}, found))
        return found
