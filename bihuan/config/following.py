"""The settings of a database that follows the primary, for reading alone (record.replica, ADR 0019)."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ImproperlyConfigured

#: nobody waits long for a machine that is gone without a word: the primary answers instead
IMPATIENT = {
    "connect_timeout": 3,
    "tcp_user_timeout": 10_000,
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
}
#: Our questions are long and quickly answered: compiling one took 200 ms where answering took 20, and calling further
#: processes for a count took longer than counting (docs/speed.md).
SHORT_QUESTIONS = "-c jit=off -c max_parallel_workers_per_gather=0"
READ_ONLY = {"options": f"{SHORT_QUESTIONS} -c default_transaction_read_only=on"}


def following(replica: dict[str, Any], primary: dict[str, Any]) -> dict[str, Any]:
    """Raises ImproperlyConfigured unless both are PostgreSQL. In tests it is the primary under another name."""
    if {replica["ENGINE"], primary["ENGINE"]} != {"django.db.backends.postgresql"}:
        raise ImproperlyConfigured(
            "DATABASE_REPLICA_URL 只能和 PostgreSQL 的 DATABASE_URL 一起用，写 postgresql://…；没有副本就去掉这个变量"
        )
    kept = {name: primary[name] for name in ("CONN_HEALTH_CHECKS", "CONN_MAX_AGE")}
    options = {**IMPATIENT, **READ_ONLY, **replica.get("OPTIONS", {})}
    return {**replica, **kept, "OPTIONS": options, "TEST": {"MIRROR": "default"}}
