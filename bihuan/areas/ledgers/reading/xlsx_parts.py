"""What calamine does not tell about an .xlsx: hidden rows, formulas never calculated, images, stray far cells.

The sheets' XML is scanned by regular expressions, not parsed: a sheet of 20,000 rows takes a fraction of a second,
and the prefixes some writers use (`<x:row>`) are allowed for.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from dataclasses import dataclass, field

from bihuan.kernel.refused import Invalid

from .sheets import Spot, column_index

DENSE_LIMIT = 3_000_000
"""calamine holds a sheet as one full rectangle: a stray word in the last row of the sheet would take gigabytes."""

_CELL = re.compile(
    rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"[^>]*?(?:/>|>(.*?)</(?:\w+:)?c>)', re.DOTALL
)
_SPOT = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_HIDDEN = re.compile(rb'<(?:\w+:)?row\b(?=[^>]*\bhidden="(?:1|true)")[^>]*?\br="(\d+)"')
_VALUE = re.compile(rb"<(?:\w+:)?(?:v|t)(?:\s[^>]*)?>[^<]")
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")
_PICTURE = re.compile(rb"<(?:\w+:)?pic\b|<(?:\w+:)?pic>")


@dataclass
class Extras:
    """Beside the values of one sheet."""

    hidden_rows: set[int] = field(default_factory=set)
    uncached: set[Spot] = field(default_factory=set)
    broken: set[Spot] = field(default_factory=set)
    images: int = 0
    notes: list[str] = field(default_factory=list)


def scan(data: bytes) -> tuple[bytes, dict[str, Extras], bool]:
    """The bytes (with far stray cells cut off if there are any), extras by sheet name, and whether dates count from 1904."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
            book = _read(archive, names, "xl/workbook.xml")
            paths = _sheet_paths(archive, names, book)
            extras: dict[str, Extras] = {}
            cut: dict[str, bytes] = {}
            for name, path in paths.items():
                xml = _read(archive, names, path)
                extras[name], kept = _scan_sheet(xml)
                extras[name].images += _count_images(archive, names, path)
                if kept is not None:
                    cut[path] = kept
            if cut:
                data = _rewritten(archive, cut)
    except (zipfile.BadZipFile, OSError, ValueError, EOFError, NotImplementedError) as error:
        raise Invalid("文件已损坏，里面的内容读不出来", "重新下载或拷贝一份再传") from error
    return data, extras, b'date1904="1"' in book or b'date1904="true"' in book


def _read(archive: zipfile.ZipFile, names: set[str], path: str) -> bytes:
    return archive.read(path) if path in names else b""


def _sheet_paths(archive: zipfile.ZipFile, names: set[str], book: bytes) -> dict[str, str]:
    targets = {}
    for tag in _RELATION.findall(_read(archive, names, "xl/_rels/workbook.xml.rels")):
        known = _attributes(tag)
        target = known.get("Target", "")
        targets[known.get("Id", "")] = target.lstrip("/") if target.startswith("/") else f"xl/{target}"
    paths = {}
    for tag in re.findall(rb"<(?:\w+:)?sheet\b[^>]*>", book):
        known = _attributes(tag)
        identity = next((value for key, value in known.items() if key.endswith(":id") or key == "id"), "")
        if known.get("name") and identity in targets:
            paths[_plain(known["name"])] = posixpath.normpath(targets[identity])
    return paths


def _attributes(tag: bytes) -> dict[str, str]:
    return {
        key.decode(): value.decode("utf-8", "replace")
        for key, value in re.findall(rb'([\w:]+)="([^"]*)"', tag)
    }


def _plain(text: str) -> str:
    for code, sign in (("&lt;", "<"), ("&gt;", ">"), ("&quot;", '"'), ("&apos;", "'"), ("&amp;", "&")):
        text = text.replace(code, sign)
    return text


def _scan_sheet(xml: bytes) -> tuple[Extras, bytes | None]:
    extras = Extras(hidden_rows={int(row) - 1 for row in _HIDDEN.findall(xml)})
    special = b"<f" in xml or b":f" in xml or b't="e"' in xml
    if not special and _dense(xml):
        return extras, None
    filled_rows: set[int] = set()
    filled_columns: set[bytes] = set()
    for match in _CELL.finditer(xml):
        body = match.group(3)
        if not body:
            continue
        filled_rows.add(int(match.group(2)))
        filled_columns.add(match.group(1))
        if special:
            _note_formula(extras, match)
    last_row = max(filled_rows, default=0)
    columns = sorted(column_index(letters.decode()) for letters in filled_columns)
    if last_row * (columns[-1] + 1 if columns else 0) <= DENSE_LIMIT:
        return extras, None
    row_end, column_end = _before_gap(sorted(filled_rows), 500), _before_gap(columns, 50)
    if row_end * (column_end + 1) > DENSE_LIMIT:
        raise Invalid("表格范围过大，读不了", "只留问题表，复制到一个新建的工作簿里再传")
    extras.notes.append(f"第 {row_end} 行以后隔着大片空白的零星内容没有读")
    extras.uncached = {spot for spot in extras.uncached if spot[0] < row_end and spot[1] <= column_end}
    return extras, _CELL.sub(
        lambda cell: (
            cell.group(0)
            if int(cell.group(2)) <= row_end and column_index(cell.group(1).decode()) <= column_end
            else b""
        ),
        xml,
    )


def _dense(xml: bytes) -> bool:
    """Small enough even if every cell that is named were filled; most sheets are, and it is quick to see."""
    spots = set(_SPOT.findall(xml))
    last_row = max((int(row) for row in {row for _, row in spots}), default=0)
    width = max(
        (column_index(letters.decode()) + 1 for letters in {letters for letters, _ in spots}), default=0
    )
    return last_row * width <= DENSE_LIMIT


def _note_formula(extras: Extras, match: re.Match[bytes]) -> None:
    body = match.group(3)
    spot = (int(match.group(2)) - 1, column_index(match.group(1).decode()))
    if b"DISPIMG" in body:
        extras.images += 1
        extras.broken.discard(spot)
        return
    opening = match.group(0)[: match.start(3) - match.start(0)]
    if b't="e"' in opening:
        extras.broken.add(spot)
    elif re.search(rb"<(?:\w+:)?f[\s>/]", body) and not _VALUE.search(body) and b't="str"' not in opening:
        extras.uncached.add(spot)


def _before_gap(numbers: list[int], gap: int) -> int:
    last = numbers[0] if numbers else 0
    for number in numbers:
        if number - last > gap:
            break
        last = number
    return last


def _count_images(archive: zipfile.ZipFile, names: set[str], sheet_path: str) -> int:
    folder, file = posixpath.split(sheet_path)
    total = 0
    for tag in _RELATION.findall(_read(archive, names, f"{folder}/_rels/{file}.rels")):
        known = _attributes(tag)
        if known.get("Type", "").endswith("/drawing"):
            target = known.get("Target", "")
            path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"{folder}/{target}")
            total += len(_PICTURE.findall(_read(archive, names, path)))
    return total


def _rewritten(archive: zipfile.ZipFile, cut: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as copy:
        for member in archive.infolist():
            copy.writestr(member.filename, cut.get(member.filename, archive.read(member)))
    return out.getvalue()
