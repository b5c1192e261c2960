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
from difflib import SequenceMatcher
from functools import lru_cache

from .like_words import DUTY, EMPTY, FAULTS, OF_ITSELF, REMEDY, SAME_FAULTS, THINGS, UNREAD
from .text import bigrams, fold, query_terms

#: share of reports that hold a word, below which it is simply rare
RARE = 1e-5
_GAP = re.compile(r"[,，。;；!！?？、\n]+|(?<![a-z])\d+[、.．:：](?!\d)")
_REMEDY = re.compile(
    rf"(?:^|(?<=[,。;]))\(?{REMEDY}(?=$|[,。;)])|\({REMEDY}\)|(?:已|己|以|现已|已经)整改[^,]{{0,4}}$"
)
_DUTY, _EMPTY = re.compile(DUTY), re.compile(EMPTY)
_DENIES = re.compile(r"未|没|无(?!关)|缺|不(?!得|准|可)")
_WORD_OF_THING = {word: kind for kind, words in THINGS.items() for word in words.split()}
_THING = re.compile("|".join(sorted(map(re.escape, _WORD_OF_THING), key=len, reverse=True)))
_FAULT = re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in FAULTS.items()))
_QUOTES = str.maketrans("", "", "“”\"'‘’「」《》 ")
#: a shared run is named if it tells at least so much of what the most telling one does
_TELLING = 0.3
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
    faults = frozenset(named.pair for clause in _clauses(found) for named in _faults(clause))
    empty = len(found) < 2 or bool(_EMPTY.match(found)) or (not faults and found != _whole(text))
    return Report(faults, Counter(bigrams(found)), empty)


def found_part(text: str) -> str:
    """What the report says was found: folded, without remedies, duties and ordinals."""
    clauses = (clause.strip(":") for clause in _whole(text).split(","))
    kept = [clause for clause in clauses if clause and not _is_duty(clause)]
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
        begun += f",{piece}" if begun else piece
        if _FAULT.search(begun):
            clauses.append(begun)
            begun = ""
    if begun and clauses and not _THING.search(begun):
        clauses[-1] += f",{begun}"
    elif begun:
        clauses.append(begun)
    return clauses


@dataclass(frozen=True)
class _Named:
    """A fault as it is said, with the words of the thing it is said of; "" where none is named."""

    thing: str
    fault: str
    pair: tuple[str, str]


def _faults(clause: str) -> list[_Named]:
    """Each fault with the thing it is said of. A fault that names its own thing (未组织演练) stands with itself
    when nothing else is there.
    """
    things = list(_THING.finditer(clause))
    found = []
    for match in _FAULT.finditer(clause):
        kind = SAME_FAULTS.get(match.lastgroup or "", match.lastgroup or "")
        if kind in UNREAD:
            continue
        own = OF_ITSELF.get(kind, ())
        meant = [thing for thing in things if _WORD_OF_THING[thing.group()] not in own]
        near = min(meant, key=lambda t: _distance(t.start(), t.end(), match), default=None)
        thing = _WORD_OF_THING[near.group()] if near else kind if own else ""
        pair = ("not_earthed", "not_earthed") if thing == "earthing" else (thing, kind)
        found.append(_Named(near.group() if near else "", match.group(), pair))
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
    left, right = ({word: times * rarity(share(word)) for word, times in bag.items()} for bag in (one, other))
    lengths = math.sqrt(sum(w * w for w in left.values()) * sum(w * w for w in right.values()))
    return sum(weight * right.get(word, 0.0) for word, weight in left.items()) / lengths if lengths else 0.0


def named_words(text: str) -> tuple[list[str], list[str]]:
    """What to look for first: the character pairs of the things that something is wrong with, and of what is."""
    named = [one for clause in _clauses(found_part(text)) for one in _faults(clause)]
    things, faults = ([word for name in names for word in query_terms(name)] for names in (
        [one.thing for one in named], [one.fault for one in named]
    ))  # fmt: skip
    return list(dict.fromkeys(things)), list(dict.fromkeys(faults))


def shared_words(one: str, other: str, share: Share, *, most: int = 3) -> list[str]:
    """The longest runs two reports have in common, the rarest first, as they stand in the first."""
    left, right = found_part(one), found_part(other)
    blocks = SequenceMatcher(None, left, right, autojunk=False).get_matching_blocks()
    runs = {left[b.a : b.a + b.size].strip(",的有了在被及和与") for b in blocks if b.size > 1}
    pieces = {piece for run in runs for piece in run.split(",") if len(piece) > 1}
    worth = {piece: sum(rarity(share(word)) for word in bigrams(piece)) for piece in pieces}
    least = max(worth.values(), default=0.0) * _TELLING
    telling = [piece for piece in pieces if worth[piece] >= least]
    return sorted(telling, key=lambda piece: (-worth[piece], piece))[:most]
