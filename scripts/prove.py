"""Everything that proves the product, in order, with the time each part took.

`python scripts/prove.py` runs all parts and fails at the end if one failed, so that one run tells everything;
`python scripts/prove.py sqlite journeys` runs only these.
"""

from __future__ import annotations

import os
import subprocess
import sys
import time
from dataclasses import dataclass, field
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
BIN = Path(sys.executable).parent
PYTEST = (str(BIN / "python"), "-m", "pytest", "-q", "--durations=10", "-p", "no:cacheprovider")
TWO = ("-n", "2", "--dist", "loadscope")


@dataclass(frozen=True)
class Part:
    name: str
    commands: tuple[tuple[str, ...], ...]
    env: dict[str, str] = field(default_factory=dict)


CHECK = (
    (str(BIN / "ruff"), "check", "--output-format", "concise", "."),
    (str(BIN / "ruff"), "format", "--check", "--output-format", "concise", "."),
    (str(BIN / "lint-imports"), "--no-cache", "--no-logo"),
    (str(BIN / "mypy"),),
    (*PYTEST, "tests/guards"),
)
PARTS = (
    Part("check", CHECK, {"BIHUAN_TEST_DB": "sqlite"}),
    Part(
        "sqlite",
        ((*PYTEST, *TWO, "-m", "not journey", "--ignore=tests/guards"),),
        {"BIHUAN_TEST_DB": "sqlite"},
    ),
    Part("postgres", ((*PYTEST, *TWO, "-m", "not journey and not pure"),), {"BIHUAN_TEST_DB": "postgres"}),
    Part("journeys", ((*PYTEST, *TWO, "-m", "journey"),), {"BIHUAN_TEST_DB": "sqlite"}),
)


def run(part: Part) -> bool:
    good = True
    # mypy's plug-in and the command line read the settings: they must not touch anybody's data folder.
    env = {**os.environ, "BIHUAN_DATA": str(HOME / "data" / "check"), **part.env}
    for command in part.commands:
        print(f"\n—— {part.name}: {Path(command[0]).name} {' '.join(command[1:])}", flush=True)
        good = subprocess.run(command, cwd=HOME, env=env).returncode == 0 and good
    return good


def main(names: list[str]) -> int:
    unknown = set(names) - {part.name for part in PARTS}
    if unknown:
        print(
            f"不认识：{'、'.join(sorted(unknown))}；有：{'、'.join(p.name for p in PARTS)}", file=sys.stderr
        )
        return 2
    results = []
    for part in PARTS:
        if not names or part.name in names:
            start = time.monotonic()
            results.append((part.name, run(part), time.monotonic() - start))
    print("\n—— 结果")
    for name, good, seconds in results:
        print(f"{'通过  ' if good else '未通过'}  {name:<10} {seconds:6.0f} s")
    return 0 if all(good for _, good, _ in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
