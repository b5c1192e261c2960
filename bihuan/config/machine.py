"""What the machine brings: fonts and a browser. Standard library only, so that set-up may ask before Django is there."""

from __future__ import annotations

import os
import shutil
import subprocess
from ctypes.util import find_library
from pathlib import Path

FONT_PLACES = ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts", "/System/Library/Fonts")
FONT_NAMES = ("*CJK*", "*wqy*", "*SourceHan*", "*PingFang*", "*simsun*", "*msyh*", "*Songti*")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def chromium() -> str | None:
    """The browser for journeys and prints: BIHUAN_CHROMIUM, or the first that is installed."""
    given = os.environ.get("BIHUAN_CHROMIUM")
    if given:
        return given if Path(given).exists() else None
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def pango() -> bool:
    """Whether the library is there that lays out PDF papers."""
    return find_library("pango-1.0") is not None and find_library("pangoft2-1.0") is not None


def chinese_fonts() -> bool:
    """Whether Chinese can be drawn: asked of fontconfig where it is, else of the usual folders."""
    if shutil.which("fc-list"):
        listed = subprocess.run(
            ["fc-list", ":lang=zh", "family"], capture_output=True, text=True, check=False
        )
        if listed.stdout.strip():
            return True
    folders = [Path(place) for place in FONT_PLACES if Path(place).exists()]
    return any(next(folder.rglob(name), None) for folder in folders for name in FONT_NAMES)
