"""The security checklists (docs/security/*.md) as a guard reads them: tables with the columns 编号 and 证明.

A proof is a test that exists, or a sentence that says who else sees to it, why it does not apply, or that it is missing.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from . import source

FOLDER = source.HOME / "docs" / "security"
COLUMNS = ("编号", "要求", "做法", "证明", "把握")
#: what may stand instead of a test, each with something behind it
SENTENCES = ("由部署保证：", "没有做：", "不适用：")
#: how sure we are of number and meaning, as in rule packs
CERTAINTIES = {"H", "M", "L", "memory"}
SHORTEST = 6
_NAMED = re.compile(r"`([^`]+)`")
_TEST = re.compile(r"([\w./-]+\.py)::(?:(\w+)::)?(test_\w+)")


@dataclass(frozen=True)
class Row:
    place: str
    number: str
    requirement: str
    done: str
    proof: str
    certainty: str


def rows(text: str, name: str = "") -> Iterator[Row]:
    """Every row of every checklist table. ValueError for a row with too few or too many cells."""
    inside = False
    for line_number, line in enumerate(text.splitlines(), 1):
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if not line.startswith("|"):
            inside = False
        elif tuple(cells) == COLUMNS:
            inside = True
        elif inside and not set("".join(cells)) <= set("-: "):
            if len(cells) != len(COLUMNS):
                raise ValueError(f"{name}:{line_number}: {len(cells)} cells")
            yield Row(f"{name}:{line_number}", *cells)


def tests_of(path: Path) -> set[tuple[str, str]]:
    """(class or "", function) of every test in a file."""
    found = set()
    for node in source.parsed(path).body:
        holder = node.name if isinstance(node, ast.ClassDef) else ""
        for inner in node.body if isinstance(node, ast.ClassDef | ast.If) else [node]:
            if isinstance(inner, ast.FunctionDef) and inner.name.startswith("test_"):
                found.add((holder, inner.name))
    return found


def fault_of(row: Row) -> str:
    """What is wrong with a row, or nothing."""
    if not (row.number and row.requirement and row.done):
        return "number, requirement or practice is missing"
    if row.certainty not in CERTAINTIES:
        return f"unknown certainty {row.certainty!r}"
    names = [name for name in _NAMED.findall(row.proof) if "::" in name or name.endswith(".py")]
    for name in names:
        named = _TEST.fullmatch(name)
        path = source.HOME / named[1] if named else None
        if not named or path is None or not path.is_file() or not path.name.startswith("test_"):
            return f"no such file of tests: {name}"
        if (named[2] or "", named[3]) not in tests_of(path):
            return f"no such test: {name}"
    said = [part for part in SENTENCES if part in row.proof]
    if not names and not said:
        return "neither a test nor a duty nor a gap"
    if any(len(row.proof.split(part, 1)[1].strip()) < SHORTEST for part in said):
        return "a duty or a gap without words"
    return ""


def numbers_in(cell: str) -> set[str]:
    """`8.2.1–8.2.3` and `8.2.1、8.2.4` spelled out; a letter behind a clause (`8.1.4.1 a`) belongs to the clause.
    Rows of our own have a word for a number, and stand for no requirement."""
    found: set[str] = set()
    if not cell[:1].isdecimal():
        return found
    for part in re.split(r"[、,]", cell):
        first, _, last = part.strip().partition("–")
        number = first.split(" ")[0]
        stem, _, start = number.rpartition(".")
        stop = last.strip().rpartition(".")[2] if last else start
        found |= {f"{stem}.{one}" for one in range(int(start), int(stop) + 1)}
    return found
