"""Files that cannot be read each get a sentence that says what is wrong and what to do. All of them are real bytes."""

from __future__ import annotations

import io
import struct
import zipfile

import openpyxl
import pytest
import xlwt
from PIL import Image

from bihuan.areas.ledgers.reading.read import read_ledger
from bihuan.areas.ledgers.reading.sniff import MB, SIZE_LIMIT, check_size
from bihuan.kernel.refused import Invalid

from .files import Page, as_xlsx
from .layouts import plain
from .truth import BASE

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def _refusal(data: bytes, name: str = "台账.xlsx") -> str:
    reading = read_ledger(data, name, base=BASE)
    assert reading.rows == []
    assert reading.as_json()["refused"] == reading.refused
    return reading.refused


def _zip(members: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return out.getvalue()


def _picture() -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (40, 40), (10, 60, 120)).save(out, "JPEG")
    return out.getvalue()


def _xls_with_password() -> bytes:
    """A workbook stream whose second record is FilePass, as Excel writes it for a protected file."""
    book = xlwt.Workbook()
    book.add_sheet("台账").write(0, 0, "序号")
    out = io.BytesIO()
    book.save(out)
    data = out.getvalue()
    at = data.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    length = struct.unpack_from("<H", data, at + 2)[0]
    after = at + 4 + length
    return data[:after] + struct.pack("<HH", 0x2F, 54) + b"\x01\x00" * 27 + data[after + 58 :]


def _ole(*streams: str) -> bytes:
    return OLE + b"\0" * 1000 + b"".join(name.encode("utf-16-le") + b"\0" * 64 for name in streams)


def test_an_empty_file() -> None:
    assert "空的" in _refusal(b"")


def test_a_workbook_without_a_filled_cell() -> None:
    out = io.BytesIO()
    openpyxl.Workbook().save(out)
    assert "没有任何内容" in _refusal(out.getvalue())


def test_text_of_blanks_only() -> None:
    assert "没有任何内容" in _refusal(b" \r\n , , \r\n", "空.csv")


def test_a_download_cut_off_in_the_middle() -> None:
    data = plain().data
    assert "不完整" in _refusal(data[: len(data) // 2])


def test_a_workbook_damaged_inside() -> None:
    members = {}
    with zipfile.ZipFile(io.BytesIO(plain().data)) as archive:
        for name in archive.namelist():
            members[name] = archive.read(name)
    members["xl/worksheets/sheet1.xml"] = members["xl/worksheets/sheet1.xml"][:400]
    refusal = _refusal(_zip(members))
    assert "损坏" in refusal or "没有任何内容" in refusal


def test_an_encrypted_workbook() -> None:
    assert "密码" in _refusal(_ole("EncryptionInfo", "EncryptedPackage"))


def test_an_old_workbook_with_a_password() -> None:
    assert "密码" in _refusal(_xls_with_password(), "台账.xls")


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (_zip({"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<w:document/>"}), "Word"),
        (_zip({"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<p/>"}), "演示文稿"),
        (_zip({"台账/一.xlsx": b"x", "台账/二.xlsx": b"y"}), "压缩包"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "PDF"),
        (_picture(), "图片"),
        (_ole("WordDocument"), "Word"),
        (_ole("SomethingElse"), "打不开"),
        (b"Rar!\x1a\x07\x01\x00" + b"\0" * 80, "压缩包"),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", "MHT"),
    ],
)
def test_something_else_under_the_name_of_a_workbook(data: bytes, said: str) -> None:
    refusal = _refusal(data)
    assert said in refusal
    assert refusal.endswith("。")


def test_noise_under_the_name_of_a_workbook() -> None:
    assert "打不开" in _refusal(bytes(range(1, 32)) * 200)


def test_a_page_without_a_table() -> None:
    assert "没有表格" in _refusal("<html><body>登录已过期</body></html>".encode(), "导出.xls")


def test_a_large_file_is_refused_by_its_size_alone() -> None:
    with pytest.raises(Invalid) as refusal:
        check_size(200 * MB)
    assert "200 MB" in refusal.value.reason
    assert "50 MB" in refusal.value.reason
    assert check_size(SIZE_LIMIT) is None


def test_the_limit_can_be_set() -> None:
    reading = read_ledger(plain().data, "台账.xlsx", base=BASE, limit=1000)
    assert "上限" in reading.refused


def test_a_zip_bomb_is_not_unpacked() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/workbook.xml", b"<workbook/>")
        with archive.open("xl/worksheets/sheet1.xml", "w", force_zip64=True) as member:
            for _ in range(650):
                member.write(b"\0" * MB)
    data = out.getvalue()
    assert len(data) < 2 * MB
    assert "展开" in _refusal(data)


def test_a_word_in_the_last_row_does_not_fill_the_memory() -> None:
    rows: list[list[object]] = [["序号", "问题描述", "责任单位"], [1, "出铁场护栏缺失一段", "炼铁厂"]]
    out = io.BytesIO()
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([Page("台账", rows)])))
    book["台账"].cell(1_048_576, 60, "零星")
    book.save(out)
    reading = read_ledger(out.getvalue(), "台账.xlsx", base=BASE)
    assert [row.text("statement") for row in reading.rows] == ["出铁场护栏缺失一段"]
    assert "零星内容" in "".join(reading.notes)


def test_a_table_that_is_no_ledger() -> None:
    rows: list[list[object]] = [["姓名", "基本工资"], ["贾海峰", 5200], ["韩玉梅", 5300]]
    assert "没有找到问题表" in _refusal(as_xlsx([Page("工资", rows)]))
