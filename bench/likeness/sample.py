"""Draw the pairs that were labelled: `python -m bench.likeness.sample PATH_TO_TEXTS > pairs`, before any tuning.

The draw knows nothing of the product's own measure: it sorts pairs by the edit similarity of rapidfuzz and by what
the two texts differ in. Exact twins are left out: they would only flatter the figures.
"""

from __future__ import annotations

import csv
import gzip
import random
import re
import sys
from collections.abc import Iterable
from difflib import SequenceMatcher
from pathlib import Path

from rapidfuzz import fuzz, process

from bihuan.kernel.text import fold

SEED = "recurrence"
#: how many pairs of each kind; the bands of `near` are edit similarities in percent
RANDOM, ITEM, HARD = 60, 80, 40
BANDS = ((50, 60), (60, 70), (70, 80), (80, 90), (90, 100))
NEAR_PER_BAND = 20
_SIGNS = re.compile(r"[^\w]+")
_NUMBER = re.compile(r"[0-9]+|[一二两三四五六七八九十]+")
_NO = re.compile(r"未|没有|没|不|无|缺少|缺|已经|已|有")
_PLACE = re.compile(r"楼|车间|仓库|仓|区|栋|厂|室|通道|宿舍|门口|线|办公|食堂|房|口|层|梯")
Pair = tuple[int, int]


def read_texts(path: Path) -> list[dict[str, str]]:
    """Every line of the file: a dict with level_4 and content; its place in the list is its number."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def bare(text: str) -> str:
    return _SIGNS.sub("", fold(text))


def close_pairs(texts: dict[int, str]) -> Iterable[tuple[int, int, float]]:
    """(line, line, edit similarity) of every pair from 50 on, exact twins left out."""
    lines = list(texts)
    words = [texts[line] for line in lines]
    for at, word in enumerate(words):
        for _, score, after in process.extract_iter(
            word, words[at + 1 :], scorer=fuzz.ratio, score_cutoff=50
        ):
            if score < 100:
                yield lines[at], lines[at + 1 + after], score


def kind_of(one: str, other: str) -> str:
    """What two nearly equal texts differ in: a number, a negation, a place, an object; "" if nothing so plain."""
    if _NUMBER.findall(one) != _NUMBER.findall(other) and _NUMBER.sub("", one) == _NUMBER.sub("", other):
        return "number"
    if (
        set(_NO.findall(one)) != set(_NO.findall(other))
        and fuzz.ratio(_NO.sub("", one), _NO.sub("", other)) >= 85
    ):
        return "negation"
    changed = [
        part for part in SequenceMatcher(None, one, other, autojunk=False).get_opcodes() if part[0] != "equal"
    ]
    if len(changed) != 1 or min(len(one), len(other)) < 7:
        return ""
    _, a, b, c, d = changed[0]
    swapped = one[a:b] + other[c:d]
    if not (2 <= b - a <= 5 and 2 <= d - c <= 5):
        return ""
    return "place" if _PLACE.search(swapped) else "object"


def draw(rows: list[dict[str, str]]) -> list[tuple[int, int, str]]:
    """(line, line, kind), each text pair once, always the same for the same file."""
    chance = random.Random(SEED)
    seen: dict[str, int] = {}
    for number, row in enumerate(rows):
        seen.setdefault(bare(row["content"]), number)
    texts = {line: text for text, line in seen.items() if 3 <= len(text) <= 120}
    pools: dict[str, list[Pair]] = {f"near{low}": [] for low, _ in BANDS}
    pools |= {kind: [] for kind in ("number", "negation", "place", "object")}
    for one, other, score in close_pairs(texts):
        low = next(low for low, high in BANDS if low <= score < high)
        pools[f"near{low}"].append((one, other))
        if score >= 60 and (kind := kind_of(texts[one], texts[other])):
            pools[kind].append((one, other))
    by_item: dict[str, list[int]] = {}
    for line in texts:
        by_item.setdefault(rows[line]["level_4"], []).append(line)
    pools["item"] = [
        tuple(chance.sample(lines, 2)) for lines in by_item.values() for _ in lines if len(lines) > 1
    ]
    pools["random"] = [tuple(chance.sample(sorted(texts), 2)) for _ in range(RANDOM * 3)]
    drawn: dict[Pair, str] = {}
    counts = {"number": HARD, "negation": HARD, "place": HARD, "object": HARD}
    counts |= {f"near{low}": NEAR_PER_BAND for low, _ in BANDS} | {"item": ITEM, "random": RANDOM}
    for kind, count in counts.items():
        pool = sorted({tuple(sorted(pair)) for pair in pools[kind]} - set(drawn))
        for pair in chance.sample(pool, min(count, len(pool))):
            drawn[pair] = kind
    return [(one, other, kind) for (one, other), kind in sorted(drawn.items())]


def main() -> None:
    out = csv.writer(sys.stdout)
    out.writerow(("line_a", "line_b", "kind"))
    out.writerows(draw(read_texts(Path(sys.argv[1]))))


if __name__ == "__main__":
    main()
