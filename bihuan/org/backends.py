"""Passwords of the group's directory (LDAP), where one is set up: the directory says whether the password is right
and which staff number it belongs to, nothing else. No account is made and nothing is taken over from there.

The library is an extra (requirements/ldap.in); it is loaded only when somebody signs in and a directory is set.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.backends import BaseBackend
from django.http import HttpRequest

from bihuan.org.models import Account

WAY = "ldap"
PATIENCE_S = 5


class DirectoryBackend(BaseBackend):
    """Asked after our own passwords. A directory that does not answer lets nobody in and holds up nobody else."""

    def authenticate(
        self, request: HttpRequest | None, username: str | None = None, password: str | None = None, **_: Any
    ) -> Account | None:
        if not settings.LDAP_URL or not username or not password:
            return None
        account = _directory().authenticate(request, username=username, password=password)
        if account is not None:
            account.way = WAY  # how the visit stands in the record; an initial password of ours is not owed
        return account


def _directory() -> Any:
    import ldap
    from django_auth_ldap.backend import LDAPBackend
    from django_auth_ldap.config import LDAPSearch

    class Directory(LDAPBackend):
        default_settings = {
            "SERVER_URI": settings.LDAP_URL,
            "START_TLS": settings.LDAP_STARTTLS,
            "BIND_DN": settings.LDAP_BIND_DN,
            "BIND_PASSWORD": settings.LDAP_BIND_PASSWORD,
            "USER_SEARCH": LDAPSearch(settings.LDAP_BASE, ldap.SCOPE_SUBTREE, settings.LDAP_FILTER),
            "USER_ATTRLIST": [settings.LDAP_STAFF_NO],
            "ALWAYS_UPDATE_USER": False,
            "NO_NEW_USERS": True,
            "CONNECTION_OPTIONS": {
                ldap.OPT_NETWORK_TIMEOUT: PATIENCE_S,
                ldap.OPT_TIMEOUT: PATIENCE_S,
                ldap.OPT_REFERRALS: 0,
                ldap.OPT_X_TLS_REQUIRE_CERT: ldap.OPT_X_TLS_DEMAND,
                ldap.OPT_X_TLS_NEWCTX: 0,
            },
        }

        def get_or_build_user(self, username: str, ldap_user: Any) -> tuple[Account, bool]:
            """By staff number only, among the accounts that are here."""
            staff_no = next(iter(ldap_user.attrs.get(settings.LDAP_STAFF_NO) or ()), "").strip()
            account = Account.objects.filter(person__staff_no=staff_no).first() if staff_no else None
            if account is None:
                raise ldap_user.AuthenticationFailed("nobody here has this staff number")
            return account, False

    return Directory()
