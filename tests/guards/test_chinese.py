"""Chinese stands where people read it from: labels, refusals, templates. Elsewhere a text is a code."""

from __future__ import annotations

import ast
import re

import pytest

from . import source

#: Files and folders whose business is words. A name here holds in every room.
WORD_PLACES = {
    "states", "policies", "permissions", "roles", "models", "forms", "area", "offers", "web", "words", "reading",
    "demo", "apps", "exports", "management", "api", "templatetags", "passwords", "lists", "jobs",
}  # fmt: skip
#: Whole rooms that speak: the screen and document kits, the command line. The kernel reads and writes Chinese.
WORD_ROOMS = {"ui", "paper", "config", "kernel"}
#: A refusal is a sentence for a person, wherever it is raised.
SENTENCES = {"Refused", "Stale", "no", "Verdict", "ImproperlyConfigured", "ValidationError"}


def speaks(path) -> bool:
    parts = path.relative_to(source.HOME / "bihuan").with_suffix("").parts
    return parts[0] in WORD_ROOMS or bool(WORD_PLACES & set(parts))


def stray(tree: ast.AST) -> list[tuple[int, str]]:
    """Chinese literals that are neither documentation nor part of a refusal."""
    quiet = source.docstrings(tree)
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name in SENTENCES:
                quiet |= set(ast.walk(node))
        if isinstance(node, ast.keyword) and node.arg in {"label", "verbose_name", "reason", "todo"}:
            quiet |= set(ast.walk(node))
    return [
        (node.lineno, node.value[:40])
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and node not in quiet
        and source.CHINESE.search(node.value)
    ]


def test_chinese_only_in_its_places():
    found = [
        f"{source.short(path)}:{line}: {text}"
        for path in source.product()
        if not speaks(path)
        for line, text in stray(source.parsed(path))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("code", "caught"),
    [
        ("x = '逾期'", True),
        ("append(message=f'共 {n} 条')", True),
        ("raise Refused('已被他人处理')", False),
        ("return Verdict.no('核验人不能是申请人', todo='请换一人')", False),
        ("def f():\n    'shapes: 项'\n", False),
    ],
)
def test_a_stray_word_is_found(code, caught):
    assert bool(stray(ast.parse(code))) is caught


IDENTIFIER = re.compile(r"[\u3400-\u9fff]")


def test_names_are_english():
    found = [
        f"{source.short(path)}:{getattr(node, 'lineno', 0)}: {name}"
        for path in source.python()
        for node in ast.walk(source.parsed(path))
        for name in (getattr(node, "name", None), getattr(node, "id", None), getattr(node, "arg", None))
        if isinstance(name, str) and IDENTIFIER.search(name)
    ]
    assert not found
