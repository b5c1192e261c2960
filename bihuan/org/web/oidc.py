"""Sign-in through the group's own provider: OpenID Connect, authorization code with PKCE, state and nonce.

A person is found by their staff number alone, in the claim the settings name. No account is made here, nothing
about anybody is taken over: a provider says who it is, what they may is decided in this house.
"""

from __future__ import annotations

import logging

from authlib.common.security import generate_token
from authlib.integrations.base_client.errors import OAuthError
from authlib.integrations.requests_client import OAuth2Session
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET
from joserfc.errors import JoseError
from requests import RequestException

from bihuan.kernel.refused import Refused
from bihuan.org.models import Account
from bihuan.org.provider import Provider, claims_of, discover
from bihuan.ui.access import PUBLIC, view
from bihuan.ui.refusals import sentence

from .entering import OIDC, may_enter, proceed, safe_next

log = logging.getLogger("bihuan.signin")
ASKED, SECONDS = "oidc", 600
_SILENT = "现在连不上"


@view(needs=PUBLIC)
@require_GET
@never_cache
def begin(request: HttpRequest) -> HttpResponse:
    """Off to the provider. What comes back must fit what is noted here in the session."""
    if not settings.OIDC_ISSUER:
        raise Http404
    try:
        provider = discover()
    except (RequestException, ValueError) as fault:
        return _no(request, f"{settings.OIDC_LABEL}{_SILENT}，先用登录名和密码登录，或过一会儿再试。", fault)
    verifier, state, nonce = generate_token(64), generate_token(32), generate_token(32)
    request.session[ASKED] = {
        "state": state, "nonce": nonce, "verifier": verifier, "next": safe_next(request),
        "at": request.at.timestamp(),
    }  # fmt: skip
    url, _ = _client(request).create_authorization_url(
        provider.authorization,
        state=state,
        nonce=nonce,
        code_challenge=create_s256_code_challenge(verifier),
        code_challenge_method="S256",
    )
    return HttpResponseRedirect(url)


@view(needs=PUBLIC)
@require_GET
@never_cache
def back(request: HttpRequest) -> HttpResponse:
    """The provider sent somebody back. Every doubt ends at the sign-in page with a sentence."""
    noted = request.session.pop(ASKED, None)
    late = not noted or request.at.timestamp() - noted["at"] > SECONDS
    if not settings.OIDC_ISSUER or late or request.GET.get("state") != noted["state"]:
        return _no(request, "这次登录作废了：等得太久，或不是从这里开始的。再点一次。")
    if request.GET.get("error") or not request.GET.get("code"):
        return _no(request, f"{settings.OIDC_LABEL}没有同意登录。再试一次，或用登录名和密码。")
    try:
        provider = discover()
        claims = _claims(request, provider, noted)
    except (RequestException, ValueError, OAuthError) as fault:
        return _no(request, f"{settings.OIDC_LABEL}{_SILENT}，或没有认这次登录。再试一次。", fault)
    except JoseError as fault:
        return _no(request, f"{settings.OIDC_LABEL}的回答验证不过，没有登录。告诉系统管理员。", fault)
    try:
        account = _account(str(claims.get(settings.OIDC_CLAIM) or "").strip(), request)
    except Refused as refused:
        return _no(request, sentence(refused))
    return proceed(request, account, OIDC, noted["next"])


def _client(request: HttpRequest) -> OAuth2Session:
    return OAuth2Session(
        settings.OIDC_CLIENT_ID,
        settings.OIDC_CLIENT_SECRET,
        scope=settings.OIDC_SCOPE,
        redirect_uri=request.build_absolute_uri(reverse("org:oidc-back")),
        token_endpoint_auth_method="client_secret_basic" if settings.OIDC_CLIENT_SECRET else "none",
    )


def _claims(request: HttpRequest, provider: Provider, noted: dict) -> dict:
    token = _client(request).fetch_token(
        provider.token,
        code=request.GET["code"],
        code_verifier=noted["verifier"],
        timeout=Provider.PATIENCE_S,
    )
    return claims_of(provider, token, nonce=noted["nonce"], now=int(request.at.timestamp()))


def _account(staff_no: str, request: HttpRequest) -> Account:
    """By staff number only. Raises Refused with what to do; who is meant is known here, so it may be said."""
    if not staff_no:
        raise Refused(f"{settings.OIDC_LABEL}没有给出工号", "告诉系统管理员，核对 BIHUAN_OIDC_CLAIM")
    account = Account.objects.filter(person__staff_no=staff_no).first()
    if account is None:
        raise Refused(f"工号 {staff_no} 在这里还没有账号", "请本单位系统管理员开账号")
    if not may_enter(account, request.at):
        raise Refused(f"工号 {staff_no} 的账号停用了", "问本单位系统管理员")
    return account


def _no(request: HttpRequest, words: str, fault: Exception | None = None) -> HttpResponse:
    if fault is not None:
        log.warning("oidc: %s", type(fault).__name__)
    messages.error(request, words)
    return HttpResponseRedirect(reverse("org:signin"))
