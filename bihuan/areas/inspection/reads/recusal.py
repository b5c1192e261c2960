"""What ties the members of teams to the organisations they are to inspect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from bihuan.areas.inspection.models import Member, Relative, Round, TeamTask
from bihuan.kernel.refused import Missing
from bihuan.org.models import Employment, PartyLink
from bihuan.org.reads import rule_of

from .ties import About, Tie, ties_of

#: what counts where the rule pack of the round is silent: longer is stricter
UNSAID_YEARS = 3
FORMER, HOURS = "recusal.former_years", "training.hours"


def years_of(round: Round) -> int:
    """Within how many years after leaving a post one still stays away from it."""
    try:
        return int(rule_of(round.rule_pack, FORMER).value)
    except Missing:
        return UNSAID_YEARS


def hours_of(round: Round) -> float:
    """How many hours of training a member needs before the entry; 0 where the pack does not say."""
    try:
        return float(rule_of(round.rule_pack, HOURS).value)
    except Missing:
        return 0.0


def paths_of(org_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """The places in the tree of units that each party organisation covers."""
    found: dict[int, list[str]] = defaultdict(list)
    rows = PartyLink.objects.filter(party_org_id__in=set(org_ids), unit__path__isnull=False)
    for org_id, path in rows.values_list("party_org_id", "unit__path"):
        found[org_id].append(path)
    return {org_id: tuple(sorted(paths)) for org_id, paths in found.items()}


def known_of(members: Iterable[Member]) -> dict[int, About]:
    """Member id -> what is known of the person: posts past and present, relatives and words told. Two queries."""
    members = list(members)
    people = {member.person_id for member in members}
    posts, relatives = defaultdict(list), defaultdict(list)
    for post in Employment.objects.filter(person_id__in=people).select_related("unit").order_by("pk"):
        posts[post.person_id].append(post)
    for one in Relative.objects.standing().filter(person_id__in=people).select_related("unit").order_by("pk"):
        relatives[one.person_id].append(one)
    return {
        member.pk: About(
            member.person, posts[member.person_id], relatives[member.person_id], member.other_ties
        )
        for member in members
    }


def ties_of_members(round: Round, members: list[Member]) -> dict[tuple[int, int], list[Tie]]:
    """(member id, organisation id) -> ties, for each organisation of the member's team. Five queries."""
    orgs: dict[int, set[int]] = defaultdict(set)
    for team_id, org_id in TeamTask.objects.filter(team__round=round).values_list("team_id", "task__org_id"):
        orgs[team_id].add(org_id)
    paths = paths_of(org_id for group in orgs.values() for org_id in group)
    known = known_of(members)
    years = years_of(round)
    found = {}
    for member in members:
        about = known[member.pk]
        for org_id in orgs[member.team_id]:
            ties = ties_of(about, paths.get(org_id, ()), on=round.starts_on, years=years)
            if ties:
                found[member.pk, org_id] = ties
    return found
