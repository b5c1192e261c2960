"""The field's own words: what docs/glossary.md says to avoid stands on no screen."""

from __future__ import annotations

import ast
import re

from . import source

GLOSSARY = source.HOME / "docs" / "glossary.md"
#: An office does not apologise, flatter or shout.
NEVER = ("抱歉", "亲，", "哦~", "！")


def avoided(text: str) -> set[str]:
    """The words of the column "avoid" of every table: separated by 、 or ，; a bracket explains, it is no word."""
    words: set[str] = set()
    column = None
    for line in text.splitlines():
        if not line.startswith("|"):
            column = None
            continue
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if column is None:
            heads = [i for i, cell in enumerate(cells) if cell.lower() in ("avoid", "避免", "不用")]
            column = heads[0] if heads else -1
        elif column >= 0 and column < len(cells) and not set(cells[column]) <= set("-: "):
            plain = re.sub(r"（[^）]*）|\([^)]*\)", "", cells[column])
            words |= {w.strip(" `*") for w in re.split(r"[、，,;；/]", plain)} - {"", "—", "-"}
    return {word for word in words if source.CHINESE.search(word)}


def literals(path) -> list[tuple[int, str]]:
    tree = source.parsed(path)
    quiet = source.docstrings(tree)
    return [
        (n.lineno, n.value)
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str) and n not in quiet
    ]


def visible(path) -> list[tuple[int, str]]:
    """A template's lines without its comments."""
    text = re.sub(
        r"\{#.*?#\}|\{% comment %\}.*?\{% endcomment %\}|<!--.*?-->", "", path.read_text("utf-8"), flags=re.S
    )
    return list(enumerate(text.splitlines(), 1))


#: Rooms that read other people's files must know the words those files use.
READERS = {"reading", "kernel"}


def said() -> list[tuple[str, int, str]]:
    pages = [(source.short(p), line, text) for p in source.templates() for line, text in visible(p)]
    code = [
        (source.short(p), line, text)
        for p in source.product()
        if not READERS & set(p.parts) and source.CHINESE.search(p.read_text("utf-8"))
        for line, text in literals(p)
    ]
    return pages + code


def test_no_word_of_the_avoid_column():
    words = avoided(GLOSSARY.read_text("utf-8"))
    assert len(words) >= 5, "the glossary names the words to avoid"
    found = [f"{name}:{line}: {word}" for name, line, text in said() for word in words if word in text]
    assert not found, "\n".join(found)


def test_the_tone_is_an_offices():
    found = [f"{name}:{line}: {word}" for name, line, text in said() for word in NEVER if word in text]
    assert not found, "\n".join(found)


def test_the_glossary_is_understood():
    table = "| 词 | English | where | avoid |\n|---|---|---|---|\n| 问题 | problem | x | 工单、缺陷（外来词） |\n| 台账 | ledger | y | — |\n"
    assert avoided(table) == {"工单", "缺陷"}
    assert avoided("| a | b |\n|---|---|\n| 工单 | c |\n") == set()
