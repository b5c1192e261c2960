"""Does the record still say what it said? Every event, every seal and every kept content is looked at.

What is found is named, one thing a line: the stream and number of an event, the number of a seal, the
fingerprint of a file. Nothing is repaired here: what was changed is evidence itself. Others may go on writing
meanwhile: each part reads what can only grow, in an order in which new rows do no harm.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.db import DatabaseError, OperationalError, connection
from django.db.models import Exists, OuterRef

from bihuan.record import append_only, lying, signing, verify_files
from bihuan.record.chain import Root, link, seal_hash
from bihuan.record.faults import Fault, Say, event_named
from bihuan.record.models import Event, Seal, StoredFile, StreamHead
from bihuan.record.places import last_place
from bihuan.record.table_check import table_faults

#: the background work an auditor asks for on the page
VERIFY = "record.verify"
CHUNK = 5000


def verify(digest: str = "", say: Say = lambda done, total, word: None) -> Iterator[Fault]:
    """Everything that is wrong, in the order it is found; nothing when the record is whole.

    `digest` is the text of a digest kept elsewhere (`reads`' `digest_text`): against it even a chain that was
    written anew as a whole shows. `say(done, total, word)` hears how far it is. Raises ValueError with a
    Chinese sentence when the digest cannot be read.
    """
    kept = read_digest(digest) if digest else []
    total = Event.objects.count() + StoredFile.objects.count()
    named: set[str] = set()
    said: dict[str, Any] = {}
    missing = 0
    for fault in chain(_readable(_events(total, say, said), "事件"), _readable(_heads(), "事件流末端")):
        missing += fault.missing
        if fault.where not in named:
            yield fault
        named.add(fault.where)
    yield from _readable(_gaps(missing), "事件总序")
    yield from _readable(_seals(), "封存")
    yield from _readable(_against(kept), "封存")
    yield from _readable(verify_files.files(said, total, say), "文件")
    yield from _readable(table_faults(), "数据库")
    for name in append_only.missing(connection):
        yield Fault("fence", f"数据库的触发器 {name}", "不在、停用了或被改写，事件和封存没有它拦着改动")


def _readable(part: Iterator[Fault], what: str) -> Iterator[Fault]:
    """A database file somebody cut into cannot be read to its end: that is a fault, not the end of the check.

    A server that is away, or a lock, says nothing about the record.
    """
    try:
        yield from part
    except DatabaseError as problem:
        away = connection.vendor == "postgresql" and isinstance(problem, OperationalError)
        if away or "locked" in str(problem):
            raise
        yield Fault("database", f"数据库（{what}）", f"损坏，读不下去：{problem}")


def _events(total: int, say: Say, said: dict[str, Any]) -> Iterator[Fault]:
    """Each event against its own hash, each stream against its numbers. What was said of files goes into `said`."""
    last: Any = None
    ours = ""  # what the hash of the last event should be, where it says something else
    for done, event in enumerate(lying.rows(Event, "stream", "seq")):
        if done % CHUNK == 0:
            say(done, total, "核对事件")
        if event.odd:
            yield Fault(
                "event", event_named(event), f"{'、'.join(event.odd)}被改动：系统不会这样写，与记下时不符"
            )
            if not (
                isinstance(event.stream, str) and isinstance(event.seq, int) and isinstance(event.hash, str)
            ):
                continue
        if event.kind == "file.kept":
            said[event.stream] = event
        same = last is not None and last.stream == event.stream
        before = last.hash if same else ""
        expected = last.seq + 1 if same else 1
        if event.seq > expected:
            yield _missing(event.stream, expected, event.seq - 1)
        wanted = event.hash if event.odd else link(before, event)
        known = event.seq > expected or event.hash in (wanted, link(ours, event) if same and ours else wanted)
        if not known:
            yield Fault("event", event_named(event), "内容、编号或链值被改动，与记下时不符")
        if same and event.pk < last.pk:
            yield Fault("event", event_named(event), "次序被调换：它写在前一条之前")
        ours = "" if event.hash == wanted or event.seq > expected else wanted
        last = event


def _missing(stream: str, first: int, last: int) -> Fault:
    which = f"第 {first} 条" if first == last else f"第 {first} 至 {last} 条"
    text = "缺失，被删除或被改到别处"
    return Fault("event", f"事件流 {stream} {which}", text, missing=last - first + 1)


def _heads() -> Iterator[Fault]:
    """The end of each stream: events that were taken from the end, or put there by another hand."""
    here = Event.objects.filter(stream=OuterRef("stream"), seq=OuterRef("seq"))
    streams = StreamHead.objects.exclude(pk=Seal.STREAM)
    for head in list(streams.filter(~Exists(here))):
        rest = Event.objects.filter(stream=head.stream).order_by("-seq").values_list("seq", flat=True).first()
        yield _missing(head.stream, min((rest or 0) + 1, head.seq), head.seq)
    end = StreamHead.objects.filter(pk=OuterRef("stream"))
    false: Any = Event.objects.filter(~Exists(end.filter(seq__gte=OuterRef("seq"))))
    for event in list(false.values_list("stream", "seq", "kind", "subject", named=True)):
        yield Fault("event", event_named(event), "多出来的：不是由系统写下的")
    for head in list(streams.filter(Exists(here.exclude(hash=OuterRef("hash"))))):
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
    end = StreamHead.objects.filter(pk=Seal.STREAM).first()
    trusted, before, first, number = signing.trusted(), "", 1, 1
    for seal in lying.rows(Seal, "number"):
        where = f"第 {seal.number} 号封存（第 {seal.first_id} 至 {seal.last_id} 号事件）"
        if seal.odd:
            yield Fault("seal", where, f"{'、'.join(seal.odd)}被改动：系统不会这样写")
            if all(isinstance(value, int) for value in (seal.number, seal.last_id)):
                before, first, number = str(seal.hash), seal.last_id + 1, seal.number + 1
            continue
        if seal.number != number:
            yield _seal_missing(number, seal.number - 1)
        elif seal.before != before or seal.first_id != first:
            yield Fault("seal", where, "与前一号封存接不上")
        if seal.hash != seal_hash(seal):
            yield Fault("seal", where, "封存本身被改动")
        if not signing.is_signed(seal.hash, seal.signer, seal.signature):
            yield Fault("seal", where, "签名不对")
        elif seal.signer not in trusted:
            yield Fault("seal", where, f"签名不是本系统的密钥（{seal.signer[:12]}）")
        yield from _covered(seal, where)
        before, first, number = seal.hash, seal.last_id + 1, seal.number + 1
    if end is not None and number <= end.seq:
        yield _seal_missing(number, end.seq)


def _seal_missing(first: int, last: int) -> Fault:
    return Fault("seal", f"第 {first} 至 {last} 号封存", "缺失，被删除")


def _covered(seal: Any, where: str) -> Iterator[Fault]:
    pairs = Event.objects.filter(pk__gte=seal.first_id, pk__lte=seal.last_id).order_by("pk")
    root = Root().add_all(pairs.values_list("pk", "hash").iterator(chunk_size=CHUNK))
    if root.events != seal.events:
        yield Fault("seal", where, f"封存时 {seal.events} 条，现在 {root.events} 条")
    elif root.hash != seal.root:
        yield Fault("seal", where, "其中的事件与封存时不符")


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
            except (ValueError, KeyError, TypeError, OverflowError):
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
