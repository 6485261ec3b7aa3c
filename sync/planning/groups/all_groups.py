"""What no groups of a small school can better: a bound over all of them at once.

Every group of three or four there could be is a column: how much it leaves missing, however its walks are dated. A
school is a choice of columns in which each person stands once; without "whole groups only" that is a linear program,
and what it leaves missing, rounded up, is missing in any plan. Columns come in as they are needed: 0.2 s for 28 people.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from math import ceil

import numpy as np
from numpy.typing import NDArray
from ortools.linear_solver import pywraplp

from sync.planning.groups.company import Company, Groups
from sync.planning.groups.forming import sizes

PEOPLE_AT_MOST = 45
"""of them there are 163,000 groups; of twice as many, 2,700,000"""
AT_A_TIME = 400
"""columns that come in at once"""
ROUNDS_AT_MOST = 60
NEARLY = 1e-6


def least_of_any_groups(company: Company, people: int) -> tuple[int, int]:
    """Visits and hosting missing, and people who miss any, however so many people stand in groups of three and four.

    (0, 0) where that is not worked out.
    """
    if not 6 <= people <= PEOPLE_AT_MOST or set(sizes(people)) - {3, 4}:
        return 0, 0
    every = _every_group(people)
    unseen, unhosted = company.missing(every)
    missing = unseen.sum(axis=1) + unhosted.sum(axis=1)
    return _least(every, missing, people), _least(every, (unseen | unhosted).sum(axis=1), people)


def _least(every: Groups, costs: NDArray[np.int64], people: int) -> int:
    """The least sum of costs of groups in which everybody stands once, rounded up from parts of groups."""
    program = _Program(people, alone=int(costs.max()) + 1)
    coming = np.argsort(costs, kind="stable")[:AT_A_TIME]
    for _ in range(ROUNDS_AT_MOST):
        program.add(every[coming], costs[coming])
        value, price = program.solved()
        saved = price[every].sum(axis=1) - costs
        coming = np.argsort(-saved, kind="stable")[:AT_A_TIME]
        coming = coming[saved[coming] > NEARLY]
        if not len(coming):
            return ceil(value - NEARLY)
    return 0


def _every_group(people: int) -> Groups:
    """All groups of four, and of three with an empty place (number `people`), one a row."""
    fours = np.array(list(combinations(range(people), 4)), dtype=np.intp)
    threes = np.array([(*group, people) for group in combinations(range(people), 3)], dtype=np.intp)
    return np.concatenate([fours, threes])


class _Program:
    """Least cost in all, each person once; whoever no column holds yet costs more than any column."""

    def __init__(self, people: int, alone: int) -> None:
        self._solver = pywraplp.Solver.CreateSolver("GLOP")
        self._once = [self._solver.Constraint(1, 1) for _ in range(people)]
        self._cost = self._solver.Objective()
        self._cost.SetMinimization()
        for person in range(people):
            self._column((person,), alone)

    def add(self, groups: Groups, costs: NDArray[np.int64]) -> None:
        for group, cost in zip(groups.tolist(), costs.tolist(), strict=True):
            self._column(group, cost)

    def solved(self) -> tuple[float, NDArray[np.float64]]:
        """The least, and what each person adds to it (an empty place nothing)."""
        if self._solver.Solve() != pywraplp.Solver.OPTIMAL:
            raise RuntimeError("A linear program without a solution; this is a fault of the planner, please report it.")
        return self._cost.Value(), np.array([*(one.dual_value() for one in self._once), 0.0])

    def _column(self, group: Sequence[int], cost: int) -> None:
        column = self._solver.NumVar(0, self._solver.infinity(), "")
        self._cost.SetCoefficient(column, cost)
        for person in group:
            if person < len(self._once):
                self._once[person].SetCoefficient(column, 1)
