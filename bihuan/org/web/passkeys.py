"""Passkeys (WebAuthn): the browser asks for the options of a ceremony and brings the device's answer, both JSON.

A challenge stands in the session and counts once. What a passkey is bound to is the name in the address, so it
works on localhost and on HTTPS names only; pages say so elsewhere.
"""

from __future__ import annotations

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.views.decorators.http import require_POST
from webauthn import (
    generate_authentication_options,
    generate_registration_options,
    options_to_json,
    verify_authentication_response,
    verify_registration_response,
)
from webauthn.helpers import base64url_to_bytes, bytes_to_base64url
from webauthn.helpers.exceptions import WebAuthnException
from webauthn.helpers.structs import (
    AuthenticatorSelectionCriteria,
    PublicKeyCredentialDescriptor,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from bihuan.kernel.actor import NOBODY
from bihuan.kernel.refused import Invalid, Refused, Stale
from bihuan.org.access import MISSING
from bihuan.org.actions.add_passkey import NewPasskey, add_passkey
from bihuan.org.actions.note_visit import note_visit
from bihuan.org.actions.use_passkey import use_passkey
from bihuan.org.models import Account, Passkey
from bihuan.org.reads import second_of
from bihuan.ui.access import PUBLIC, SIGNED_IN, view

from .again import proven
from .entering import PASSKEY, enter, halfway, host_of, may_enter, prove, safe_next
from .second_step import with_second

HOUSE, CHALLENGE = "闭环", "passkey"
SECONDS = 180
_VERIFY = UserVerificationRequirement


def _options(request: HttpRequest, made: Any, what: str) -> HttpResponse:
    request.session[CHALLENGE] = {
        "what": what, "challenge": bytes_to_base64url(made.challenge), "at": request.at.timestamp(),
    }  # fmt: skip
    return HttpResponse(options_to_json(made), content_type="application/json")


def _challenge(request: HttpRequest, what: str) -> bytes:
    """What this browser was asked; counts once, for this ceremony, for three minutes."""
    noted = request.session.pop(CHALLENGE, None)
    if not noted or noted["what"] != what or request.at.timestamp() - noted["at"] > SECONDS:
        raise Stale("等得太久，这次验证作废了", "再点一次")
    return base64url_to_bytes(noted["challenge"])


def _answer(request: HttpRequest) -> dict:
    try:
        answer = json.loads(request.body)
    except ValueError:
        answer = None
    if not isinstance(answer, dict) or not isinstance(answer.get("id"), str):
        raise Invalid("通行密钥的回答读不懂", "再点一次，还不行换一个浏览器")
    return answer


def _origin(request: HttpRequest) -> str:
    return f"{request.scheme}://{request.get_host()}"


def _ids(keys: list[Passkey]) -> list[PublicKeyCredentialDescriptor]:
    return [PublicKeyCredentialDescriptor(id=base64url_to_bytes(key.credential)) for key in keys]


@view(needs=SIGNED_IN, guests=True)
@require_POST
@proven
def new_options(request: HttpRequest) -> HttpResponse:
    account: Account = request.user
    made = generate_registration_options(
        rp_id=host_of(request),
        rp_name=HOUSE,
        user_id=str(account.pk).encode(),
        user_name=account.username,
        user_display_name=account.person.name,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.PREFERRED, user_verification=_VERIFY.PREFERRED
        ),
        exclude_credentials=_ids(list(account.passkeys.all())),
    )
    return _options(request, made, "new")


@view(needs=SIGNED_IN, guests=True)
@require_POST
@proven
def new(request: HttpRequest) -> HttpResponse:
    answer, challenge = _answer(request), _challenge(request, "new")
    try:
        checked = verify_registration_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=host_of(request),
            expected_origin=_origin(request),
        )
    except (WebAuthnException, ValueError, KeyError) as fault:
        raise Refused("这个通行密钥没有登记上", "再点一次；还不行换一个浏览器或设备") from fault
    made = NewPasskey(
        bytes_to_base64url(checked.credential_id),
        bytes_to_base64url(checked.credential_public_key),
        checked.sign_count,
    )
    add_passkey(
        account=request.user, new=made, name=str(answer.get("name", "")), by=request.actor, at=request.at
    )
    request.session.pop(MISSING, None)
    return JsonResponse({"url": reverse("org:second")})


@view(needs=PUBLIC)
@require_POST
def options(request: HttpRequest) -> HttpResponse:
    """For a sign-in: after the first step only the keys of that account, otherwise any key the device holds."""
    found = halfway(request)
    account = found[0] if found else request.user if request.user.is_authenticated else None
    made = generate_authentication_options(
        rp_id=host_of(request),
        allow_credentials=_ids(second_of(account).passkeys) if account else None,
        user_verification=_VERIFY.DISCOURAGED if found else _VERIFY.REQUIRED,
    )
    return _options(request, made, "get")


def _checked(request: HttpRequest, *, verified: bool) -> Passkey:
    """The passkey whose device answered rightly, its counter moved on. `verified`: the device asked for finger,
    face or PIN, so that having the device alone is not enough."""
    answer, challenge = _answer(request), _challenge(request, "get")
    key = Passkey.objects.select_related("account").filter(credential=answer["id"]).first()
    if key is None:
        raise Refused("这个通行密钥没有在这里登记", "用密码登录，再在“登录验证”里登记")
    try:
        seen = verify_authentication_response(
            credential=answer,
            expected_challenge=challenge,
            expected_rp_id=host_of(request),
            expected_origin=_origin(request),
            credential_public_key=base64url_to_bytes(key.public_key),
            credential_current_sign_count=0,  # judged by the action, which also writes down what it finds
            require_user_verification=verified,
        )
    except (WebAuthnException, ValueError, KeyError) as fault:
        note_visit(account=key.account, visit="second_failed", by=NOBODY, at=request.at)
        raise Refused("通行密钥没有验证通过", "再试一次，或用密码登录") from fault
    use_passkey(passkey=key, sign_count=seen.new_sign_count, at=request.at)
    return key


@view(needs=PUBLIC)
@require_POST
def signin(request: HttpRequest) -> HttpResponse:
    """Alone, with user verification: device and person in one step."""
    key = _checked(request, verified=True)
    if not may_enter(key.account, request.at):
        raise Refused("这个账号不能登录", "问系统管理员")
    went = enter(request, key.account, PASSKEY, safe_next(request))
    return JsonResponse({"url": went["Location"]})


@view(needs=PUBLIC)
@require_POST
def second(request: HttpRequest) -> HttpResponse:
    """As the second step after a password: having the device is enough."""
    found = halfway(request)
    if found is None:
        raise Stale("等得太久，要从头登录", "回到登录页")
    account, noted = found
    if _checked(request, verified=False).account_id != account.pk:
        raise Refused("这不是这个账号的通行密钥", "用本人登记过的设备")
    went = enter(request, account, with_second(noted["way"], "passkey"), noted["next"])
    return JsonResponse({"url": went["Location"]})


@view(needs=SIGNED_IN, guests=True)
@require_POST
def again(request: HttpRequest) -> HttpResponse:
    """To prove who sits there: finger, face or PIN."""
    if _checked(request, verified=True).account_id != request.user.pk:
        raise Refused("这不是您的通行密钥", "用本人登记过的设备")
    prove(request)
    return JsonResponse({"url": safe_next(request)})
