"""The second step of signing in: what somebody has set up, and whether they must have one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.conf import settings

from bihuan.org.models import Account, Grant, Passkey, RecoveryCode, Totp


@dataclass(frozen=True, slots=True)
class Second:
    """`totp` only when it is in use; `passkeys` only those that still open."""

    totp: Totp | None
    passkeys: list[Passkey]
    codes_left: int = 0

    def __bool__(self) -> bool:
        return self.totp is not None or bool(self.passkeys)


def second_of(account: Account) -> Second:
    """Two queries."""
    totp = Totp.objects.filter(account=account, confirmed_on__isnull=False).first()
    return Second(totp, list(account.passkeys.filter(doubted_on=None).order_by("id")))


def second_card(account: Account) -> Second:
    """The same for the page about it: all passkeys, and how many recovery codes are left."""
    found = second_of(account)
    left = RecoveryCode.objects.filter(account=account, used_on=None).count() if found.totp else 0
    return Second(found.totp, list(account.passkeys.order_by("id")), left)


def must_have_second(person_id: int, day: date) -> bool:
    """Whether one of their roles asks for it (BIHUAN_SECOND_STEP): administrators do unless told otherwise."""
    held = Grant.objects.standing(day).held_by(person_id, day)
    return bool(settings.SECOND_STEP_ROLES) and held.filter(role__in=settings.SECOND_STEP_ROLES).exists()
