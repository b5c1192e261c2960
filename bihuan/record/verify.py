"""Does the record still say what it said? Every event, every seal and every kept content is looked at.

What is found is named, one thing a line: the stream and number of an event, the number of a seal, the
fingerprint of a file. Nothing is repaired here: what was changed is evidence itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef

from bihuan.record import signing, vault
from bihuan.record.chain import Root, link, seal_hash
from bihuan.record.models import Event, Seal, StoredFile, StreamHead
from bihuan.record.places import last_place

#: the background work an auditor asks for on the page
VERIFY = "record.verify"
CHUNK = 5000
Say = Callable[[int, int, str], Any]


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is not as it was. `kind`: event, stream, seal, digest or file; `where` names it."""

    kind: str
    where: str
    text: str
    #: so many events are not there
    missing: int = 0

    @property
    def line(self) -> str:
        return f"{self.where}：{self.text}"


def verify(digest: str = "", say: Say = lambda done, total, word: None) -> Iterator[Fault]:
    """Everything that is wrong, in the order it is found; nothing when the record is whole.

    `digest` is the text of a digest kept elsewhere (`reads`' `digest_text`): against it even a chain that was
    written anew as a whole shows. `say(done, total, word)` hears how far it is. Raises ValueError with a
    Chinese sentence when the digest cannot be read.
    """
    kept = read_digest(digest) if digest else []
    total = Event.objects.count() + StoredFile.objects.count()
    named: set[str] = set()
    missing = 0
    for fault in chain(_events(total, say), _heads()):
        missing += fault.missing
        if fault.where not in named:
            yield fault
        named.add(fault.where)
    yield from _gaps(missing)
    yield from _seals()
    yield from _against(kept)
    yield from _files(total, say)


def _named(event: Event) -> str:
    about = f"（{event.subject}）" if event.subject else ""
    return f"事件流 {event.stream}{about} 第 {event.seq} 条 {event.kind}"


def _events(total: int, say: Say) -> Iterator[Fault]:
    """Each event against its own hash, each stream against its numbers."""
    last: Event | None = None
    ours = ""  # what the hash of the last event should be, where it says something else
    for done, event in enumerate(Event.objects.order_by("stream", "seq").iterator(chunk_size=CHUNK)):
        if done % CHUNK == 0:
            say(done, total, "核对事件")
        same = last is not None and last.stream == event.stream
        before = last.hash if same and last else ""
        expected = last.seq + 1 if same and last else 1
        if event.seq > expected:
            yield _missing(event.stream, expected, event.seq - 1)
        wanted = link(before, event)
        known = event.seq > expected or event.hash in (wanted, link(ours, event) if same and ours else wanted)
        if not known:
            yield Fault("event", _named(event), "内容、编号或链值被改动，与记下时不符")
        if same and last and event.pk < last.pk:
            yield Fault("event", _named(event), "次序被调换：它写在前一条之前")
        ours = "" if event.hash == wanted or event.seq > expected else wanted
        last = event


def _missing(stream: str, first: int, last: int) -> Fault:
    which = f"第 {first} 条" if first == last else f"第 {first} 至 {last} 条"
    text = "缺失，被删除或被改到别处"
    return Fault("event", f"事件流 {stream} {which}", text, missing=last - first + 1)


def _heads() -> Iterator[Fault]:
    """The end of each stream: events that were taken from the end, or put there by another hand."""
    here = Event.objects.filter(stream=OuterRef("stream"), seq=OuterRef("seq"))
    for head in StreamHead.objects.filter(~Exists(here)).iterator(chunk_size=CHUNK):
        rest = Event.objects.filter(stream=head.stream).order_by("-seq").values_list("seq", flat=True).first()
        yield _missing(head.stream, min((rest or 0) + 1, head.seq), head.seq)
    end = StreamHead.objects.filter(pk=OuterRef("stream"))
    for event in Event.objects.filter(~Exists(end.filter(seq__gte=OuterRef("seq")))).iterator(
        chunk_size=CHUNK
    ):
        yield Fault("event", _named(event), "多出来的：不是由系统写下的")
    for head in StreamHead.objects.filter(Exists(here.exclude(hash=OuterRef("hash")))):
        yield Fault("stream", f"事件流 {head.stream} 第 {head.seq} 条", "与流末端记下的链值不符")


def _gaps(named: int) -> Iterator[Fault]:
    """SQLite gives places without gaps: one that is empty was an event, even if its whole stream is gone.

    `named` of the missing ones were named already, by their streams.
    """
    if connection.vendor == "postgresql":
        return
    last = last_place()
    if last - Event.objects.count() <= named:
        return
    expected = 1
    for pk in Event.objects.order_by("pk").values_list("pk", flat=True).iterator(chunk_size=CHUNK):
        if pk > expected:
            yield _empty(expected, pk - 1)
        expected = pk + 1
    if expected <= last:
        yield _empty(expected, last)


