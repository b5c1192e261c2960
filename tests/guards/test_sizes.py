"""Nothing grows past what reads well: files, functions, templates."""

from __future__ import annotations

import ast

import pytest

from . import source

FILE, TEST_FILE, FUNCTION, TEMPLATE = 300, 400, 50, 150
WORTH_A_LOOK = 200


def lines(path) -> int:
    return path.read_text(encoding="utf-8").count("\n")


def long_functions(tree: ast.AST, most: int = FUNCTION) -> list[tuple[str, int]]:
    sizes = [
        (node.name, (node.end_lineno or node.lineno) - node.lineno + 1)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    return [(name, size) for name, size in sizes if size > most]


def test_python_files():
    sized = {
        source.short(p): lines(p)
        for p in source.python()
        if "migrations" not in p.parts and not source.is_test(p)
    }
    assert sized
    big = [f"{name}: {size} lines" for name, size in sized.items() if size > FILE]
    assert not big, f"over {FILE}: split by verb or page\n" + "\n".join(big)
    for name, size in sized.items():
        if size > WORTH_A_LOOK:
            print(f"worth a look: {name} has {size} lines")  # shown with -rP, never a failure


def test_test_files():
    big = [
        f"{source.short(p)}: {lines(p)} lines"
        for p in source.python()
        if source.is_test(p) and lines(p) > TEST_FILE
    ]
    assert not big, "\n".join(big)


def test_functions():
    big = [
        f"{source.short(p)} {name}: {size} lines"
        for p in source.python()
        if "migrations" not in p.parts and not source.is_test(p)  # a journey is one long story
        for name, size in long_functions(source.parsed(p))
    ]
    assert not big, f"over {FUNCTION} lines\n" + "\n".join(big)


def test_templates():
    big = [f"{source.short(p)}: {lines(p)} lines" for p in source.templates() if lines(p) > TEMPLATE]
    assert not big, "\n".join(big)


@pytest.mark.parametrize(("body", "found"), [(49, []), (50, [("f", 51)])])
def test_it_can_count(body, found):
    assert long_functions(ast.parse("def f():\n" + "    pass\n" * body)) == found
