"""A private PostgreSQL cluster for one run of the tests: made, used and removed, never an installed one.

Only the standard library, so that it can be asked before anything is installed:
`python scripts/postgres.py` says where PostgreSQL is, or what to install.
"""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

PREFIX = "bihuan-pg-"
LOOPBACK = "127.0.0.1"
MISSING = (
    "PostgreSQL 没有找到（需要 initdb 和 pg_ctl）。Debian/Ubuntu：apt-get install postgresql；"
    "装在别处时用 BIHUAN_PG_BIN 指出它的 bin 目录。"
)
#: A cluster that lives for minutes owes nobody durability; the rest keeps it small on two cores.
SETTINGS = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "max_connections": "120",
    "shared_buffers": "128MB",
    "timezone": "UTC",
    "autovacuum": "on",
    "logging_collector": "off",
}


def binaries() -> Path | None:
    """The folder with initdb and pg_ctl, the newest if several; None when there is none."""
    given = os.environ.get("BIHUAN_PG_BIN")
    on_path = shutil.which("initdb")
    places = [Path(given)] if given else []
    places += sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=_version, reverse=True)
    places += [Path(on_path).parent] if on_path else []
    return next((p for p in places if (p / "initdb").exists() and (p / "pg_ctl").exists()), None)


def _version(folder: Path) -> float:
    try:
        return float(folder.parent.name)
    except ValueError:
        return 0.0


class Cluster:
    """`url` is for DATABASE_URL; `stop()` ends the server and removes its folder.

    With a `folder` the cluster is kept there: made on first use, started again later. `settings` go over SETTINGS.
    `inside` are the words that take a command to another network namespace, where it listens at `address`.
    """

    def __init__(
        self,
        folder: Path | None = None,
        settings: dict[str, str] | None = None,
        *,
        address: str = LOOPBACK,
        inside: tuple[str, ...] = (),
    ) -> None:
        found = binaries()
        if found is None:
            raise RuntimeError(MISSING)
        sweep()
        self.bin = found
        self.port = _free_port()
        self.kept = folder is not None
        self.folder = folder or Path(tempfile.mkdtemp(prefix=PREFIX))
        self.folder.mkdir(parents=True, exist_ok=True)
        self.address, self.inside = address, inside
        self.settings = {**SETTINGS, "listen_addresses": address, **(settings or {})}
        (self.folder / "owner").write_text(str(os.getpid()))
        try:
            self._start()
        except BaseException:
            self.stop()
            raise
        self.url = f"postgresql://postgres@{address}:{self.port}/bihuan"

    def _start(self) -> None:
        data = self.folder / "data"
        fresh = not (data / "PG_VERSION").exists()
        if fresh:
            self._init(data)
        lines = [f"{key} = '{value}'" for key, value in self.settings.items()]
        # A socket's path may hold a hundred characters: a kept folder can lie deeper than that.
        sockets = tempfile.gettempdir() if self.kept else self.folder
        lines += [f"port = {self.port}", f"unix_socket_directories = '{sockets}'"]
        with (data / "postgresql.conf").open("a", encoding="utf-8") as file:
            file.write("\n".join(["", *lines, ""]))
        start = [self.bin / "pg_ctl", "-D", data, "-l", self.folder / "log", "-w", "-t", "60", "start"]
        _run(start, inside=self.inside)
        if fresh:
            self._fill()

    def _fill(self) -> None:
        where = ["-h", self.address, "-p", self.port, "-U", "postgres"]
        _run([self.bin / "createdb", *where, "bihuan"], inside=self.inside)

    def _init(self, data: Path) -> None:
        data.mkdir()
        _give_to_postgres(self.folder)
        initdb = [self.bin / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"]
        if _run([*initdb, "--locale=C.UTF-8"], check=False).returncode:
            # Some systems do not know C.UTF-8 by this name; plain C sorts the same way.
            _run([*initdb, "--locale=C"])
        if self.address != LOOPBACK:  # its neighbours are processes of the same run
            with (data / "pg_hba.conf").open("a", encoding="utf-8") as rules:
                rules.writelines(f"host {what} all samenet trust\n" for what in ("all", "replication"))

    def stop(self) -> None:
        if self.kept:
            stop = [self.bin / "pg_ctl", "-D", self.folder / "data", "-m", "fast", "-w", "-t", "300", "stop"]
            _run(stop, check=False)
        else:
            _stop(self.bin, self.folder)


class Standby(Cluster):
    """A second server that follows `primary` by its log and answers questions only."""

    def __init__(self, primary: Cluster, folder: Path, settings: dict[str, str] | None = None, **kwargs: Any):
        self.primary = primary
        super().__init__(folder, {"hot_standby": "on", **(settings or {})}, **kwargs)

    def _init(self, data: Path) -> None:
        _give_to_postgres(self.folder)
        where = ["-h", self.primary.address, "-p", self.primary.port, "-U", "postgres"]
        copy = [
            self.bin / "pg_basebackup",
            "-D",
            data,
            *where,
            "-R",
            "-X",
            "stream",
            "-c",
            "fast",
            "--no-sync",
        ]
        _run(copy, inside=self.inside)

    def _fill(self) -> None:
        """Its database comes with the copy."""


def sweep() -> None:
    """Clear away clusters whose test run was killed before it could do so."""
    found = binaries()
    for folder in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        owner = folder / "owner"
        if found and owner.exists() and not _alive(owner.read_text().strip()):
            _stop(found, folder)


def _alive(pid: str) -> bool:
    try:
        os.kill(int(pid), 0)
    except PermissionError:
        return True
    except (ValueError, ProcessLookupError):
        return False
    return True


def _stop(bin_folder: Path, folder: Path) -> None:
    data = folder / "data"
    if (data / "postmaster.pid").exists():
        _run([bin_folder / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop"], check=False)
    shutil.rmtree(folder, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


def _give_to_postgres(folder: Path) -> None:
    """PostgreSQL refuses to run as root: the folder and the server belong to the user postgres then."""
    if os.geteuid() != 0:
        return
    try:
        user = pwd.getpwnam("postgres")
    except KeyError:
        raise RuntimeError("以 root 运行时需要系统用户 postgres（随 postgresql 软件包建立）。") from None
    for path in (folder, *folder.iterdir()):
        os.chown(path, user.pw_uid, user.pw_gid)


def _run(
    command: list[object], *, check: bool = True, inside: tuple[str, ...] = ()
) -> subprocess.CompletedProcess[bytes]:
    words = [str(word) for word in command]
    if os.geteuid() == 0:
        words = ["runuser", "-u", "postgres", "--", *words]
    words = [*inside, *words]
    # The server inherits the pipes: a log in a file keeps a test run from waiting for its end.
    with tempfile.TemporaryFile() as said:
        done = subprocess.run(words, stdin=subprocess.DEVNULL, stdout=said, stderr=said, cwd="/")
        if check and done.returncode:
            said.seek(0)
            raise RuntimeError(
                f"{Path(str(command[0])).name} 失败：{said.read().decode(errors='replace')[-2000:]}"
            )
    return done


if __name__ == "__main__":
    where = binaries()
    print(where or MISSING)
    sys.exit(0 if where else 1)
