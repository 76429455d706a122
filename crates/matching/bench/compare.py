"""Measures our solver beside the peers, in turns, and prints one table row per instance.

usage: compare.py SOLVE_BINARY FOLDER SEED [INSTANCE...]

CPU seconds are the least of all runs, taken in turns: what others do on the machine adds, it never takes away. A dash means that the peer cannot take the question or took too long. The last column is the
least that physics asks for: the time to read all candidate pairs once at the measured memory bandwidth.
"""

import json
import os
import subprocess
import sys
import time

import numpy as np
from instances import Instance, build

GOALS = {
    "U": 2, "W": 2, "Q": 3, "QR": 3, "QC": 15, "P": 1, "G": 1, "S": 3, "SW": 1.2, "SZ": 2,
    "SQ": 8, "SL": 8, "SQC": 8, "SX": 15, "B": 15, "T": 1,
}
DEFAULT = (
    "Q500 W500 U500 U2000 W2000 Q2000 QR2000 QC3000 G2000 P1000 FQ2000 S10000x100 SQ10000x50 T20000 "
    "U5000 W5000 Q5000 QC6000 S100000x20 SW100000x20 SZ100000x50 SQ100000x50 SL100000x50 SQC100000x50 SX100000x50 B1500"
).split()
TIMEOUT = 400


def family(name):
    return name.removeprefix("F").rstrip("0123456789x")


def goal(name):
    size = int("".join(letter for letter in name.split("x")[0] if letter.isdigit()))
    small = size < (2000 if family(name) in "UW" else 1000)
    return 1 if name[0] == "F" or (small and family(name) != "B") else GOALS[family(name)]


def peers(instance):
    dense, single = instance.dense, bool((instance.capacities == 1).all())
    square = single and instance.mentees == len(instance.capacities)
    if dense:
        pairs = len(instance.columns)
        best = ["lap", "lapx", "lapx-s", "lapcpp", "laprust", "scipy"]
        flows = ["ortools-flow"] if pairs < 5_000_000 else []
        return best + flows + (["pot", "highs"] if pairs < 500_000 and square else []) + (["networkx"] if pairs < 50_000 else [])
    return ["ortools-flow"] + (["ortools-assignment"] if square else [])


def run(command):
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=TIMEOUT)
    except subprocess.TimeoutExpired:
        return None
    return json.loads(done.stdout.splitlines()[-1]) if done.returncode == 0 and done.stdout else None


def bandwidth():
    """Bytes per second of reading a large array."""
    block = np.ones(64 << 20, np.int64)
    best = min(timed(block.sum) for _ in range(3))
    return block.nbytes / best


def timed(action):
    start = time.perf_counter()
    action()
    return time.perf_counter() - start


def measure(binary, path, instance):
    python, here = sys.executable, os.path.dirname(os.path.abspath(__file__))
    repetitions = "5" if len(instance.columns) < 3_000_000 else "1"
    runs = {"ours": []} | {peer: [] for peer in peers(instance)}
    for _ in range(3):
        runs["ours"].append(run([binary, path, repetitions]))
        for peer in list(runs)[1:]:
            if None in runs[peer]:
                continue
            # A slow peer is asked once: more runs would not change the picture.
            if not runs[peer] or runs[peer][0]["cpu_seconds_min"] < 20:
                runs[peer].append(run([python, f"{here}/peer.py", peer, path, repetitions]))
    return runs


def seconds(results):
    good = [result["cpu_seconds_min"] for result in results if result]
    return min(good) if good else None


def main():
    binary, folder, seed, names = sys.argv[1], sys.argv[2], int(sys.argv[3]), sys.argv[4:] or DEFAULT
    speed = bandwidth()
    failed = False
    print("instance      pairs      placed  total          ours s   MB  B/pair  best peer           peer s   peer MB  ratio  goal  limit s")
    for name in names:
        path = os.path.join(folder, f"{name}-{seed}.bin")
        if not os.path.exists(path):
            build(name, seed).save(path)
        instance = Instance.load(path)
        runs = measure(binary, path, instance)
        own_runs = runs.pop("ours")
        ours, own = own_runs[0], seconds(own_runs)
        if any(one is None or not one["verified"] for one in own_runs):
            print(f"{name}: no verified answer")
            failed = True
            continue
        value = (ours["placed"], ours["total"])
        exact, notes = {}, []
        for peer, results in runs.items():
            if not results or results[0] is None:
                continue
            found = (results[0]["placed"], results[0]["total"])
            if found > value:
                failed = True
                notes.append(f"{peer} found more: {found}")
            elif found < value:
                notes.append(f"{peer} is not optimal: {found}")
            else:
                exact[peer] = (seconds(results), results[0]["solver_mb"])
        best = min(exact, key=lambda peer: exact[peer][0]) if exact else None
        theirs, memory = exact[best] if best else (float("nan"), float("nan"))
        pairs = len(instance.columns)
        ratio, limit = theirs / own, pairs * 8 / speed
        print(
            f"{name:13} {pairs:<10} {value[0]:<7} {value[1]:<13} {own:8.4f} {ours['solver_mb']:5.0f} "
            f"{ours['solver_mb'] * 1e6 / pairs:6.1f}  {best or '-':19} {theirs:8.4f} {memory:8.0f} {ratio:6.2f} {goal(name):5} {limit:8.4f}"
            + ("" if ratio >= goal(name) else "  < goal") + "".join(f"  [{note}]" for note in notes),
            flush=True,
        )
    sys.exit(failed)


if __name__ == "__main__":
    main()
