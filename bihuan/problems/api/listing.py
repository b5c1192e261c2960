"""The ledger as a list for programs: the filters, orders and paging of the page, one by one."""

from __future__ import annotations

from typing import Annotated, Any, Literal

from django.http import HttpRequest, QueryDict
from ninja import Query
from pydantic import ConfigDict, Field, create_model

from bihuan.kernel.refused import Invalid
from bihuan.problems.actions.note_read import note_read
from bihuan.problems.lists import Ledger
from bihuan.ui.api import Given
from bihuan.ui.lists.filters import Filter
from bihuan.ui.lists.paging import Cursor, read_cursor
from bihuan.ui.lists.spans import WORDS

from .showing import row_of

MOST, MOST_VALUES = 200, 20
_DAY = r"\d{4}-\d{2}-\d{2}"
_SPAN = rf"^({'|'.join(WORDS)}|{_DAY}|({_DAY})?\.\.({_DAY})?)$"
_PLACE = r"~[0-9]{1,18}$"


def _field(one: Filter) -> tuple[Any, Any]:
    """How a filter of the page reads in the description."""
    said = {"description": one.label, "default": None}
    if one.kind == "choice" and not one.lazy:
        codes = Literal[tuple(choice.value for choice in one.options(None))]  # type: ignore[arg-type]
        if one.multiple:
            return list[codes], Field(**said | {"default": [], "max_length": MOST_VALUES})  # type: ignore[valid-type]
        return codes | None, Field(**said)
    if one.kind == "choice":
        ids = {"description": f"{one.label}的内部号，可以有几个", "default": [], "max_length": MOST_VALUES}
        return list[Annotated[int, Field(ge=1, le=10**15)]], Field(**ids)
    if one.kind == "date":
        said["description"] += "日期：2026-11-20、2026-07-01..2026-11-20，或 this-month、next-7 等"
        return str | None, Field(**said, max_length=30, pattern=_SPAN)
    if one.kind == "flag":
        return Literal["1"] | None, Field(**said)
    return str | None, Field(**said, max_length=100)


class Paged(Given):
    model_config = ConfigDict(extra="ignore")
    sort: Literal[tuple(order.key for order in Ledger.orders)] | None = Field(  # type: ignore[valid-type]
        None, description="次序：" + "、".join(f"{order.key} {order.label}" for order in Ledger.orders)
    )
    size: int = Field(50, ge=1, le=MOST, description="一页几件")
    after: str | None = Field(None, max_length=80, pattern=_PLACE, description="从 next 里取，不要自己编")
    before: str | None = Field(
        None, max_length=80, pattern=_PLACE, description="从 previous 里取，不要自己编"
    )


class Told(Ledger):
    """The ledger with the columns that the API tells, more than the page draws."""

    def drawn(self):
        return self.queryset()


Asked = create_model("LedgerFilters", __base__=Paged, **{one.name: _field(one) for one in Ledger.filters})


def problems(request: HttpRequest, asked: Asked = Query(...)) -> dict[str, Any]:  # type: ignore[valid-type] # noqa: B008
    """台账：能看的问题，筛选、次序、分页都和台账页一样。"""
    page = _page(request, asked)
    window = page.window
    rows = page.prepare(window.rows)
    note_read(problems=rows, by=request.actor, at=request.at, via="api")
    size = {"size": asked.size} if asked.size != Ledger.page_size else {}
    address = page.address.with_(**size)
    first, last = (rows[0], rows[-1]) if rows else (None, None)
    return {
        "items": [
            row_of(
                row,
                page.today,
                relapse=row.pk in page.relapsed,
                measures=(row.measure_done, row.measure_count),
            )
            for row in rows
        ],
        "count": page.count,
        "sentence": page.sentence.text,
        "next": address.with_(after=Cursor.of(last, page.order).text()).url
        if window.more_after and last
        else None,
        "previous": address.with_(before=Cursor.of(first, page.order).text()).url
        if window.more_before and first
        else None,
    }


def _page(request: HttpRequest, asked: Any) -> Ledger:
    """The list as the page would make it. What the page would leave out with a remark is refused here."""
    unknown = sorted(set(request.GET) - set(type(asked).model_fields))
    if unknown:
        raise Invalid(f"没有筛选条件“{unknown[0][:40]}”", "核对参数名", field=unknown[0][:40])
    params = QueryDict(mutable=True)
    for name in request.GET:
        params.setlist(name, request.GET.getlist(name))
    params.pop("size", None)
    page = Told(actor=request.actor, at=request.at, params=params, path=request.path)
    page.page_size = asked.size
    for one in page.active:
        if one.problem:
            raise Invalid(one.problem.removesuffix("，没有按它筛选"), "改好再取", field=one.filter.name)
    for name in ("after", "before"):
        given = params.get(name)
        if given and read_cursor(given, page.model, page.order) is None:
            raise Invalid("翻页位置不对", "用上一次返回的 next 或 previous", field=name)
    return page
