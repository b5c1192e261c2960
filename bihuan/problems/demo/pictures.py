"""Pictures that look like a phone's: a grey wall, a pipe, a thing that is broken or mended. Drawn, not taken.

Twenty scenes before and after, reused by many problems; a few carry EXIF with time and place.
"""

from __future__ import annotations

from datetime import datetime
from functools import cache
from io import BytesIO
from random import Random

from PIL import ExifTags, Image, ImageDraw, ImageFilter

#: drawn at the first size, kept at the second
SIZE, SHOWN = (800, 500), (640, 400)
SCENES = ("alarm", "hook", "panel", "fire", "guard", "rail", "hole", "drum", "dust", "gauge")
VARIANTS = 2
_WALL = {"before": (118, 116, 110), "after": (186, 188, 184)}
_STEEL = {"before": (92, 84, 72), "after": (120, 134, 148)}
_SAFE, _RUST, _DARK, _WHITE = (226, 178, 40), (140, 74, 40), (48, 46, 44), (240, 240, 236)


@cache
def photo(scene: str, variant: int, state: str, taken: datetime | None = None) -> bytes:
    """JPEG bytes of one scene, `state` before or after; with `taken` it carries EXIF time and place."""
    random = Random(f"{scene}:{variant}:{state}")
    image = Image.new("RGB", SIZE, _WALL[state])
    draw = ImageDraw.Draw(image)
    _wall(draw, random, state)
    _DRAW[scene](draw, random, state, variant)
    if state == "before":
        _dirt(draw, random)
    image = image.filter(ImageFilter.GaussianBlur(0.8)).resize(SHOWN)
    out = BytesIO()
    image.save(out, "JPEG", quality=80, exif=_exif(taken, variant) if taken else b"")
    return out.getvalue()


def _exif(taken: datetime, variant: int) -> Image.Exif:
    exif = Image.Exif()
    exif[ExifTags.Base.Make], exif[ExifTags.Base.Model] = "Demo", "Phone"
    exif[ExifTags.Base.DateTime] = f"{taken:%Y:%m:%d %H:%M:%S}"
    gps = exif.get_ifd(ExifTags.IFD.GPSInfo)
    gps[ExifTags.GPS.GPSLatitudeRef], gps[ExifTags.GPS.GPSLatitude] = "N", (37.0, 30.0, 12.0 + variant)
    gps[ExifTags.GPS.GPSLongitudeRef], gps[ExifTags.GPS.GPSLongitude] = "E", (112.0, 15.0, 40.0 + variant)
    return exif


def _wall(draw: ImageDraw.ImageDraw, random: Random, state: str) -> None:
    seam = tuple(c - 14 for c in _WALL[state])
    for y in range(60, 500, 92):
        draw.line((0, y, 800, y), fill=seam, width=2)
        for x in range(random.randrange(0, 130), 800, 160):
            draw.line((x, y, x, y + 92), fill=seam, width=2)
    pipe = _SAFE if state == "after" else (150, 122, 52)
    draw.rectangle((0, 40, 800, 84), fill=pipe)
    draw.rectangle((0, 76, 800, 84), fill=tuple(c - 40 for c in pipe))
    draw.rectangle((560 - 14, 30, 560 + 14, 94), fill=_STEEL[state])
    draw.rectangle((0, 440, 800, 500), fill=tuple(c - 30 for c in _WALL[state]))


