"""`python -m bench.likeness PATH_TO_TEXTS`: the suggestions against the labels, on the half nobody tuned on.

PATH_TO_TEXTS is the gzipped CSV the pairs were drawn from (columns level_4, content); it is not part of the source.
`--half dev` shows the other half, `--threshold 0.6` another threshold than the one of the rule pack.
"""

from __future__ import annotations

import argparse
import csv
import json
from collections import Counter
from pathlib import Path

from bench.likeness.sample import read_texts
from bihuan.kernel.likeness import likeness, read_report
from bihuan.kernel.text import bigrams, similarity

HERE = Path(__file__).parent
PACK = HERE.parents[1] / "bihuan" / "org" / "rulepacks" / "problems.json"
HARD = ("number", "negation", "place", "object")


def of_pack() -> float:
    values = json.loads(PACK.read_text(encoding="utf-8"))["common"]
    return float(next(row["value"] for row in values if row["key"] == "repeat.likeness"))


def scored(texts: list[str], half: str) -> list[tuple[str, int, float, float]]:
    """(kind, label, likeness, Dice of the pairs) of every pair of the half. Rarity is counted over all texts."""
    held: Counter[str] = Counter()
    for text in texts:
        held.update(set(bigrams(text)))
    rows = []
    with (HERE / "pairs.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if row["half"] == half:
                one, other = texts[int(row["line_a"])], texts[int(row["line_b"])]
                near = likeness(read_report(one), read_report(other), lambda word: held[word] / len(texts))
                rows.append((row["kind"], int(row["label"]), near, similarity(one, other)))
    return rows


def figures(pairs: list[tuple[int, float]], least: float) -> tuple[int, int, int, int]:
    """(right, wrong, missed, rightly left out)."""
    right = sum(label and score >= least for label, score in pairs)
    wrong = sum(not label and score >= least for label, score in pairs)
    missed = sum(label and score < least for label, score in pairs)
    return right, wrong, missed, len(pairs) - right - wrong - missed


def told(name: str, pairs: list[tuple[int, float]], least: float) -> str:
    right, wrong, missed, left = figures(pairs, least)
    precision = f"{right / (right + wrong):.1%}" if right + wrong else "—"
    recall = f"{right / (right + missed):.1%}" if right + missed else "—"
    alarms = f"{wrong}/{wrong + left}" if wrong + left else "—"
    return f"{name} | {len(pairs)} | {right + missed} | {precision} | {recall} | {alarms}"


def main() -> None:
    asked = argparse.ArgumentParser(prog="python -m bench.likeness", description=__doc__)
    asked.add_argument("texts", type=Path)
    asked.add_argument("--half", choices=("test", "dev"), default="test")
    asked.add_argument("--threshold", type=float, default=of_pack())
    given = asked.parse_args()
    rows = scored([row["content"] for row in read_texts(given.texts)], given.half)
    print(f"{given.half}, threshold {given.threshold:g}\n")
    print("pairs | n | repeats | precision | recall | false alarms\n--- | --- | --- | --- | --- | ---")
    ours = [(kind, label, near) for kind, label, near, _ in rows]
    print(told("all", [(label, near) for _, label, near in ours], given.threshold))
    print(told("hard look-alikes", [(label, near) for k, label, near in ours if k in HARD], given.threshold))
    for kind in sorted({kind for kind, *_ in rows}):
        print(told(kind, [(label, near) for k, label, near in ours if k == kind], given.threshold))
    print("\nthe words alone (Dice of character pairs), for comparison")
    for least in (0.4, 0.55, 0.7):
        print(told(f"all at {least}", [(label, dice) for _, label, _, dice in rows], least))
        hard = [(label, dice) for kind, label, _, dice in rows if kind in HARD]
        print(told(f"hard look-alikes at {least}", hard, least))


if __name__ == "__main__":
    main()
