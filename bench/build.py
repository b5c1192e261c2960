"""Build the house into the database of the environment: `python -m bench.build`, called by `bench.databases`."""

from __future__ import annotations

import json
import sys
import time


def main() -> int:
    import django

    django.setup()
    from django.core.management import call_command

    from bench.memory import peak_mb
    from bench.place import PROBLEMS, build_house
    from bihuan.problems.models import Problem

    call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    start = time.perf_counter()

    def said(done: int) -> None:
        passed = time.perf_counter() - start
        print(
            f"\r  {done} 件，{passed:.0f} s，每秒 {done / passed:.0f} 件 ",
            end="",
            file=sys.stderr,
            flush=True,
        )

    build_house(PROBLEMS, said)
    print(file=sys.stderr)
    peak = peak_mb()
    took = {"seconds": round(time.perf_counter() - start, 1), "peak_mb": round(peak)}
    print(json.dumps({**took, "statements": Problem.objects.values("statement").distinct().count()}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
