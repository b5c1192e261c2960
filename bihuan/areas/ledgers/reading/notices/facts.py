"""What a notice says once for all its problems: title, reference, whom it goes to, when it was written and checked."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bihuan.kernel.dates import read_date
from bihuan.kernel.text import half_width

from . import plain
from .deadlines import common_due
from .tree import Tree
from .words import is_unit

_PERIOD = re.compile(
    r"(?:(?:19|20)\d{2}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日(?:\s*(?:[-—~～至到]+|、)\s*(?:(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*)?\d{1,2}\s*日)?"
)
_CHECKING = re.compile(r"检查|巡察|督查|督导|巡查|抽查|排查|进驻|开展|审计|审核|检测|稽查|夜查|暗访")
_CHECKED = re.compile(
    r"(?:对|关于对?|巡察|检查|督查|发现)(?P<n>(?:(?!对|关于|发现|现场|你|该)[\u4e00-\u9fff0-9]){2,16}?(?:厂|公司|车间|作业部|作业区|矿|部|中心|处|站|项目部|分厂)(?:党委|党总支|党支部|领导班子)?)(?:开展|进行|组织|实施|存在|的|现场|安全|环保|消防|[\u4e00-\u9fff]{0,6}(?:检查|巡察|督查|整改))"
)
_FINDER = re.compile(
    r"(?:，|,|^|日|期间|由)\s*(?P<n>(?:公司|集团)?[\u4e00-\u9fff]{2,12}(?:部|处|科|组|中心|办公室|委员会|局))(?:组织|牵头|会同|联合|对|组成|派出|开展)"
)
_YEAR = re.compile(r"(?:〔|\[|【|\(|（)\s*(20\d{2})\s*(?:〕|\]|】|\)|）)|(?<!\d)(20\d{2})\s*年")


@dataclass
class Facts:
    """`said` is field → (words, paragraph). `day` is the day of the document; `day_why` how it was found."""

    title: str = ""
    number: str = ""
    to: list[str] = field(default_factory=list)
    said: dict[str, tuple[str, int]] = field(default_factory=dict)
    due: tuple[str, int] = ("", 0)
    checked: tuple[str, int] = ("", 0)
    period: tuple[str, int] = ("", 0)
    day: date | None = None
    day_why: str = ""
    signer: str = ""

    def as_json(self) -> dict[str, object]:
        return {
            "title": self.title, "number": self.number, "to": self.to, "signer": self.signer,
            "day": self.day.isoformat() if self.day else "", "day_why": self.day_why,
            "due": self.due[0], "checked": self.period[0],
        }  # fmt: skip


def gather(tree: Tree, forms: dict[str, tuple[str, int]], base: date, demands: list[plain.Par]) -> Facts:
    """`demands` are paragraphs below headings that ask: what is due by when stands there as often as in front."""
    facts = Facts(said=dict(forms))
    titles = [aside.par.text for aside in tree.asides if aside.kind == plain.TITLE]
    titles = [text for text in titles if not text.strip().endswith("文件")] or titles
    facts.title = "".join(re.sub(r"\s+", "", text) for text in titles[:3])
    for aside in tree.asides:
        text = aside.par.text.strip()
        if aside.kind == plain.NUMBER and not facts.number:
            facts.number = re.sub(r"^(?:编号|文号)[:：]\s*", "", text)
        elif aside.kind == plain.TO and not facts.to:
            facts.to = plain.units_of_to(text)
        elif aside.kind == plain.FACT and aside.par in tree.root.facts:
            code, words = plain.label_in(text)
            if code and words:
                facts.said.setdefault(code, (words.rstrip("。；; "), aside.par.no))
        elif not facts.due[0] and aside.kind in (plain.INTRO, plain.DEMAND, plain.TEXT, plain.NOTE):
            facts.due = (common_due(text), aside.par.no)
    for par in demands:
        if not facts.due[0] and not re.search(r"第\s*\d", par.text) and (words := common_due(par.text)):
            facts.due = (words, par.no)
    if "due" in facts.said:
        facts.due = facts.said.pop("due")
    _period(facts, tree)
    _checked(facts, tree)
    _day(facts, tree, base)
    return facts


def _intro(tree: Tree) -> list[plain.Par]:
    return [a.par for a in tree.asides if a.kind in (plain.INTRO, plain.TEXT, plain.DEMAND)]


def _period(facts: Facts, tree: Tree) -> None:
    """When was checked, and by whom, as the introduction says it."""
    sections = [par for node in tree.nodes() if node.children or node.heading for par in node.more]
    for par in [*_intro(tree), *sections]:
        for clause in re.split(r"[。；]", par.text):
            match = _PERIOD.search(half_width(clause))
            if (
                match
                and "found_at" not in facts.said
                and _CHECKING.search(clause[match.end() : match.end() + 60])
            ):
                facts.period = (clause[match.start() : match.end()], par.no)
                facts.said["found_at"] = (_first(clause[match.start() : match.end()]), par.no)
            finder = _FINDER.search(clause)
            if finder and "found_unit" not in facts.said and _CHECKING.search(clause):
                facts.said["found_unit"] = (finder.group("n"), par.no)


def _checked(facts: Facts, tree: Tree) -> None:
    """The one unit that was checked, where the introduction or the title names it."""
    titles = [a.par for a in tree.asides if a.kind == plain.TITLE]
    for par in [*_intro(tree), *titles]:
        match = _CHECKED.search(re.sub(r"\s+", "", par.text))
        if match and is_unit(match.group("n")) and not re.match(r"你|各|有关|相关|所属", match.group("n")):
            facts.checked = (match.group("n"), par.no)
            return


def _first(words: str) -> str:
    """2026年9月14日至16日 → 2026年9月14日: a problem was found on the first day at the earliest."""
    match = re.match(r"(?:\d{4}\s*年\s*)?\d{1,2}\s*月\s*\d{1,2}\s*日", half_width(words))
    return match.group() if match else words


def _day(facts: Facts, tree: Tree, base: date) -> None:
    """The day below the signature; else one in front; else the last day of checking; else only the year."""
    days = [a.par for a in tree.asides if a.kind == plain.SIGN and plain.day_of_signature(a.par.text)]
    for par in reversed(days):
        seen = read_date(plain.day_of_signature(par.text), base=base, order="past")
        if seen.start is not None:
            facts.day, facts.day_why = seen.start, f"落款日期（第 {par.no} 段）"
            facts.signer = _signer(tree, par.no)
            return
    words, no = facts.period if facts.period[0] else facts.said.get("found_at", ("", 0))
    if words:
        seen = read_date(re.sub(r"\s+", "", words), base=_in_year(tree, base), order="past")
        if seen.end is not None:
            facts.day, facts.day_why = seen.end, f"没有落款日期，按检查日期（第 {no} 段）"
            return
    year_end = _in_year(tree, base)
    if year_end != base:
        facts.day, facts.day_why = year_end, f"没有落款日期，文中写的是 {year_end.year} 年"


def _signer(tree: Tree, no: int) -> str:
    near = [a.par for a in tree.asides if a.kind == plain.SIGN and 0 <= no - a.par.no <= 2]
    names = [
        p.text.strip()[: -len(day)].strip() if (day := plain.day_of_signature(p.text)) else p.text.strip()
        for p in near
    ]
    return next((name for name in reversed(names) if name and not plain.label_in(name)[0]), "")


def _in_year(tree: Tree, base: date) -> date:
    """A notice of 2024 speaks of 2024: its reference, title and introduction name the year."""
    wanted = (plain.NUMBER, plain.TITLE, plain.INTRO, plain.FACT)
    words = " ".join(a.par.text for a in tree.asides if a.kind in wanted)
    years = [
        int(a or b)
        for a, b in _YEAR.findall(half_width(words).replace("(", "（"))
        if int(a or b) <= base.year
    ]
    return min(base, date(max(years), 12, 31)) if years else base
