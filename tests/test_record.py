"""Classes that share one ``__repr__`` look and act as those that attrs builds itself."""

from __future__ import annotations

from typing import Any

import attrs
import pytest

from timeline.core.frozen_class import frozen


def built(frozen_by: Any, **options: Any) -> Any:
    """A class with each kind of field, frozen by one of the two."""

    @frozen_by(**options)
    class Scan:
        day: int
        where: str = attrs.field(default="liver", eq=False, repr=False)
        sizes: tuple[int, ...] = attrs.field(default=(), converter=tuple)

    @frozen_by(**options)
    class Later(Scan):
        note: str = ""

    return Later


@pytest.mark.parametrize("options", [{}, {"kw_only": True}], ids=["plain", "keywords alone"])
def test_a_record_is_what_attrs_makes(options):
    ours, theirs = built(frozen, **options), built(attrs.frozen, **options)
    one, other = ours(day=1, sizes=[2]), theirs(day=1, sizes=[2])
    assert repr(one) == repr(other)
    assert repr(attrs.evolve(one, note="x")) == repr(attrs.evolve(other, note="x"))
    assert one == ours(day=1, where="lung", sizes=[2])
    assert hash(one) == hash(ours(day=1, where="lung", sizes=[2]))
    assert not hasattr(one, "__dict__")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        one.day = 2


def test_a_repr_of_its_own_stays():
    @frozen
    class Named:
        name: str

        def __repr__(self) -> str:
            return self.name

    assert repr(Named("a")) == "a"
