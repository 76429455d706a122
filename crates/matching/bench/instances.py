"""Seeded instances of matching in the format that `examples/solve.rs` reads.

A family's name says its size, e.g. Q2000, SQ100000x50, B1500; a leading F asks for scores a hundred times as fine.

  U, W   every pair admissible, scores 0..100 or 0..1 000 000
  Q, QR  questionnaires of one large school: topics, interests, time slots, ages, wishes; QR has 2.5 mentors per mentee
  QC     the same with mentors who take up to six
  P, G   hard cases of the literature: products (Machol & Wien 1976) and distances of points in a square
  S, SW  sparse, scores coarse or fine; SZ: some mentors are listed far more often
  SQ     sparse questionnaires of a region of districts; SL: the same in the order of the register
  SQC    with capacities; SX: whole fairs see the same few mentors, so that four in ten stay without
  B      a region of schools with mentors whom five schools share
  T      chains in which everybody is lured away from the one mentor that would do
"""

import re
import struct
import sys

import numpy as np

TOPICS, INTERESTS, SLOTS = 32, 40, 20


class Instance:
    """Capacities and, per mentee, admissible mentors with scores, in compressed rows."""

    def __init__(self, mentees, capacities, rows, columns, scores, dense):
        capacities = np.asarray(capacities, np.uint32)
        key = np.asarray(rows, np.int64) * len(capacities) + np.asarray(columns, np.int64)
        key, first = np.unique(key, return_index=True)
        self.capacities = capacities
        self.columns = (key % len(capacities)).astype(np.uint32)
        self.scores = np.asarray(scores)[first].astype(np.int32)
        counts = np.bincount(key // len(capacities), minlength=mentees)
        self.offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.uint64)
        self.dense = dense

    @property
    def mentees(self):
        return len(self.offsets) - 1

    @property
    def rows(self):
        return np.repeat(np.arange(self.mentees), np.diff(self.offsets.astype(np.int64)))

    def save(self, path):
        with open(path, "wb") as file:
            sizes = (int(self.dense), self.mentees, len(self.capacities), len(self.columns))
            file.write(b"MMI1" + struct.pack("<IIIQ", *sizes))
            for array in (self.capacities, self.offsets, self.columns, self.scores):
                array.astype(array.dtype.newbyteorder("<")).tofile(file)

    @classmethod
    def load(cls, path):
        with open(path, "rb") as file:
            if file.read(4) != b"MMI1":
                raise ValueError(f"{path}: not an instance")
            dense, mentees, mentors, pairs = struct.unpack("<IIIQ", file.read(20))
            self = cls.__new__(cls)
            self.dense = bool(dense)
            self.capacities = np.fromfile(file, "<u4", mentors)
            self.offsets = np.fromfile(file, "<u8", mentees + 1)
            self.columns = np.fromfile(file, "<u4", pairs)
            self.scores = np.fromfile(file, "<i4", pairs)
        return self


def from_matrix(matrix, capacities=None):
    """A matrix of scores, negative where the pair is not admissible."""
    rows, columns = np.nonzero(matrix >= 0)
    capacities = np.ones(matrix.shape[1]) if capacities is None else capacities
    return Instance(matrix.shape[0], capacities, rows, columns, matrix[rows, columns], True)


def capacities_up_to_six(random, mentors, total):
    """Every mentor takes one; further places fall on random mentors who take fewer than six."""
    capacities = np.ones(mentors, int)
    while capacities.sum() < total:
        open_to_more = np.flatnonzero(capacities < 6)
        chosen = random.choice(open_to_more, min(total - capacities.sum(), len(open_to_more)), replace=False)
        capacities[chosen] += 1
    return capacities


class Side:
    """People of one side with what a questionnaire asks."""

    def __init__(self, random, count, topics, interests, slots):
        def choose(kinds, least, most, skew):
            popularity = 1.0 / np.arange(1, kinds + 1) ** skew
            order = np.argsort(np.log(random.random((count, kinds))) / popularity)[:, ::-1]
            chosen = np.zeros((count, kinds), np.float32)
            wanted = random.integers(least, most + 1, count)
            for place in range(most):
                has = wanted > place
                chosen[has, order[has, place]] = 1
            return chosen

        self.topics = choose(TOPICS, *topics)
        self.interests = choose(INTERESTS, *interests)
        self.slots = choose(SLOTS, *slots)
        self.home = random.random((count, 2)).astype(np.float32)

    @classmethod
    def mentees(cls, random, count):
        self = cls(random, count, (1, 4, 0.9), (3, 8, 0.6), (4, 10, 0.3))
        self.age = random.integers(10, 19, count)
        self.russian = random.random(count) < 0.97
        return self

    @classmethod
    def mentors(cls, random, count):
        self = cls(random, count, (2, 8, 0.7), (3, 8, 0.6), (2, 6, 0.3))
        self.adult = random.random(count) < 0.45
        self.age = np.where(self.adult, random.integers(20, 66, count), random.integers(12, 19, count))
        self.cleared = ~self.adult | (random.random(count) < 0.97)
        self.russian = random.random(count) < 0.98
        self.charm = random.lognormal(0, 1, count)
        return self


