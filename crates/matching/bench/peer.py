"""Runs one solver from PyPI on one instance and prints a line of JSON.

usage: peer.py SOLVER FILE.bin REPETITIONS

Building the solver's own model is not counted, as reading the file is not counted for ours. All solvers are asked for
the most pairs first and the best total among those.
"""

import importlib
import json
import os
import resource
import sys
import time

import numpy as np
from instances import Instance


class Question:
    def __init__(self, instance):
        self.instance = instance
        self.rows = instance.rows
        self.columns = instance.columns.astype(np.int64)
        self.capacities = instance.capacities.astype(np.int64)
        self.scores = instance.scores.astype(np.int64)
        self.cost = self.scores.max() - self.scores
        self.mentees, self.mentors = instance.mentees, len(self.capacities)
        # Dearer than all pairs together: being left out is the last resort.
        self.left_out = int(self.cost.max() + 1) * (self.mentees + 1)

    def seats(self):
        """The mentor of every seat."""
        return np.repeat(np.arange(self.mentors), self.capacities)

    def matrix(self):
        matrix = np.full((self.mentees, self.mentors), float(self.left_out))
        matrix[self.rows, self.columns] = self.cost
        return matrix if (self.capacities == 1).all() else np.ascontiguousarray(matrix[:, self.seats()])

    def value(self, rows, mentors):
        """Counts pairs and points of a claimed answer; pairs that are no candidates do not count."""
        key, wanted = self.rows * self.mentors + self.columns, rows * self.mentors + mentors
        place = np.searchsorted(key, wanted).clip(0, len(key) - 1)
        real = key[place] == wanted
        assert len(np.unique(rows[real])) == real.sum()
        assert (np.bincount(mentors[real], minlength=self.mentors) <= self.capacities).all()
        return int(real.sum()), int(self.scores[place[real]].sum())


def from_matrix(solve):
    """Wraps a solver of dense matrices that returns rows and columns."""

    def prepare(question):
        matrix, seats = question.matrix(), question.seats()

        def run():
            rows, columns = solve(matrix)
            rows, columns = np.asarray(rows, np.int64), np.asarray(columns, np.int64)
            there = (columns >= 0) & (columns < len(seats)) & (rows < question.mentees)
            return lambda: question.value(rows[there], seats[columns[there]])

        return run

    return prepare


def scipy_dense(question):
    from scipy.optimize import linear_sum_assignment

    return from_matrix(linear_sum_assignment)(question)


def lap(question):
    import lap as library

    def solve(matrix):
        _, columns, _ = library.lapjv(matrix, extend_cost=matrix.shape[0] != matrix.shape[1])
        return np.arange(len(columns)), columns

    return from_matrix(solve)(question)


def lap_of(name):
    """A solver by the interface of lap; lapx brings a module of the same name and has a folder of its own."""

    def prepare(question):
        library = importlib.import_module(name)

        def solve(matrix):
            _, rows, columns = library.lapjv(matrix, extend_cost=matrix.shape[0] != matrix.shape[1])
            return rows, columns

        return from_matrix(solve)(question)

    return prepare


def lapx(question):
    sys.path.insert(0, os.environ["LAPX"])
    return lap(question)


def lapx_s(question):
    """The second implementation inside lapx."""
    sys.path.insert(0, os.environ["LAPX"])
    import lap as library

    def solve(matrix):
        _, rows, columns = library.lapjvs(matrix, extend_cost=matrix.shape[0] != matrix.shape[1], jvx_like=True)
        return rows, columns

    return from_matrix(solve)(question)


def networkx(question):
    """Successive shortest paths in pure Python: for small questions only."""
    import networkx as library

    graph = library.DiGraph()
    for row, column, cost in zip(question.rows.tolist(), question.columns.tolist(), question.cost.tolist()):
        graph.add_edge(("e", row), ("o", column), capacity=1, weight=cost)
    for mentee in range(question.mentees):
        graph.add_edge("from", ("e", mentee), capacity=1, weight=0)
    for mentor, capacity in enumerate(question.capacities.tolist()):
        graph.add_edge(("o", mentor), "to", capacity=capacity, weight=0)

    def run():
        flow = library.max_flow_min_cost(graph, "from", "to")
        chosen = [(row[1], to[1]) for row, tos in flow.items() if row[0] == "e" for to, used in tos.items() if used]
        rows, mentors = np.array(chosen).reshape(-1, 2).T
        return lambda: question.value(rows, mentors)

    return run


