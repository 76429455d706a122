"""Measures pytrovich, the port of petrovich with the newest rules, against the same list. usage: peer.py LIST"""

import collections
import sys

from pytrovich.enums import Case, Gender, NamePart
from pytrovich.maker import PetrovichDeclinationMaker

PARTS = {"Surn": NamePart.LASTNAME, "Name": NamePart.FIRSTNAME, "Patr": NamePart.MIDDLENAME}
BEARERS = {"m": {"men": Gender.MALE}, "f": {"women": Gender.FEMALE}}
CASES = [Case.GENITIVE, Case.DATIVE, Case.ACCUSATIVE, Case.INSTRUMENTAL, Case.PREPOSITIONAL]


def folded(text):
    return text.lower().replace("ё", "е")


def main():
    maker = PetrovichDeclinationMaker()
    right = collections.defaultdict(lambda: [0] * 5)
    names = collections.Counter()
    with open(sys.argv[1], encoding="utf-8") as lines:
        for line in lines:
            kind, gender, nominative, *expected = line.rstrip("\n").split("\t")
            for bearer, its_gender in BEARERS.get(gender, BEARERS["m"] | BEARERS["f"]).items():
                names[kind, bearer] += 1
                for place, (case, forms) in enumerate(zip(CASES, expected)):
                    form = maker.make(PARTS[kind], its_gender, case, nominative)
                    right[kind, bearer][place] += folded(form) in folded(forms).split("/")
    for kind, bearer in sorted(names):
        count = names[kind, bearer]
        shares = "".join(f"{100 * score / count:8.2f} %" for score in right[kind, bearer])
        print(f"{kind + ' ' + bearer:<12}{count:>8}{shares}")


main()
