"""What the pages of units, party organisations and people show, gathered set by set."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from bihuan.kernel.actor import Actor
from bihuan.org.models import (
    Account,
    Employment,
    Grant,
    HandOver,
    Membership,
    PartyLink,
    PartyOrg,
    Person,
    Post,
    PostHolding,
    Unit,
)
from bihuan.org.permissions import Permission as P
from bihuan.org.roles import ROLES

from .trees import TreeNode
from .work import OpenWork, open_work

SHOWN_PEOPLE = 40


def branch_of(node: Unit | PartyOrg, day: date) -> list[TreeNode]:
    """The tree cut down to where one is: every ancestor with its children, and the node's own. Two queries."""
    model, above = type(node), node.ancestor_ids
    rows = (
        model.objects.open_on(day)
        .filter(Q(parent__in=above) | Q(parent=None) | Q(pk=node.pk))
        .in_tree_order()
    )
    nodes = {n.pk: TreeNode(n.pk, n.code, n.name, n.short_name, n.kind, n.path or "", n.depth) for n in rows}
    roots = []
    for row in rows:
        parent = nodes.get(row.parent_id)
        (parent.children if parent else roots).append(nodes[row.pk])
    return roots


@dataclass(frozen=True, slots=True)
class Holder:
    post: Post
    holdings: tuple[PostHolding, ...]


@dataclass(frozen=True, slots=True)
class UnitCard:
    people: list[Person]
    people_here: int
    people_below: int
    posts: list[Holder]
    party: list[PartyLink]
    spells: list
    heads: list[Person]
    hand_overs: list[HandOver]


def unit_card(unit: Unit, day: date) -> UnitCard:
    """Everything the page of one unit shows; people are the first SHOWN_PEOPLE of the unit itself."""
    here = unit.people.here_on(day).by_name()
    posts = Post.objects.filter(unit=unit).order_by("-leads", "code").prefetch_related("holdings__person")
    standing = [
        Holder(post, tuple(h for h in post.holdings.all() if h.to_day is None or h.to_day >= day))
        for post in posts
    ]
    heads = Grant.objects.standing(day).filter(unit=unit, role="unit_head", person__isnull=False)
    return UnitCard(
        people=list(here[:SHOWN_PEOPLE]),
        people_here=here.count(),
        people_below=Person.objects.here_on(day).in_unit(unit.path or "-").count(),
        posts=standing,
        party=list(
            PartyLink.objects.filter(unit=unit, to_day=None).select_related("party_org").order_by("id")
        ),
        spells=list(unit.spells.select_related("parent").order_by("-from_day")),
        heads=[grant.person for grant in heads.select_related("person").order_by("id")],
        hand_overs=list(
            HandOver.objects.filter(unit=unit, done_at=None).select_related("person").order_by("id")
        ),
    )


@dataclass(frozen=True, slots=True)
class PersonCard:
    """`private` says whether this reader sees telephone and e-mail, `grants` are shown to the person and to admins."""

    employments: list[Employment]
    holdings: list[PostHolding]
    memberships: list[Membership]
    grants: list[tuple[str, Grant]]
    work: list[OpenWork]
    private: bool
    account: Account | None
    #: holdings whose rights still wait for the security administrator
    unconfirmed: set[int]


def sees_private(person: Person, by: Actor) -> bool:
    """Telephone and e-mail: the person, who manages people there, and the head of the unit."""
    path = (person.unit.path or "") if person.unit else ""
    return by.person_id == person.pk or any(
        by.may_in(code, path) for code in (P.ORG_MANAGE, P.PROBLEM_REOWN_OWN)
    )


def person_card(person: Person, by: Actor, at: datetime, day: date) -> PersonCard:
    own = by.person_id == person.pk
    grants: list[tuple[str, Grant]] = []
    if own or by.may(P.GRANT_MANAGE) or by.may(P.AUDIT_VIEW):
        held = (
            Grant.objects.standing(day)
            .held_by(person.pk, day)
            .select_related("unit", "hat", "post")
            .distinct()
        )
        grants = [(ROLES[g.role].label, g) for g in held.order_by("id") if g.role in ROLES]
    account = getattr(person, "account", None) if own or by.may(P.ACCOUNT_MANAGE) else None
    private = sees_private(person, by)
    return PersonCard(
        employments=list(person.employments.select_related("unit").order_by("-from_day", "-id")),
        holdings=list(person.holdings.select_related("post__unit").order_by("-from_day", "-id")),
        memberships=list(person.memberships.select_related("party_org").order_by("-from_day", "-id")),
        grants=grants,
        work=open_work(person.pk, at, by) if private else [],
        private=private,
        account=account,
        unconfirmed=set(person.holdings.to_confirm(day).values_list("pk", flat=True)),
    )


@dataclass(frozen=True, slots=True)
class PartyCard:
    links: list[PartyLink]
    members: list[Membership]
    count: int
    spells: list


def party_card(org: PartyOrg, day: date) -> PartyCard:
    members = Membership.objects.filter(party_org=org, to_day=None).select_related("person__unit")
    return PartyCard(
        links=list(
            PartyLink.objects.filter(party_org=org, to_day=None).select_related("unit").order_by("id")
        ),
        members=list(members.order_by("-duty", "person__sort_key", "id")[:SHOWN_PEOPLE]),
        count=members.count(),
        spells=list(org.spells.select_related("parent").order_by("-from_day")),
    )