def pot(question):
    import ot

    if question.mentees != question.capacities.sum():
        raise SystemExit("POT asks for as many places as mentees")
    weights = np.ones(question.mentees)

    def solve(matrix):
        return np.nonzero(ot.emd(weights, weights, matrix, numItermax=100_000_000, check_marginals=False) > 0.5)

    return from_matrix(solve)(question)


def ortools_assignment(question):
    """Cost scaling by Goldberg & Kennedy; asks for as many mentors as mentees and a placement of everybody."""
    from ortools.graph.python import linear_sum_assignment

    if question.mentees != question.mentors or (question.capacities != 1).any():
        raise SystemExit("only square questions")
    solver = linear_sum_assignment.SimpleLinearSumAssignment()
    solver.add_arcs_with_cost(question.rows.astype(np.int32), question.columns.astype(np.int32), question.cost)

    def run():
        if solver.solve() != solver.OPTIMAL:
            raise SystemExit("not everybody can be placed")
        return lambda: question.value(
            np.arange(question.mentees), np.array([solver.right_mate(row) for row in range(question.mentees)])
        )

    return run


def ortools_flow(question):
    from ortools.graph.python import min_cost_flow

    solver = min_cost_flow.SimpleMinCostFlow()
    mentees, mentors, pairs = question.mentees, question.mentors, len(question.rows)
    source, target = mentees + mentors, mentees + mentors + 1
    tails = np.r_[question.rows, np.full(mentees, source), mentees + np.arange(mentors)]
    heads = np.r_[mentees + question.columns, np.arange(mentees), np.full(mentors, target)]
    solver.add_arcs_with_capacity_and_unit_cost(
        tails.astype(np.int32),
        heads.astype(np.int32),
        np.r_[np.ones(pairs + mentees, np.int64), question.capacities],
        np.r_[question.cost, np.zeros(mentees + mentors, np.int64)],
    )
    solver.set_node_supply(source, mentees)
    solver.set_node_supply(target, -mentees)

    def run():
        if solver.solve_max_flow_with_min_cost() != solver.OPTIMAL:
            raise SystemExit("not solved")

        def value():
            used = solver.flows(np.arange(pairs, dtype=np.int32)) > 0
            return int(used.sum()), int(question.scores[used].sum())

        return value

    return run


def highs(question):
    import highspy

    solver = highspy.Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("threads", 1)
    program, pairs = highspy.HighsLp(), len(question.rows)
    program.num_col_, program.num_row_ = pairs, question.mentees + question.mentors
    program.col_cost_ = -(question.scores + question.left_out).astype(float)
    program.col_lower_, program.col_upper_ = np.zeros(pairs), np.ones(pairs)
    program.row_lower_ = np.full(program.num_row_, -np.inf)
    program.row_upper_ = np.r_[np.ones(question.mentees), question.capacities].astype(float)
    program.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    program.a_matrix_.start_ = 2 * np.arange(pairs + 1, dtype=np.int32)
    program.a_matrix_.index_ = np.stack([question.rows, question.mentees + question.columns], 1).ravel().astype(np.int32)
    program.a_matrix_.value_ = np.ones(2 * pairs)
    solver.passModel(program)

    def run():
        solver.run()
        used = np.array(solver.getSolution().col_value) > 0.5
        return lambda: (int(used.sum()), int(question.scores[used].sum()))

    return run


SOLVERS = {
    "scipy": scipy_dense,
    "lap": lap,
    "lapx": lapx,
    "lapx-s": lapx_s,
    "lapcpp": lap_of("lapcpp"),
    "laprust": lap_of("laprust"),
    "networkx": networkx,
    "pot": pot,
    "ortools-assignment": ortools_assignment,
    "ortools-flow": ortools_flow,
    "highs": highs,
}


def main():
    solver, path, repetitions = SOLVERS[sys.argv[1]], sys.argv[2], int(sys.argv[3])
    question = Question(Instance.load(path))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    seconds = []
    for _ in range(repetitions):
        run = solver(question)
        start = time.process_time()
        value = run()
        seconds.append(time.process_time() - start)
    placed, total = value()
    memory = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    result = {"placed": placed, "total": total, "cpu_seconds_min": min(seconds), "solver_mb": memory}
    print(json.dumps(result))


if __name__ == "__main__":
    main()
