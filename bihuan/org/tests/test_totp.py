"""One-time codes: set up, asked for, each once, guessed at in vain, lost and reset."""

from __future__ import annotations

import re
from datetime import timedelta

import pyotp
import pytest
from django.test import Client
from django.utils import timezone

from bihuan.kernel.actor import SYSTEM
from bihuan.kernel.refused import Invalid, Refused
from bihuan.org.actions.confirm_totp import confirm_totp
from bihuan.org.actions.end_totp import end_totp
from bihuan.org.actions.make_recovery_codes import make_recovery_codes
from bihuan.org.actions.open_account import open_account
from bihuan.org.actions.reset_factors import reset_factors
from bihuan.org.actions.start_totp import start_totp
from bihuan.org.actions.try_secret import Locked
from bihuan.org.actions.use_code import use_code
from bihuan.org.models import RecoveryCode, SecretTry, Totp
from bihuan.record.models import Event

from .world import PASSWORD, build

STEP = timedelta(seconds=30)


def _set_up(world, word="liaison", at=None):
    """Returns the secret and the recovery codes; the code used to confirm belongs to the step before `at`."""
    account, at = world.accounts[word], at or world.at
    by = world.actor(word)
    secret = start_totp(account=account, by=by, at=at)
    codes = confirm_totp(account=account, code=pyotp.TOTP(secret).at(at - STEP), by=by, at=at)
    return secret, codes


def _kinds(account):
    return list(
        Event.objects.filter(stream=f"account:{account.pk}").order_by("seq").values_list("kind", flat=True)
    )


def test_the_secret_is_not_in_the_database_and_does_not_open_in_another_row(world):
    secret, codes = _set_up(world)
    row = Totp.objects.get()
    assert secret not in row.sealed and len(codes) == 10 == len(set(codes))
    kept = " ".join(RecoveryCode.objects.values_list("digest", flat=True))
    assert not any(code in kept or code.replace("-", "") in kept for code in codes)
    other = world.accounts["unit_head"]
    Totp.objects.create(account=other, sealed=row.sealed, made_on=world.at, confirmed_on=world.at)
    with pytest.raises(Refused, match="打不开"):
        use_code(account=other, code=pyotp.TOTP(secret).at(world.at), at=world.at)
    assert secret not in str(list(Event.objects.values_list("data", flat=True)))


def test_a_code_counts_once_and_one_step_beside(world):
    secret, _ = _set_up(world)
    account, totp = world.accounts["liaison"], pyotp.TOTP(secret)
    assert use_code(account=account, code=totp.at(world.at), at=world.at) == "totp"
    with pytest.raises(Invalid, match="用过了"):
        use_code(account=account, code=totp.at(world.at), at=world.at)
    with pytest.raises(Invalid, match="用过了"):
        use_code(account=account, code=totp.at(world.at - STEP), at=world.at)
    early = " ".join(totp.at(world.at + STEP))
    assert use_code(account=account, code=early, at=world.at) == "totp", (
        "a clock that is off, typed with spaces"
    )
    far = world.at + 10 * STEP
    for wrong in (totp.at(far + 2 * STEP), totp.at(far - 2 * STEP), "", "abc", "000000 "):
        with pytest.raises((Invalid, Locked)):
            use_code(account=account, code=wrong, at=far + timedelta(hours=1))


def test_five_wrong_codes_lock_and_the_right_one_does_not_open(world):
    secret, _ = _set_up(world)
    account = world.accounts["liaison"]
    for _ in range(5):
        with pytest.raises(Invalid, match="不对"):
            use_code(account=account, code="123", at=world.at)
    with pytest.raises(Locked, match="连续输错 5 次"):
        use_code(account=account, code=pyotp.TOTP(secret).at(world.at), at=world.at)
    assert _kinds(account)[-6:] == ["account.second_failed"] * 5 + ["account.locked"]
    later = world.at + timedelta(minutes=16)
    assert use_code(account=account, code=pyotp.TOTP(secret).at(later), at=later) == "totp"
    assert not SecretTry.objects.filter(count__gt=0).exists()


def test_a_recovery_code_counts_once_and_says_how_many_are_left(world):
    _, codes = _set_up(world)
    account = world.accounts["liaison"]
    typed = codes[3].lower().replace("-", " ")
    assert use_code(account=account, code=typed, at=world.at) == "recovery"
    assert Event.objects.get(kind="account.recovery_used").data == {"left": 9}
    with pytest.raises(Invalid, match="已经用过"):
        use_code(account=account, code=codes[3], at=world.at)
    fresh = make_recovery_codes(account=account, by=world.actor("liaison"), at=world.at)
    with pytest.raises(Invalid):
        use_code(account=account, code=codes[4], at=world.at)
    assert use_code(account=account, code=fresh[0], at=world.at) == "recovery"


