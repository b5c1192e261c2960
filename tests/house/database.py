"""Which database a test run uses, decided before Django reads its settings.

`BIHUAN_TEST_DB=sqlite` (default): a file, not memory, so that threads and a live server see what a server
would see. `BIHUAN_TEST_DB=postgres`: a private cluster, started once by the first process of the run and
handed to its xdist workers through the environment. Nothing installed or running is touched.
"""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import pytest

from scripts.postgres import Cluster

HANDED_DOWN = "BIHUAN_TEST_CLUSTER_URL"


def _own_folder() -> Path:
    folder = Path(tempfile.mkdtemp(prefix="bihuan-test-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def _choose() -> None:
    kind = os.environ.get("BIHUAN_TEST_DB", "sqlite")
    folder = _own_folder()
    os.environ["BIHUAN_DATA"] = str(folder)
    os.environ["BIHUAN_DEMO"] = "0"
    os.environ.setdefault(
        "DJANGO_ALLOW_ASYNC_UNSAFE", "1"
    )  # Playwright keeps an event loop in the test's thread
    if kind == "sqlite":
        os.environ["DATABASE_URL"] = f"sqlite:///{folder / 'test.sqlite3'}"
        os.environ["BIHUAN_SQLITE_SYNCHRONOUS"] = "OFF"  # a test that is cut off owes nobody its data
    elif kind == "postgres":
        os.environ["DATABASE_URL"] = os.environ.get(HANDED_DOWN) or _start_cluster()
    else:
        raise pytest.UsageError(f"BIHUAN_TEST_DB={kind!r}: sqlite or postgres")


def _start_cluster() -> str:
    try:
        cluster = Cluster()
    except RuntimeError as problem:
        # Loud, never a skip: a green run that did not see PostgreSQL would be a lie.
        raise pytest.UsageError(str(problem)) from None
    atexit.register(cluster.stop)
    os.environ[HANDED_DOWN] = cluster.url
    return cluster.url


_choose()