def fit(random, mentees, mentors, who, whom, wishes, fineness):
    """Scores of a block of people; -1 where a hard rule forbids the pair."""
    requested = mentees.topics[who]
    met = requested @ mentors.topics[whom].T / np.maximum(requested.sum(1), 1)[:, None]
    common = mentees.interests[who] @ mentors.interests[whom].T
    union = mentees.interests[who].sum(1)[:, None] + mentors.interests[whom].sum(1)[None] - common
    overlap = mentees.slots[who] @ mentors.slots[whom].T
    gap = mentors.age[whom][None] - mentees.age[who][:, None]
    adult = mentors.adult[whom][None]
    age = np.where(adult, 0.6, np.clip(1 - np.abs(gap - 3) / 4, 0, 1))
    way = np.abs(mentees.home[who][:, None] - mentors.home[whom][None]).sum(2)
    points = 35 * met + 20 * common / np.maximum(union, 1) + 10 * np.minimum(overlap, 3) / 3
    points = points + 8 * age + 7 * np.clip(1 - way, 0, 1) + wishes
    allowed = (overlap >= 1) & (mentees.russian[who][:, None] | mentors.russian[whom][None])
    allowed &= mentors.cleared[whom][None] & (adult | (gap >= 1)) & (random.random(points.shape) > 0.001)
    return np.where(allowed, np.rint(np.clip(points, 0, 100) * fineness), -1).astype(np.int32)


def named(random, askers, asked, charm):
    """After an evening with some 25 others everybody names three; the charming are named more often."""
    bonus = np.zeros((askers, asked), np.float32)
    met = random.choice(asked, (askers, min(25, asked)), p=charm / charm.sum())
    keys = random.random(met.shape) ** (1 / (0.2 + charm[met]))
    best = np.take_along_axis(met, np.argsort(-keys, 1)[:, :3], 1)
    for place, points in zip(range(best.shape[1]), (12, 8, 5)):
        bonus[np.arange(askers), best[:, place]] = points
    return bonus


