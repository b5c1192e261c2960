"""What ruff's ban list cannot hold, because pages and workers are let through there: read from the syntax."""

from __future__ import annotations

import ast

import pytest

from . import source

SIGNALS = (
    "django.dispatch",
    "django.db.models.signals",
    "django.core.signals",
    "django.contrib.auth.signals",
)
GENERIC = ("GenericForeignKey", "GenericRelation")
DRAWERS = {"utils", "helpers", "services", "common", "misc", "base"}


def banned(tree: ast.AST) -> list[str]:
    """Signals, generic keys and prints, with their line."""
    found = []
    for node in ast.walk(tree):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print":
            names = ["print"]
        found += [
            f"{node.lineno}: {name}"
            for name in names
            if name.startswith(SIGNALS) or name.endswith(GENERIC) or name == "print"
        ]
    return found


def test_nothing_banned_in_the_rooms():
    found = [f"{source.short(p)}:{hit}" for p in source.product() for hit in banned(source.parsed(p))]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line",
    [
        "from django.dispatch import receiver",
        "from django.db.models.signals import post_save",
        "from django.contrib.contenttypes.fields import GenericForeignKey",
        "print('here')",
    ],
)
def test_a_ban_catches(line):
    assert banned(ast.parse(line))


def test_no_drawers_for_everything():
    found = [source.short(p) for p in source.kept() if p.stem in DRAWERS and p.suffix == ".py"]
    found += [
        source.short(p)
        for p in source.kept()
        if p.stem.endswith(("_utils", "_helpers")) and p.suffix == ".py"
    ]
    assert not found, "name the file after its verb or its page"


def test_init_files_hold_no_logic():
    """A room's names are found where they are defined; `models/__init__.py` may gather what Django looks for."""
    busy = []
    for path in source.product():
        if path.name == "__init__.py":
            allowed = (ast.Import, ast.ImportFrom, ast.Expr, ast.Assign)
            if not all(isinstance(node, allowed) for node in source.parsed(path).body):
                busy.append(source.short(path))
    assert not busy


def verbs(tree: ast.Module) -> list[ast.FunctionDef]:
    """The public functions that act for somebody: those that take `by`."""
    public = [n for n in tree.body if isinstance(n, ast.FunctionDef) and not n.name.startswith("_")]
    return [f for f in public if "by" in {a.arg for a in [*f.args.args, *f.args.kwonlyargs]}]


def wrong_with(stem: str, tree: ast.Module) -> list[str]:
    """What keeps a file of `actions/` from being one verb, called by keyword: `add_person`, and `add_people` beside it."""
    verb = stem.split("_")[0]
    named = {n.name for n in tree.body if isinstance(n, ast.FunctionDef)}
    wrong = [] if stem.rstrip("_") in {name.rstrip("_") for name in named} else [f"no function {stem}"]
    for function in verbs(tree):
        if function.name.split("_")[0] != verb:
            wrong.append(f"{function.name} is another verb")
        if function.args.args:
            wrong.append(f"{function.name} takes positional arguments")
    return wrong


def test_one_verb_one_file():
    found = [
        f"{source.short(path)}: {fault}"
        for path in source.product()
        if path.parent.name == "actions" and path.name != "__init__.py"
        for fault in wrong_with(path.stem, source.parsed(path))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("code", "faults"),
    [
        ("def close(*, problem, by, at): ...", 0),
        ("def close(problem, *, by, at): ...", 1),
        ("def shut(*, by, at): ...", 2),
        ("def close(*, by, at): ...\ndef close_many(*, by, at): ...\ndef words(text): ...", 0),
    ],
)
def test_a_verb_is_judged(code, faults):
    assert len(wrong_with("close", ast.parse(code))) == faults
