"""`make bench`: the figures on each database and size asked for, each in a process and on a copy of its own."""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import tempfile
from pathlib import Path

from bench.databases import KINDS, Built
from bench.report import write

DEFAULT_SIZES = (100_000, 1_000_000)


def main(asked: list[str]) -> int:
    reader = argparse.ArgumentParser(prog="bench", description="figures beside target and baseline")
    reader.add_argument("names", nargs="*", help="only these figures")
    reader.add_argument("--profile", action="store_true", help="where the time of these figures goes")
    reader.add_argument("--write", action="store_true", help="put the tables into docs/bench.md")
    reader.add_argument("--fresh", action="store_true", help="build the databases anew")
    said = reader.parse_args(asked)
    sizes, kinds = _asked("PROBLEMS"), _asked("DB")
    narrow = bool(said.names)
    problems = [int(size) for size in sizes] or list(DEFAULT_SIZES[: 1 if narrow else None])
    kinds = kinds or list(KINDS[: 1 if narrow else None])
    if unknown := set(kinds) - set(KINDS):
        print(f"没有 {'、'.join(sorted(unknown))} 这种数据库；有：{'、'.join(KINDS)}", file=sys.stderr)
        return 2
    worst = 0
    for size in problems:
        for kind in kinds:
            worst = max(worst, _run(Built(kind, size), said))
    return worst


def _asked(name: str) -> list[str]:
    return os.environ.get(name, "").replace(",", " ").split()


def _run(built: Built, said: argparse.Namespace) -> int:
    with built.copy(fresh=said.fresh) as env, tempfile.TemporaryDirectory() as scratch:
        about = built.about
        print(
            f"\n{built.kind}，{built.problems} 件（{about['statements']} 种表述，{about['mb']} MB，"
            f"建成用 {about['seconds']} s，峰值内存 {about['peak_mb']} MB）",
            flush=True,
        )
        out = Path(scratch) / "rows.json"
        command = [sys.executable, "-m", "bench.run", *said.names]
        command += ["--profile"] if said.profile else []
        command += ["--out", str(out)] if said.write else []
        code = subprocess.run(command, env=env).returncode
        if said.write and out.exists() and not said.profile:
            write(built.kind, built.problems, about, out)
        return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
