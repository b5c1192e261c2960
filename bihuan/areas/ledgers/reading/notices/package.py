"""Bytes of a .docx → the XML of its parts. Nothing of a hostile file is unpacked past its limit or resolved."""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from dataclasses import dataclass, field
from posixpath import dirname, join, normpath

from lxml import etree

from bihuan.kernel.refused import Invalid

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", W.encode()),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
)
"""Word can save "strict" documents: the same words in other namespaces."""
MB = 1024 * 1024
PART_LIMIT = 80 * MB
"""XML of one part. A book of a thousand pages has some 20 MB."""
RATIO = 400
"""Word's XML packs 10 to 40 times; a bomb packs a thousand times."""
AGAIN = "用 Word 或 WPS 打开，另存为 .docx 后再传"
_MAIN = "/officeDocument"


@dataclass
class Package:
    """The parts a reader sees. `aside` are parts with words that do not belong to the text: name → XML."""

    document: etree._Element
    numbering: etree._Element | None = None
    styles: etree._Element | None = None
    aside: dict[str, etree._Element] = field(default_factory=dict)
    images: int = 0


def open_package(data: bytes) -> Package:
    """Raises Invalid with a sentence for anything that is no readable Word document."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _parts(archive)
    except (zipfile.BadZipFile, zlib.error, ValueError, OSError, EOFError, struct.error) as error:
        raise Invalid("文档不完整，里面有一部分已损坏，读不出来", "重新下载或拷贝一份，" + AGAIN) from error
    except (NotImplementedError, RuntimeError) as error:
        raise Invalid("文档加了密码或用了特殊的压缩，打不开", "取消密码，" + AGAIN) from error


def _parts(archive: zipfile.ZipFile) -> Package:
    names = {name.lower(): name for name in archive.namelist()}
    main = _main_part(archive, names)
    root = _xml(archive, main)
    if root is None or etree.QName(root).localname != "document":
        raise Invalid("文档里没有正文，像是没有存完", AGAIN)
    home = dirname(main)
    package = Package(
        document=root,
        numbering=_xml(archive, names.get(f"{home}/numbering.xml".lower(), "")),
        styles=_xml(archive, names.get(f"{home}/styles.xml".lower(), "")),
    )
    for low, name in sorted(names.items()):
        if re.fullmatch(
            rf"{re.escape(home.lower())}/(header|footer|footnotes|endnotes|comments)\d*\.xml", low
        ):
            part = _xml(archive, name)
            if part is not None:
                package.aside[low.rsplit("/", 1)[-1]] = part
        elif re.match(rf"{re.escape(home.lower())}/media/.*\.(?:png|jpe?g|gif|bmp|tiff?|emf|wmf|webp)$", low):
            package.images += 1
    return package


def _main_part(archive: zipfile.ZipFile, names: dict[str, str]) -> str:
    """As the package itself says; by its usual name when it does not."""
    rels = _xml(archive, names.get("_rels/.rels", ""))
    for rel in rels if rels is not None else ():
        if isinstance(rel.tag, str) and str(rel.get("Type", "")).endswith(_MAIN):
            target = normpath(join("/", str(rel.get("Target", "")))).lstrip("/")
            if target.lower() in names:
                return names[target.lower()]
    if "word/document.xml" in names:
        return names["word/document.xml"]
    raise Invalid("这个文件里没有 Word 正文（word/document.xml），像是损坏或没有存完", AGAIN)


def _xml(archive: zipfile.ZipFile, name: str) -> etree._Element | None:
    """One part, read no further than its limit whatever its directory entry says. None where there is none."""
    if not name:
        return None
    info = archive.getinfo(name)
    if info.file_size > PART_LIMIT or (
        info.file_size > MB and info.file_size > RATIO * max(info.compress_size, 1)
    ):
        raise _bomb(info.file_size)
    with archive.open(info) as opened:
        content = opened.read(PART_LIMIT + 1)
    if len(content) > PART_LIMIT:
        raise _bomb(len(content))
    for strict, usual in _STRICT:
        content = content.replace(strict, usual)
    return _parsed(content)


def _bomb(size: int) -> Invalid:
    return Invalid(
        f"文档展开后有 {size / MB:.0f} MB，正常的通报没有这么大，没有展开",
        "把正文复制到一个新建的文档里再传",
    )


def _parsed(content: bytes) -> etree._Element:
    """Entities stay unresolved and nothing is fetched; a document with its own entities is none of Word's."""
    head = content[:4096].replace(b"\0", b"")
    if b"<!DOCTYPE" in head or b"<!ENTITY" in head:
        raise Invalid("文档里夹带了外部定义（DTD），Word 和 WPS 不会这样存，没有读取", AGAIN)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True,
        remove_pis=True,
    )  # fmt: skip
    try:
        return etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise Invalid("文档里的内容已损坏，读不出来", AGAIN) from error
