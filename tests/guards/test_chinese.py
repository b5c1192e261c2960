"""Chinese stands where people read it from: labels, refusals, templates. Elsewhere a text is a code."""

from __future__ import annotations

import ast
import re

import pytest

from . import source

#: Files and folders whose business is words. A name here holds in every room.
WORD_PLACES = {
    "states", "policies", "permissions", "roles", "models", "forms", "area", "offers", "web", "words", "reading",
    "demo", "apps", "exports", "management", "api", "templatetags", "passwords", "lists", "jobs", "facts",
    "scopes", "papers",
}  # fmt: skip
#: Whole rooms that speak: the screen and document kits, the command line. The kernel reads and writes Chinese.
WORD_ROOMS = {"ui", "paper", "config", "kernel"}
#: Files elsewhere that hold words for a reason of their own.
WITH_REASON = {
    "bihuan/org/actions/load_special_days.py": "the names of the holidays are data that it writes",
    "bihuan/record/actions/run_job.py": "why a job died is read on the jobs page",
    "bihuan/record/actions/mail_digest.py": "the subject of the mail that carries the digest out",
    "bihuan/record/digest.py": "a paper that people sign for",
    "bihuan/record/faults.py": "what a check names is read by auditors, line by line",
    "bihuan/record/table_check.py": "the same",
    "bihuan/record/verify.py": "the same",
    "bihuan/record/verify_files.py": "the same",
    "bihuan/record/failures.py": "a range of characters, to take content out of messages",
    "bihuan/record/filetypes.py": "the names of file kinds, as people call them",
    "bihuan/registry/contract.py": "the sections of the navigation",
}
#: A refusal is a sentence for a person, wherever it is raised.
SENTENCES = {
    "Refused", "Invalid", "Missing", "Stale", "no", "Verdict", "ImproperlyConfigured", "ValidationError", "CommandError",
}  # fmt: skip


def speaks(path) -> bool:
    parts = path.relative_to(source.HOME / "bihuan").with_suffix("").parts
    return parts[0] in WORD_ROOMS or bool(WORD_PLACES & set(parts))


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def refuses(function: ast.AST) -> bool:
    """A function that raises a sentence may put it together from parts."""
    return any(isinstance(n, ast.Call) and name_of(n) in SENTENCES for n in ast.walk(function))


def stray(tree: ast.AST) -> list[tuple[int, str]]:
    """Chinese literals that are neither documentation nor part of a refusal."""
    quiet = source.docstrings(tree)
    for node in ast.walk(tree):
        spoken = (
            isinstance(node, ast.Raise)
            or (isinstance(node, ast.Call) and name_of(node) in SENTENCES)
            or (
                isinstance(node, ast.keyword)
                and node.arg in {"label", "verbose_name", "reason", "todo", "why"}
            )
            or (isinstance(node, ast.FunctionDef) and refuses(node))
        )
        if spoken:
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
        if not speaks(path) and source.short(path) not in WITH_REASON
        for line, text in stray(source.parsed(path))
    ]
    assert not found, "\n".join(found)


def test_no_exception_has_outlived_its_reason():
    idle = [name for name in WITH_REASON if not stray(source.parsed(source.HOME / name))]
    assert not idle


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