@pytest.mark.parametrize("kind", ["totp", "recovery"])
def test_one_code_opens_one_door_however_many_hands_hold_it(race, settings, kind):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    world = build(accounts=False)
    account, _ = open_account(person=world.person("liaison"), by=SYSTEM, at=world.at)
    world.accounts["liaison"] = account
    secret, codes = _set_up(world)
    code = pyotp.TOTP(secret).at(world.at) if kind == "totp" else codes[0]
    outcomes = race(lambda: use_code(account=account, code=code, at=world.at), times=4)
    assert sum(outcome.won for outcome in outcomes) == 1, outcomes
    assert all(isinstance(o.error, Invalid) for o in outcomes if o.error), outcomes


def test_signing_in_takes_two_pages_and_nothing_is_open_in_between(world, client):
    secret, codes = _set_up(world, at=timezone.now())
    account = world.accounts["liaison"]
    first = client.post("/signin/", {"username": "liaison", "password": PASSWORD, "next": "/org/"})
    assert first.headers["Location"] == "/signin/second/"
    assert client.get("/org/").headers["Location"].startswith("/signin/")
    page = client.get("/signin/second/").content.decode()
    assert "还差一步" in page and "动态码" in page
    wrong = client.post("/signin/second/", {"code": "12345"})
    assert wrong.status_code == 400 and "备用码不对" in wrong.content.decode()
    assert client.get("/org/").status_code == 302
    done = client.post("/signin/second/", {"code": pyotp.TOTP(secret).now()})
    assert done.headers["Location"] == "/org/" and client.get("/org/").status_code == 200
    event = Event.objects.get(kind="account.signed_in")
    assert event.data == {"way": "totp"} and _kinds(account)[-1] == "account.signed_in"
    assert client.get("/signin/second/").headers["Location"] == "/signin/", "the half way is over"
    other = Client()
    other.post("/signin/", {"username": "liaison", "password": PASSWORD})
    assert other.post("/signin/second/", {"code": codes[0]}).headers["Location"] == "/"


def test_half_a_sign_in_is_forgotten_after_five_minutes_and_with_a_new_password(world, client):
    _, codes = _set_up(world)
    client.post("/signin/", {"username": "liaison", "password": PASSWORD})
    session = client.session
    session["halfway"] = {**session["halfway"], "at": session["halfway"]["at"] - 301}
    session.save()
    assert client.get("/signin/second/").headers["Location"] == "/signin/"
    client.post("/signin/", {"username": "liaison", "password": PASSWORD})
    account = world.accounts["liaison"]
    account.set_password("Andere-2025-xx")
    account.save()
    assert client.post("/signin/second/", {"code": codes[0]}).headers["Location"] == "/signin/"


def test_the_window_over_a_form_asks_for_the_code_too(world, client):
    secret, _ = _set_up(world, at=timezone.now())
    form = {"username": "liaison", "password": PASSWORD, "again": str(world.accounts["liaison"].pk)}
    assert client.post("/signin/", form).status_code == 428
    wrong = client.post("/signin/", {**form, "code": "1"})
    assert wrong.status_code == 422 and "备用码不对" in wrong.content.decode()
    assert client.post("/signin/", {**form, "code": pyotp.TOTP(secret).now()}).status_code == 302
    assert client.get("/org/").status_code == 200


