"""May I? Every rule of this room, as a Verdict with a Chinese reason."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from bihuan.kernel.actor import Actor, Hat
from bihuan.kernel.refused import Refused
from bihuan.kernel.verdict import Verdict
from bihuan.org.models import AccessToken, Account, Grant, Person, Post, PostHolding, Unit
from bihuan.org.permissions import Permission as P
from bihuan.org.reads.second import must_have_second
from bihuan.org.roles import ADMINISTRATORS, ROLES


def insist(verdict: Verdict) -> None:
    """Raises Refused with the reason of a "no"."""
    if not verdict:
        raise Refused(verdict.reason, verdict.todo)


def may_manage_org(by: Actor, path: str = "") -> Verdict:
    """Units, people, posts. `path` is the place in the tree; empty for what has none (party organisations)."""
    if by.may_in(P.ORG_MANAGE, path) if path else by.may(P.ORG_MANAGE):
        return Verdict.yes()
    return Verdict.not_yours("单位和人员由系统管理员管", "请系统管理员办理")


def may_manage_accounts(by: Actor) -> Verdict:
    if by.may(P.ACCOUNT_MANAGE):
        return Verdict.yes()
    return Verdict.not_yours("账号由系统管理员管", "请系统管理员办理")


def may_give_password(account: Account, by: Actor, day: date) -> Verdict:
    """Whoever gives a password can sign in with it: an administrator's is given at the server only."""
    held = Grant.objects.standing(day).filter(person_id=account.person_id, role__in=ADMINISTRATORS)
    if by.is_system or not held.exists():
        return Verdict.yes()
    todo = "由本人修改；忘了就在服务器上运行 bihuan resetpassword 登录名"
    return Verdict.no("三员的密码不能由另一名管理员给", todo)


def may_revoke_token(token: AccessToken, by: Actor) -> Verdict:
    if by.is_system or token.person_id == by.person_id or by.may(P.ACCOUNT_MANAGE):
        return Verdict.yes()
    return Verdict.not_yours("令牌由本人或系统管理员收回", "请本人或系统管理员办理")


def may_manage_rules(by: Actor) -> Verdict:
    if by.may(P.RULES_MANAGE):
        return Verdict.yes()
    return Verdict.not_yours("规则包由规则管理员发布和确认", "请规则管理员办理")


def may_give_to(taker: Person, by: Actor) -> Verdict:
    """Work is handed over to people within the reach of the one who arranges it, not into another mill."""
    path = (taker.unit.path or "") if taker.unit else ""
    if by.is_system or any(by.may_in(code, path) for code in (P.ORG_MANAGE, P.PROBLEM_REOWN_OWN)):
        return Verdict.yes()
    return Verdict.no(
        f"{taker.name}在{taker.unit or '别的单位'}，不归您管，不能把工作交过去",
        "换一个本单位的人；要交给外单位，由上级移交问题",
    )


def may_wear(hat: Hat | None, by: Actor) -> Verdict:
    """A hat is put on by its wearer alone, at a page; a program keeps the one it was given."""
    if not by.is_person or by.token_id is not None:
        return Verdict.not_yours("身份由本人在页面上换", "请本人登录后换")
    if (hat not in by.hats) if by.hats else (hat != by.hat):
        return Verdict.no("没有这个身份的授权，或已经收回、到期", "刷新页面，从现有的身份里选")
    return Verdict.yes()


def may_confirm_holding(holding: PostHolding, by: Actor) -> Verdict:
    """Rights that hang on a post reach its holder only when whoever grants has said yes to this very person."""
    if not by.may_in(P.GRANT_MANAGE, holding.post.unit.path or ""):
        return Verdict.not_yours("授权由安全管理员管", "请安全管理员办理")
    if by.person_id is not None and holding.person_id == by.person_id:
        return Verdict.no("这是您自己任的岗，不能由您确认", "请另一名安全管理员确认")
    return Verdict.yes()


def may_set_second(account: Account, by: Actor) -> Verdict:
    if by.person_id == account.person_id:
        return Verdict.yes()
    return Verdict.not_yours("第二步验证由本人设置", "丢了手机的，请安全管理员重设")


