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


@pytest.mark.parametrize("frozen_by", [frozen, attrs.frozen], ids=["shared", "attrs"])
def test_records_are_equal_by_class_and_by_each_compared_value(frozen_by):
    later = built(frozen_by)
    scan = later.__mro__[1]
    one = later(day=1, sizes=[2])
    assert one == later(day=1, sizes=(2,))
    assert one != later(day=2, sizes=[2])
    assert one != later(day=1, sizes=[2], note="x")  # a field of the subclass
    assert scan(day=1, sizes=[2]) == scan(day=1, sizes=[2])
    assert scan(day=1, sizes=[2]) != one  # a subclass is another class
    assert one != (1, (2,), "")
    assert len({one, later(day=1, where="lung", sizes=[2]), later(day=2, sizes=[2])}) == 2


@pytest.mark.parametrize("frozen_by", [frozen, attrs.frozen], ids=["shared", "attrs"])
def test_classes_without_comparison_with_keys_or_without_fields(frozen_by):
    @frozen_by(eq=False)
    class Alone:
        day: int

    @frozen_by
    class Rounded:
        days: float = attrs.field(eq=round)
        unhashed: list[int] = attrs.field(factory=list, hash=False)

    @frozen_by
    class Single:
        days: float

    @frozen_by
    class Empty:
        pass

    alone = Alone(1)
    assert alone == alone
    assert alone != Alone(1)
    assert len({alone, Alone(1)}) == 2
    assert Rounded(1.1) == Rounded(0.9)
    assert hash(Rounded(1.1)) == hash(Rounded(0.9))
    assert Rounded(1.1) != Rounded(2.1)
    assert Rounded(1.1) != Rounded(1.1, [1])
    assert Single(1.0) == Single(1)
    assert Single(1.0) != Single(2.0)
    assert Single(1.0) != 1.0
    assert hash(Single(1.0)) == hash(Single(1))
    assert Empty() == Empty()
    assert hash(Empty()) == hash(Empty())
    assert Empty() != Alone(1)


@pytest.mark.parametrize("frozen_by", [frozen, attrs.frozen], ids=["shared", "attrs"])
def test_a_comparison_of_its_own_stays(frozen_by):
    @frozen_by
    class Folded:  # noqa: PLW1641 - of a class without a hash
        name: str

        def __eq__(self, other: object) -> bool:
            return isinstance(other, Folded) and self.name.lower() == other.name.lower()

    @frozen_by
    class Constant:
        name: str

        def __hash__(self) -> int:
            return 7

    assert Folded("a") == Folded("A")
    with pytest.raises(TypeError, match="unhashable"):
        hash(Folded("a"))
    assert hash(Constant("a")) == 7
    assert Constant("a") == Constant("a") != Constant("b")


@pytest.mark.parametrize("method", ["__eq__", "__hash__", "__repr__"])
def test_all_classes_share_the_methods_that_follow_from_their_fields(method):
    assert vars(built(frozen))[method] is vars(built(frozen, kw_only=True))[method]
