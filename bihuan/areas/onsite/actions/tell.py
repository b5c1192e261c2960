"""Somebody without an account tells the team something, at the public page."""

from __future__ import annotations

import threading
from collections.abc import Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from datetime import datetime
from typing import Any, NamedTuple

from django.conf import settings
from django.db import IntegrityError, connection, transaction

from bihuan.areas.inspection.models import Task
from bihuan.areas.onsite import words
from bihuan.areas.onsite.models import Complaint, Submission, SubmissionFile
from bihuan.areas.onsite.reads.door import kept_of, receipt_of, takes_in
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.record.closed import Content, examined, shut, shut_content

#: what is closed of it; the text must be there
WORDS = ("text", "about", "name", "phone")
MOST_FILES = 5
_queue = threading.Lock()
#: a film tells where it was taken; who sends one can send pictures of it
FAMILIES = ("image", "pdf", "word", "excel", "slides", "text")


class Receipt(NamedTuple):
    """`again`: this very form had been handed in before, and is one submission."""

    code: str
    again: bool


def tell(
    *, task: Task, said: Mapping[str, str], files: Sequence[tuple[str, Any]], nonce: str, at: datetime
) -> Receipt:
    """`files` are (name, content); `nonce` is the word of the form, from which the receipt follows. No event is written
    and no time kept, `at` gives the day alone: see ADR 27. It is committed when this returns."""
    day = local_day(at)
    if not takes_in(task, day):
        raise Refused("本轮巡察不再受理来信来电", "可以向集团纪检机构、信访部门反映")
    if not str(said.get("text", "")).strip():
        raise Refused("要写反映的内容", "写清时间、地点、什么人、什么事", field="text")
    if len(files) > MOST_FILES:
        raise Refused(f"最多交 {MOST_FILES} 个文件", "去掉几个再交", field="files")
    told = {key: str(said.get(key, "")).strip() for key in WORDS}
    came = [_bare(name, content) for name, content in files]
    closed = [shut_content(one.data) for one in came]
    told_files = [
        {"name": _plain_name(n, one), "mime": one.mime, "key": key}
        for n, (one, (key, _)) in enumerate(zip(came, closed, strict=True), 1)
    ]
    code = receipt_of(nonce)
    made = Submission(
        task=task, received_on=day, named=bool(told["name"] or told["phone"]), receipt=kept_of(code)
    )
    shut(made, {**told, "files": told_files})
    return Receipt(code, again=not _kept(made, [content for _, content in closed]))


def _bare(name: str, content: Any) -> Content:
    return examined(content, name, limit_mb=settings.TELL_FILE_MB, bare=True, families=FAMILIES)


def _plain_name(n: int, content: Content) -> str:
    """Phones put the minute into the name of a picture, people their own name into that of a letter."""
    ending = "jpg" if content.mime == "image/jpeg" else content.name.rpartition(".")[2].lower()
    return words.attached(n, ending)


def _kept(made: Submission, contents: list[bytes]) -> bool:
    """False when it is there already, or was taken in meanwhile."""
    try:
        with _turn(), transaction.atomic():
            made.save(force_insert=True)
            rows = [
                SubmissionFile(submission=made, order=n, content=one) for n, one in enumerate(contents, 1)
            ]
            if rows:
                SubmissionFile.objects.bulk_create(rows)
            if Complaint.objects.filter(receipt=made.receipt).exists():
                raise IntegrityError
    except IntegrityError:
        return False
    return True


def _turn() -> AbstractContextManager[Any]:
    """SQLite has one writer, and who finds it busy sleeps and looks again, longer each time: threads of a process queue
    here instead, and the database is busy with another process at most."""
    return _queue if connection.vendor == "sqlite" else nullcontext()
