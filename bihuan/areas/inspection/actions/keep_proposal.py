"""Keep a proposal: which organisation in which round of the term."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction

from bihuan.areas.inspection.models import Proposal, ProposedTask, Term
from bihuan.areas.inspection.policies import may_plan
from bihuan.kernel.actor import Actor
from bihuan.kernel.refused import Refused
from bihuan.org.policies import insist
from bihuan.record.actions.append import append


@transaction.atomic
def keep_proposal(
    *,
    term: Term,
    places: Mapping[int, tuple[int, int, str, bool]],
    rules: dict[str, Any],
    by: Actor,
    at: datetime,
) -> Proposal:
    """`places`: organisation id -> year, number of the round, why, whether by hand. Earlier proposals stay readable;
    the newest is the one that rounds are filled from."""
    insist(may_plan(by))
    if not places:
        raise Refused("提案里一家也没有", "先排出来再保存")
    years = {year for year, *_ in places.values()}
    if not years <= set(range(term.first_year, term.last_year + 1)):
        raise Refused(f"有的年度不在{term}", "重新排一次")
    scope = set(term.scope.filter(left_on=None).values_list("org_id", flat=True))
    if not set(places) <= scope:
        raise Refused("有的党组织已不在巡察范围", "重新排一次")
    made = Proposal.objects.create(term=term, rules=rules, made_at=at, made_by_id=by.person_id)
    ProposedTask.objects.bulk_create(
        [
            ProposedTask(proposal=made, org_id=pk, year=year, number=number, why=why[:200], by_hand=by_hand)
            for pk, (year, number, why, by_hand) in sorted(places.items())
        ]
    )
    append(
        stream=term.stream, kind="inspection.proposal_kept", by=by, at=at, subject=term.title,
        data={"proposal": made.pk, "number_adopted": len(places)},
    )  # fmt: skip
    return made
