"""Text for finding and comparing: width, script, character bigrams. Never for showing or storing.

Everything works character by character without looking at the neighbours (so a phrase table is not used for
traditional script): what is found in a whole text must also be found in a part of it, and a search word is
treated exactly like the text it is looked for in.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import cache, lru_cache
from operator import add

from opencc import OpenCC

_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}
_CJK = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_LONGEST_WORD = 64
#: put between two texts that are indexed as one: no word begins in one and ends in the other
GAP = "；"
#: texts up to this length are worth remembering
_SHORT = 24

_BLANK_AT_CJK = re.compile(rf"\s+(?=[{_CJK}])|(?<=[{_CJK}])\s+")
_NUMBER_SIGN_AFTER = re.compile(r"(?<=[0-9a-z])#")
_NUMBER_SIGN_BEFORE = re.compile(r"#([0-9]+)")
_PIECE = re.compile(
    rf"(?P<cjk>[{_CJK}]+)|(?P<word>[0-9]+|[^\W0-9_{_CJK}]+)|(?P<joint>[-_./+])|(?P<gap>.)", re.S
)


def half_width(text: str) -> str:
    """Full-width letters, digits, signs and blanks as half-width ones (２０２４，→ 2024,)."""
    return text.translate(_WIDTH)


@cache
def _simplified_forms() -> dict[int, str]:
    """Traditional → simplified, one character each, read from OpenCC's own tables once per process."""
    converter = OpenCC("t2s")
    keys = {key for _, _, table in converter.dict_cache.values() for key in table if len(key) == 1}
    return {ord(key): converter.convert(key) for key in keys}


def simplify(text: str) -> str:
    """Traditional characters as simplified ones (天車 → 天车). ASCII passes untouched and costs nothing."""
    return text if text.isascii() else text.translate(_simplified_forms())


class _Folding(dict[int, str]):
    """A translation table that works out each character when it first meets it.

    `blank` is what white space becomes. Compatibility forms (Ⅲ, ㎡, ①, Kangxi radicals from PDF files) become
    plain ones; invisible characters vanish.
    """

    def __init__(self, blank: str) -> None:
        super().__init__()
        self._blank = blank

    def __missing__(self, code: int) -> str:
        before, after = "", chr(code)
        while before != after:
            before, after = after, self._once(after)
        self[code] = after
        return after

    def _once(self, text: str) -> str:
        plain = simplify(unicodedata.normalize("NFKC", text).lower())
        return "".join(self._blank if c.isspace() else c for c in plain if c.isspace() or _is_visible(c))


def _is_visible(char: str) -> bool:
    """Not a control, zero-width or half-surrogate character: nothing a person sees or a database keeps."""
    return unicodedata.category(char) not in {"Cc", "Cf", "Cs"}


_MATCHING = _Folding("")
_INDEXING = _Folding(" ")


def fold(text: str) -> str:
    """The form in which two spellings of a name are equal: half-width, lower, simplified, no blanks."""
    return _fold_short(text) if len(text) <= _SHORT else text.translate(_MATCHING)


@lru_cache(maxsize=16_384)
def _fold_short(text: str) -> str:
    """A ledger says the same names, states and days over and over."""
    return text.translate(_MATCHING)


def bigrams(text: str) -> list[str]:
    """Everything a text can be found by, in order, with repeats.

    Chinese gives each character and each pair of neighbours (a blank or line break between two Chinese
    characters is only layout); words and numbers give themselves. Neighbouring pieces also give the pair:
    RZ-0412 and RZ0412 both rz0412, 2#炉 and 2号炉 both 2号, so that furnace 2 is not found by furnace 12.
    """
    return _tokens(_BLANK_AT_CJK.sub("", text.translate(_INDEXING)), single=True)


def index_text(text: str) -> str:
    """`bigrams` without repeats, separated by blanks: for FTS5 (unicode61) and to_tsvector('simple', …).

    Tokens hold letters and digits only, so neither tokenizer splits or drops any.
    """
    tokens: list[str] = []
    for part in text.split(GAP):
        tokens += _short_bigrams(part) if len(part) <= _SHORT else bigrams(part)
    return " ".join(dict.fromkeys(tokens))


@lru_cache(maxsize=16_384)
def _short_bigrams(part: str) -> tuple[str, ...]:
    """Places, units and names come again and again."""
    return tuple(bigrams(part))


def query_terms(text: str) -> list[str]:
    """The tokens that must all be there for a search: pairs where there are pairs, else the single piece.

    Blanks separate words. An empty list means that nothing can be searched for (only signs were typed).
    """
    words = text.translate(_INDEXING).split()
    return list(dict.fromkeys(term for word in words for term in _tokens(word, single=False)))


def similarity(one: str, other: str) -> float:
    """Dice coefficient of the pairs of two texts, 0 to 1; 0 if either has nothing to compare."""
    left, right = (
        Counter(_tokens(_BLANK_AT_CJK.sub("", t.translate(_INDEXING)), single=False)) for t in (one, other)
    )
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if left and right else 0.0


def _tokens(text: str, *, single: bool) -> list[str]:
    """The pieces of an already folded text and the pairs of pieces that touch.

    `single`: every piece counts; otherwise only pieces that are in no pair.
    """
    tokens: list[str] = []
    for run in _runs(_NUMBER_SIGN_BEFORE.sub(r"\1号", _NUMBER_SIGN_AFTER.sub("号", text))):
        if single or len(run) == 1:
            tokens += run
        tokens += map(add, run, run[1:])
    return tokens


def _runs(text: str) -> list[list[str]]:
    """Pieces (a Chinese character, a word, a number) in groups without a gap; one joint (- _ . / +) is none.

    A joint only holds words and numbers together: 炉-2 is 炉 and 2.
    """
    runs: list[list[str]] = [[]]
    joint = False
    for match in _PIECE.finditer(text):
        kind, piece = match.lastgroup, match.group()
        if kind == "cjk":
            if joint and runs[-1]:
                runs.append([])
            # Almost always all of it are letters; a code point that is none ends what stands before it.
            if piece.isalnum():
                runs[-1] += piece
            else:
                for char in piece:
                    if char.isalnum():
                        runs[-1].append(char)
                    else:
                        runs.append([])
        elif kind == "word":
            if joint and runs[-1] and _is_cjk(runs[-1][-1]):
                runs.append([])
            runs[-1].append(piece[:_LONGEST_WORD])
        elif kind == "gap" or joint:
            runs.append([])
        joint = kind == "joint"
    return [run for run in runs if run]


def _is_cjk(piece: str) -> bool:
    return _PIECE.match(piece).lastgroup == "cjk"  # type: ignore[union-attr]
