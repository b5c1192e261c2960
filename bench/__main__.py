"""Run the figures on a database of their own and print the table."""

from __future__ import annotations

import os
import pkgutil
import shutil
import sys
import tempfile
from importlib import import_module

from bench.contract import Figure


def figures() -> list[Figure]:
    from bench import figures as folder

    modules = sorted(module.name for module in pkgutil.iter_modules(folder.__path__))
    return [figure for name in modules for figure in import_module(f"bench.figures.{name}").FIGURES]


def measure(figure: Figure) -> tuple[str, str, str, str, str, str]:
    ours = figure.ours()
    baseline = figure.baseline() if figure.baseline else None
    sign = "≤" if figure.better == "less" else "≥"
    return (
        figure.name,
        f"{sign} {figure.target:g} {figure.unit}",
        f"{ours:.4g} {figure.unit}",
        "—" if baseline is None else f"{baseline:.4g} {figure.unit}",
        "达到" if figure.holds(ours) else "未达到",
        figure.what,
    )


def print_table(rows: list[tuple[str, ...]]) -> None:
    print(" | ".join(("figure", "target", "ours", "baseline", "holds", "what")))
    print(" | ".join(["---"] * 6))
    for row in rows:
        print(" | ".join(row), flush=True)


def main(names: list[str]) -> int:
    data = tempfile.mkdtemp(prefix="bihuan-bench-")
    os.environ["BIHUAN_DATA"] = data
    os.environ.setdefault("DATABASE_URL", f"sqlite:///{data}/bench.sqlite3")
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")
    try:
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", interactive=False, verbosity=0)
        call_command("createcachetable", verbosity=0)
        found = figures()
        wanted = [figure for figure in found if not names or figure.name in names]
        if not wanted:
            print(f"没有这个数字；有：{'、'.join(figure.name for figure in found)}", file=sys.stderr)
            return 2
        print_table([measure(figure) for figure in wanted])
        return 0
    finally:
        shutil.rmtree(data, ignore_errors=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
