"""What the operating system must bring: `python scripts/system.py fonts chromium postgresql`.

Installs what is missing when this is root and apt is there; otherwise says exactly what to install. Without
`--must` a missing thing is said and the caller goes on without that one thing.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bihuan.config.machine import chinese_fonts, chromium, pango
from scripts.postgres import binaries


@dataclass(frozen=True)
class Thing:
    """`there()` looks; `package` is Debian's name; `without` says what is lost when it is missing."""

    name: str
    package: str
    without: str
    there: Callable[[], bool]


THINGS = {
    thing.name: thing
    for thing in (
        Thing("fonts", "fonts-noto-cjk", "截图和打印里的汉字会成方块", chinese_fonts),
        Thing(
            "pango",
            "libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0",
            "督办函件和材料出不了 PDF，只出 Word",
            pango,
        ),
        Thing("chromium", "chromium", "浏览器里的走查不能运行", lambda: chromium() is not None),
        Thing("iproute2", "iproute2", "几台机器的长测改在回环地址上运行", lambda: bool(shutil.which("ip"))),
        Thing("postgresql", "postgresql", "PostgreSQL 上的测试不能运行", lambda: binaries() is not None),
    )
}


def install(missing: list[Thing]) -> None:
    if not missing or os.geteuid() != 0 or not shutil.which("apt-get"):
        return
    env = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    print(f"system: apt-get install {' '.join(t.package for t in missing)}", flush=True)
    subprocess.run(["apt-get", "update", "-q"], env=env, stdout=subprocess.DEVNULL)
    for thing in missing:  # one by one: one that cannot be had must not keep the others away
        subprocess.run(
            ["apt-get", "install", "-y", "-q", "--no-install-recommends", *thing.package.split()],
            env=env,
            stdout=subprocess.DEVNULL,
        )


def main(words: list[str]) -> int:
    must = "--must" in words
    wanted = [THINGS[word] for word in words if word in THINGS] or list(THINGS.values())
    install([thing for thing in wanted if not thing.there()])
    missing = [thing for thing in wanted if not thing.there()]
    for thing in missing:
        print(
            f"system: 缺少 {thing.name}，{thing.without}。请安装：apt-get install {thing.package}",
            file=sys.stderr,
        )
    return 1 if missing and must else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
