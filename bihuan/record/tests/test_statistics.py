"""The database learns how its tables have grown, and what is acknowledged is on the disk."""

import os
import subprocess
import sys

import pytest
from django.db import connection
from django.utils import timezone

from bihuan.record.actions.take_statistics import take_statistics

pytestmark = pytest.mark.django_db


def test_statistics_are_taken():
    assert take_statistics(at=timezone.now()) > 20
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT count(*) FROM sqlite_stat1")
        else:
            cursor.execute("SELECT count(*) FROM pg_stats WHERE schemaname = 'public'")
        assert cursor.fetchone()[0] >= 1


def test_acknowledged_is_durable(tmp_path):
    """SQLite says 2 for FULL, in a process of a real installation; a server in use says that a commit waits for
    the disk (our test cluster does not)."""
    if connection.vendor == "sqlite":
        ask = (
            "import django; django.setup(); from django.db import connection as c; "
            "print(c.cursor().execute('PRAGMA synchronous').fetchone()[0])"
        )
        env = {k: v for k, v in os.environ.items() if k not in ("BIHUAN_SQLITE_SYNCHRONOUS", "DATABASE_URL")}
        env |= {"BIHUAN_DATA": str(tmp_path), "DJANGO_SETTINGS_MODULE": "bihuan.config.settings"}
        assert subprocess.check_output([sys.executable, "-c", ask], env=env).strip() == b"2"
    else:
        with connection.cursor() as cursor:
            cursor.execute("SELECT boot_val FROM pg_settings WHERE name = 'synchronous_commit'")
            assert cursor.fetchone()[0] == "on"
