"""Which step leads a publication from which state to which, and which looks it has to pass."""

from __future__ import annotations

from itertools import combinations

from bihuan.kernel.steps import Step, StepTable

DRAFT, HEAD, OFFICE, LEAD = "draft", "head", "office", "lead"
APPROVED, PUBLISHED, EXPIRED, DOWN = "approved", "published", "expired", "down"

STATES = (
    (DRAFT, "起草中"),
    (HEAD, "待单位负责人核"),
    (OFFICE, "待办公室审"),
    (LEAD, "待领导小组批"),
    (APPROVED, "待公开"),
    (PUBLISHED, "公开中"),
    (EXPIRED, "已到期"),
    (DOWN, "已撤下"),
)
WAITING = (HEAD, OFFICE, LEAD)
#: nothing further happens to these
ENDED = (EXPIRED, DOWN)

MAY_DRAFT, MAY_CHECK = "publication.draft", "publication.check"
MAY_REVIEW, MAY_APPROVE = "publication.review", "publication.approve"
#: who has a part in what is not public yet
PARTS = (MAY_DRAFT, MAY_CHECK, MAY_REVIEW, MAY_APPROVE)

#: the looks in their order: letter in a chain -> state that waits for it
LOOKS = (("h", HEAD), ("o", OFFICE), ("l", LEAD))
LOOK_LABELS = (("h", "单位负责人核"), ("o", "办公室审"), ("l", "领导小组批"))
CHAINS = tuple("".join(part) for size in (1, 2, 3) for part in combinations("hol", size))
CHAIN_CHOICES = tuple((chain, "，".join(dict(LOOK_LABELS)[letter] for letter in chain)) for chain in CHAINS)


def without(letter: str) -> tuple[str, ...]:
    """The chains that do not ask for this look."""
    return tuple(chain for chain in CHAINS if letter not in chain)


def after(state: str, chain: str) -> str:
    """Where something goes from this state on: the next look its chain asks for, or 待公开."""
    passed = [of for _, of in LOOKS].index(state) + 1 if state in WAITING else 0
    return next((waits for letter, waits in LOOKS[passed:] if letter in chain), APPROVED)


_UNIT, _HEAD, _OFFICE, _LEAD = "起草单位", "单位负责人", "公开办公室", "领导小组成员"
PUBLICATION = StepTable(
    states=STATES,
    steps=(
        Step("draft", "起草", (), DRAFT, MAY_DRAFT, _UNIT, event="publication.drafted"),
        Step("redraft", "改稿", (DRAFT,), DRAFT, MAY_DRAFT, _UNIT, event="publication.redrafted"),
        Step(
            "submit", "送核", (DRAFT,), HEAD, MAY_DRAFT, _UNIT, also=(OFFICE, LEAD),
            event="publication.submitted",
        ),
        Step(
            "check", "核", (HEAD,), OFFICE, MAY_CHECK, _HEAD, also=(LEAD, APPROVED),
            event="publication.checked",
        ),
        Step(
            "review", "审", (OFFICE,), LEAD, MAY_REVIEW, _OFFICE, also=(APPROVED,),
            event="publication.reviewed",
        ),
        Step("approve", "批准", (LEAD,), APPROVED, MAY_APPROVE, _LEAD, event="publication.approved"),
        Step(
            "return", "退回", (*WAITING, APPROVED), DRAFT, MAY_CHECK, "看的人", event="publication.returned"
        ),
        Step("publish", "公开", (APPROVED,), PUBLISHED, MAY_DRAFT, _UNIT, event="publication.published"),
        Step("expire", "到期", (PUBLISHED,), EXPIRED, "", "到期自动", event="publication.expired"),
        Step("take_down", "撤下", (PUBLISHED,), DOWN, MAY_REVIEW, _OFFICE, event="publication.taken_down"),
    ),
)  # fmt: skip
#: which step takes a look, and with which permission
LOOK_STEPS = {HEAD: ("check", MAY_CHECK), OFFICE: ("review", MAY_REVIEW), LEAD: ("approve", MAY_APPROVE)}