def _dirt(draw: ImageDraw.ImageDraw, random: Random) -> None:
    for _ in range(46):
        x, y, r = random.randrange(800), random.randrange(500), random.randrange(3, 22)
        shade = random.choice((_RUST, _DARK, (96, 84, 66)))
        draw.ellipse((x, y, x + r, y + r // 2 + 2), fill=shade)
    for _ in range(5):
        x = random.randrange(800)
        draw.line((x, 84, x + random.randrange(-10, 10), 84 + random.randrange(40, 190)), fill=_RUST, width=3)


def _label(draw: ImageDraw.ImageDraw, x: int, y: int, text: str, state: str) -> None:
    head = (40, 120, 80) if state == "after" else (150, 140, 110)
    draw.rectangle((x, y, x + 170, y + 84), fill=_WHITE if state == "after" else (206, 200, 184))
    draw.rectangle((x, y, x + 170, y + 24), fill=head)
    draw.text((x + 12, y + 36), text, fill=_DARK, font_size=26)


def _alarm(draw, random, state, variant) -> None:
    draw.line((330, 84, 330, 190), fill=_DARK, width=8)
    draw.rounded_rectangle(
        (250, 190, 420, 330), 14, fill=_WHITE if state == "after" else (112, 110, 106), outline=_DARK, width=4
    )
    draw.ellipse((270, 214, 336, 280), fill=_STEEL[state], outline=_DARK, width=4)
    draw.rectangle((350, 214, 408, 250), fill=_DARK)
    reading = ("0.0", "2.1")[variant] if state == "after" else "---"
    draw.text((356, 218), reading, fill=(90, 230, 130) if state == "after" else (200, 90, 70), font_size=24)
    _label(draw, 480, 230, f"CO-{variant + 1}04  {'OK' if state == 'after' else '??'}", state)


def _hook(draw, random, state, variant) -> None:
    draw.line((400, 84, 400, 210), fill=_DARK, width=10)
    draw.rectangle((360, 200, 440, 260), fill=_SAFE if state == "after" else (150, 122, 52))
    draw.arc((350, 250, 470, 390), 300, 190, fill=_STEEL[state], width=26)
    if state == "after":
        draw.line((352, 300, 404, 262), fill=(200, 40, 40), width=8)
    _label(draw, 540, 270, f"{(20, 32)[variant]} t", state)


def _panel(draw, random, state, variant) -> None:
    for n in range(3):
        x = 180 + n * 160
        draw.rectangle(
            (x, 150, x + 140, 440),
            fill=(200, 204, 206) if state == "after" else (132, 130, 124),
            outline=_DARK,
            width=4,
        )
        draw.ellipse((x + 20, 180, x + 44, 204), fill=(60, 180, 90) if state == "after" else (90, 60, 50))
        draw.rectangle((x + 60, 180, x + 120, 220), fill=_DARK)
    if state == "before":
        draw.polygon(((200, 440), (300, 360), (420, 440)), fill=(110, 92, 60))
        draw.line((330, 240, 400, 430), fill=_DARK, width=7)
    else:
        draw.rectangle((160, 440, 680, 456), fill=(40, 110, 60))


def _fire(draw, random, state, variant) -> None:
    red = (196, 40, 36) if state == "after" else (120, 56, 48)
    for n in range(2 + variant):
        x = 220 + n * 130
        draw.rounded_rectangle((x, 220, x + 80, 430), 30, fill=red, outline=_DARK, width=3)
        draw.rectangle((x + 30, 190, x + 50, 226), fill=_DARK)
        draw.ellipse((x + 22, 250, x + 58, 286), fill=_WHITE)
        draw.line(
            (x + 40, 268, x + (52 if state == "after" else 28), 258),
            fill=(30, 130, 60) if state == "after" else red,
            width=4,
        )
    _label(draw, 590, 300, "2 x 8 kg", state)


def _guard(draw, random, state, variant) -> None:
    draw.ellipse((260, 220, 420, 380), fill=_STEEL[state], outline=_DARK, width=6)
    draw.polygon(((340, 222), (780, 300), (780, 330), (340, 378)), fill=_DARK)
    if state == "after":
        for x in range(230, 460, 22):
            draw.line((x, 190, x, 400), fill=_SAFE, width=4)
        for y in range(190, 410, 22):
            draw.line((230, y, 456, y), fill=_SAFE, width=4)
    else:
        draw.rectangle((230, 186, 300, 210), fill=_SAFE)


def _rail(draw, random, state, variant) -> None:
    colour = _SAFE if state == "after" else _RUST
    for x in range(90, 760, 130):
        if state == "after" or x not in (350, 480 - 130 * variant):
            draw.rectangle((x, 190, x + 14, 440), fill=colour)
    gap = (360, 500) if state == "before" else (0, 0)
    for y in (200, 300):
        draw.rectangle((60, y, gap[0] or 760, y + 12), fill=colour)
        draw.rectangle((gap[1] or 60, y, 760, y + 12), fill=colour)
    draw.rectangle((40, 440, 780, 460), fill=_STEEL[state])


def _hole(draw, random, state, variant) -> None:
    draw.ellipse((240, 250, 560, 430), fill=_DARK, outline=_STEEL[state], width=12)
    if state == "after":
        draw.ellipse((256, 262, 544, 418), fill=(150, 156, 160), outline=_SAFE, width=10)
        draw.line((256, 340, 544, 340), fill=_DARK, width=4)
    _label(draw, 590, 180, f"LS-{variant + 11}", state)


def _drum(draw, random, state, variant) -> None:
    for n in range(3):
        x = 170 + n * 150
        body = (52, 104, 150) if state == "after" else (92, 86, 76)
        draw.rectangle((x, 220, x + 110, 420), fill=body, outline=_DARK, width=3)
        draw.ellipse((x, 204, x + 110, 236), fill=tuple(c + 20 for c in body), outline=_DARK)
        if state == "after":
            draw.rectangle((x + 22, 280, x + 88, 340), fill=_WHITE)
    draw.rectangle((140, 420, 640, 446), fill=_SAFE if state == "after" else _DARK)


def _dust(draw, random, state, variant) -> None:
    draw.rectangle((300, 150, 380, 440), fill=_STEEL[state])
    draw.polygon(((240, 440), (440, 440), (380, 330), (300, 330)), fill=_STEEL[state])
    if state == "before":
        for _ in range(70):
            x, y, r = random.randrange(180, 620), random.randrange(140, 400), random.randrange(14, 44)
            grey = random.randrange(96, 136)
            draw.ellipse((x, y, x + r, y + r), fill=(grey, grey - 6, grey - 14))
    else:
        draw.rectangle((460, 210, 700, 430), fill=(66, 120, 84))


def _gauge(draw, random, state, variant) -> None:
    draw.rectangle((372, 84, 428, 200), fill=_STEEL[state])
    draw.ellipse(
        (280, 190, 520, 430), fill=_WHITE if state == "after" else (170, 164, 150), outline=_DARK, width=10
    )
    for n in range(9):
        draw.ellipse(
            (396 + (n - 4) * 22, 226 + abs(n - 4) * 18, 404 + (n - 4) * 22, 234 + abs(n - 4) * 18), fill=_DARK
        )
    end = (460, 260) if state == "before" else (390, 250)
    draw.line((400, 312, *end), fill=(190, 40, 40), width=7)
    _label(draw, 570, 300, f"0-{(16, 25)[variant] / 10} MPa", state)


_DRAW = {
    "alarm": _alarm, "hook": _hook, "panel": _panel, "fire": _fire, "guard": _guard,
    "rail": _rail, "hole": _hole, "drum": _drum, "dust": _dust, "gauge": _gauge,
}  # fmt: skip
