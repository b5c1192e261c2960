"""Documents that are read from the code: written by `bihuan docs`, compared by a guard, never edited by hand."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from django.conf import settings
from django.urls import URLPattern, URLResolver, get_resolver

from bihuan.org.permissions import LABELS
from bihuan.org.roles import ROLES
from bihuan.problems.states import CLOSURE, STEPS
from bihuan.registry import shelf

FOLDER = Path(settings.HOME) / "docs" / "generated"
NOTICE = "<!-- 由 bihuan docs 从代码生成，不要手改。 -->\n"


def table(heads: Iterable[str], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table; a bar inside a cell is escaped."""
    heads = list(heads)
    lines = [heads, ["---"] * len(heads), *rows]
    return (
        "\n".join("| " + " | ".join(str(c).replace("|", "\\|") for c in line) + " |" for line in lines) + "\n"
    )


def states() -> str:
    names = dict(CLOSURE)
    rows = [
        (
            step.label,
            f"`{step.name}`",
            "、".join(names[s] for s in step.sources) or "—",
            "、".join(names[t] for t in step.targets) or "不变",
            f"`{step.permission}`",
            step.who,
            f"`{step.event}`",
        )
        for step in STEPS.steps
    ]
    diagram = f"```mermaid\n{STEPS.mermaid()}```\n"
    return f"# 问题的状态与步骤\n\n{diagram}\n" + table(
        ["步骤", "代码", "从", "到", "权限", "谁", "事件"], rows
    )


def permissions() -> str:
    roles = list(ROLES.values())
    rows = [
        (LABELS[code], f"`{code}`", *("●" if str(code) in role.permissions else "" for role in roles))
        for code in LABELS
    ]
    notes = [(role.label, f"`{role.code}`", role.note) for role in roles]
    return (
        "# 角色与权限\n\n"
        "授权 = 角色 × 单位 × 是否含下级 × 期限 × 身份。写了身份（代表哪个部门）的，本人以这个身份时才有效；没写的随时有效。"
        "三员不分身份（ADR 25）。\n\n"
        + table(["角色", "代码", "说明"], notes)
        + "\n"
        + table(["权限", "代码", *(role.label for role in roles)], rows)
    )


def addresses(patterns: list, before: str = "/", space: str = "") -> Iterator[tuple[str, str, URLPattern]]:
    """(address, full name, pattern) of everything the URLconf leads to."""
    for pattern in patterns:
        here = before + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            inner = f"{space}{pattern.namespace}:" if pattern.namespace else space
            yield from addresses(pattern.url_patterns, here, inner)
        else:
            yield here, f"{space}{pattern.name or ''}", pattern


def urls() -> str:
    rows = [
        (f"`{address}`", name, _codes(getattr(pattern.callback, "needs", "")), pattern.callback.__module__)
        for address, name, pattern in addresses(get_resolver().url_patterns)
    ]
    return "# 地址与所需权限\n\n" + table(["地址", "名称", "所需", "页面"], sorted(rows))


def facts() -> str:
    rows = [
        (fact.label, f"`{code}`", fact.per, fact.kind, fact.note)
        for code, fact in sorted(shelf.facts().items())
    ]
    return "# 指标\n\n" + table(["指标", "代码", "按", "类别", "口径"], rows)


FILES: dict[str, Callable[[], str]] = {
    "states.md": states,
    "permissions.md": permissions,
    "urls.md": urls,
    "facts.md": facts,
}


def texts() -> dict[str, str]:
    return {name: NOTICE + make() for name, make in FILES.items()}


def write(folder: Path = FOLDER) -> list[Path]:
    """Write every document; returns those that changed."""
    folder.mkdir(parents=True, exist_ok=True)
    changed = []
    for name, text in texts().items():
        path = folder / name
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            changed.append(path)
    return changed


def _codes(needs: str | tuple[str, ...]) -> str:
    """What a view needs as codes; of several one is enough."""
    return " / ".join(f"`{code!s}`" for code in (needs if isinstance(needs, tuple) else (needs,)))
