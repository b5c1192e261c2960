"""Memory: events, stored files, jobs, and what is kept closed."""

from .closed import Closed, ClosedFile
from .memory import Event, Job, Seal, StoredFile, StreamHead, TickRun, WireCommand, WorkerSeen

__all__ = [
    "Closed",
    "ClosedFile",
    "Event",
    "Job",
    "Seal",
    "StoredFile",
    "StreamHead",
    "TickRun",
    "WireCommand",
    "WorkerSeen",
]
