"""Several numbered things in one paragraph: on lines of their own (soft breaks), or one behind the other."""

from __future__ import annotations

import itertools
import re

from bihuan.kernel.text import half_width

from .blocks import Par
from .marks import BULLET, THUS, Head, heads
from .numerals import value_of
from .words import is_heading, unit_of_heading

_INLINE = re.compile(
    r"(?:(?<=[；;。：:，,!?）)”])|(?<=\s)|^)\s*(?:(?P<d>\d{1,2})[、.．](?!\d)|[（(](?P<p>\d{1,2})[）)]|(?P<h>\d{1,2})[）)]"
    r"|(?P<c>[①-⑳])|[（(](?P<k>[一二三四五六七八九十]{1,3})[）)]|(?P<n>[一二三四五六七八九十]{1,3})、)"
)
_CLOSE = re.compile(r"(?<=[。；;])\s*(?=(?:请|以上|上述|要求|责令|限你|望|对(?:以上|上述)))")
"""What is asked of all at the end of a run does not belong to its last number."""
_AGAIN = re.compile(
    r"(?<=[。；;])\s*(?=[^。；;：:，,、]{2,16}[：:]\s*(?:1\s*[.、．](?!\d)|１[．、]|[（(]1[)）]|①|1[)）]))"
)
"""`…。炼铁厂：1.…`: another unit begins to count anew in the same paragraph."""
_LOOKS = {"d": "1.", "p": "（1）", "h": "1）", "c": "①", "k": "（一）", "n": "一、"}


def split(par: Par) -> list[Par]:
    """The paragraph, or its parts where each part is numbered. The words stay as they are, only cut."""
    lines = [part for line in _by_lines(par.text) for part in _AGAIN.split(line)]
    pieces = [part for line in lines for part in _by_run(line, whole=par)]
    if len(pieces) < 2:
        return [par]
    return [par.cut(text, at) for at, text in enumerate(pieces, 1)]


def _by_lines(text: str) -> list[str]:
    """Lines that begin a number of their own; the others belong to the line above."""
    lines = [line for line in text.split("\n") if line.strip()]
    if len(lines) < 2 or not any(_opens(line) for line in lines[1:]):
        return [text]
    parts = [lines[0]]
    for line in lines[1:]:
        if _opens(line):
            parts.append(line)
        else:
            parts[-1] = f"{parts[-1]}\n{line}"
    return [part.strip() for part in parts]


def _opens(line: str) -> Head | None:
    return next((h for h in heads(line) if not h.weak and h.look not in (BULLET, THUS)), None)


def _by_run(text: str, *, whole: Par) -> list[str]:
    """`存在问题：1.…；2.…` is cut before each number. A numbered problem that counts its facts inside stays one."""
    found = [
        (m, kind, text[m.start() : m.end()])
        for m in _INLINE.finditer(half_width(text))
        if (kind := m.lastgroup)
    ]
    own = whole.mark is None and _opens(text)
    for look in dict.fromkeys(kind for _, kind, _ in found):
        spots = [m.start() for m, kind, _ in _run([f for f in found if f[1] == look])]
        head = text[: spots[0]].strip() if spots else ""
        if len(spots) < (1 if unit_of_heading(head) else 2):
            continue
        if not head:
            cut = bool(own) and own.look == _LOOKS[look]
        else:
            label = next((h.length for h in heads(head) if not h.weak), 0)
            bare = head[label:].strip()
            cut = (not label and whole.mark is None and head.endswith(("：", ":"))) or is_heading(bare)
        if cut:
            edges = [0, *spots, len(text)] if head else [*spots, len(text)]
            parts = [text[a:b].strip() for a, b in itertools.pairwise(edges)]
            return [part for part in (*parts[:-1], *_CLOSE.split(parts[-1])) if part.strip()]
    return [text]


def _run(found: list[tuple[re.Match[str], str, str]]) -> list[tuple[re.Match[str], str, str]]:
    """The numbers that count 1, 2, 3 … or go on from the number the text begins with."""
    kept: list[tuple[re.Match[str], str, str]] = []
    expected = 0
    for match, kind, words in found:
        number = value_of(str(match.group(kind)))
        if not kept and (number == 1 or match.start() == 0):
            kept.append((match, kind, words))
            expected = number + 1
        elif kept and number == expected:
            kept.append((match, kind, words))
            expected += 1
    return kept
