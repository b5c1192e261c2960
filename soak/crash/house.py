"""The real thing under the axe: web server, worker, database and commands as processes of their own."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

import requests

from scripts.postgres import Cluster

HOME = Path(__file__).resolve().parents[2]
#: what a server keeps on that owes people their data
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
PATIENCE_S = 180
QUIET = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class House:
    """`folder` is its data; `postgres` gives it a server of its own, which is killed like the rest."""

    def __init__(self, folder: Path, *, postgres: bool = False) -> None:
        self.folder, self.port, self.cluster = folder, free_port(), None
        url = f"sqlite:///{folder / 'bihuan.sqlite3'}"
        if postgres:
            self.cluster = Cluster(folder / "pg", DURABLE)
            url = self.cluster.url
        self.env = {
            **os.environ,
            "BIHUAN_DATA": str(folder),
            "DATABASE_URL": url,
            "BIHUAN_LOG": "CRITICAL",
            "BIHUAN_JOB_LEASE_SECONDS": "3",
            "PYTHONPATH": str(HOME),
            "BIHUAN_SQLITE_SYNCHRONOUS": "FULL",
        }
        self.running: dict[str, subprocess.Popen[bytes]] = {}

    def ask(self, module: str, given: Any = None) -> Any:
        """Run a module of ours to its end and read its JSON. Raises RuntimeError with what it said."""
        done = subprocess.run(
            [sys.executable, "-m", module],
            env=self.env,
            cwd=HOME,
            input=json.dumps(given),
            capture_output=True,
            text=True,
        )
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return json.loads(done.stdout)

    @property
    def web(self) -> list[str]:
        words = ["-m", "gunicorn", "bihuan.config.wsgi:application", "--bind", f"127.0.0.1:{self.port}"]
        return [
            *words,
            "--worker-class",
            "gthread",
            "--workers",
            "2",
            "--threads",
            "4",
            "--log-level",
            "critical",
        ]

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self, name: str, words: list[str]) -> subprocess.Popen[bytes]:
        self.running[name] = subprocess.Popen(
            [sys.executable, *words],
            env=self.env,
            cwd=HOME,
            start_new_session=True,
            **QUIET,  # type: ignore[call-overload]
        )
        return self.running[name]

    def open(self) -> None:
        """Start web and worker, and wait until the first answers."""
        self.start("web", self.web)
        self.start("worker", ["-m", "bihuan.config.cli", "worker"])
        self.wait_for_web()

    def wait_for_web(self) -> None:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            with suppress(requests.RequestException):
                if requests.get(f"{self.base}/health/live", timeout=5).ok:
                    return
            time.sleep(0.1)
        raise RuntimeError("the web server does not come up again")

    def kill(self, name: str) -> None:
        """SIGKILL to the process and all of its group, at once."""
        if name == "postgres":
            assert self.cluster is not None
            kill_cluster(self.cluster)
            return
        process = self.running[name]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def restart(self, name: str) -> None:
        if name == "web":
            self.start("web", self.web)
            self.wait_for_web()
        elif name == "worker":
            self.start("worker", ["-m", "bihuan.config.cli", "worker"])
        elif name == "postgres" and self.cluster:
            self._start_postgres()

    def _start_postgres(self) -> None:
        """A server that was killed may find its own memory still in use for a moment."""
        assert self.cluster is not None
        for left in reversed(range(20)):
            try:
                return self.cluster._start()
            except Exception:
                if not left:
                    raise
                time.sleep(1)

    def close(self) -> None:
        for name in list(self.running):
            with suppress(ProcessLookupError):
                self.kill(name)
        if self.cluster:
            self.cluster.stop()


def kill_cluster(cluster: Cluster) -> None:
    """SIGKILL to a database server and all of its children."""
    pid = int((cluster.folder / "data" / "postmaster.pid").read_text().split()[0])
    children = subprocess.run(["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True).stdout
    for one in (pid, *(int(child) for child in children.split())):
        with suppress(ProcessLookupError):
            os.kill(one, signal.SIGKILL)
    while Path(f"/proc/{pid}").exists() and "Z" not in _state(pid):
        time.sleep(0.05)
    # Where nobody collects the dead, the number of the killed server still counts as taken.
    (cluster.folder / "data" / "postmaster.pid").unlink(missing_ok=True)
    Path(tempfile.gettempdir(), f".s.PGSQL.{cluster.port}.lock").unlink(missing_ok=True)


def _state(pid: int) -> str:
    with suppress(OSError):
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    return "Z"
