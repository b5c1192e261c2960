"""`bihuan backup`: database and files of a running system in one tar file, with what is needed to check it.

The members, in this order: the files by their sha256, the database, and a manifest that names each of them with
size and sha256, the figures at that moment, and the digest of the record. Keys are not in it: whoever finds a
backup must not be able to sign, or to read what is sealed.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection
from django.utils import timezone

from bihuan import __version__
from bihuan.config import databases
from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Refused
from bihuan.record import vault
from bihuan.record.actions.seal import seal
from bihuan.record.digest import digest_text
from bihuan.record.models import StoredFile
from bihuan.registry import shelf
from bihuan.registry.contract import Period, Scope

FORM = "bihuan-backup-1"
MANIFEST, DATABASE, FILES = "manifest.json", "database", "files/"
NAME = "bihuan-{:%Y%m%d-%H%M%S}.tar"
Say = Callable[[str], None]


def figures(at: datetime) -> dict[str, list[int]]:
    """Every registered fact for the whole group and all time, as it is at `at`: what a restore must show again."""
    found = {}
    for code, fact in sorted(shelf.facts().items()):
        rows = list(fact.compute(Scope(SYSTEM), Period(None, None, ""), at))
        found[code] = [sum(row.numerator for row in rows), sum(row.denominator for row in rows)]
    return found


@dataclass
class Made:
    """Where the backup is, and which contents could not go in because they are damaged or gone."""

    place: Path
    lost: list[str] = field(default_factory=list)


def backup(out: Path | None, *, at: datetime, say: Say, keep: int = 0) -> Made:
    """Write the backup. A file that is not finished never has the final name.

    `out` is a file or a folder; without it the folder `backups` of the data. `keep` removes older backups of
    that folder beyond so many, but none while contents are lost: an older one may have them. Raises Refused
    when the database cannot be read or `out` is taken.
    """
    place = _place(out, at)
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    seal(at=at)
    handle, name = tempfile.mkstemp(dir=place.parent, prefix=".backup-")
    draft = Path(name)
    try:
        with os.fdopen(handle, "wb") as file, tarfile.open(fileobj=file, mode="w") as archive:
            made = Made(place, _fill(archive, draft.parent, at, say))
            archive.close()
            file.flush()
            os.fsync(file.fileno())
        draft.replace(place)
    finally:
        draft.unlink(missing_ok=True)
    if keep and not made.lost:
        _drop_older(place.parent, keep)
    return made


def _place(out: Path | None, at: datetime) -> Path:
    if out is None:
        out = Path(settings.DATA) / "backups"
        out.mkdir(parents=True, exist_ok=True, mode=0o700)
    place = out / NAME.format(timezone.localtime(at)) if out.is_dir() else out
    if place.exists():
        raise Refused(f"{place} 已经有了", "换一个文件名，或写到一个目录里")
    return place


def _fill(archive: tarfile.TarFile, folder: Path, at: datetime, say: Say) -> list[str]:
    members: dict[str, dict[str, Any]] = {}
    lost: list[str] = []
    with tempfile.TemporaryDirectory(dir=folder, prefix=".backup-") as work:
        with databases.standing_still() as view:
            start = time.monotonic()
            copy = Path(work) / DATABASE
            databases.dump(view, copy)
            told = {
                "form": FORM,
                "product": __version__,
                "database": connection.vendor,
                "made_at": at.isoformat(),
                "demo": (Path(settings.DATA) / "demo").exists(),
                "figures": figures(at),
                "digest": digest_text(at),
            }
            contents = sorted(set(_contents()))
            say(f"数据库 {copy.stat().st_size / 1e6:.1f} MB，{time.monotonic() - start:.0f} 秒")
        for sha256 in contents:
            size = _add_content(archive, sha256)
            if size is None:
                lost.append(sha256)
            else:
                members[FILES + sha256] = {"size": size, "sha256": sha256}
        say(f"文件 {len(contents)} 个，{sum(m['size'] for m in members.values()) / 1e6:.1f} MB")
        members[DATABASE] = _add_file(archive, copy)
    manifest = json.dumps({**told, "members": members, "lost": lost}, ensure_ascii=False, indent=1).encode()
    _add(archive, MANIFEST, io.BytesIO(manifest), len(manifest))
    return lost


def _contents() -> Iterator[str]:
    """Fingerprints of all contents that a row names, in this view of the database."""
    for names in StoredFile.objects.values_list("sha256", "shown_sha256", "thumb_sha256").iterator(5000):
        yield from {name for name in names if name}


def _add(archive: tarfile.TarFile, name: str, file: Any, size: int) -> None:
    row = tarfile.TarInfo(name)
    row.size, row.mode = size, 0o440
    archive.addfile(row, file)


def _add_content(archive: tarfile.TarFile, sha256: str) -> int | None:
    """Its size in bytes. A content goes in only if it is what its name says; one that is not is reported, and
    the rest is still backed up."""
    try:
        with vault.open_kept(sha256) as file:
            if hashlib.file_digest(file, "sha256").hexdigest() != sha256:  # type: ignore[arg-type]
                return None
            size = file.tell()
            file.seek(0)
            _add(archive, FILES + sha256, file, size)
            return size
    except FileNotFoundError:
        return None


def _add_file(archive: tarfile.TarFile, path: Path) -> dict[str, Any]:
    with path.open("rb") as file:
        found, size = hashlib.file_digest(file, "sha256").hexdigest(), file.tell()
        file.seek(0)
        _add(archive, DATABASE, file, size)
    return {"size": size, "sha256": found}


def _drop_older(folder: Path, keep: int) -> None:
    ours = sorted(folder.glob("bihuan-????????-??????.tar"), reverse=True)
    for old in ours[keep:]:
        with suppress(FileNotFoundError):
            old.unlink()
