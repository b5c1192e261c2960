"""Accounts: how a person signs in. An account without a person cannot do anything."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.utils.crypto import salted_hmac

from bihuan.org.querysets import AccountQuery

from .people import Person


class AccountManager(BaseUserManager.from_queryset(AccountQuery)):
    """Look-ups at sign-in and of every request; accounts are made by `actions.open_account`."""

    def get_queryset(self) -> models.QuerySet:
        """With person and unit: every request needs them, so they cost no query of their own."""
        return super().get_queryset().select_related("person__unit")


class Account(AbstractBaseUser):
    username = models.CharField("登录名", max_length=40, unique=True)
    person = models.OneToOneField(Person, models.PROTECT, related_name="account")
    is_active = models.BooleanField("启用", default=True)
    must_change = models.BooleanField("须改密码", default=True)
    password_set_on = models.DateTimeField("密码设定时间", null=True)
    seen_before = models.DateTimeField("上次来时", null=True)
    #: one more, and every session begun before is over
    session_round = models.PositiveIntegerField("登录轮次", default=0)

    USERNAME_FIELD = "username"
    objects = AccountManager()

    class Meta:
        verbose_name = verbose_name_plural = "账号"

    def __str__(self) -> str:
        return self.username

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """Django asks this of every request: a session whose answer differs is over."""
        plain = super()._get_session_auth_hash(secret=secret)
        if not self.session_round:
            return plain
        said = f"{plain}:{self.session_round}"
        return salted_hmac("org.Account.session_round", said, secret=secret, algorithm="sha256").hexdigest()


class OldPassword(models.Model):
    """The hash of a password that was in force before: a new one must differ from the last few."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="old_passwords")
    password = models.CharField("密码（散列）", max_length=128)
    set_on = models.DateTimeField("换下时间")

    class Meta:
        verbose_name = verbose_name_plural = "用过的密码"

    def __str__(self) -> str:
        return f"old {self.account_id}"
