"""What stands beside a password: one-time codes, recovery codes, passkeys; and how often somebody guessed."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from .accounts import Account


class SecretTry(models.Model):
    """Guesses at a secret of an account since `since`; claimed before the secret is looked at."""

    account = models.OneToOneField(Account, models.CASCADE, related_name="tries")
    count = models.PositiveSmallIntegerField("次数", default=0)
    since = models.DateTimeField("从何时起")

    class Meta:
        verbose_name = verbose_name_plural = "口令试错"

    def __str__(self) -> str:
        return f"{self.account_id} {self.count}"


class Totp(models.Model):
    """An authenticator app (RFC 6238). `sealed` is the secret, closed with a key that is not in the database.

    `last_step` is the half minute of the last code taken: a code counts once, whoever read it over a shoulder.
    """

    account = models.OneToOneField(Account, models.CASCADE, related_name="totp")
    sealed = models.TextField("密钥（加密）")
    last_step = models.BigIntegerField("上次用过的时间步", default=0)
    made_on = models.DateTimeField("设置时间")
    confirmed_on = models.DateTimeField("启用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "动态口令"

    def __str__(self) -> str:
        return f"totp {self.account_id}"


class RecoveryCode(models.Model):
    """One of ten codes for the day the phone is lost. Only a keyed digest is kept; each counts once."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField("摘要", max_length=64)
    made_on = models.DateTimeField("生成时间")
    used_on = models.DateTimeField("使用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "备用码"
        constraints = [
            models.UniqueConstraint(fields=["account", "digest"], name="recovery_code_once"),
        ]

    def __str__(self) -> str:
        return f"recovery {self.account_id}"


class Passkey(models.Model):
    """A passkey (WebAuthn). Ids and keys are base64url text; `sign_count` only ever grows, where it is kept."""

    account = models.ForeignKey(Account, models.CASCADE, related_name="passkeys")
    name = models.CharField("名称", max_length=40)
    credential = models.CharField("凭据编号", max_length=1400, unique=True)
    public_key = models.TextField("公钥")
    sign_count = models.BigIntegerField("签名计数", default=0)
    made_on = models.DateTimeField("登记时间")
    used_on = models.DateTimeField("上次使用", null=True)
    # The counter went back: two devices hold the same key. It opens nothing any more.
    doubted_on = models.DateTimeField("停用时间", null=True)

    class Meta:
        verbose_name = verbose_name_plural = "通行密钥"
        constraints = [models.CheckConstraint(condition=Q(sign_count__gte=0), name="passkey_count")]

    def __str__(self) -> str:
        return self.name
