"""The parent of web and workers: it ends its children, names a death, and does not spin."""

import os
import signal
import subprocess
import sys
import textwrap
import time

import pytest

from bihuan.config import serve

pytestmark = pytest.mark.pure
SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DIE = [sys.executable, "-c", "raise SystemExit(3)"]


def test_a_child_that_keeps_dying_ends_everything(monkeypatch):
    monkeypatch.setattr(serve, "MOST_DEATHS", 3)
    said = []
    steady = serve.Child("网页服务", SLEEP)
    code = serve.supervise([steady, serve.Child("工作进程1", DIE)], said.append, pause=0.05)
    assert code == 1
    assert steady.process.poll() is not None, "the web must not stay behind alone"
    assert [line for line in said if "工作进程1 意外退出（退出码 3），1 秒后重新启动" in line]
    assert "一分钟内退出 3 次" in said[-1]


def test_ctrl_c_ends_the_children(tmp_path):
    script = textwrap.dedent(
        f"""
        from pathlib import Path
        from bihuan.config import serve
        child = serve.Child("网页服务", {SLEEP!r})
        def note():
            serve.Child.start(child)
            Path({str(tmp_path / "pid")!r}).write_text(str(child.process.pid))
        child.start = note
        raise SystemExit(serve.supervise([child], print, pause=0.05))
        """
    )
    parent = subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True)
    until = time.monotonic() + 20
    while not (tmp_path / "pid").exists() or not (tmp_path / "pid").read_text():
        assert time.monotonic() < until
        time.sleep(0.05)
    parent.send_signal(signal.SIGINT)
    out, _ = parent.communicate(timeout=30)
    assert parent.returncode == 0
    assert "正在结束" in out
    assert not alive(int((tmp_path / "pid").read_text()))


def alive(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True
