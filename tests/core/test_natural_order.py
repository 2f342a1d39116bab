"""Names are in the order in which a person counts."""

from timeline.core.text.natural_order import natural_order


def test_a_number_within_a_name_counts_as_a_number():
    names = ["wang10.yaml", "7.yaml", "Wang2.yaml", "wang1.yaml"]
    assert sorted(names, key=natural_order) == [
        "7.yaml", "wang1.yaml", "Wang2.yaml", "wang10.yaml"
    ]  # fmt: skip


def test_a_name_with_digits_of_other_scripts_has_its_place():
    assert sorted(["p²", "p٣a", "p2", "٣a"], key=natural_order)[:1] == ["p2"]
