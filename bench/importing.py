"""A ledger from upload to loaded in a process of its own: `python -m bench.importing FILE` prints what it took.

Reading is everything up to the dry run a person looks at: layout, columns, dates, units and people matched, rows
kept. Loading is everything after the button: problems with numbers, measures, search index, events with hashes.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from bench.memory import peak_mb


def bring_in(data: bytes) -> dict[str, float]:
    """Seconds of both halves, rows, and the peak of this process in MB."""
    from bench.place import house
    from bihuan.areas.ledgers.actions.load_import import load_import
    from bihuan.areas.ledgers.actions.read_import import read_import
    from bihuan.areas.ledgers.actions.start_import import start_import

    place = house()
    home = place.world.unit("hot_mill")
    start = time.perf_counter()
    ledger = start_import(data=data, filename="台账.xlsx", home=home, by=place.by, at=place.at)
    if ledger.state == "reading":
        ledger = read_import(ledger=ledger, by=place.by, at=place.at)
    read = time.perf_counter()
    counts = ledger.counts
    assert not counts.get("fix") and not counts.get("present"), counts
    load_import(ledger=ledger, by=place.by, at=place.at)
    done = time.perf_counter()
    return {"read": read - start, "load": done - read, "rows": counts["all"], "peak": peak_mb()}


def main(file: str) -> int:
    import django

    django.setup()
    from bihuan.config.work import collect_less

    collect_less()
    print(json.dumps(bring_in(Path(file).read_bytes())))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
