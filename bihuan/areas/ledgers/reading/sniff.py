"""What the bytes really are. A file name proves nothing: .docx renamed .xlsx and .html saved as .xls are everyday."""

from __future__ import annotations

import io
import re
import struct
import zipfile

from bihuan.kernel.refused import Invalid

MB = 1024 * 1024
SIZE_LIMIT = 50 * MB
UNPACKED_LIMIT = 600 * MB
"""A workbook of 50 MB unpacks to some 400 MB; a bomb of 1 MB unpacks to gigabytes."""

SAVE_AS = "用 WPS 或 Excel 打开，另存为 .xlsx 后再传"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OTHER_KINDS = (
    (b"%PDF", "PDF 文件"),
    (b"\xff\xd8\xff", "图片（JPG）"),
    (b"\x89PNG", "图片（PNG）"),
    (b"GIF8", "图片（GIF）"),
    (b"BM", "图片（BMP）"),
    (b"Rar!", "压缩包（RAR）"),
    (b"7z\xbc\xaf", "压缩包（7z）"),
    (b"\x1f\x8b", "压缩包（GZ）"),
    (b"{\\rtf", "RTF 文档"),
    (b"SQLite format 3", "数据库文件"),
    (b"MZ", "程序文件"),
)


def check_size(size: int, limit: int = SIZE_LIMIT) -> None:
    """Refuse by the number alone, so that a 200 MB upload need not be read. Raises Invalid."""
    if size == 0:
        raise Invalid("文件是空的，一个字节也没有", "确认导出或拷贝完成后再传")
    if size > limit:
        raise Invalid(
            f"文件有 {size / MB:.0f} MB，超过 {limit // MB} MB 的上限，没有读取",
            "删去表里的照片，或按单位分成几个文件再传",
        )


def kind_of(data: bytes, filename: str) -> str:
    """xlsx, xls, xlsb, ods, html, csv or docx. Raises Invalid with a Chinese sentence for anything else."""
    if data[:4] in (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08"):
        return _zip_kind(data)
    if data.startswith(OLE):
        return _ole_kind(data, filename)
    if data[:2] == b"\x09\x08" or data[:4] in (b"\x09\x04\x06\x00", b"\x09\x02\x06\x00"):
        return "xls"
    for magic, name in OTHER_KINDS:
        if data.startswith(magic) and not (magic == b"BM" and filename.lower().endswith(".csv")):
            raise Invalid(f"这个文件其实是{name}，不是表格", "请传 .xlsx、.xls、.csv 台账，或 .docx 通报")
    return _text_kind(data, filename)


def _text_kind(data: bytes, filename: str) -> str:
    head = data[:4096].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    if b"urn:schemas-microsoft-com:office:spreadsheet" in head:
        raise Invalid("这个文件是 XML 格式的旧式表格，读不了", SAVE_AS)
    if head.startswith((b"mime-version", b"from:")):
        raise Invalid("这个文件其实是单个文件网页（MHT），不是表格", SAVE_AS)
    if re.match(rb"(<!doctype|<\?xml|<html|<table|<head|<meta|<body|<div|<style)", head):
        return "html"
    utf16 = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    zeros = data[:4096].count(0)
    if zeros and not utf16 and zeros < len(data[:4096]) // 8:
        raise Invalid("文件打不开，内容不是表格，可能已损坏", "重新从原系统导出，或" + SAVE_AS)
    if re.search(r"\.xls[xmb]?$", filename.lower()) and zeros == 0 and not _looks_like_text(data):
        raise Invalid("文件打不开，可能已损坏", "重新从原系统导出，或" + SAVE_AS)
    return "csv"


def _looks_like_text(data: bytes) -> bool:
    sample = data[:4096]
    odd = sum(1 for byte in sample if byte < 9 or 13 < byte < 32)
    return odd * 100 <= len(sample)


def _zip_kind(data: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            members = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, struct.error) as error:
        raise Invalid("文件不完整，后半截缺失或已损坏，打不开", "重新下载或拷贝一份再传") from error
    names = {member.filename for member in members}
    unpacked = sum(member.file_size for member in members)
    if unpacked > UNPACKED_LIMIT:
        raise Invalid(
            f"文件展开后有 {unpacked / MB:.0f} MB，超过 {UNPACKED_LIMIT // MB} MB 的上限，没有展开",
            "把问题表复制到一个新建的工作簿里再传",
        )
    if any(member.flag_bits & 1 for member in members):
        raise Invalid("文件加了密码，打不开", "取消密码后再传")
    if "xl/workbook.bin" in names:
        return "xlsb"
    if any(name.startswith("xl/") and name.endswith(".xml") for name in names):
        return "xlsx"
    if "content.xml" in names and "mimetype" in names:
        return "ods"
    if any(name.lower().startswith("word/") for name in names):
        return "docx"
    if any(name.startswith("ppt/") for name in names):
        raise Invalid("这个文件其实是演示文稿，不是表格", "请传 .xlsx、.xls、.csv 台账，或 .docx 通报")
    raise Invalid("这个文件是压缩包，里面不是一张表格", "解开压缩包，把里面的台账一个一个传")


def _ole_kind(data: bytes, filename: str) -> str:
    def has_stream(name: str) -> bool:
        return name.encode("utf-16-le") in data

    if has_stream("EncryptedPackage") or has_stream("EncryptionInfo"):
        if re.search(r"\.(?:docx?|docm|wps)$", filename.lower()):
            raise Invalid(
                "文件加了打开密码，读不了", "在 Word 或 WPS 里取消密码（文件 → 信息 → 保护文档）后再传"
            )
        raise Invalid("文件加了打开密码，读不了", "在 Excel 里取消密码（文件 → 信息 → 保护工作簿）后再传")
    if has_stream("WordDocument"):
        raise Invalid("这是旧版 Word 文档（.doc），读不了", "用 Word 或 WPS 打开，另存为 .docx 后再传")
    if has_stream("PowerPoint Document"):
        raise Invalid("这个文件其实是演示文稿，不是表格", "请传 .xlsx、.xls、.csv 台账，或 .docx 通报")
    if not (has_stream("Workbook") or has_stream("Book")):
        raise Invalid("文件打不开，里面没有表格内容，可能已损坏", "重新从原系统导出，或" + SAVE_AS)
    if _has_file_pass(data):
        raise Invalid("文件加了打开密码，读不了", "在 Excel 里取消密码后再传")
    return "xls"


def _has_file_pass(data: bytes) -> bool:
    """A BIFF8 stream with a password carries a FilePass record (0x002F) among the first ones ([MS-XLS] 2.4.117)."""
    start = data.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    if start < 0:
        return False
    at = start
    for _ in range(12):
        if at + 4 > len(data):
            return False
        record, length = struct.unpack_from("<HH", data, at)
        if record == 0x2F:
            return True
        if record in (0x85, 0x0A):
            return False
        at += 4 + length
    return False
