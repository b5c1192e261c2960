"""What a password must be, and how an initial one is made. The sentences are shown as they are."""

from __future__ import annotations

import secrets
from typing import Any

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
    """The new password differs from the one in force; older ones are not kept, so they cannot be compared."""

    def validate(self, password: str, user: Any = None) -> None:
        if user is not None and user.has_usable_password() and user.check_password(password):
            raise ValidationError("新密码和现在的一样，换一个。", code="same")

    def get_help_text(self) -> str:
        return "和现在的不一样"
