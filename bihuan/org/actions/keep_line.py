"""Name a business line and the categories that belong to it; naming it again changes the categories."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from django.db import IntegrityError, transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused, Stale
from bihuan.org.models import BusinessLine
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append


@transaction.atomic
def keep_line(
    *, title: str, categories: Sequence[str], by: Actor, at: datetime, line: BusinessLine | None = None
) -> BusinessLine:
    """Without `line` a new one. Categories are compared letter by letter with what stands in a ledger."""
    insist(may_manage_org(by))
    title, words = title.strip(), list(dict.fromkeys(w.strip() for w in categories if w.strip()))
    if not title:
        raise Refused("业务线要有名称", "如“安全环保”", field="title")
    if not words:
        raise Refused("没有写类别，查不到它的问题", "照台账“类别”一栏写，每行一个", field="categories")
    try:
        with transaction.atomic():
            if line is None:
                line = BusinessLine.objects.create(
                    title=title, categories=words, kept_at=at, kept_by_id=by.person_id
                )
            elif not BusinessLine.objects.filter(pk=line.pk, ended_on=None).update(
                title=title, categories=words
            ):
                raise Stale("业务线已经停用")
    except IntegrityError:
        raise Refused(f"已有业务线“{title}”", "换一个名称，或改原来的", field="title") from None
    line.title, line.categories = title, words
    append(
        stream=f"business-line:{line.pk}", kind="portfolio.line_kept", by=by, at=at,
        data={"line": title, "categories": words},
    )  # fmt: skip
    return line
