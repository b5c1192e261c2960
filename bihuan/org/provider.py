"""The group's identity provider (OpenID Connect): where it is, and what it says about who signed in."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, ClassVar
from urllib.parse import urlsplit

import requests
from django.conf import settings
from joserfc import jwt
from joserfc.errors import InvalidClaimError
from joserfc.jwk import KeySet

#: signatures only, and only those with a public key: a token "signed" with the client's secret or with nothing is none
ALGORITHMS = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA"]
LEEWAY_S = 60


@dataclass(frozen=True, slots=True)
class Provider:
    issuer: str
    authorization: str
    token: str
    keys: str
    userinfo: str = ""

    PATIENCE_S: ClassVar[int] = 8


def discover() -> Provider:
    """Raises ValueError for a document that does not fit, requests' errors when nobody answers."""
    told = _get(f"{settings.OIDC_ISSUER}/.well-known/openid-configuration")
    if str(told.get("issuer", "")).rstrip("/") != settings.OIDC_ISSUER:
        raise ValueError("another issuer")
    try:
        found = Provider(
            told["issuer"], told["authorization_endpoint"], told["token_endpoint"], told["jwks_uri"],
            told.get("userinfo_endpoint", ""),
        )  # fmt: skip
    except KeyError as missing:
        raise ValueError(f"no {missing}") from None
    for url in (found.authorization, found.token, found.keys, found.userinfo):
        if url and not _safe(url):
            raise ValueError("not over HTTPS")
    return found


def claims_of(provider: Provider, token: dict[str, Any], *, nonce: str, now: int) -> dict[str, Any]:
    """The checked claims of the id token, and where the staff number is not among them, of userinfo.

    Raises joserfc's JoseError when signature, issuer, audience, time or nonce do not fit.
    """
    keys = KeySet.import_key_set(_get(provider.keys))
    read = jwt.decode(str(token.get("id_token", "")), keys, algorithms=ALGORITHMS)
    claims = dict(read.claims)
    checks = jwt.JWTClaimsRegistry(
        now=now,
        leeway=LEEWAY_S,
        iss={"essential": True, "value": provider.issuer},
        aud={"essential": True, "value": settings.OIDC_CLIENT_ID},
        exp={"essential": True},
        sub={"essential": True},
        nonce={"essential": True, "value": nonce},
    )
    checks.validate(claims)
    if (
        isinstance(claims["aud"], list)
        and len(claims["aud"]) > 1
        and claims.get("azp") != settings.OIDC_CLIENT_ID
    ):
        raise InvalidClaimError("azp")
    if settings.OIDC_CLAIM not in claims and provider.userinfo:
        more = _get(provider.userinfo, str(token.get("access_token", "")))
        if more.get("sub") != claims["sub"]:
            raise InvalidClaimError("sub")
        claims = {**more, **claims}
    return claims


def _get(url: str, bearer: str = "") -> dict[str, Any]:
    if not _safe(url):
        raise ValueError("not over HTTPS")
    headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}
    answer = requests.get(url, headers=headers, timeout=Provider.PATIENCE_S, allow_redirects=False)
    answer.raise_for_status()
    told = answer.json()
    if not isinstance(told, dict):
        raise ValueError("not an object")
    return told


def _safe(url: str) -> bool:
    """HTTPS, or this very machine."""
    parts = urlsplit(url)
    return parts.scheme == "https" or (
        parts.scheme == "http" and parts.hostname in ("localhost", "127.0.0.1", "::1")
    )
