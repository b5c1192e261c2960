"""What the papers of the ledgers say: documents asked for and lent, immediate notices; and the announcement with its code."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from bihuan.areas.inspection.models import Task
from bihuan.areas.inspection.papers.opening import qr_of
from bihuan.areas.inspection.papers.saying import day_words, numbered, party_name
from bihuan.areas.inspection.papers.saying_teams import announcement_facts
from bihuan.areas.onsite import states, words
from bihuan.areas.onsite.models import Loan
from bihuan.areas.onsite.reads.door import address_of
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day

from .finding import Seen
from .saying import head_of, team_name


def requests_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    """What stands on the list; what is not wanted any more does not."""
    rows = list(Loan.objects.filter(task=seen.task).exclude(state=states.WITHDRAWN).order_by("number"))
    asked = max((local_day(row.asked_at) for row in rows), default=local_day(at))
    return {
        "党组织": seen.task.org.name,
        "资料": numbered(
            {
                "编号": str(row), "资料名称": row.item, "所属期间": row.period,
                "提供期限": day_words(row.due_on),
            }
            for row in rows
        ),
        "组别": team_name(seen.task),
        "日期": day_words(asked),
    }  # fmt: skip


def loans_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    """What was received, in the order of its numbers, and how it was given back."""
    rows = Loan.objects.filter(task=seen.task, received_at__isnull=False).select_related("received_by")
    head = head_of(seen.task)
    return {name: head[name] for name in ("轮次", "组别", "党组织")} | {
        "资料": [
            {
                "编号": str(row),
                "资料名称": f"{row.item}（{row.period}）" if row.period else row.item,
                "提供人": row.provider,
                "形式和份数": words.so_many(row.get_form_display(), row.copies),
                "接收人": row.received_by.name if row.received_by else "",
                "接收时间": day_words(local_day(row.received_at)),
                "存放处": row.place,
                "清退": words.gone(day_words(local_day(row.returned_at)), row.get_ending_display(), row.taker)
                if row.returned_at
                else "",
            }
            for row in rows.order_by("number")
        ]
    }


def immediate_facts(seen: Seen, by: Actor, at: datetime) -> dict[str, Any]:
    notice = seen.thing
    items = list(notice.items.select_related("verified_by").order_by("order"))
    checked = [words.verified(one.order, one.verified_note) for one in items if one.verified_at]
    return {
        "党委": party_name(),
        "组别": team_name(seen.task),
        "文号": notice.document,
        "责任单位": notice.unit.name,
        "党组织": seen.task.org.name,
        "期限": day_words(notice.due_on),
        "事项": [
            {
                "序号": str(one.order),
                "问题": f"{one.statement}{words.HAZARD if one.hazard else ''}",
                "整改要求": one.demand,
            }
            for one in items
        ],
        "签收人": notice.signed_by.name if notice.signed_by else "",
        "签收时间": day_words(local_day(notice.signed_at)) if notice.signed_at else "",
        "核实": "\n".join(checked),
        "日期": day_words(local_day(notice.issued_at or at)),
    }


def announcement_with_code(task: Task, at: datetime) -> dict[str, Any]:
    """The page behind the code opens once the announcement is noted as posted."""
    return announcement_facts(task, at) | {"二维码": qr_of(address_of(task))}
