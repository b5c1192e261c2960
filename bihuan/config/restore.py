"""`bihuan restore`: an empty machine becomes what was backed up, and it is checked that it did."""

from __future__ import annotations

import hashlib
import json
import tarfile
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from bihuan.config import databases
from bihuan.config.backup import DATABASE, FILES, FORM, MANIFEST, figures
from bihuan.config.prepare import prepare
from bihuan.kernel.refused import Refused
from bihuan.record import signing, vault
from bihuan.record.models import Seal
from bihuan.record.verify import verify

ANOTHER = "换一份备份"
#: what a manifest says beside its form
TOLD = ("database", "made_at", "demo", "figures", "digest", "members")
Say = Callable[[str], None]


@dataclass
class Outcome:
    """What was restored, and what of it is not as noted in the backup; `faults` empty means all of it is."""

    made_at: str
    files: int
    figures: int
    faults: list[str] = field(default_factory=list)


def restore(source: Path, *, at: datetime, say: Say) -> Outcome:
    """Fill the empty installation from `source` and check it. Raises Refused before anything is written when the
    backup is damaged, is of another kind of database, or when there is already something here."""
    if not databases.is_empty():
        raise Refused("这里已经有数据，不能恢复到它上面", "换一个空的 BIHUAN_DATA 目录或新建数据库")
    with _opened(source) as archive:
        manifest = _manifest(archive)
        if manifest["database"] != connection.vendor:
            raise Refused(
                f"这份备份来自 {manifest['database']}，这里是 {connection.vendor}",
                "把 DATABASE_URL 设成同一种数据库再恢复",
            )
        say("核对备份")
        for name, row in _members(archive, manifest):
            _same(archive, name, row)
        say("装入文件")
        for name, _ in _members(archive, manifest):
            if name.startswith(FILES):
                _keep(archive, name)
        say("装入数据库")
        with tempfile.TemporaryDirectory(dir=settings.DATA, prefix=".restore-") as work:
            copy = Path(work) / DATABASE
            with archive.extractfile(DATABASE) as packed, copy.open("wb") as file:  # type: ignore[union-attr]
                while chunk := packed.read(1 << 20):
                    file.write(chunk)
            databases.load(copy)
    if manifest["demo"]:
        (Path(settings.DATA) / "demo").touch()
    return _checked(manifest, at, say)


def _checked(manifest: dict[str, Any], at: datetime, say: Say) -> Outcome:
    """The restored system against what was noted, before it is brought to this version."""
    signing.trust(set(Seal.objects.values_list("signer", flat=True).distinct()))
    outcome = Outcome(
        made_at=manifest["made_at"],
        files=sum(name.startswith(FILES) for name in manifest["members"]),
        figures=len(manifest["figures"]),
    )
    prepare(at)
    say("核对记录")
    outcome.faults = [fault.line for fault in verify(manifest["digest"])]
    now = figures(datetime.fromisoformat(manifest["made_at"]))
    outcome.faults += [
        f"指标 {code}：备份时 {before[0]}/{before[1]}，恢复后 {'/'.join(map(str, now.get(code, ['没有'])))}"
        for code, before in manifest["figures"].items()
        if now.get(code) != before
    ]
    return outcome


def _opened(source: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(source, mode="r:")
    except FileNotFoundError:
        raise Refused(f"没有 {source} 这个文件", "核对文件名") from None
    except (tarfile.TarError, OSError):
        raise Refused(f"{source} 不是一份完整的备份", ANOTHER) from None


def _manifest(archive: tarfile.TarFile) -> dict[str, Any]:
    try:
        packed = archive.extractfile(MANIFEST)
        manifest = json.loads(packed.read()) if packed else {}
    except (KeyError, ValueError, tarfile.TarError):
        raise Refused("备份不完整：没有清单", ANOTHER) from None
    if not isinstance(manifest, dict):
        raise Refused("备份不完整：清单不是清单", ANOTHER)
    if manifest.get("form") != FORM:
        raise Refused(f"不认识这种备份：{manifest.get('form', '没有写明')}", "用做出它的那个版本恢复，再升级")
    if gone := [name for name in TOLD if name not in manifest]:
        raise Refused(f"备份不完整：清单里没有 {'、'.join(gone)}", ANOTHER)
    return manifest  # type: ignore[no-any-return]


def _members(archive: tarfile.TarFile, manifest: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    names = set(archive.getnames())
    for name, row in manifest["members"].items():
        if name not in names:
            raise Refused(f"备份不完整：缺少 {name}", ANOTHER)
        yield name, row


def _same(archive: tarfile.TarFile, name: str, row: dict[str, Any]) -> None:
    with archive.extractfile(name) as packed:  # type: ignore[union-attr]
        if hashlib.file_digest(packed, "sha256").hexdigest() != row["sha256"]:  # type: ignore[arg-type]
            raise Refused(f"备份里的 {name} 损坏", ANOTHER)


def _keep(archive: tarfile.TarFile, name: str) -> None:
    with archive.extractfile(name) as packed:  # type: ignore[union-attr]
        chunks = iter(lambda: packed.read(1 << 16), b"")
        with vault.receive(chunks, limit=archive.getmember(name).size) as draft:
            vault.keep(draft)
