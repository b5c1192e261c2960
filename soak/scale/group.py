"""A group on several machines: a database with a standby, a store of files, web machines and worker machines.

They share no disk: each has a data folder of its own, and what must be the same on all (the secret key and the folder
of keys) is copied to them as `docs/operation.md` says.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from contextlib import suppress
from itertools import cycle
from pathlib import Path
from typing import Any

import psycopg
import requests

from scripts.postgres import Cluster, Standby
from soak.crash.house import HOME, PATIENCE_S, QUIET, free_port, kill_cluster

from .nets import Net
from .store import Store, kind_of_store

DB, STANDBY, STORE = "db", "standby", "store"
WEBS, WORKERS = ("web-a", "web-b"), ("worker-1", "worker-2")
MACHINES = (DB, STANDBY, STORE, *WEBS, *WORKERS)
#: short, so that a round sees what happens afterwards
LEASE_S, LAG_S = 3, 1
#: What was acknowledged is flushed: the replica is measured by that. The power is not cut in this series.
PRIMARY = {"synchronous_commit": "on"}
#: everything that is asked of the standby leaves a line with the machine that asked
TALKING = {"log_statement": "all", "log_line_prefix": "<%a> "}


class Group:
    """`open()` starts everything, `close()` ends it; to be called at the office of the net."""

    def __init__(self, net: Net, folder: Path) -> None:
        self.net, self.folder = net, folder
        self.ports = {name: free_port() for name in (*WEBS, STORE)}
        self.primary: Cluster | None = None
        self.standby: Cluster | None = None
        self.store: Store | None = None
        self.running: dict[str, subprocess.Popen[bytes]] = {}
        self.seeds: dict[str, Any] = {}
        self.secret = os.urandom(24).hex()
        self._turn = cycle(WEBS)

    def open(self) -> None:
        net = self.net
        place = (self.folder / STORE, net.address(STORE), self.ports[STORE])
        self.store = kind_of_store()(*place, net.inside(STORE))
        self.primary = Cluster(self.folder / DB, PRIMARY, address=net.address(DB), inside=net.inside(DB))
        self.store.open()
        self.seeds = self.ask("soak.scale.seed", WEBS[0], replica=False)
        self.standby = Standby(
            self.primary, self.folder / STANDBY, TALKING,
            address=net.address(STANDBY), inside=net.inside(STANDBY),
        )  # fmt: skip
        for name in (WEBS[1], *WORKERS):
            shutil.copytree(self.folder / WEBS[0] / "keys", self.folder / name / "keys")
        for name in (*WEBS, *WORKERS):
            self.start(name)
        for name in WEBS:
            self.wait_for(name)

    def env(self, name: str, *, replica: bool = True) -> dict[str, str]:
        assert self.primary and self.store
        known = {
            **os.environ,
            **self.store.env,
            "BIHUAN_DATA": str(self.folder / name),
            "BIHUAN_SECRET_KEY": self.secret,
            "DATABASE_URL": self.primary.url,
            "BIHUAN_HOSTS": ",".join({self.net.address(web) for web in WEBS}),
            "BIHUAN_REPLICA_LAG_SECONDS": str(LAG_S),
            "BIHUAN_JOB_LEASE_SECONDS": str(LEASE_S),
            "BIHUAN_LOG": "CRITICAL",
            "PYTHONPATH": str(HOME),
        }
        known.pop("DATABASE_REPLICA_URL", None)
        if replica and self.standby:
            known["DATABASE_REPLICA_URL"] = f"{self.standby.url}?application_name={name}"
        return known

    def ask(self, module: str, machine: str, given: Any = None, *, replica: bool = True) -> Any:
        """Run a module of ours on a machine to its end and read its JSON. Raises RuntimeError with what it said."""
        done = subprocess.run(
            [*self.net.inside(machine), sys.executable, "-m", module],
            env=self.env(machine, replica=replica), cwd=HOME, input=json.dumps(given), capture_output=True, text=True,
        )  # fmt: skip
        if done.returncode:
            raise RuntimeError(done.stderr[-2000:])
        return json.loads(done.stdout)

    def start(self, name: str) -> None:
        words = ["-m", "bihuan.config.cli", "worker"]
        if name in WEBS:
            bind = f"{self.net.address(name)}:{self.ports[name]}"
            words = [
                "-m",
                "gunicorn",
                "bihuan.config.wsgi:application",
                "--bind",
                bind,
                "--log-level",
                "critical",
            ]
            words += ["--worker-class", "gthread", "--workers", "1", "--threads", "4"]
        self.running[name] = subprocess.Popen(
            [*self.net.inside(name), sys.executable, *words],
            env=self.env(name),
            cwd=HOME,
            start_new_session=True,
            **QUIET,  # type: ignore[call-overload]
        )

    def url(self, name: str) -> str:
        return f"http://{self.net.address(name)}:{self.ports[name]}"

    @property
    def base(self) -> str:
        """As a proxy does: one web machine after the other."""
        return self.url(next(self._turn))

    def wait_for(self, name: str) -> None:
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            with suppress(requests.RequestException):
                if requests.get(f"{self.url(name)}/health/live", timeout=5).ok:
                    return
            time.sleep(0.1)
        raise RuntimeError(f"{name} does not come up")

    def kill(self, name: str) -> None:
        """SIGKILL to the process and all of its group, at once."""
        process = self.running[name]
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()

    def kill_standby(self) -> None:
        assert self.standby
        kill_cluster(self.standby)

    def rows(self, server: Cluster | None, query: str, *values: Any) -> list[tuple[Any, ...]]:
        """Ask a database itself, past the product."""
        assert server
        with psycopg.connect(server.url, autocommit=True) as connection:
            return connection.execute(query, values).fetchall()  # type: ignore[arg-type]

    def asked_of_standby(self, table: str = "problems_problem") -> dict[str, int]:
        """How many statements over this table each machine has put to the standby."""
        assert self.standby
        lines = (self.standby.folder / "log").read_text("utf-8", errors="replace").splitlines()
        return {
            name: sum(line.startswith(f"<{name}>") and table in line for line in lines) for name in MACHINES
        }

    def close(self) -> None:
        for name in self.running:
            self.kill(name)
        for server in (self.standby, self.primary):
            if server:
                server.stop()
        if self.store:
            self.store.close()
