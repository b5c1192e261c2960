"""What a password must be, and how an initial one is made. The sentences are shown as they are."""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from django.conf import settings
from django.contrib.auth.hashers import check_password
from django.core.exceptions import ValidationError

#: No 0/O, 1/l/I: an initial password is read from a screen or a slip of paper.
_LOWER, _UPPER, _DIGITS, _SIGNS = "abcdefghijkmnpqrstuvwxyz", "ABCDEFGHJKLMNPQRSTUVWXYZ", "23456789", "@#%+-="
_SHORTEST_NAME = 2


def initial_password() -> str:
    """A password for the first sign-in: 12 characters, all four kinds. It must be changed at once."""
    sets = (_LOWER, _UPPER, _DIGITS, _SIGNS)
    chars = [secrets.choice(s) for s in sets] + [secrets.choice(_LOWER + _UPPER + _DIGITS) for _ in range(8)]
    secrets.SystemRandom().shuffle(chars)
    return "".join(chars)


def _kinds(password: str) -> int:
    tests = (str.islower, str.isupper, str.isdigit, lambda c: not c.isalnum())
    return sum(any(test(char) for char in password) for test in tests)


class LongEnough:
    def __init__(self, least: int = 10) -> None:
        self.least = least

    def validate(self, password: str, user: Any = None) -> None:
        if len(password) < self.least:
            raise ValidationError(f"密码只有 {len(password)} 位，至少要 {self.least} 位。", code="short")

    def get_help_text(self) -> str:
        return f"至少 {self.least} 位"


class MixedEnough:
    def __init__(self, kinds: int = 3) -> None:
        self.kinds = kinds

    def validate(self, password: str, user: Any = None) -> None:
        if (found := _kinds(password)) < self.kinds:
            raise ValidationError(
                f"密码只用了 {found} 类字符，大写字母、小写字母、数字、符号里至少要 {self.kinds} 类。",
                code="plain",
            )

    def get_help_text(self) -> str:
        return f"大写字母、小写字母、数字、符号里至少 {self.kinds} 类"


class NotTheName:
    """Neither sign-in name nor staff number nor name (characters or pinyin) may stand in the password."""

    def validate(self, password: str, user: Any = None) -> None:
        person = getattr(user, "person", None)
        if user is None:
            return
        names = [user.get_username()]
        if person is not None:
            names += [person.staff_no, person.name, person.sort_key.replace(" ", "")]
        low = password.lower()
        if any(len(name) >= _SHORTEST_NAME and name.lower() in low for name in names):
            raise ValidationError("密码里不能有登录名、工号或姓名，换一个别人猜不到的。", code="name")

    def get_help_text(self) -> str:
        return "不含登录名、工号、姓名"


class NotTheLast:
    """The new password differs from the one in force and from those before it (BIHUAN_PASSWORD_HISTORY in all)."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is None or not user.has_usable_password():
            return
        if user.check_password(password):
            raise ValidationError("新密码和现在的一样，换一个。", code="same")
        before = user.old_passwords.order_by("-pk")[: max(0, settings.PASSWORD_HISTORY - 1)]
        if any(check_password(password, old.password) for old in before):
            raise ValidationError(
                f"这个密码用过，要和最近 {settings.PASSWORD_HISTORY} 次的都不一样。", code="same"
            )

    def get_help_text(self) -> str:
        most = settings.PASSWORD_HISTORY
        return f"和最近 {most} 次的都不一样" if most > 1 else "和现在的不一样"


def days_of(account: Any, at: datetime) -> int | None:
    """How long the password of this account has served, when that is longer than the house allows; None if not."""
    if not settings.PASSWORD_DAYS or account.password_set_on is None:
        return None
    days = (at - account.password_set_on).days
    return days if days >= settings.PASSWORD_DAYS else None
