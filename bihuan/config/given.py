"""What the settings are given from outside and must not give away: passwords in addresses, keys in logs."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from typing import Any

from django.core.exceptions import ImproperlyConfigured

#: Whoever looks for a fault at DEBUG must not find keys: these write addresses and headers as they are sent, and the
#: address of a robot is its secret.
TALKATIVE = (
    "urllib3", "requests", "botocore", "boto3", "s3transfer", "authlib", "django_auth_ldap", "apprise",
    "django.db.backends", "django.template",
)  # fmt: skip


def with_password(name: str, read: Callable[[], dict[str, Any]]) -> dict[str, Any]:
    """What this variable holds, which has a password in it: neither an error nor a remark may say it again."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error")
            found = read()
            if "." in found.get("ENGINE", "."):
                return found
    except (ValueError, UserWarning, ImproperlyConfigured):
        pass
    raise ImproperlyConfigured(
        f"{name} 读不懂：写成“种类://用户:口令@主机:端口/…”，口令里的 / ? # @ : 写成 %2F %3F %23 %40 %3A"
    )
