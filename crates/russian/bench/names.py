"""Writes the names of the OpenCorpora dictionary as the list that the example `evaluate` reads.

The dictionary (CC BY-SA) is what the evaluation lists of petrovich were made of. It comes as a package of PyPI and is
never copied here. usage: names.py LIST
"""

import collections
import sys

import pymorphy3

CASES = {"nomn": 0, "gent": 1, "gen2": 1, "datv": 2, "accs": 3, "ablt": 4, "loct": 5}
KINDS = ("Surn", "Name", "Patr")


def lexemes():
    """Yields kind, gender and six sets of forms of each name in the singular."""
    dictionary = pymorphy3.MorphAnalyzer().dictionary
    found = collections.defaultdict(lambda: [set() for _ in range(6)])
    for word, tag, _, paradigm, place in dictionary.iter_known_words():
        kind = next((kind for kind in KINDS if kind in tag.grammemes), None)
        if kind is None or tag.POS != "NOUN" or tag.number == "plur" or tag.case not in CASES:
            continue
        if "Abbr" in tag.grammemes or "Init" in tag.grammemes:
            continue
        gender = {"masc": "m", "femn": "f"}.get(tag.gender, "x")
        stem = dictionary.build_stem(dictionary.paradigms[paradigm], place, word)
        found[kind, gender, paradigm, stem][CASES[tag.case]].add(word)
    for (kind, gender, _, _), forms in found.items():
        if all(forms):
            yield kind, gender, forms


def main():
    with open(sys.argv[1], "w", encoding="utf-8") as out:
        for kind, gender, (nominatives, *others) in lexemes():
            for nominative in sorted(nominatives):
                columns = [kind, gender, nominative] + ["/".join(sorted(forms)) for forms in others]
                out.write("\t".join(columns) + "\n")


main()
