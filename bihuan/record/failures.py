"""What went wrong, in words that may be kept: the kind of error and its place, nothing of the content."""

from __future__ import annotations

import re
import traceback

LIMIT = 300
#: Python and the databases speak English: Chinese and long numbers in a message are somebody's data. What follows the
#: `?` of an address, a name and password before its `@`, and long words with figures in them may be a key or a token.
_CONTENT = re.compile(
    r"(?<=\?)[\w%.~-]+=[^\s\"']*|(?<=://)[^\s/\"']+@|[㐀-鿿，。、；：“”（）《》]+|\d{6,}|[\w.+-]+@[\w.-]+"
    r"|(?<![\w-])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{16,}"
)


def describe(problem: BaseException) -> str:
    """`ValueError: … (reading.py:41)`: type, first line of the message without content, innermost place in our code."""
    lines = str(problem).strip().splitlines()
    words = without_content(lines[0]) if lines else ""
    return f"{type(problem).__name__}: {words[:LIMIT]}{_place(problem)}"


def without_content(text: str) -> str:
    """The text without what is somebody's: Chinese, long numbers, addresses of mail, keys and tokens."""
    return _CONTENT.sub("…", text)


def _place(problem: BaseException) -> str:
    frames = traceback.extract_tb(problem.__traceback__)
    ours = [frame for frame in frames if "/bihuan/" in frame.filename]
    if not ours:
        return ""
    last = ours[-1]
    return f" ({last.filename.rsplit('/bihuan/', 1)[1]}:{last.lineno})"
