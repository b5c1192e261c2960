"""Compare the members of a round with the organisations of their teams, and keep what ties them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from bihuan.areas.inspection.models import Member, RecusalCase, Round
from bihuan.areas.inspection.reads.recusal import ties_of_members


@transaction.atomic
def check_recusal(*, round: Round, at: datetime) -> int:
    """New ties are kept, those that are gone end; what somebody lifted stays lifted as long as the tie is the same.
    Returns how many are new. Safe to run at any time, also twice."""
    members = list(Member.objects.standing().filter(round=round).select_related("person__unit"))
    ties = ties_of_members(round, members)
    known = {
        (case.member_id, case.org_id, case.kind, case.ground): case
        for case in RecusalCase.objects.filter(member__in=members).select_for_update()
    }
    wanted = {
        (member_id, org_id, tie.kind, tie.ground): tie
        for (member_id, org_id), found in ties.items()
        for tie in found
    }
    people = {member.pk: member.person_id for member in members}
    fresh = [
        RecusalCase(
            member_id=key[0], person_id=people[key[0]], org_id=key[1], kind=tie.kind, ground=tie.ground,
            level=tie.level, reason=tie.reason, found_at=at,
        )
        for key, tie in wanted.items()
        if key not in known
    ]  # fmt: skip
    RecusalCase.objects.bulk_create(fresh, ignore_conflicts=True)
    for key, case in known.items():
        tie = wanted.get(key)
        if tie is None and case.ended_at is None:
            RecusalCase.objects.filter(pk=case.pk, ended_at=None).update(ended_at=at)
        elif tie is not None and (case.ended_at, case.reason, case.level) != (None, tie.reason, tie.level):
            _renew(case, tie, at)
    return len(fresh)


def _renew(case: RecusalCase, tie, at: datetime) -> None:
    """It is there again, or worse or other than it was: what was lifted was lifted for what was known then."""
    case.level, case.reason, case.found_at, case.ended_at = tie.level, tie.reason, at, None
    case.lifted_at, case.lifted_by, case.why_lifted = None, None, ""
    case.save(
        update_fields=["level", "reason", "found_at", "ended_at", "lifted_at", "lifted_by", "why_lifted"]
    )