def test_set_up_on_ones_own_page_with_a_fresh_proof(world, client):
    client.post("/signin/", {"username": "liaison", "password": PASSWORD})
    session = client.session
    session["proved"] = session["proved"] - 601
    session.save()
    away = client.get("/me/second/totp/").headers["Location"]
    assert away == "/me/second/again/?next=%2Fme%2Fsecond%2Ftotp%2F"
    assert "密码不对" in client.post(away, {"password": "falsch"}).content.decode()
    back = client.post("/me/second/again/", {"password": PASSWORD, "next": "/me/second/totp/"})
    assert back.headers["Location"] == "/me/second/totp/"
    shown = client.get("/me/second/totp/")
    page = shown.content.decode()
    assert shown.headers["Cache-Control"].startswith("no-store") and "<svg" in page and "style=" not in page
    secret = re.search(r"<code[^>]*>([A-Z2-7 ]+)</code>", page)[1].replace(" ", "")
    assert secret in client.get("/me/second/totp/").content.decode().replace(" ", ""), (
        "a reload shows the same"
    )
    assert "动态码不对" in client.post("/me/second/totp/", {"code": "000"}).content.decode()
    done = client.post("/me/second/totp/", {"code": pyotp.TOTP(secret).now()})
    assert "把备用码抄下来" in done.content.decode() and done.headers["Cache-Control"].startswith("no-store")
    assert len(re.findall(r"<code>\w{5}-\w{5}</code>", done.content.decode())) == 10
    again = client.get("/me/second/totp/")
    assert (
        again.status_code == 403
        and "已经启用" in again.content.decode()
        and secret not in again.content.decode()
    )
    assert "还有 10 个没用" in client.get("/me/second/").content.decode()
    assert client.post("/me/second/codes/").status_code == 200
    assert client.post("/me/second/totp/end/").status_code == 302
    assert _kinds(world.accounts["liaison"])[-3:] == [
        "account.totp_set", "account.codes_made", "account.totp_ended",
    ]  # fmt: skip


def test_who_must_have_one_is_led_to_set_it_up(world, client, settings):
    settings.SECOND_STEP_ROLES = ["system_admin", "security_admin", "audit_admin"]
    client.post("/signin/", {"username": "system_admin", "password": PASSWORD})
    assert client.get("/org/").headers["Location"] == "/me/second/"
    assert client.get("/org/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == "/me/second/"
    assert "必须有第二步验证" in client.get("/me/second/").content.decode()
    secret = start_totp(
        account=world.accounts["system_admin"], by=world.actor("system_admin"), at=timezone.now()
    )
    client.post("/me/second/totp/", {"code": pyotp.TOTP(secret).now()})
    assert client.get("/org/").status_code == 200
    refused = client.post("/me/second/totp/end/")
    assert refused.status_code == 403 and "先设置另一种" in refused.content.decode()
    free = Client()
    free.post("/signin/", {"username": "liaison", "password": PASSWORD})
    assert free.get("/org/").status_code == 200, "other roles are free to choose"


def test_the_security_administrator_resets_and_sessions_end(world, signed_in):
    _set_up(world)
    account, person = world.accounts["liaison"], world.person("liaison")
    lost = signed_in("liaison")
    assert lost.get("/org/").status_code == 200
    page = signed_in("security_admin").get(f"/org/people/{person.pk}/").content.decode()
    assert "第二步验证" in page and "重设" in page
    assert "第二步验证" not in signed_in("system_admin").get(f"/org/people/{person.pk}/").content.decode()
    url = f"/org/people/{person.pk}/second/end/"
    assert signed_in("system_admin").post(url).status_code == 404
    assert signed_in("security_admin").post(url).status_code == 302
    assert not Totp.objects.exists() and not RecoveryCode.objects.exists()
    assert lost.get("/org/").status_code == 302, "whoever holds the lost telephone is out"
    event = Event.objects.get(kind="account.factors_reset")
    assert event.by_id == world.person("security_admin").pk and event.stream == f"account:{account.pk}"
    with pytest.raises(Refused, match="没有设置"):
        reset_factors(account=account, by=world.actor("security_admin"), at=world.at)


@pytest.mark.parametrize("word", ["system_admin", "audit_admin", "unit_head", "liaison"])
def test_nobody_else_resets(world, word):
    _set_up(world)
    with pytest.raises(Refused):
        reset_factors(account=world.accounts["liaison"], by=world.actor(word), at=world.at)
    _set_up(world, "security_admin")
    with pytest.raises(Refused):
        reset_factors(account=world.accounts["security_admin"], by=world.actor("security_admin"), at=world.at)


def test_only_oneself_sets_up_and_takes_away(world):
    account, other = world.accounts["liaison"], world.actor("system_admin")
    with pytest.raises(Refused, match="本人"):
        start_totp(account=account, by=other, at=world.at)
    _set_up(world)
    with pytest.raises(Refused, match="本人"):
        end_totp(account=account, by=other, at=world.at)
    with pytest.raises(Refused, match="本人"):
        make_recovery_codes(account=account, by=other, at=world.at)


def test_all_other_sessions_end_at_ones_wish(world):
    clients = [Client(), Client()]
    for client in clients:
        client.post("/signin/", {"username": "liaison", "password": PASSWORD})
    assert clients[0].post("/me/second/sessions/end/").status_code == 302
    assert clients[0].get("/org/").status_code == 200
    assert clients[1].get("/org/").status_code == 302
    assert _kinds(world.accounts["liaison"])[-1] == "account.sessions_ended"
