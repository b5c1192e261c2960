"""One run of the figures on the database of the environment: `python -m bench.run [--profile] [--out FILE] [names]`."""

from __future__ import annotations

import argparse
import cProfile
import json
import pkgutil
import pstats
import sys
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

HEAD = ("figure", "target", "ours", "baseline", "holds", "what")
LINES = 25


def figures() -> list[Any]:
    """All figures by file, those that change the house a lot at the end."""
    from bench import figures as folder

    modules = sorted(module.name for module in pkgutil.iter_modules(folder.__path__))
    found = [figure for name in modules for figure in import_module(f"bench.figures.{name}").FIGURES]
    return sorted(found, key=lambda figure: figure.late)


def measure(figure: Any) -> dict[str, Any]:
    ours = figure.ours()
    baseline = figure.baseline() if figure.baseline else None
    sign = "≤" if figure.better == "less" else "≥"
    return {
        "figure": figure.name,
        "target": f"{sign} {figure.limit:g} {figure.unit}",
        "ours": f"{ours:.4g} {figure.unit}",
        "baseline": "—" if baseline is None else f"{baseline:.4g} {figure.unit}",
        "holds": "达到" if figure.holds(ours) else "未达到",
        "what": figure.what,
    }


def profile(figure: Any, lines: int = LINES) -> str:
    """Where the time of this figure goes: the calls that take most, with what they call and by themselves."""
    watch = cProfile.Profile()
    watch.runcall(figure.profiled or figure.ours)
    text = StringIO()
    stats = pstats.Stats(watch, stream=text).strip_dirs()
    stats.sort_stats("cumulative").print_stats(lines)
    stats.sort_stats("tottime").print_stats(lines)
    return text.getvalue()


def main(asked: list[str]) -> int:
    reader = argparse.ArgumentParser(prog="bench.run")
    reader.add_argument("names", nargs="*")
    reader.add_argument("--profile", action="store_true")
    reader.add_argument("--out", type=Path)
    said = reader.parse_args(asked)
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    found = figures()
    wanted = [figure for figure in found if not said.names or figure.name in said.names]
    if not wanted:
        print(f"没有这个数字；有：{'、'.join(figure.name for figure in found)}", file=sys.stderr)
        return 2
    if said.profile:
        for figure in wanted:
            print(f"—— {figure.name}：{figure.what}\n{profile(figure)}")
        return 0
    return _table(wanted, said.out)


def _table(wanted: list[Any], out: Path | None) -> int:
    """Each line as soon as it is known. With `out` also as JSON, what misses with the top of its profile."""
    rows = []
    print(" | ".join(HEAD), " | ".join(["---"] * len(HEAD)), sep="\n", flush=True)
    for figure in wanted:
        row = measure(figure)
        print(" | ".join(row[name] for name in HEAD), flush=True)
        if out is not None and row["holds"] != "达到":
            row["profile"] = profile(figure, 10)
        rows.append(row)
        if out is not None:
            out.write_text(json.dumps(rows))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
