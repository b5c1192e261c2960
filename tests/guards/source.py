"""The source as the guards see it: what git would keep, read and parsed once."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

HOME = Path(__file__).resolve().parents[2]
CHINESE = re.compile(r"[\u3400-\u9fff]")
TEXT = {
    "", ".cfg", ".css", ".csv", ".html", ".in", ".ini", ".js", ".json", ".lock", ".md", ".mjs", ".py", ".sh",
    ".svg", ".toml", ".ts", ".txt", ".xml", ".yaml", ".yml",
}  # fmt: skip


@cache
def kept() -> tuple[Path, ...]:
    """Every file that is committed or would be: tracked ones and new ones that nothing ignores."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=HOME, capture_output=True, check=True).stdout.decode()
    return tuple(path for name in sorted(set(listed.split("\0"))) if name and (path := HOME / name).is_file())


def texts() -> Iterator[Path]:
    yield from (path for path in kept() if path.suffix in TEXT)


def python() -> Iterator[Path]:
    yield from (path for path in kept() if path.suffix == ".py")


def product() -> Iterator[Path]:
    """Python of the rooms, without their tests and migrations."""
    for path in python():
        if "bihuan" in path.parts and not {"tests", "migrations"} & set(path.parts):
            yield path


def templates() -> Iterator[Path]:
    yield from (path for path in kept() if path.suffix == ".html" and "templates" in path.parts)


@cache
def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def short(path: Path) -> str:
    return path.relative_to(HOME).as_posix()


def is_test(path: Path) -> bool:
    return "tests" in path.parts


def docstrings(tree: ast.AST) -> set[ast.AST]:
    """The string nodes that are documentation: the first statement of a body, or a comment-like statement."""
    return {
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    }


def rooms() -> list[Path]:
    """Every folder on a floor: those of the house and those of the areas."""
    house = HOME / "bihuan"
    folders = [p for p in house.iterdir() if (p / "__init__.py").exists() and p.name != "areas"]
    folders += [p for p in (house / "areas").iterdir() if (p / "__init__.py").exists()]
    return sorted(folders)