def may_do_without_second(account: Account, *, others: bool, day: date) -> Verdict:
    if others or not must_have_second(account.person_id, day):
        return Verdict.yes()
    return Verdict.no("您的岗位登录时必须有第二步验证", "先设置另一种，再停用这一种")


def may_reset_factors(account: Account, by: Actor) -> Verdict:
    """Who grants, not who gives passwords: one of them alone cannot sign in as somebody else."""
    unit = account.person.unit
    if not by.may_in(P.GRANT_MANAGE, (unit.path or "") if unit else ""):
        return Verdict.not_yours("第二步验证由安全管理员重设", "请安全管理员办理")
    if by.person_id is not None and account.person_id == by.person_id:
        return Verdict.no("自己的在“登录验证”里停用", "进不来的，在服务器上运行 bihuan resetsecond 登录名")
    return Verdict.yes()


def may_revoke(grant: Grant, by: Actor) -> Verdict:
    if not by.may_in(P.GRANT_MANAGE, grant.unit.path or ""):
        return Verdict.not_yours("授权由安全管理员管", "请安全管理员办理")
    if by.person_id is not None and grant.person_id == by.person_id:
        return Verdict.no("这是给你自己的授权，不能由你收回", "请另一名安全管理员收回")
    return Verdict.yes()


def may_grant(
    *, role: str, person: Person | None, unit: Unit, by: Actor, day: date, post: Post | None = None,
    hat: Unit | None = None,
) -> Verdict:  # fmt: skip
    """Three administrators, three people; nobody grants to themselves, nor to a post they hold."""
    if not by.may_in(P.GRANT_MANAGE, unit.path or ""):
        return Verdict.not_yours("授权由安全管理员管", "请安全管理员办理")
    if role not in ROLES:
        return Verdict.no(f"没有角色“{role}”", "从角色表里选一个")
    if hat is not None and role in ADMINISTRATORS:
        return Verdict.no("三员随时都是三员，不分身份", "不选“以谁的身份”")
    if person is None:
        if role in ADMINISTRATORS:
            return Verdict.no("三员不能授给岗位，换了人会不知不觉带走权限", "直接授给人")
        if post is not None and by.person_id is not None and _holds(by.person_id, post, day):
            return Verdict.no(f"“{post.title}”由你自己任着，不能给自己授权", "请另一名安全管理员办理")
        return Verdict.yes()
    if person.pk == by.person_id:
        return Verdict.no("不能给自己授权", "请另一名安全管理员办理")
    if person.left_on and person.left_on <= day:
        return Verdict.no(f"{person.name}已离开，不能授权", "换一个人")
    if role in ADMINISTRATORS:
        return _one_of_three(role, person)
    return Verdict.yes()


def may_do_without(person: Person, day: date) -> Verdict:
    """May this person's account be stopped? Without any security administrator nobody could grant ever again."""
    granting = Grant.objects.standing(day).filter(role="security_admin", person__account__is_active=True)
    if not granting.filter(person=person).exists() or granting.exclude(person=person).exists():
        return Verdict.yes()
    return Verdict.no(
        f"{person.name}是唯一的安全管理员，停了就没有人能授权", "先由安全管理员另授一人，并开好账号"
    )


def _holds(person_id: int, post: Post, day: date) -> bool:
    held = PostHolding.objects.filter(post=post, person_id=person_id)
    return held.filter(Q(to_day=None) | Q(to_day__gte=day)).exists()


def _one_of_three(role: str, person: Person) -> Verdict:
    held = Grant.objects.filter(person=person, role__in=ADMINISTRATORS, revoked_at=None).first()
    if held is None:
        return Verdict.yes()
    has, wanted = ROLES[held.role].label, ROLES[role].label
    if held.role == role:
        return Verdict.no(f"{person.name}已经是{has}", "要改期限先收回再授")
    return Verdict.no(
        f"{person.name}已是{has}，不能再任{wanted}：系统、安全、审计三员由三个人分任",
        f"换一个人任{wanted}，或先收回{has}",
    )
