"""Pictures: what the camera wrote into them, and copies that may be shown.

The original stays as taken; its copy has no EXIF, stands upright, and is small enough for a page.
"""

from __future__ import annotations

import io
import math
import struct
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pillow_heif
from django.utils import timezone
from PIL import ExifTags, Image, ImageOps

pillow_heif.register_heif_opener()

#: A JPEG is shrunk while it is decoded, so a large one costs little memory; the others are decoded whole.
JPEG_PIXELS = 200_000_000
OTHER_PIXELS = 64_000_000
Image.MAX_IMAGE_PIXELS = JPEG_PIXELS // 2  # Pillow itself refuses above twice this figure

#: JPEG covers what phones write as several pictures in one (MPO).
FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "HEIF")
SHOWN_MIME = "image/jpeg"
SHOWN_EDGE, SHOWN_QUALITY = 2560, 86
THUMB_EDGE, THUMB_QUALITY = 480, 78
TURNED = (5, 6, 7, 8)
BROKEN = (
    OSError,
    SyntaxError,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    EOFError,
    struct.error,
    RuntimeError,
)


class Broken(Exception):
    """The picture cannot be decoded to its last line."""


class TooManyPixels(Exception):
    """Larger than any camera's: a decompression bomb, or not meant for a page. Argument: megapixels."""


@dataclass(frozen=True)
class Picture:
    """Width and height of the original the right way up, in pixels; copies as JPEG bytes."""

    width: int
    height: int
    captured: datetime | None
    latitude: float | None
    longitude: float | None
    shown: bytes
    thumb: bytes


def look(path: Path) -> Picture:
    """Decode the whole picture, read its EXIF and make the copies. Raises Broken or TooManyPixels."""
    try:
        with Image.open(path, formats=FORMATS) as image:
            return _look(image)
    except Image.DecompressionBombError:
        raise TooManyPixels(JPEG_PIXELS // 1_000_000) from None
    except BROKEN as problem:
        raise Broken(type(problem).__name__) from problem


def _look(image: Any) -> Picture:
    width, height = image.size
    limit = JPEG_PIXELS if image.format in ("JPEG", "MPO") else OTHER_PIXELS
    if width * height > limit:
        raise TooManyPixels(limit // 1_000_000)
    exif = image.getexif()
    if exif.get(ExifTags.Base.Orientation) in TURNED:
        width, height = height, width
    captured, place = _captured(exif), _place(exif)
    colours = image.info.get("icc_profile")
    image.draft("RGB", (SHOWN_EDGE, SHOWN_EDGE))
    image.load()
    shown = _flat(ImageOps.exif_transpose(image))
    shown.thumbnail((SHOWN_EDGE, SHOWN_EDGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    shown_bytes = _jpeg(shown, SHOWN_QUALITY, colours)
    shown.thumbnail((THUMB_EDGE, THUMB_EDGE), Image.Resampling.LANCZOS, reducing_gap=2.0)
    thumb = _jpeg(shown, THUMB_QUALITY, colours)
    return Picture(width, height, captured, *place, shown=shown_bytes, thumb=thumb)


def _flat(image: Image.Image) -> Image.Image:
    """RGB, with white where the picture is transparent."""
    if image.mode in ("RGBA", "LA", "PA") or "transparency" in image.info:
        layer = image.convert("RGBA")
        ground = Image.new("RGB", layer.size, "white")
        ground.paste(layer, mask=layer.getchannel("A"))
        return ground
    return image.convert("RGB")


def _jpeg(image: Image.Image, quality: int, colours: bytes | None) -> bytes:
    """Only pixels and the colour profile go out: no EXIF, no comment, no XMP."""
    out = io.BytesIO()
    bare = Image.frombytes(image.mode, image.size, image.tobytes())
    bare.save(out, "JPEG", quality=quality, progressive=True, icc_profile=_rgb_profile(colours))
    return out.getvalue()


def _rgb_profile(colours: bytes | None) -> bytes | None:
    """A profile is kept only if it speaks of RGB (bytes 16–20 of the ICC header): the copy is RGB."""
    return colours if colours and colours[16:20] == b"RGB " else None


def _captured(exif: Any) -> datetime | None:
    """When the shutter opened, by the device's own clock; without a zone it is taken as local time."""
    details = exif.get_ifd(ExifTags.IFD.Exif)
    text = details.get(ExifTags.Base.DateTimeOriginal) or exif.get(ExifTags.Base.DateTime)
    offset = details.get(ExifTags.Base.OffsetTimeOriginal) or ""
    try:
        plain = datetime.strptime(str(text).strip("\x00 ")[:19], "%Y:%m:%d %H:%M:%S")
        zone = datetime.strptime(str(offset).strip("\x00 "), "%z").tzinfo if offset else None
    except ValueError:
        return None
    return plain.replace(tzinfo=zone or timezone.get_default_timezone())


def _place(exif: Any) -> tuple[float | None, float | None]:
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    latitude = _degrees(gps.get(ExifTags.GPS.GPSLatitude), gps.get(ExifTags.GPS.GPSLatitudeRef), "S", 90)
    longitude = _degrees(gps.get(ExifTags.GPS.GPSLongitude), gps.get(ExifTags.GPS.GPSLongitudeRef), "W", 180)
    if latitude is None or longitude is None or (latitude == 0 and longitude == 0):
        return None, None
    return latitude, longitude


def _degrees(parts: Any, ref: Any, negative: str, most: int) -> float | None:
    """Degrees from (degrees, minutes, seconds); None for what a camera without a fix leaves there."""
    try:
        degrees, minutes, seconds = (float(part) for part in parts)
    except (TypeError, ValueError, ZeroDivisionError):
        return None
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value) or abs(value) > most:
        return None
    sign = -1 if str(ref or "").strip("\x00 ").upper() == negative else 1
    return round(sign * value, 7)
