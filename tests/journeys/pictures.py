"""Photos and files as people hand them in: real JPEGs, drawn on the spot."""

from __future__ import annotations

from io import BytesIO

from PIL import Image, ImageDraw

from bihuan.problems.tests.story import hash_of


def photo(name: str, words: str = "") -> dict:
    """A photo for a file field: a wall, a device, a label; different for each name."""
    seed = hash_of(name + words)
    grey = 128 + seed % 48
    wall = (grey, grey - 4, grey - 12)
    image = Image.new("RGB", (960, 720), wall)
    draw = ImageDraw.Draw(image)
    draw.rectangle((0, 150, 960, 190), fill=(196, 150, 44))
    for x in range(0, 960, 120):
        draw.line((x, 190, x, 720), fill=tuple(max(0, c - 14) for c in wall), width=3)
    draw.rounded_rectangle((330, 280, 600, 560), 24, fill=(214, 216, 212), outline=(70, 70, 70), width=5)
    draw.ellipse((375, 330, 465, 420), fill=(60, 64, 70))
    draw.rectangle((640, 420, 860, 520), fill=(244, 244, 238), outline=(40, 96, 60), width=6)
    for y in range(445, 510, 18):
        draw.line((660, y, 840 - seed % 60, y), fill=(50, 50, 50), width=4)
    content = BytesIO()
    image.save(content, "JPEG", quality=82)
    return {"name": f"{name}.jpg", "mimeType": "image/jpeg", "buffer": content.getvalue()}
