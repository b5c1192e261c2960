"""What every way into the house has in common: the first step, the second where there is one, and the session."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.crypto import constant_time_compare
from django.utils.http import url_has_allowed_host_and_scheme

from bihuan.kernel.moment import local_day
from bihuan.org.access import BEGUN, ELSEWHERE, MISSING, WAY
from bihuan.org.actions.end_session import end_quietest
from bihuan.org.actions.note_visit import note_visit
from bihuan.org.models import Account
from bihuan.org.passwords import days_of
from bihuan.org.reads import actor_for, must_have_second, second_of
from bihuan.org.sessions import kept_as

_MODEL_BACKEND = "django.contrib.auth.backends.ModelBackend"
#: how somebody came in; the words stand in org.words.DATA_WORDS
PASSWORD, OIDC, LDAP, DEMO_DOOR, PASSKEY = "", "oidc", "ldap", "demo", "passkey_alone"
#: session: who has done the first step, and when somebody last proved who they are
HALFWAY, PROVED = "halfway", "proved"
HALFWAY_SECONDS, PROVED_SECONDS = 300, 600


@dataclass(frozen=True, slots=True)
class Doors:
    """What the sign-in page offers beside the password. A passkey needs a name in the address, not a number."""

    oidc: str
    passkey: bool


def other_doors(request: HttpRequest) -> Doors:
    return Doors(settings.OIDC_LABEL if settings.OIDC_ISSUER else "", passkeys_work(request))


def host_of(request: HttpRequest) -> str:
    """The name of this house in the address, without the port: what a passkey is bound to."""
    host = request.get_host()
    return host[: host.rindex(":")] if ":" in host and not host.endswith("]") else host


def passkeys_work(request: HttpRequest) -> bool:
    try:
        ip_address(host_of(request).strip("[]"))
    except ValueError:
        return True
    return False


def one_spelling(username: str) -> str:
    """Of all ways to type this name that a directory may take for the same one."""
    return " ".join(unicodedata.normalize("NFKC", username).casefold().split())


def safe_next(request: HttpRequest) -> str:
    """Only an address of this house: a link from elsewhere must not use the sign-in to lead astray."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if safe and wanted.startswith("/") and not wanted.startswith("/signin/") else "/"


def may_enter(account: Account, at: datetime) -> bool:
    """Open, and of somebody who is here."""
    return account.is_active and actor_for(account.person, at=at).is_person


def way_of(account: Account) -> str:
    """Which door `authenticate` found open: our own password, or a directory's."""
    return getattr(account, "way", PASSWORD)


def proceed(request: HttpRequest, account: Account, way: str, next_url: str = "") -> HttpResponse:
    """After the first step: in, or on to the second. Nothing of the account is open in between."""
    onward = next_url or safe_next(request)
    if not second_of(account):
        return enter(request, account, way, onward)
    request.session.cycle_key()
    request.session[HALFWAY] = {
        "account": account.pk, "at": request.at.timestamp(), "way": way, "next": onward,
        "hash": account.get_session_auth_hash(),
    }  # fmt: skip
    return HttpResponseRedirect(reverse("org:signin-second"))


def halfway(request: HttpRequest) -> tuple[Account, dict] | None:
    """Who has done the first step in this browser within the last minutes, with what was noted then."""
    noted = request.session.get(HALFWAY)
    if not noted or request.at.timestamp() - noted["at"] > HALFWAY_SECONDS:
        return None
    account = Account.objects.filter(pk=noted["account"], is_active=True).first()
    if account is None or not constant_time_compare(noted["hash"], account.get_session_auth_hash()):
        return None
    return (account, noted) if may_enter(account, request.at) else None


def enter(request: HttpRequest, account: Account, way: str, next_url: str = "") -> HttpResponse:
    """The session begins. Whoever must have a second step and has none is led to set one up first."""
    at, day = request.at, local_day(request.at)
    note_visit(account=account, visit="signed_in", by=actor_for(account.person, at=at), at=at, way=way)
    login(request, account, backend=_MODEL_BACKEND)
    request.session.pop(HALFWAY, None)
    request.session[PROVED] = request.session[BEGUN] = at.timestamp()
    request.session[WAY] = way
    end_quietest(account=account, key=kept_as(request.session.session_key), at=at)
    if not second_of(account) and must_have_second(account.person_id, day):
        request.session[MISSING] = True
    outlived = account.must_change or days_of(account, at) is not None
    must_change = outlived and not way.startswith(ELSEWHERE)
    return HttpResponseRedirect(reverse("org:password") if must_change else next_url or safe_next(request))


def prove(request: HttpRequest) -> None:
    request.session[PROVED] = request.at.timestamp()


def proved(request: HttpRequest) -> bool:
    """Within the last ten minutes this browser's person showed who they are; an open screen is no proof."""
    return request.at.timestamp() - request.session.get(PROVED, 0) <= PROVED_SECONDS
