"""Files made for tests: none is somebody's."""

from __future__ import annotations

import io
import os
import struct
import zipfile
import zlib

import pillow_heif
import xlwt
from PIL import ExifTags, Image

pillow_heif.register_heif_opener()

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\nxref\n0 1\ntrailer<<>>\nstartxref\n9\n%%EOF\n"
PROGRAM = b"MZ\x90\x00" + bytes(56) + b"\x80\x00\x00\x00" + bytes(64) + b"PE\x00\x00" + bytes(200)
SHANXI = (((35, 1), (30, 1), (0, 1)), ((112, 1), (51, 1), (0, 1)))


def picture(kind: str, mode: str = "RGB", size: tuple[int, int] = (64, 48), noise: bool = False) -> bytes:
    out = io.BytesIO()
    if noise:
        image = Image.frombytes("RGB", size, os.urandom(size[0] * size[1] * 3))
    elif mode == "RGBA":
        image = Image.new(mode, size, (0, 0, 0, 0))
    else:
        image = Image.new("RGB", size, (180, 40, 40)).convert(mode)
    image.save(out, kind)
    return out.getvalue()


def photo(
    *, when="2026:08:31 15:30:05", offset="", gps=True, latitude=SHANXI[0], longitude=SHANXI[1]
) -> bytes:
    """4000 × 3000 lying on its side, with a red mark at its top left that is at the top right once upright."""
    image = Image.new("RGB", (4000, 3000), (60, 90, 120))
    image.paste((250, 10, 10), (0, 0, 200, 200))
    exif = Image.Exif()
    exif[ExifTags.Base.Orientation] = 6
    exif[ExifTags.Base.Make] = "Invented"
    details = exif.get_ifd(ExifTags.IFD.Exif)
    details[ExifTags.Base.DateTimeOriginal] = when
    if offset:
        details[ExifTags.Base.OffsetTimeOriginal] = offset
    if gps:
        place = exif.get_ifd(ExifTags.IFD.GPSInfo)
        place[ExifTags.GPS.GPSLatitudeRef], place[ExifTags.GPS.GPSLatitude] = "N", _parts(latitude)
        place[ExifTags.GPS.GPSLongitudeRef], place[ExifTags.GPS.GPSLongitude] = "W", _parts(longitude)
    out = io.BytesIO()
    image.save(out, "JPEG", exif=exif, comment=b"secret", quality=60)
    return out.getvalue()


def _parts(values):
    return tuple(top / bottom for top, bottom in values)


def archive(*names: str, body: bytes = b"<x/>") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name in names:
            file.writestr(name, body)
    return out.getvalue()


def old_workbook() -> bytes:
    out = io.BytesIO()
    book = xlwt.Workbook()
    book.add_sheet("台账").write(0, 0, "序号")
    book.save(out)
    return out.getvalue()


def with_password() -> bytes:
    """What Office makes of a workbook with a password: an OLE container with one encrypted package.

    The stream of an old workbook is renamed, which is all that tells the two apart from outside.
    """
    content = old_workbook()
    old, new = "Workbook".encode("utf-16-le"), "EncryptedPackage".encode("utf-16-le")
    where = content.index(old + bytes(64 - len(old)))
    entry = bytearray(content[where : where + 128])
    entry[: len(new)] = new
    struct.pack_into("<H", entry, 64, len(new) + 2)
    return content[:where] + bytes(entry) + content[where + 128 :]


def video(brand: bytes) -> bytes:
    return struct.pack(">I", 24) + b"ftyp" + brand + bytes(4) + brand * 2 + bytes(400)


def png_header(width: int, height: int) -> bytes:
    """A PNG that claims to be huge and holds nothing."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + _chunk(b"IHDR", head)
        + _chunk(b"IDAT", zlib.compress(b""))
        + _chunk(b"IEND", b"")
    )


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
