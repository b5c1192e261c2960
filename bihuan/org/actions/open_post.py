"""Open a post: it stays when its holder changes, and grants may hang on it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.models import Post, Unit
from bihuan.org.policies import insist, may_manage_org
from bihuan.record.actions.append import append


@transaction.atomic
def open_post(*, code: str, title: str, unit: Unit, by: Actor, at: datetime, leads: bool = False) -> Post:
    insist(may_manage_org(by, unit.path or ""))
    if not code.strip() or not title.strip():
        raise Refused("岗位编码和名称都要填", "补齐再保存", field="title")
    if Post.objects.filter(code=code.strip()).exists():
        raise Refused(f"岗位编码 {code} 已经有了", "换一个编码", field="code")
    post = Post.objects.create(code=code.strip(), title=title.strip(), unit=unit, leads=leads)
    append(
        stream=f"unit:{unit.pk}",
        kind="unit.post_opened",
        by=by,
        at=at,
        unit_id=unit.pk,
        data={"post": post.pk, "title": post.title},
    )
    return post
