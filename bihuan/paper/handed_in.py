"""A Word file or workbook somebody hands in, before a library unpacks it: how much it becomes, and whom it calls."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

from bihuan.kernel.refused import Invalid

MB = 1024 * 1024
#: unpacked; a template or a list of people has some hundred KB
MOST_UNPACKED = 100 * MB
#: a library holds a sheet as one full rectangle: a single word in the last cell of a sheet would take gigabytes
MOST_CELLS = 3_000_000
_SPOT = re.compile(rb'<(?:\w+:)?c\b[^>]*?\br="([A-Z]{1,3})(\d{1,7})"')
_RELATION = re.compile(rb"<(?:\w+:)?Relationship\b[^>]*>")


def insist_small(content: bytes) -> None:
    """Raises Invalid for a packed file that becomes too large. Bytes that are no packed file pass: others judge them.

    What an entry says of its size is what the library reads at most.
    """
    try:
        with zipfile.ZipFile(BytesIO(content)) as packed:
            whole = sum(part.file_size for part in packed.infolist())
    except (zipfile.BadZipFile, OSError, ValueError):
        return
    if whole > MOST_UNPACKED:
        raise Invalid(
            f"文件展开后有 {whole / MB:.0f} MB，超过 {MOST_UNPACKED // MB} MB，没有打开",
            "把内容复制到一个新建的文件里再传",
            field="file",
        )


def insist_dense(content: bytes) -> None:
    """Raises Invalid for a workbook (.xlsx) one of whose sheets spans more than it could sensibly hold."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        for name in packed.namelist():
            if not name.startswith("xl/worksheets/"):
                continue
            spots = set(_SPOT.findall(packed.read(name)))
            rows = max((int(row) for _, row in spots), default=0)
            if rows * max((_place(letters) for letters, _ in spots), default=0) > MOST_CELLS:
                raise Invalid(
                    "表格范围过大，读不了", "只留要导入的行，复制到一个新建的工作簿里再传", field="file"
                )


def _place(letters: bytes) -> int:
    """A is 1, Z 26, AA 27."""
    place = 0
    for letter in letters:
        place = place * 26 + letter - 64
    return place


def insist_alone(content: bytes) -> None:
    """Raises Invalid for a document that fetches something from elsewhere when it is opened: whoever reads a letter
    made of it would call there. Links one clicks on are fine."""
    with zipfile.ZipFile(BytesIO(content)) as packed:
        for name in packed.namelist():
            for tag in _RELATION.findall(packed.read(name)) if name.endswith(".rels") else ():
                if b'"External"' in tag.replace(b"'", b'"') and b"/hyperlink" not in tag:
                    raise Invalid(
                        "模板里链接着外面的文件（图片、附加模板或对象），打开时会去取",
                        "把图片插进文档里，去掉附加模板和链接的对象再传",
                        field="file",
                    )
