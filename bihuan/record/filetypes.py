"""What a file is, by its content. The name only has to agree; it is never believed.

The allow-list is short on purpose: pictures, PDF and OFD, office documents, plain text and tables, short
videos. No archives (nobody looks inside), no web pages or SVG (they run in the reader's browser), no
macros, nothing that starts as a program.
"""

from __future__ import annotations

import codecs
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePath

import filetype
import olefile

from bihuan.kernel.refused import Invalid

UNPACKED_LIMIT = 1 << 30
MB = 1 << 20
TAKEN = "可以上传图片、PDF、OFD、Word、Excel、PPT、文本和短视频（MP4、MOV）"


@dataclass(frozen=True)
class FileType:
    mime: str
    label: str
    family: str


FAMILIES: dict[str, tuple[str, ...]] = {
    "image": ("jpg", "jpeg", "jpe", "jfif", "png", "webp", "gif", "heic", "heif"),
    "pdf": ("pdf",),
    "ofd": ("ofd",),
    "word": ("doc", "docx", "wps"),
    "excel": ("xls", "xlsx", "et"),
    "slides": ("ppt", "pptx", "dps"),
    "text": ("txt", "csv"),
    "video": ("mp4", "m4v", "mov"),
}
FAMILY_OF = {extension: family for family, extensions in FAMILIES.items() for extension in extensions}

_OOXML = "application/vnd.openxmlformats-officedocument."
WORD = FileType(_OOXML + "wordprocessingml.document", "Word 文档", "word")
EXCEL = FileType(_OOXML + "spreadsheetml.sheet", "Excel 工作簿", "excel")
SLIDES = FileType(_OOXML + "presentationml.presentation", "PPT 演示文稿", "slides")
PDF = FileType("application/pdf", "PDF 文档", "pdf")

_BY_GUESS = {
    "image/jpeg": FileType("image/jpeg", "JPEG 图片", "image"),
    "image/png": FileType("image/png", "PNG 图片", "image"),
    "image/webp": FileType("image/webp", "WebP 图片", "image"),
    "image/gif": FileType("image/gif", "GIF 图片", "image"),
    "image/heic": FileType("image/heic", "HEIC 图片", "image"),
    "video/mp4": FileType("video/mp4", "MP4 视频", "video"),
    "video/x-m4v": FileType("video/mp4", "MP4 视频", "video"),
    "video/quicktime": FileType("video/quicktime", "MOV 视频", "video"),
}
_IN_ZIP = {
    "word/document.xml": WORD,
    "xl/workbook.xml": EXCEL,
    "ppt/presentation.xml": SLIDES,
    "OFD.xml": FileType("application/ofd", "OFD 文档", "ofd"),
}
_IN_OLE = {
    "WordDocument": FileType("application/msword", "Word 文档", "word"),
    "Workbook": FileType("application/vnd.ms-excel", "Excel 工作簿", "excel"),
    "Book": FileType("application/vnd.ms-excel", "Excel 工作簿", "excel"),
    "PowerPoint Document": FileType("application/vnd.ms-powerpoint", "PPT 演示文稿", "slides"),
}
_REFUSED_WORDS = (
    (
        ("application/x-msdownload", "application/x-executable", "application/wasm", "application/x-deb"),
        "程序",
    ),
    (("zip", "rar", "tar", "gzip", "bzip2", "7z", "xz", "zstd", "lz4", "compress", "cab"), "压缩包"),
    (("audio/",), "音频"),
    (("video/",), "不支持的视频格式"),
    (("image/",), "不支持的图片格式"),
    (("rtf",), "RTF 文档"),
)
_MARKUP = re.compile(rb"<\s*(!doctype|html|head|body|svg|script|iframe|\?xml|table|meta|!--)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")


def tidy_name(name: str, limit: int = 120) -> str:
    """A file's name as it may be stored and shown: no folders, no control characters, not endless.

    A name that is too long loses from its middle, so that the extension stays.
    """
    bare = re.sub(
        r"[\x00-\x1f\x7f\u202a-\u202e\u2066-\u2069]", "", PurePath(name.replace("\\", "/")).name
    ).strip()
    bare = bare or "未命名"
    if len(bare) <= limit:
        return bare
    end = bare[-12:]
    return f"{bare[: limit - len(end) - 1]}…{end}"


