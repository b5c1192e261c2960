"""Draw up a five-year plan: its years and who is in scope."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from bihuan.areas.inspection.models import ScopeOrg, Term
from bihuan.areas.inspection.policies import may_plan
from bihuan.kernel.actor import Actor
from bihuan.kernel.moment import local_day
from bihuan.kernel.refused import Refused
from bihuan.org.models import PartyOrg
from bihuan.org.policies import insist
from bihuan.org.reads import current_pack
from bihuan.record.actions.append import append

PACK = "inspection"
#: a term of office has five years; a plan may be drawn up for what is left of one
MOST_YEARS = 5


@transaction.atomic
def open_term(
    *, title: str, first_year: int, last_year: int, orgs: Iterable[PartyOrg], by: Actor, at: datetime
) -> Term:
    """Terms do not overlap. The rule pack is that of the day, for the whole term."""
    insist(may_plan(by))
    if not title.strip():
        raise Refused("规划要有名称", "如“2024—2028年巡察工作规划”", field="title")
    if not first_year <= last_year < first_year + MOST_YEARS:
        raise Refused(
            f"{first_year} 到 {last_year} 不是一届任期", "一届一至五年，起始年在前", field="last_year"
        )
    over = Term.objects.filter(Q(first_year__lte=last_year), Q(last_year__gte=first_year)).first()
    if over is not None:
        raise Refused(f"和“{over.title}”的年度重叠", "改起止年，或在那份规划里改范围", field="first_year")
    term = Term.objects.create(
        title=title.strip(),
        first_year=first_year,
        last_year=last_year,
        rule_pack=current_pack(PACK, local_day(at)),
        made_at=at,
        made_by_id=by.person_id,
    )
    listed = list(dict.fromkeys(orgs))
    ScopeOrg.objects.bulk_create([ScopeOrg(term=term, org=org) for org in listed])
    append(
        stream=term.stream,
        seq=1,
        kind="inspection.term_opened",
        by=by,
        at=at,
        subject=term.title,
        data={"first_year": first_year, "last_year": last_year, "orgs_in": [org.pk for org in listed]},
    )
    return term
