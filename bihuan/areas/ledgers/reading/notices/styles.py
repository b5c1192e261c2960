"""Styles: which list and which heading level a paragraph has by its style, inherited through `basedOn`."""

from __future__ import annotations

from dataclasses import dataclass, field

from lxml import etree

from .numbering import val, w

_DEEP = 12


@dataclass
class Style:
    name: str = ""
    based: str = ""
    num: str = ""
    depth: int = -1
    outline: int = -1
    centered: bool | None = None
    bold: bool | None = None
    hidden: bool = False


@dataclass
class Styles:
    by_id: dict[str, Style] = field(default_factory=dict)
    default: str = ""
    lists: dict[str, str] = field(default_factory=dict)

    @classmethod
    def of(cls, root: etree._Element | None) -> Styles:
        styles = cls()
        for element in root.iterfind(w("style")) if root is not None else ():
            name, kind = str(element.get(w("styleId"), "")), element.get(w("type"))
            style = _style(element)
            if kind == "numbering":
                styles.lists[name] = style.num
            elif kind in ("paragraph", "character", None):
                styles.by_id[name] = style
                if kind == "paragraph" and element.get(w("default")) in ("1", "true"):
                    styles.default = name
        return styles

    def chain(self, name: str) -> list[Style]:
        """The style and what it rests on; a circle ends where it closes."""
        found, seen = [], set()
        while name and name not in seen and name in self.by_id and len(found) < _DEEP:
            seen.add(name)
            found.append(self.by_id[name])
            name = self.by_id[name].based
        return found

    def list_of(self, name: str) -> tuple[str, int, str]:
        """(list, level or -1, id of the style that says so) for a paragraph that names none itself."""
        seen: set[str] = set()
        while name and name not in seen and name in self.by_id:
            seen.add(name)
            style = self.by_id[name]
            if style.num:
                return style.num, style.depth, name
            name = style.based
        return "", -1, ""

    def outline(self, name: str) -> int:
        return next((style.outline for style in self.chain(name) if style.outline >= 0), -1)

    def centered(self, name: str) -> bool:
        return next((s.centered for s in self.chain(name) if s.centered is not None), False)

    def bold(self, name: str) -> bool:
        return next((s.bold for s in self.chain(name) if s.bold is not None), False)

    def hidden(self, name: str) -> bool:
        return any(style.hidden for style in self.chain(name))

    def name(self, name: str) -> str:
        return self.by_id[name].name if name in self.by_id else name


def is_on(parent: etree._Element | None, name: str) -> bool | None:
    """A switch (w:b, w:vanish): None where it is not set."""
    child = parent.find(w(name)) if parent is not None else None
    if child is None:
        return None
    return child.get(w("val"), "1") not in ("0", "false", "off", "none")


def list_in(props: etree._Element | None) -> tuple[str, int]:
    """(list, level) of w:numPr; ("", -1) where nothing is said. List 0 means: no list, whatever the style says."""
    own = props.find(w("numPr")) if props is not None else None
    depth = val(own, "ilvl")
    return val(own, "numId"), int(depth) if depth.isdigit() and len(depth) == 1 else -1


def outline_in(props: etree._Element | None) -> int:
    level = val(props, "outlineLvl")
    return int(level) if level.isdigit() and int(level) < 9 else -1


def _style(element: etree._Element) -> Style:
    props, letters = element.find(w("pPr")), element.find(w("rPr"))
    num, depth = list_in(props)
    align = val(props, "jc")
    return Style(
        name=val(element, "name"), based=val(element, "basedOn"), num=num, depth=depth, outline=outline_in(props),
        centered=(align == "center") if align else None, bold=is_on(letters, "b"),
        hidden=bool(is_on(letters, "vanish")),
    )  # fmt: skip
