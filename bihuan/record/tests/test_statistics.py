"""The database learns how its tables have grown, and what is acknowledged is on the disk."""

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


def test_acknowledged_is_durable():
    """SQLite says 2 for FULL; a server in use says that a commit waits for the disk (our test cluster does not)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous")
            assert cursor.fetchone()[0] == 2
        else:
            cursor.execute("SELECT boot_val FROM pg_settings WHERE name = 'synchronous_commit'")
            assert cursor.fetchone()[0] == "on"
