"""How much memory a process needed at most."""

from __future__ import annotations

import resource
from pathlib import Path


def peak_mb() -> float:
    """The peak of this process in MB. From /proc where there is one: `ru_maxrss` of a child begins with what
    its parent had when it was started."""
    status = Path("/proc/self/status")
    if status.exists():
        for line in status.read_text().splitlines():
            if line.startswith("VmHWM:"):
                return int(line.split()[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
