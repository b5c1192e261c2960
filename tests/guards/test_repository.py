"""What must never be committed: addresses of registries, paths of a machine, code that says it is not done."""

from __future__ import annotations

import ast
import json
import re
import tomllib

import pytest

from . import source

#: Written in pieces, so that this file does not find itself.
ADDRESSES = re.compile(
    "|".join(
        (
            r"https?://[^\s\"']+/(?:simple|packages|-)/",
            "index" + "-url",
            "find" + "-links",
            "python" + "hosted",
            r"registry\." + "npm",
            "npm" + "mirror",
            r"(?<![\w.])/(?:work|farm|root|Users)" + "/",
            "farm" + "-[a-z]+",
        )
    )
)
UNDONE = re.compile(
    r"\b(?:TO"
    + r"DO|FIX"
    + r"ME|XX"
    + r"X|raise Not"
    + r"ImplementedError)\b|mark\.(?:sk"
    + r"ip|xf"
    + r"ail)"
)
ASSERTING = re.compile(r"assert|^(check|expect|see|should|must|verify)")


def test_no_address_and_no_path_of_a_machine():
    found = [
        f"{source.short(path)}:{number}: {line.strip()[:100]}"
        for path in source.texts()
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if ADDRESSES.search(line)
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    "line", ["see /wo" + "rk/main/x", "--index" + "-url x", "https://a.example/si" + "mple/b"]
)
def test_an_address_is_found(line):
    assert ADDRESSES.search(line)


def test_locks_hold_hashes_and_no_address():
    locks = [p for p in source.kept() if p.suffix == ".lock" or p.name == "package-lock.json"]
    assert len(locks) >= 2
    for path in locks:
        text = path.read_text("utf-8")
        if path.suffix == ".lock":
            assert "://" not in text, path
            pinned = re.findall(r"^[a-z0-9].*==", text, flags=re.M | re.I)
            assert pinned and text.count("--hash=sha256:") >= len(pinned), path
        else:
            packages = json.loads(text)["packages"]
            assert not [name for name, package in packages.items() if "resolved" in package], path
            assert all("integrity" in package for name, package in packages.items() if name), path


def test_nothing_is_left_undone():
    found = [
        f"{source.short(path)}:{number}: {line.strip()[:100]}"
        for path in source.kept()
        if path.suffix in {".py", ".js", ".html", ".mjs", ".css"}
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1)
        if UNDONE.search(line)
    ]
    assert not found, "\n".join(found)


def asserts(function: ast.FunctionDef) -> bool:
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            return not (isinstance(node.test, ast.Constant) and node.test.value)
        if isinstance(node, ast.Call):
            name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
            if name == "raises" or ASSERTING.search(name.lstrip("_")):
                return True
    return False


def test_every_test_asserts():
    silent = [
        f"{source.short(path)}:{node.lineno} {node.name}"
        for path in source.python()
        if path.name.startswith("test_")
        for node in ast.walk(source.parsed(path))
        if isinstance(node, ast.FunctionDef) and node.name.startswith("test_") and not asserts(node)
    ]
    assert not silent, "\n".join(silent)


def test_no_binary_of_unknown_origin():
    """Third-party assets come from packages at set-up; a picture or a font in the tree needs a reason."""
    allowed = {".png", ".jpg", ".xls", ".xlsx", ".docx", ".pdf"}
    found = [
        source.short(p)
        for p in source.kept()
        if p.suffix.lower()
        in {".woff", ".woff2", ".ttf", ".otf", ".zip", ".gz", ".whl", ".exe", ".so", ".sqlite3"}
        or (p.suffix.lower() in allowed and p.stat().st_size > 2_000_000)
    ]
    assert not found


def test_every_dependency_says_why():
    listed = (source.HOME / "docs" / "dependencies.md").read_text("utf-8").lower()
    wanted = [
        re.split(r"[\[=~<> ]", line.strip())[0].lower()
        for name in ("run.in", "dev.in")
        for line in (source.HOME / "requirements" / name).read_text("utf-8").splitlines()
        if line.strip() and not line.startswith(("#", "-"))
    ]
    front = json.loads((source.HOME / "package.json").read_text("utf-8"))
    wanted += [name.lower() for key in ("dependencies", "devDependencies") for name in front.get(key, {})]
    assert wanted
    assert [name for name in wanted if name not in listed] == []


def test_the_command_is_declared():
    declared = tomllib.loads((source.HOME / "pyproject.toml").read_text("utf-8"))["project"]["scripts"]
    assert declared == {"bihuan": "bihuan.config.cli:main"}