def school_matrix(random, count, mentors_count, fineness):
    mentees, mentors = Side.mentees(random, count), Side.mentors(random, mentors_count)
    wishes = named(random, count, mentors_count, mentors.charm) + named(random, mentors_count, count, np.ones(count)).T
    whom = np.arange(mentors_count)
    blocks = [
        fit(random, mentees, mentors, who, whom, wishes[who], fineness)
        for who in np.array_split(np.arange(count), max(1, count // 500))
    ]
    return np.concatenate(blocks)


def best_of(matrix, who, whom, keep, random):
    """The `keep` best admissible mentors of each mentee of a block, as rows, columns, scores."""
    keep = min(keep, len(whom))
    shaken = matrix + random.random(matrix.shape)
    top = np.argpartition(-shaken, keep - 1, 1)[:, :keep]
    scores = np.take_along_axis(matrix, top, 1)
    rows = np.repeat(who, keep).reshape(scores.shape)
    found = scores >= 0
    return rows[found], whom[top[found]], scores[found]


def region_of_districts(random, count, mentors_count, keep, fineness, capacities=None, register=False, fairs=False):
    mentees, mentors = Side.mentees(random, count), Side.mentors(random, mentors_count)
    districts, pool = max(1, count // 500), max(4 * keep, 200)
    district, theirs = random.integers(0, districts, count), random.integers(0, districts, mentors_count)
    if register:
        district, theirs = np.sort(district), np.sort(theirs)
    centre = random.random((districts, 2)).astype(np.float32)
    mentees.home = centre[district] + 0.05 * mentees.home
    mentors.home = centre[theirs] + 0.05 * mentors.home
    charm = np.cumsum(mentors.charm / mentors.charm.sum())
    parts = []
    for number in range(districts):
        own, local = np.flatnonzero(district == number), np.flatnonzero(theirs == number)
        for start in range(0, len(own), 256):
            who = own[start : start + 256]
            near = random.permutation(local)[: pool * 4 // 5] if fairs else local
            others = pool - len(near) if fairs else max(8, len(local) * 15 // 100)
            far = np.searchsorted(charm, random.random(others)).clip(0, mentors_count - 1)
            whom = np.union1d(near, far)
            shape = (len(who), len(whom))
            by_mentors = np.where(random.random(shape) < 0.05, random.choice([5, 8, 12], shape), 0)
            share = np.clip(3 * mentors.charm[whom] / mentors.charm[whom].sum(), 0, 1)
            by_mentees = np.where(random.random(shape) < share, random.choice([5, 8, 12], shape), 0)
            scores = fit(random, mentees, mentors, who, whom, by_mentors + by_mentees, fineness)
            if not fairs:
                scores[random.random(shape) > pool / len(whom)] = -1
            parts.append(best_of(scores, who, whom, keep, random))
    capacities = np.ones(mentors_count) if capacities is None else capacities
    return Instance(count, capacities, *map(np.concatenate, zip(*parts)), False)


def region_of_schools(random, schools, fineness):
    size = np.clip(random.lognormal(np.log(140), 0.75, schools), 50, 1500)
    counts = (size * random.uniform(0.45, 0.6, schools)).astype(int)
    own = np.maximum(3, (size * random.uniform(0.2, 0.4, schools)).astype(int))
    shared = int(own.sum()) * 5 // 100
    total = int(own.sum()) + shared
    mentees, mentors = Side.mentees(random, int(counts.sum())), Side.mentors(random, total)
    visits = [[] for _ in range(schools)]
    for mentor in range(int(own.sum()), total):
        for school in random.choice(schools, min(5, schools), replace=False):
            visits[school].append(mentor)
    ends, own_ends, parts = np.cumsum(counts), np.cumsum(own), []
    for school in range(schools):
        who = np.arange(ends[school] - counts[school], ends[school])
        whom = np.r_[np.arange(own_ends[school] - own[school], own_ends[school]), np.array(visits[school], int)]
        wishes = named(random, len(who), len(whom), mentors.charm[whom])
        wishes = wishes + named(random, len(whom), len(who), np.ones(len(who))).T
        parts.append(best_of(fit(random, mentees, mentors, who, whom, wishes, fineness), who, whom, 200, random))
    capacities = 1 + random.binomial(4, 0.25, total)
    return Instance(int(counts.sum()), capacities, *map(np.concatenate, zip(*parts)), False)


def sparse(random, count, keep, top, popularity=None):
    """Random candidates beside a hidden placement of everybody."""
    if popularity is None:
        columns = random.integers(0, count, (count, keep))
    else:
        share = random.permutation(1 / np.arange(1, count + 1) ** popularity)
        columns = np.searchsorted(np.cumsum(share / share.sum()), random.random((count, keep))).clip(0, count - 1)
    columns[:, 0] = random.permutation(count)
    rows = np.repeat(np.arange(count), keep)
    return Instance(count, np.ones(count), rows, columns.ravel(), random.integers(0, top + 1, count * keep), False)


def chains(random, count):
    mentee, mentor = random.permutation(count), random.permutation(count)
    extra = count // 50
    rows = np.r_[mentee, mentee[:-1], random.integers(0, count, extra)]
    columns = np.r_[mentor, mentor[1:], random.integers(0, count, extra)]
    modest, luring = random.integers(0, 40, count), random.integers(60, 101, count - 1)
    scores = np.r_[modest, luring, random.integers(0, 101, extra)]
    return Instance(count, np.ones(count), rows, columns, scores, False)


def products(random, count):
    numbers = np.arange(1, count + 1)
    cost = np.outer(random.permutation(numbers), random.permutation(numbers))
    return from_matrix(cost.max() - cost)


def distances(random, count):
    a, b = random.random((count, 1, 2)), random.random((1, count, 2))
    return from_matrix(np.rint(10_000 * (1 - np.hypot(*np.moveaxis(a - b, 2, 0)) / np.sqrt(2))).astype(int))


def build(name, seed):
    parsed = re.fullmatch(r"(F?)(U|W|QC|QR|Q|P|G|SZ|SW|SQC|SQ|SL|SX|S|B|T)(\d+)(?:x(\d+))?", name)
    if not parsed:
        raise SystemExit(f"unknown instance {name}")
    fine, family, size, keep = parsed[1], parsed[2], int(parsed[3]), int(parsed[4] or 0)
    # The name takes part in the seed, so that Q2000 and QR2000 are different people.
    random = np.random.default_rng([seed, *name.encode()])
    fineness = 100 if fine else 1
    districts = lambda mentors, **more: region_of_districts(random, size, mentors, keep, fineness, **more)
    families = {
        "U": lambda: from_matrix(random.integers(0, 101, (size, size))),
        "W": lambda: from_matrix(random.integers(0, 1_000_001, (size, size))),
        "Q": lambda: from_matrix(school_matrix(random, size, size, fineness)),
        "QR": lambda: from_matrix(school_matrix(random, size, size * 5 // 2, fineness)),
        "QC": lambda: from_matrix(
            school_matrix(random, size, size // 3, fineness), capacities_up_to_six(random, size // 3, size * 103 // 100)
        ),
        "P": lambda: products(random, size),
        "G": lambda: distances(random, size),
        "S": lambda: sparse(random, size, keep, 100),
        "SW": lambda: sparse(random, size, keep, 1_000_000),
        "SZ": lambda: sparse(random, size, keep, 100, 0.7),
        "SQ": lambda: districts(size),
        "SL": lambda: districts(size, register=True),
        "SX": lambda: districts(size, fairs=True),
        "SQC": lambda: districts(
            size * 35 // 100, capacities=capacities_up_to_six(random, size * 35 // 100, size * 105 // 100)
        ),
        "B": lambda: region_of_schools(random, size, fineness),
        "T": lambda: chains(random, size),
    }
    return families[family]()


if __name__ == "__main__":
    build(sys.argv[1], int(sys.argv[2])).save(sys.argv[3])
