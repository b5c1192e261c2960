"""Whether the door of the group's directory can stand (LDAP), asked while the settings are read."""

from __future__ import annotations

from importlib.util import find_spec
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured


def directory_backends(url: str, *, starttls: bool) -> list[str]:
    """The door of the directory, or the sentence of why it cannot stand. Passwords never travel in the clear."""
    parts = urlsplit(url)
    if parts.scheme != "ldaps" and not starttls and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
        raise ImproperlyConfigured(
            "BIHUAN_LDAP_URL 会让口令明文走网：改用 ldaps://，或设 BIHUAN_LDAP_STARTTLS=1"
        )
    if find_spec("django_auth_ldap") is None or find_spec("ldap") is None:
        raise ImproperlyConfigured(
            "设了 BIHUAN_LDAP_URL，但没有装目录登录的库：先 apt-get install libldap2-dev libsasl2-dev，"
            "再 pip install -r requirements/ldap.lock；不用目录就去掉这个变量"
        )
    return ["bihuan.org.backends.DirectoryBackend"]
