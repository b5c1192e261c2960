"""Text files: which encoding, which separator. Programs of the field write all of them and declare none."""

from __future__ import annotations

import csv
import io

from bihuan.kernel.refused import Invalid

from .header_words import is_header_word
from .sheets import Book, Sheet, Value, clean, squared

SEPARATORS = ",\t;|，"
csv.field_size_limit(10_000_000)


def open_csv(data: bytes, filename: str) -> Book:
    text, encoding = decoded(data)
    text = text.lstrip("\ufeff")
    separator = _separator(text)
    if text[:4].lower() == "sep=":
        separator, text = text[4], text.partition("\n")[2]
    rows: list[list[Value]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator):
            rows.append([clean(_unquoted(cell)) for cell in row])
    except csv.Error as error:
        raise Invalid(
            "文本表格的引号或分隔符写错了，读不下去", "用 Excel 打开，另存为 .xlsx 后再传"
        ) from error
    name = filename.rsplit("/", 1)[-1].rsplit(".", 1)[0] or "表"
    named = {"\t": "制表符", ",": "逗号", ";": "分号", "|": "竖线", "，": "全角逗号"}[separator]
    note = f"文本表格，编码 {encoding}，以{named}分列"
    return Book(kind="csv", sheets=[Sheet(name=name, rows=squared(rows))], notes=[note])


def decoded(data: bytes) -> tuple[str, str]:
    """The text and the encoding's name. Order: marks at the start, UTF-16 by its zeros, UTF-8, GB18030 or Big5."""
    if data.startswith(b"\xef\xbb\xbf"):
        return data.decode("utf-8-sig", errors="replace"), "UTF-8"
    if data[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return data.decode("utf-16", errors="replace"), "UTF-16"
    sample = data[:4000]
    if sample.count(0) * 8 >= len(sample):
        even = sample[0::2].count(0)
        return data.decode(
            "utf-16-be" if even * 2 > sample.count(0) else "utf-16-le", errors="replace"
        ), "UTF-16"
    try:
        return data.decode("utf-8"), "UTF-8"
    except UnicodeDecodeError:
        return _double_byte(data)


def _double_byte(data: bytes) -> tuple[str, str]:
    """GB18030 accepts nearly any bytes, so Big5 wins only where it yields more known header words."""
    readings = []
    for encoding, name in (("gb18030", "GB18030"), ("big5", "Big5")):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        head = text[:3000].replace("\t", ",").replace("\n", ",").replace(";", ",").split(",")
        readings.append((sum(is_header_word(cell) for cell in head), encoding == "gb18030", text, name))
    if not readings:
        return data.decode("gb18030", errors="replace"), "GB18030（有少数字认不出）"
    best = max(readings, key=lambda reading: reading[:2])
    return best[2], best[3]


def _separator(text: str) -> str:
    """The separator by which the first lines have most cells, counting only lines that agree."""
    if text[:4].lower() == "sep=" and len(text) > 4 and text[4] in SEPARATORS:
        return text[4]
    head = "\n".join(text[:200_000].splitlines()[:40])
    best, best_score = ",", 0.0
    for separator in SEPARATORS:
        try:
            counts = [len(row) for row in csv.reader(io.StringIO(head), delimiter=separator) if row]
        except csv.Error:
            continue
        if not counts:
            continue
        usual = max(set(counts), key=lambda count: (counts.count(count) * (count > 1), count))
        score = (usual - 1) * counts.count(usual) / len(counts)
        if score > best_score:
            best, best_score = separator, score
    return best


def _unquoted(cell: str) -> str:
    """`="0012"` is how programs keep Excel from eating zeros; a leading tab or apostrophe does the same."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1]
    return cell.strip("\t") if cell[:1] == "\t" else cell
