"""One worker process: it ends cleanly when asked, and when the parent that started it is gone."""

from __future__ import annotations

import gc
import os
import signal
import socket
import threading
import time

from django.utils import timezone

from bihuan.record.worker import run_until_idle, run_worker


def name() -> str:
    return f"{socket.gethostname()}:{os.getpid()}"


def collect_less() -> None:
    """A worker reads ledgers of a hundred thousand rows: Python's search for cycles, made for every 700 new
    objects over all that are alive, takes a fifth of its time then. What is loaded by now stays anyway.
    What a job leaves behind is swept after it (`gc.collect`, some milliseconds): a PDF leaves 20 MB in cycles."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 20)


def run(*, once: bool) -> int:
    """Work until SIGTERM or Ctrl-C; the job in hand is finished first. `once` ends when nothing is due."""
    collect_less()
    if once:
        return run_until_idle(at=timezone.now(), loud=False).taken
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    if os.environ.get("BIHUAN_SUPERVISED"):
        threading.Thread(target=_watch_parent, args=(os.getppid(), stop), daemon=True).start()
    run_worker(stop=stop, name=name(), on_job=gc.collect)
    return 0


def _watch_parent(parent: int, stop: threading.Event) -> None:
    """A parent that was killed cannot end its children: they notice it themselves."""
    while os.getppid() == parent and not stop.is_set():
        time.sleep(1)
    stop.set()
