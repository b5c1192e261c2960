"""How alike two reports of something wrong are: shared words by their rarity, and the same fault of the same thing.

The shared words alone cannot tell 灭火器过期 from 灭火器被遮挡, nor see that 超过有效期 is 过期. So a report is also read
as pairs of a kind of thing and a kind of fault (`like_words`). Pure: the rarity of words comes in from outside.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from .like_words import DUTY, EMPTY, FAULTS, OF_ITSELF, REMEDY, SAME_FAULTS, THINGS
from .text import bigrams, fold

#: share of reports that hold a word, below which it is simply rare
RARE = 1e-5
_GAP = re.compile(r"[,，。;；!！?？、\n]+|(?<![a-z])\d+[、.．:：](?!\d)")
_REMEDY = re.compile(rf"(?:^|(?<=[,。;]))\(?{REMEDY}(?=$|[,。;)])|\({REMEDY}\)|(?:已|己|以|现已|已经)整改[^,]{{0,4}}$")
_DUTY, _EMPTY = re.compile(DUTY), re.compile(EMPTY)
_DENIES = re.compile(r"未|没|无(?!关)|缺|不(?!得|准|可)")
_WORD_OF_THING = {word: kind for kind, words in THINGS.items() for word in words.split()}
_THING = re.compile("|".join(sorted(map(re.escape, _WORD_OF_THING), key=len, reverse=True)))
_FAULT = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in FAULTS.items()))
_QUOTES = str.maketrans("", "", "“”\"'‘’「」《》 ")
_OF_KINDS, _ONE_UNREAD, _KNOWN_APART = 0.6, 0.6, 0.4

Share = Callable[[str], float]


@dataclass(frozen=True)
class Report:
    """A report, read. `faults` are pairs (kind of thing or "", kind of fault); `words` its characters, pairs and
    numbers with how often; `empty` if it says nothing that could happen again.
    """

    faults: frozenset[tuple[str, str]]
    words: Mapping[str, int]
    empty: bool


@lru_cache(maxsize=4096)
def read_report(text: str) -> Report:
    """Remedies (已整改) and copied duties (不得堆放杂物) are left out before anything is compared."""
    found = found_part(text)
    faults = frozenset(pair for clause in _clauses(found) for pair in _faults(clause))
    empty = len(found) < 2 or bool(_EMPTY.match(found)) or (not faults and found != _whole(text))
    return Report(faults, Counter(bigrams(found)), empty)


def found_part(text: str) -> str:
    """What the report says was found: folded, without remedies, duties and ordinals."""
    kept = [clause for clause in _whole(text).split(",") if clause and not _is_duty(clause)]
    return ",".join(kept)


def _whole(text: str) -> str:
    plain = _GAP.sub(",", fold(text).translate(_QUOTES)).strip(",")
    return _REMEDY.sub("", plain).strip(",")


def _is_duty(clause: str) -> bool:
    """Says what ought to be. 未定期检查 is none: it says that it is not so."""
    return bool(_DUTY.search(clause)) and not _DENIES.search(re.sub(DUTY, "", clause))


def _clauses(found: str) -> list[str]:
    """Pieces that each hold a fault; a piece that only says where goes with the next."""
    clauses, begun = [], ""
    for piece in found.split(","):
        begun += piece
        if _FAULT.search(begun):
            clauses.append(begun)
            begun = ""
    if begun and clauses and not _THING.search(begun):
        clauses[-1] += begun
    elif begun:
        clauses.append(begun)
    return clauses


def _faults(clause: str) -> list[tuple[str, str]]:
    """Each fault with the thing it is said of; "" where none is named. A fault that names its own thing
    (未组织演练) stands with itself when nothing else is there.
    """
    things = [(m.start(), m.end(), _WORD_OF_THING[m.group()]) for m in _THING.finditer(clause)]
    found = []
    for match in _FAULT.finditer(clause):
        kind = SAME_FAULTS.get(match.lastgroup or "", match.lastgroup or "")
        own = OF_ITSELF.get(kind, ())
        meant = [thing for thing in things if thing[2] not in own]
        near = min(meant, key=lambda t: _distance(t[0], t[1], match), default=None)
        thing = near[2] if near else kind if own else ""
        found.append(("not_earthed", "not_earthed") if thing == "earthing" else (thing, kind))
    return found


def _distance(start: int, end: int, fault: re.Match[str]) -> float:
    """Characters between a thing and a fault. A no (未张贴, 缺) is about what follows, any other fault about what
    stands before.
    """
    if start >= fault.end():
        return start - fault.end() - (0.5 if _DENIES.match(fault.group()) else -0.5)
    return max(fault.start() - end, 0)


def likeness(one: Report, other: Report, share: Share) -> float:
    """0 to 1. Where both are read as faults of things, the same pair weighs more than the words; where only one
    is (未张贴 and 张贴有), the words alone are believed less.
    """
    if one.empty or other.empty:
        return 0.0
    said = cosine(one.words, other.words, share)
    if bool(one.faults) != bool(other.faults):
        return _ONE_UNREAD * said
    if not one.faults:
        return said
    same = _same_faults(one.faults, other.faults)
    return _OF_KINDS * same + (1 - _OF_KINDS) * said if same else _KNOWN_APART * said


def _same_faults(one: frozenset, other: frozenset) -> float:
    """1 if a fault of one is in the other; a half if it is said there without its thing; else 0."""
    if any(thing and (thing, fault) in other for thing, fault in one):
        return 1.0
    return 0.5 if any(a[1] == b[1] and not (a[0] and b[0]) for a in one for b in other) else 0.0


def rarity(share: float) -> float:
    """The weight of a word by the share of reports that hold it (TF-IDF's logarithm)."""
    return math.log(1 / max(share, RARE))


def cosine(one: Mapping[str, int], other: Mapping[str, int], share: Share) -> float:
    """The cosine of two bags of words under their rarities."""
    left, right = (
        {word: times * rarity(share(word)) for word, times in bag.items()} for bag in (one, other)
    )
    lengths = math.sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))
    return sum(weight * right.get(word, 0.0) for word, weight in left.items()) / lengths if lengths else 0.0
