"""RECIST 1.1 against its published tables, cell by cell."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from timeline.core.quantities import NM_PER_MM
from timeline.response.criteria import CRITERIA
from timeline.response.criteria.recist11 import NO_DISEASE, TABLE_1, TABLE_2, TARGET, THRESHOLDS
from timeline.terminology.response_codes import Code, NewLesion, NonTarget, Target

# Eisenhauer 2009 Table 1, no new lesion; columns are the non-target levels
PRINTED_1 = """
target  CR  NON-CR/NON-PD  PD  NE  NA
CR      CR  PR             PD  PR  CR
PR      PR  PR             PD  PR  PR
SD      SD  SD             PD  SD  SD
PD      PD  PD             PD  PD  PD
NE      NE  NE             PD  NE  NE
"""
# Eisenhauer 2009 Table 2, no new lesion
PRINTED_2 = (("CR", "CR"), ("NON-CR/NON-PD", "NON-CR/NON-PD"), ("PD", "PD"), ("NE", "NE"))


def cells():
    head, *lines = (line.split() for line in PRINTED_1.strip().splitlines())
    for target, *row in lines:
        yield from ((target, level, given) for level, given in zip(head[1:], row, strict=True))


@pytest.mark.parametrize(("target", "level", "overall"), list(cells()))
def test_table_1(target, level, overall):
    assert TABLE_1.decide(Target(target), NonTarget(level), NewLesion.NO) == overall
    assert TABLE_1.decide(Target(target), NonTarget(level), NewLesion.YES) == "PD"


@pytest.mark.parametrize(("level", "overall"), PRINTED_2)
def test_table_2(level, overall):
    assert TABLE_2.decide(NonTarget(level), NewLesion.NO) == overall
    assert TABLE_2.decide(NonTarget(level), NewLesion.YES) == "PD"


def test_without_disease_only_a_new_lesion_is_something():
    assert NO_DISEASE.decide(NewLesion.NO) == "NED"
    assert NO_DISEASE.decide(NewLesion.YES) == "PD"


@pytest.mark.parametrize("criterion", CRITERIA.values(), ids=str)
def test_the_dense_array_is_the_tables(criterion):
    overall = criterion.overall
    for target in Target:
        for level in NonTarget:
            for new in NewLesion:
                at = (
                    list(Target).index(target),
                    list(NonTarget).index(level),
                    list(NewLesion).index(new),
                )
                _, row = overall.row_for(target, level, new)
                assert Code(overall.code[at]).name == row.result.name


TARGETS = """
missing gone grown back shrunk kept  response  why
no      no   no    no   no     no    SD        nothing of note
no      no   no    no   no     yes   PR        PR stays
no      no   no    no   yes    no    PR        -30 %
no      no   no    yes  yes    yes   PD        back after CR beats PR
no      no   yes   no   yes    yes   PD        growth from the nadir beats shrinkage from baseline
no      yes  yes   yes  yes    yes   CR        CR beats PD: normal nodes may wobble
yes     no   no    no   yes    yes   NE        nothing but PD is provable from a part
yes     no   no    yes  yes    yes   PD        a part is back after CR
yes     no   yes   no   no     no    PD        those measured prove it
yes     yes  no    no   no     no    NE        what was measured is gone, the rest is not known
"""


def target_rows():
    for line in TARGETS.strip().splitlines()[1:]:
        *tests, response, why = line.split(maxsplit=7)
        yield pytest.param([test == "yes" for test in tests], response, id=why)


@pytest.mark.parametrize(("tests", "response"), list(target_rows()))
def test_target_response(tests, response):
    assert TARGET.decide(*tests) == response


lengths = st.integers(0, 400 * NM_PER_MM)


@given(lengths, lengths)
def test_thresholds_are_exact(now, then):
    grown = Fraction(now) >= Fraction(6, 5) * then and now - then >= 5 * NM_PER_MM
    assert bool(THRESHOLDS.is_progression(np.int64(now), np.int64(then))) == grown
    shrunk = Fraction(now) <= Fraction(7, 10) * then
    assert bool(THRESHOLDS.is_response(np.int64(now), np.int64(then))) == shrunk


@given(st.integers(NM_PER_MM // 2, 40 * NM_PER_MM))
def test_the_bounds_belong_to_pr_and_pd(tenth):
    baseline = 10 * tenth
    assert THRESHOLDS.is_response(7 * tenth, baseline)
    assert not THRESHOLDS.is_response(7 * tenth + 1, baseline)
    least = max(12 * tenth, baseline + 5 * NM_PER_MM)
    assert THRESHOLDS.is_progression(least, baseline)
    assert not THRESHOLDS.is_progression(least - 1, baseline)
