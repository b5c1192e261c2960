"""What must not become public, compared with what is about to.

The room the thing came from says what; its words are asked for at the moment of the comparison and kept nowhere. A
text that repeats a piece of them is refused, whatever stands around it.
"""

from __future__ import annotations

from bihuan.kernel.text import fold
from bihuan.kernel.verdict import Verdict
from bihuan.publication.models import Publication
from bihuan.registry import shelf
from bihuan.registry.lines import Exempt

#: so many signs in a row are the same piece of text and no accident; shorter words count as a whole
RUN = 12
_TODO = "改掉这一处再送；确需公开的，先在原处取消不公开"


def exempts_of(origin: str) -> list[Exempt]:
    """Those of the room it came from; nothing for what came from nowhere. Raises LookupError for a room that is gone:
    what cannot be asked must not pass as nothing."""
    if not origin:
        return []
    room = next((offer for offer in shelf.offers() if offer.code == origin.partition(".")[0]), None)
    if room is None:
        raise LookupError(origin)
    return list(room.exempts(origin)) if room.exempts else []


def exposure_verdict(publication: Publication) -> Verdict:
    """No, with the label of the first thing that shows in title or texts."""
    try:
        exempts = exempts_of(publication.origin)
    except LookupError:
        return Verdict.no("问不到哪些内容不公开", "请系统管理员核对出处所在的业务区")
    said = {
        "标题": publication.title,
        "内部公开的正文": publication.text_inside,
        "社会公开的正文": publication.text_outside,
    }
    for place, text in said.items():
        for exempt in exempts:
            if shows(text, exempt.words):
                return Verdict.no(f"{place}里有不公开的内容：{exempt.label}", _TODO)
    return Verdict.yes()


def shows(text: str, words: str) -> bool:
    """Whether a piece of `words` stands in `text`. Spaces, width and punctuation do not hide it."""
    text, words = _plain(text), _plain(words)
    if not words:
        return False
    if len(words) <= RUN:
        return words in text
    return bool(_runs(text) & _runs(words))


def _runs(text: str) -> set[str]:
    return {text[start : start + RUN] for start in range(len(text) - RUN + 1)}


def _plain(text: str) -> str:
    return "".join(sign for sign in fold(text) if sign.isalnum())
