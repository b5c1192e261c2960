"""`python -m soak.tell.check < told.json`: what is wrong after a minute of letters; nothing when nothing is."""

from __future__ import annotations

import json
import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

_ADDRESS = re.compile(rb"\d{1,3}(?:\.\d{1,3}){3}")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bihuan.config.settings")


def faults(told: dict[str, Any]) -> Iterator[str]:
    from bihuan.areas.onsite.models import Submission
    from bihuan.areas.onsite.reads.door import kept_of
    from bihuan.record.models import Event, Job

    kept = set(Submission.objects.values_list("receipt", flat=True))
    given = {kept_of(code) for code in told["codes"]}
    if lost := given - kept:
        yield f"{len(lost)} receipts were given and nothing is there"
    # the flooding address got some in with forms of others: those are theirs, once
    if extra := len(kept) - len(given):
        yield f"{extra} are there and nobody has a receipt"
    if len(given) != len(told["codes"]):
        yield f"{len(told['codes']) - len(given)} receipts were given twice"
    yield from _traces(told)
    for model in (Event, Job):
        if model.objects.filter(kind__startswith="onsite.complaint").exists():
            yield f"{model.__name__}: something stands at the minute somebody wrote"


def _traces(told: dict[str, Any]) -> Iterator[str]:
    """No address in any byte of the folder (database, log, files), or of what the database server dumps."""
    addresses = {address.encode() for address in told["addresses"] if len(address) >= 13}
    for path in sorted(Path(told["folder"]).rglob("*")):
        if path.is_file() and "/pg/" not in str(path):
            content = path.read_bytes()
            if found := _known(content, addresses):
                yield f"{path.name} knows {found.decode()}"
    dumped = _dumped()
    if found := _known(dumped, addresses):
        yield f"the database knows {found.decode()}"
    if "检修费用列支不实".encode() in dumped:
        yield "the database holds words in the clear"


def _known(content: bytes, addresses: set[bytes]) -> bytes | None:
    """One of the addresses that stands in it: whatever looks like one is looked up, however many there are."""
    return next((one for one in _ADDRESS.findall(content) if one in addresses), None)


def _dumped() -> bytes:
    from django.db import connection

    said: list[str] = []
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            said += [repr(row) for row in cursor.fetchall()]
    return "\n".join(said).encode()


def main() -> None:
    import django

    django.setup()
    sys.stdout.write(json.dumps(list(faults(json.load(sys.stdin))), ensure_ascii=False))


if __name__ == "__main__":
    main()
