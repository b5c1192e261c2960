"""The databases of the bench: built once per kind and size, kept, and copied for each run.

Below `data/bench/<db>-<n>/` (or BENCH_HOME): the SQLite file, or a whole PostgreSQL cluster of our own. The cluster
runs with everything on that makes a write durable; only its memory is fitted to a small machine.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from bench.place import EDITION
from scripts.postgres import Cluster

HOME = Path(os.environ.get("BENCH_HOME", Path(__file__).resolve().parents[1] / "data" / "bench"))
KINDS = ("sqlite", "postgres")
#: durable, unlike the clusters of the tests
SETTINGS = {
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
    "shared_buffers": "512MB",
    "max_wal_size": "4GB",
    "maintenance_work_mem": "256MB",
    "random_page_cost": "1.1",
}


class Built:
    """One kept database. `about` says how long its building took and what is in it."""

    def __init__(self, kind: str, problems: int) -> None:
        self.kind, self.problems = kind, problems
        self.folder = HOME / f"{kind}-{problems}"
        self._note = self.folder / "built.json"
        self._cluster: Cluster | None = None
        self._copy = Path(tempfile.gettempdir())

    @property
    def about(self) -> dict[str, Any]:
        found = json.loads(self._note.read_text()) if self._note.exists() else {}
        return found if found.get("edition") == EDITION else {}

    @contextmanager
    def copy(self, *, fresh: bool = False) -> Iterator[dict[str, str]]:
        """The environment of a process that works on a copy. Builds first where nothing usable is kept."""
        if fresh or not self.about:
            shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        run = Path(tempfile.mkdtemp(prefix="bihuan-bench-"))
        try:
            if self.kind == "postgres":
                self._cluster = Cluster(self.folder / "cluster", SETTINGS)
            if not self.about:
                self._build()
            yield self._environment(run, self._copied(run))
        finally:
            if self._cluster is not None:
                if self.about:
                    self._sql("DROP DATABASE IF EXISTS run WITH (FORCE)")
                self._cluster.stop()
            shutil.rmtree(run, ignore_errors=True)

    def _environment(self, data: Path, url: str) -> dict[str, str]:
        return {
            **os.environ,
            "BIHUAN_DATA": str(data),
            "DATABASE_URL": url,
            "BENCH_PROBLEMS": str(self.problems),
            "BENCH_DB": self.kind,
            "DJANGO_SETTINGS_MODULE": "bihuan.config.settings",
            "BIHUAN_LOG": "ERROR",
        }

    def _build(self) -> None:
        print(
            f"建 {self.kind} 上的 {self.problems} 件（只建一次，留在 {self.folder}）",
            file=sys.stderr,
            flush=True,
        )
        url = self._cluster.url if self._cluster else f"sqlite:///{self.folder / 'built.sqlite3'}"
        env = self._environment(self.folder, url)
        ran = subprocess.run(
            [sys.executable, "-m", "bench.build"], env=env, stdout=subprocess.PIPE, text=True
        )
        if ran.returncode:
            raise SystemExit("没有建成，见上面的错误")
        about = {"edition": EDITION, **json.loads(ran.stdout.strip().splitlines()[-1])}
        if self._cluster is None:
            about["mb"] = round((self.folder / "built.sqlite3").stat().st_size / 1e6)
        else:
            about["mb"] = round(int(self._sql("SELECT pg_database_size('bihuan')")) / 1e6)
        self._note.write_text(json.dumps(about))

    def _copied(self, run: Path) -> str:
        if self._cluster is None:
            shutil.copyfile(self.folder / "built.sqlite3", run / "run.sqlite3")
            return f"sqlite:///{run / 'run.sqlite3'}"
        self._sql("DROP DATABASE IF EXISTS run WITH (FORCE)")
        self._sql("CREATE DATABASE run TEMPLATE bihuan")
        return self._cluster.url.replace("/bihuan", "/run")

    def _sql(self, statement: str) -> str:
        import psycopg

        assert self._cluster is not None
        with psycopg.connect(self._cluster.url.replace("/bihuan", "/postgres"), autocommit=True) as link:
            row = link.execute(statement)
            return str(row.fetchone()[0]) if row.description else ""