def _empty(first: int, last: int) -> Fault:
    which = f"第 {first} 号" if first == last else f"第 {first} 至 {last} 号"
    return Fault("event", f"事件总序 {which}", "缺失，被删除")


def _seals() -> Iterator[Fault]:
    """Each seal against the events it covers, against the seal before, and against its signature."""
    trusted, before, first, number = signing.trusted(), "", 1, 1
    for seal in Seal.objects.order_by("number").iterator(chunk_size=500):
        where = f"第 {seal.number} 号封存（第 {seal.first_id} 至 {seal.last_id} 号事件）"
        if seal.number != number:
            yield Fault("seal", f"第 {number} 至 {seal.number - 1} 号封存", "缺失，被删除")
        elif seal.before != before or seal.first_id != first:
            yield Fault("seal", where, "与前一号封存接不上")
        if seal.hash != seal_hash(seal):
            yield Fault("seal", where, "封存本身被改动")
        if not signing.is_signed(seal.hash, seal.signer, seal.signature):
            yield Fault("seal", where, "签名不对")
        elif seal.signer not in trusted:
            yield Fault("seal", where, f"签名不是本系统的密钥（{seal.signer[:12]}）")
        pairs = Event.objects.filter(pk__gte=seal.first_id, pk__lte=seal.last_id).order_by("pk")
        root = Root().add_all(pairs.values_list("pk", "hash").iterator(chunk_size=CHUNK))
        if root.events != seal.events:
            yield Fault("seal", where, f"封存时 {seal.events} 条，现在 {root.events} 条")
        elif root.hash != seal.root:
            yield Fault("seal", where, "其中的事件与封存时不符")
        before, first, number = seal.hash, seal.last_id + 1, seal.number + 1


def read_digest(text: str) -> list[dict[str, Any]]:
    """The seals of a digest, one JSON object a line; other lines are for the human reader."""
    found = []
    for place, line in enumerate(text.splitlines(), 1):
        if line.lstrip().startswith("{"):
            try:
                row = json.loads(line)
                found.append(
                    {"number": int(row["number"]), "hash": str(row["hash"]), "last": int(row["last"])}
                )
            except (ValueError, KeyError, TypeError):
                raise ValueError(f"摘要第 {place} 行读不出来：换一份没有改动过的摘要文件") from None
    if not found:
        raise ValueError("这个文件里没有封存摘要：用 bihuan digest 导出的文件来核对")
    return found


def _against(kept: list[dict[str, Any]]) -> Iterator[Fault]:
    """Seals against what was carried out of the house."""
    ours = dict(Seal.objects.values_list("number", "hash"))
    for row in kept:
        number = row["number"]
        if number not in ours:
            yield Fault("digest", f"第 {number} 号封存", "外存的摘要里有，这里没有")
        elif ours[number] != row["hash"]:
            yield Fault(
                "digest",
                f"第 {number} 号封存",
                f"与外存的摘要不符：止于第 {row['last']} 号的事件被整体重写过",
            )


def _files(total: int, say: Say) -> Iterator[Fault]:
    """Each kept content against its fingerprint, each row against the event that was written when it came."""
    done = total - StoredFile.objects.count()
    said = {e.stream: e for e in Event.objects.of_kinds(["file.kept"]).iterator(chunk_size=CHUNK)}
    for stored in StoredFile.objects.order_by("pk").iterator(chunk_size=CHUNK):
        say(done := done + 1, total, "核对文件")
        event = said.pop(f"file:{stored.pk}", None)
        if event is None:
            yield Fault("file", f"文件 {stored.sha256}", "多出来的：没有收下它的记录")
        elif which := [name for name, value in _row(stored).items() if event.data.get(name) != value]:
            where = f"文件 {event.data.get('sha256', stored.sha256)}"
            yield Fault("file", where, f"登记被改动（{'、'.join(which)}），与收下时不符")
        yield from _contents(stored)
    for event in said.values():
        yield Fault("file", f"文件 {event.data.get('sha256', event.stream)}", "登记缺失，被删除")


def _row(stored: StoredFile) -> dict[str, Any]:
    return {
        "sha256": stored.sha256,
        "size": stored.size,
        "mime": stored.mime,
        "shown": stored.shown_sha256,
        "thumb": stored.thumb_sha256,
    }


def _contents(stored: StoredFile) -> Iterator[Fault]:
    named = (("原件", stored.sha256), ("展示件", stored.shown_sha256), ("缩略图", stored.thumb_sha256))
    for what, sha256 in named:
        if not sha256:
            continue
        try:
            with vault.open_kept(sha256) as file:
                found = hashlib.file_digest(file, "sha256").hexdigest()  # type: ignore[arg-type]
        except FileNotFoundError:
            yield Fault("file", f"文件 {sha256}", f"{what}的内容不在了")
            continue
        if found != sha256:
            yield Fault("file", f"文件 {sha256}", f"{what}的内容被改动，现在是 {found[:12]}")
