"""Web server and workers under one parent: started together, watched, ended together.

A child that dies is named and started again, slower each time; one that keeps dying ends everything, because
a server without its worker looks alive and does nothing.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

PATIENCE_S = 20
MOST_DEATHS = 5
CALM_S = 60


@dataclass
class Child:
    """One process: its command, and when it died lately (monotonic seconds)."""

    name: str
    command: list[str]
    env: dict[str, str] = field(default_factory=dict)
    process: subprocess.Popen[bytes] | None = None
    deaths: list[float] = field(default_factory=list)
    not_before: float = 0.0

    def start(self) -> None:
        # Its own session: Ctrl-C reaches the parent alone, which then ends the children in order.
        env = {**os.environ, "BIHUAN_SUPERVISED": "1", **self.env}
        self.process = subprocess.Popen(self.command, start_new_session=True, env=env)

    def dead(self) -> int | None:
        return None if self.process is None else self.process.poll()


def web(host: str, port: int) -> Child:
    """gunicorn with threads. BIHUAN_WEB_PROCESSES and BIHUAN_WEB_THREADS size it."""
    processes = os.environ.get("BIHUAN_WEB_PROCESSES", "2")
    threads = os.environ.get("BIHUAN_WEB_THREADS", "8")
    words = ["-m", "gunicorn", "bihuan.config.wsgi:application", "--bind", f"{host}:{port}"]
    words += ["--worker-class", "gthread", "--workers", processes, "--threads", threads]
    words += ["--timeout", "60", "--graceful-timeout", "10", "--log-level", "warning"]
    # a filter with many units and three words of Chinese, each letter of it nine signs long in an address
    words += ["--limit-request-line", "8190"]
    words += ["--max-requests", "5000", "--max-requests-jitter", "500"]
    return Child("网页服务", [sys.executable, *words], {"PROMETHEUS_MULTIPROC_DIR": str(_counts())})


def _counts() -> Path:
    """Where web processes share what they count; the counts of the last run are over."""
    folder = Path(settings.DATA) / "metrics"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    return folder


def worker(number: int) -> Child:
    return Child(f"工作进程{number}", [sys.executable, "-m", "bihuan.config.cli", "worker"])


def supervise(children: list[Child], say: Callable[[str], None], *, pause: float = 0.5) -> int:
    """Keep the children alive until SIGINT or SIGTERM. Returns the exit code: 0 when asked to end."""
    asked: list[int] = []
    before = {
        s: signal.signal(s, lambda number, _: asked.append(number)) for s in (signal.SIGINT, signal.SIGTERM)
    }
    try:
        for child in children:
            child.start()
        while not asked:
            if not all(_look_after(child, say) for child in children):
                return 1
            time.sleep(pause)
        say("正在结束")
        return 0
    finally:
        _end(children, say)
        for number, handler in before.items():
            signal.signal(number, handler)


def _look_after(child: Child, say: Callable[[str], None]) -> bool:
    """Start a dead child again; False when it keeps dying."""
    now = time.monotonic()
    code = child.dead()
    if code is not None:
        child.process = None
        child.deaths = [moment for moment in child.deaths if now - moment < CALM_S] + [now]
        if len(child.deaths) >= MOST_DEATHS:
            say(f"{child.name} 一分钟内退出 {MOST_DEATHS} 次（最后退出码 {code}），停止运行。请看上面的错误")
            return False
        wait = 2 ** (len(child.deaths) - 1)
        child.not_before = now + wait
        say(f"{child.name} 意外退出（退出码 {code}），{wait} 秒后重新启动")
    elif child.process is None and now >= child.not_before:
        child.start()
    return True


def _end(children: list[Child], say: Callable[[str], None]) -> None:
    """Ask each to end, the web first so that nothing new comes in; then insist."""
    living = [child for child in children if child.process and child.process.poll() is None]
    for child in living:
        child.process.terminate()
    until = time.monotonic() + PATIENCE_S
    for child in living:
        try:
            child.process.wait(max(0.1, until - time.monotonic()))
        except subprocess.TimeoutExpired:
            say(f"{child.name} {PATIENCE_S} 秒内没有结束，强制结束")
            child.process.kill()
            child.process.wait()
