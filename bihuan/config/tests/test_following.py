"""A replica in the settings, in the doctor's list and in the answer to a proxy."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.db import connection
from django.test import Client

from bihuan.config import doctor
from bihuan.config.following import following
from bihuan.record import replica
from bihuan.record.replica import AWAY, LATE, PRIMARY, STRANGER
from soak.crash.house import free_port
from soak.series.kills import database

POSTGRES = {"ENGINE": "django.db.backends.postgresql", "CONN_HEALTH_CHECKS": True, "CONN_MAX_AGE": 60}


#: a process of its own, with a replica in its settings
LOOK = """
import django
django.setup()
from bihuan.config.doctor import replica
print(replica(None).text)
"""


def told_with(url: str) -> str:
    env = {**os.environ, "DATABASE_URL": database(), "DATABASE_REPLICA_URL": url}
    done = subprocess.run([sys.executable, "-c", LOOK], env=env, capture_output=True, text=True)
    return done.stdout.strip() or done.stderr.strip().splitlines()[-1]


@pytest.mark.django_db(transaction=True)
def test_a_server_that_is_none_is_found_out():
    """Real ones: nobody at the address; the primary itself, which follows nobody."""
    nobody = f"postgresql://postgres@127.0.0.1:{free_port()}/bihuan"
    if connection.vendor == "sqlite":
        assert "只能和 PostgreSQL" in told_with(nobody)
        return
    assert told_with(nobody) == "连不上，指标和导出改从主库读"
    assert told_with(database()) == "不是这个主库的备库，没有用它"


@pytest.mark.django_db
def test_without_one_nothing_is_said_of_it():
    assert "look" not in Client().get("/health/ready").json()
    assert doctor.replica(None) == doctor.Finding("只读副本", doctor.GOOD, "没有设，都从主库读")


def test_health_tells_of_it_and_stays_ready(stands):
    stands(AWAY)
    answer = Client().get("/health/ready")
    assert (answer.status_code, answer.json()) == (200, {"ready": True, "bad": [], "look": ["只读副本"]})


@pytest.mark.parametrize(
    ("fault", "state", "text"),
    [
        ("", doctor.GOOD, "跟得上主库"),
        (LATE, doctor.LOOK, "跟不上"),
        (AWAY, doctor.LOOK, "连不上"),
        (STRANGER, doctor.BAD, "不是这个主库的备库"),
    ],
)
def test_the_doctor_says_how_it_stands(stands, monkeypatch, fault, state, text):
    stands(fault)
    monkeypatch.setattr(doctor, "look", replica.look)
    found = doctor.replica(None)
    assert found.state == state and text in found.text and bool(found.todo) == bool(fault)


def test_both_must_be_postgresql():
    with pytest.raises(ImproperlyConfigured, match="只能和 PostgreSQL"):
        following({**POSTGRES}, {**POSTGRES, "ENGINE": "django.db.backends.sqlite3"})
    made = following({**POSTGRES, "OPTIONS": {"connect_timeout": 9}}, POSTGRES)
    assert made["OPTIONS"]["connect_timeout"] == 9
    assert "default_transaction_read_only=on" in made["OPTIONS"]["options"]
    assert made["TEST"] == {"MIRROR": PRIMARY} and made["CONN_MAX_AGE"] == 60
