"""Lines that name WHO 1979, RECIST 1.0 or irRC: two diameters of a lesion, sums of products."""

import attrs

from tests.rows import every_row
from timeline.endpoints.derived_case import derive
from timeline.record.case import Case, LesionDeclaration
from timeline.record.event_parts.lesion_sizes import lesion_size
from timeline.record.events import Scan, Treatment

LESIONS = (
    ("T1", LesionDeclaration(organ="liver")),
    ("T2", LesionDeclaration(organ="lung")),
    ("N1", LesionDeclaration(organ="axilla", node=True)),
)


def derived(criterion, baseline, *found):
    def read(keys):
        sizes = {name: lesion_size(text) for name, text in keys.get("lesions", {}).items()}
        return {**keys, "lesions": tuple(sizes.items())} if sizes else keys

    start = Treatment(at="1998-01-20/", line=1, drugs="doxorubicin", criterion=criterion)
    base = Scan(at="1998-01-10", baseline=1, **read(baseline))
    later = [
        Scan(at=f"1998-{3 + 2 * n:02}-14", new="none", **read(keys)) for n, keys in enumerate(found)
    ]
    made, problems = Case.of("c", (start, base, *later))
    assert not problems
    one, problems = derive(attrs.evolve(made, lesions=LESIONS))
    assert not problems
    return one


TWO = {"lesions": {"T1": "40 x 30 mm", "T2": "10 x 10 mm"}}
NODE = {"lesions": {"N1": "30 x 20 mm"}}

ROWS = [
    # T2 100 -> 125 mm2; the sum 1300 -> 425; longest diameters 50 -> 32.5 mm
    ("WHO 1979", TWO, {"lesions": {"T1": "20 x 15 mm", "T2": "12.5 x 10 mm"}}, "PD", "PR"),
    # the other order, and centimetres: 1300 -> 375 mm2
    ("WHO 1979", TWO, {"lesions": {"T1": "1.5 x 2 cm", "T2": "7.5 x 10 mm"}}, "PR", "PR"),
    # 1300 -> 645 mm2 = 49.6 %; 50 -> 40 mm = 80 %
    ("irRC", TWO, {"lesions": {"T1": "30 x 18.5 mm", "T2": "10 x 9 mm"}}, "irPR", "SD"),
    # a sum of products says nothing of diameters, and the reverse
    ("WHO 1979", {"sum": "1300 mm²"}, {"sum": "6.5 cm²"}, "PR", "NE"),
    ("WHO 1979", {"sum": "50 mm"}, {"sum": "30 mm"}, "NE", "PR"),
    # the measure of the baseline is not that of the scan: neither can be compared
    ("WHO 1979", {"sum": "1300 mm²"}, {"sum": "30 mm"}, "NE", "NE"),
    ("WHO 1979", {"sum": "50 mm"}, {"sum": "650 mm²"}, "NE", "NE"),
    # one diameter gives no product
    ("WHO 1979", TWO, {"lesions": {"T1": "20 mm", "T2": "10 x 10 mm"}}, "NE", "PR"),
    # a node: longest 30 -> 21 mm = 70 %; short axis 20 -> 9 mm is normal
    ("RECIST 1.0", NODE, {"lesions": {"N1": "21 x 9 mm"}}, "PR", "CR"),
    # 20 -> 24 mm is +20 % and 4 mm
    ("RECIST 1.0", {"sum": "20 mm"}, {"sum": "24 mm"}, "PD", "SD"),
    # a printed change is one of what the criterion of the line sums
    ("WHO 1979", {"sum": "1300 mm²"}, {"change": "-55 %"}, "PR", "NE"),
]


@every_row(("criterion", "baseline", "scan", "label", "recist"), ROWS)
def test_two_diameters_serve_every_criterion(criterion, baseline, scan, label, recist):
    one = derived(criterion, baseline, scan)
    assert [each.label for each in one.status(criterion, 1)] == [label]
    assert [each.label for each in one.status("RECIST 1.1", 1)] == [recist]


def test_a_provisional_criterion_and_sizes_it_cannot_sum_are_remarked_on():
    told = [each.what for each in derived("WHO 1979", TWO, {"sum": "30 mm"}).remarks]
    assert any("WHO 1979 is provisional" in each for each in told)
    assert any("its sum is in mm: read as not evaluated" in each for each in told)
    assert not any("provisional" in each.what for each in derived("", TWO, {}).remarks)


@every_row(
    ("criterion", "found", "told"),
    [
        # -55 % of products: RECIST 1.1 sums diameters
        ("WHO 1979", {"change": "-55 %"}, "one of the sum of products of diameters: RECIST 1.1"),
        # no change is printed, and criteria that all sum diameters
        ("WHO 1979", {"sum": "650 mm²"}, ""),
        ("RECIST 1.0", {"change": "-35 %"}, ""),
    ],
)
def test_a_printed_change_of_another_measure_is_remarked_on(criterion, found, told):
    baseline = {"sum": "1300 mm²" if criterion == "WHO 1979" else "130 mm"}
    remarks = [each.what for each in derived(criterion, baseline, found).remarks]
    named = [each for each in remarks if "a printed change is one of" in each]
    assert len(named) == bool(told)
    assert all(told in each for each in named)
