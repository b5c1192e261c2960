"""The private cluster comes up, sorts and stores Chinese, and leaves nothing behind."""

import os

import psycopg
import pytest

from scripts import postgres

pytestmark = pytest.mark.pure


def test_a_cluster_lives_and_goes():
    cluster = postgres.Cluster()
    try:
        with psycopg.connect(cluster.url) as connection:
            encoding, answer = connection.execute(
                "SELECT current_setting('server_encoding'), '天' || '车'"
            ).fetchone()
        assert (encoding, answer) == ("UTF8", "天车")
        assert cluster.folder.exists()
    finally:
        cluster.stop()
    assert not cluster.folder.exists()
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(cluster.url, connect_timeout=2)


def test_a_killed_run_is_cleared_away(monkeypatch):
    cluster = postgres.Cluster()
    (cluster.folder / "owner").write_text("999999999")
    postgres.sweep()
    assert not cluster.folder.exists()


def test_a_running_one_is_left_alone():
    cluster = postgres.Cluster()
    try:
        assert (cluster.folder / "owner").read_text() == str(os.getpid())
        postgres.sweep()
        assert cluster.folder.exists()
    finally:
        cluster.stop()


def test_without_postgresql_it_says_what_to_install(monkeypatch):
    monkeypatch.setattr(postgres, "binaries", lambda: None)
    with pytest.raises(RuntimeError, match="apt-get install postgresql"):
        postgres.Cluster()