def recognise(path: Path, name: str) -> FileType:
    """The type of the content at `path`, handed in as `name`. Raises Invalid with a Chinese sentence."""
    found = _by_content(path, name)
    extension = PurePath(name).suffix.lstrip(".").lower()
    if not extension and found.family != "text":
        return found
    expected = FAMILY_OF.get(extension)
    if expected is None:
        raise _no(name, f"扩展名 .{extension} 不在可收之列" if extension else "没有扩展名", TAKEN)
    if expected != found.family:
        raise _no(
            name, f"扩展名是 .{extension}，内容却是 {found.label}", "请核对是不是传错了文件，改正扩展名后再传"
        )
    if found.mime == "text/plain" and extension == "csv":
        return FileType("text/csv", "CSV 表格", "text")
    return found


def _no(name: str, reason: str, todo: str) -> Invalid:
    return Invalid(f"文件“{tidy_name(name, 40)}”{reason}", todo, field="file")


def _by_content(path: Path, name: str) -> FileType:
    with path.open("rb") as file:
        head = file.read(8192)
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(path, name)
    if head.startswith(olefile.MAGIC):
        return _in_ole(path, name)
    if b"%PDF-" in head[:1024]:
        return _pdf(path, name)
    guess = filetype.guess_mime(head)
    if guess in _BY_GUESS:
        return _BY_GUESS[guess]
    if guess is not None:
        what = next(
            (word for codes, word in _REFUSED_WORDS if any(c in guess for c in codes)), "不可收的格式"
        )
        raise _no(name, f"的内容是{what}（{guess}），不能上传", TAKEN)
    return _text(path, head, name)


def _pdf(path: Path, name: str) -> FileType:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - 16384))
        if b"%%EOF" not in file.read():
            raise _no(name, "不完整：PDF 没有结尾", "可能没有下载完，请重新取得后再传")
    return PDF


def _in_zip(path: Path, name: str) -> FileType:
    try:
        with zipfile.ZipFile(path) as archive:
            parts = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        raise _no(name, "已损坏，打不开", "请在 Office 或 WPS 里打开并另存一份再传") from None
    names = {part.filename for part in parts}
    found = next((kind for inside, kind in _IN_ZIP.items() if inside in names), None)
    if found is None:
        raise _no(name, "的内容是压缩包，不能上传", "请解压后逐个上传")
    if any(part.endswith("vbaProject.bin") for part in names):
        raise _no(name, "含有宏", "请另存为不含宏的 .docx、.xlsx 或 .pptx 再传")
    if any(part.flag_bits & 1 for part in parts):
        raise _no(name, "设有密码", "请去掉密码后再传")
    if sum(part.file_size for part in parts) > UNPACKED_LIMIT:
        raise _no(name, "展开后超过 1 GB，可能是恶意文件", "请核对来源；内容确实很多时拆成几个文件")
    return found


def _in_ole(path: Path, name: str) -> FileType:
    try:
        with olefile.OleFileIO(str(path)) as ole:
            if ole.exists("EncryptedPackage"):
                raise _no(name, "设有打开密码", "请去掉密码后再传")
            found = next((kind for stream, kind in _IN_OLE.items() if ole.exists(stream)), None)
    except (OSError, ValueError, IndexError, TypeError):
        raise _no(name, "已损坏，打不开", "请在 Office 或 WPS 里打开并另存一份再传") from None
    if found is None:
        raise _no(name, "不是 Word、Excel 或 PPT 文件", TAKEN)
    return found


def _text(path: Path, head: bytes, name: str) -> FileType:
    """Readable text in an encoding used here, and not a web page in disguise."""
    if _MARKUP.search(head[:2048]):
        if PurePath(name).suffix.lower() in (".xls", ".xlsx", ".et"):
            raise _no(
                name,
                "的内容是网页，不是 Excel",
                "有的系统导出的表格是这样：用 Excel 或 WPS 打开，另存为 .xlsx 再传",
            )
        raise _no(name, "的内容是网页或 SVG，打开时会执行其中的代码，不能上传", TAKEN)
    encodings = (
        ("utf-16",) if head[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else ("utf-8", "gb18030")
    )
    if not any(_readable(path, encoding) for encoding in encodings):
        raise _no(name, "认不出是什么格式，可能已损坏", TAKEN)
    return FileType("text/plain", "文本", "text")


def _readable(path: Path, encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        with path.open("rb") as file:
            while chunk := file.read(1 << 20):
                if _CONTROL.search(decoder.decode(chunk)):
                    return False
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def not_taken(name: str, reason: str, todo: str) -> Invalid:
    """Why this file was not taken, to be raised."""
    return Invalid(f"文件“{tidy_name(name, 40)}”{reason}", todo, field="file")


def too_big(name: str, size: int | None, limit_mb: int) -> Invalid:
    """`size` in bytes, None when it is not known."""
    has = f"有 {size / MB:.0f} MB，" if size else ""
    return not_taken(name, f"{has}超过 {limit_mb} MB 的上限", "请压缩图片或视频，或拆成几个文件再传")
