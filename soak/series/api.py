"""Made-up requests against a real server, thousands of them: the API keeps to its own description."""

from __future__ import annotations

import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from soak.contract import Budget, Series

HOME = Path(__file__).resolve().parents[2]
START_S, ROUND_S = 300, 900
#: requests made up for each operation and phase
SHORT, LONG = 2, 25


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        return door.getsockname()[1]


def _ready(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=2) as answer:
            return answer.status == 200
    except OSError:
        return False


def throw(url: str, key: str, number: int, folder: str, most: int) -> str:
    """One run with its own seed; the report of what it found, or nothing."""
    command = [
        str(Path(sys.executable).with_name("schemathesis")), "--config-file", str(HOME / "schemathesis.toml"), "run",
        f"{url}/api/v1/openapi.json", "-H", f"Authorization: Bearer {key}", "--seed", str(number),
        "--max-examples", str(most), "--no-color",
    ]  # fmt: skip
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=ROUND_S)
    return "" if done.returncode == 0 else done.stdout[-3000:]


def run(budget: Budget) -> None:
    with tempfile.TemporaryDirectory(prefix="bihuan-soak-api-") as folder:
        port = free_port()
        # wrong tokens are part of the play: here nobody is shut out for them
        env = {
            **os.environ,
            "BIHUAN_DATA": folder,
            "BIHUAN_TOKEN_GUESSES": "1000000",
            "BIHUAN_LOG": "CRITICAL",
        }
        env |= {"DJANGO_SETTINGS_MODULE": "bihuan.config.settings", "BIHUAN_WEB_PROCESSES": "1"}
        env.pop("DATABASE_URL", None)
        house = [sys.executable, "-m", "bihuan.config.cli"]
        seeded = subprocess.run(
            [sys.executable, "-m", "soak.crash.seed"],
            env=env,
            cwd=HOME,
            check=True,
            capture_output=True,
            text=True,
        ).stdout
        key = json.loads(seeded)["tokens"]["safety_officer"]
        serve = [*house, "serve", "--port", str(port), "--workers", "1"]
        server = subprocess.Popen(
            serve, env=env, cwd=HOME, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            until = time.monotonic() + START_S
            url = f"http://127.0.0.1:{port}"
            while not _ready(f"{url}/api/v1/openapi.json") and time.monotonic() < until:
                time.sleep(0.5)
            for number in budget.numbers():
                if fault := throw(url, key, number, folder, SHORT if budget.seconds < 60 else LONG):
                    budget.fault(number, fault)
        finally:
            server.terminate()
            server.wait(30)


SERIES = Series("api", "接口：随机请求", run)
