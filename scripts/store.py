"""OpenStack Swift, the S3 server of `make soak ONLY=scale`, in an environment of its own: `python scripts/store.py`.

Apart from the product's, because it brings packages nobody else needs. Only the standard library here; where it cannot
be had, that is said and the series uses moto.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
PLACE = HOME / "build" / "store"
PYTHON = PLACE / "bin" / "python"
LOCK = HOME / "requirements" / "store.lock"
STAMP = PLACE / "made-from"


def there() -> bool:
    return STAMP.exists() and STAMP.read_text() == LOCK.read_text()


def make() -> bool:
    PLACE.parent.mkdir(exist_ok=True)
    for words in (
        [sys.executable, "-m", "venv", "--clear", str(PLACE)],
        [str(PYTHON), "-m", "pip", "install", "-q", "--require-hashes", "--no-deps", "-r", str(LOCK)],
    ):
        done = subprocess.run(words, cwd=HOME, capture_output=True, text=True)
        if done.returncode:
            said = (done.stderr.strip().splitlines() or ["没有说明原因"])[-1]
            print(f"store: 装不上 OpenStack Swift（{said[:200]}），S3 改用 moto", file=sys.stderr)
            return False
    STAMP.write_text(LOCK.read_text())
    return True


if __name__ == "__main__":
    if there() or make():
        print(f"store: OpenStack Swift 在 {PLACE.relative_to(HOME)}")
