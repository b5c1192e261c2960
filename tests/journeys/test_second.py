"""Second factors as people meet them: a telephone's codes, and passkeys of a real browser with a virtual device."""

from __future__ import annotations

from dataclasses import dataclass

import pyotp
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from bihuan.org.models import Passkey
from bihuan.org.tests.world import PASSWORD
from bihuan.record.models import Event


@dataclass
class Device:
    """A virtual authenticator of this browser (DevTools, WebAuthn domain): it answers as a finger would."""

    session: object
    number: str

    @classmethod
    def of(cls, person, *, verifies: bool = True) -> Device:
        session = person.page.context.new_cdp_session(person.page)
        session.send("WebAuthn.enable")
        options = {
            "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True,
            "isUserVerified": verifies, "automaticPresenceSimulation": True,
        }  # fmt: skip
        return cls(
            session, session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]
        )

    def refuse_to_verify(self) -> None:
        self.session.send(
            "WebAuthn.setUserVerified", {"authenticatorId": self.number, "isUserVerified": False}
        )

    def count_back(self) -> None:
        """As a copied key would: the same credential, a counter that is behind."""
        told = self.session.send("WebAuthn.getCredentials", {"authenticatorId": self.number})["credentials"]
        for key in told:
            self.session.send(
                "WebAuthn.removeCredential",
                {"authenticatorId": self.number, "credentialId": key["credentialId"]},
            )
            self.session.send(
                "WebAuthn.addCredential",
                {"authenticatorId": self.number, "credential": {**key, "signCount": 0}},
            )


def _sign_in(person, word):
    person.go("/signin/")
    person.fill(username=word, password=PASSWORD)
    person.page.get_by_role("button", name="登录", exact=True).click()
    person.page.wait_for_load_state()


def _out(person):
    person.page.context.clear_cookies(name="sessionid")


def test_a_telephone_is_set_up_and_asked_for(world, people, camera):
    liaison = people()
    _sign_in(liaison, "liaison")
    liaison.go("/me/second/")
    liaison.sees("登录时只要密码", "没有设")
    faults = camera.look(liaison.page, "second")
    liaison.press("设置动态口令")
    faults += camera.look(liaison.page, "totp")
    secret = liaison.page.locator("code").inner_text().replace(" ", "")
    expect(liaison.page.locator(".b-qr svg")).to_be_visible()
    liaison.fill(
        code=pyotp.TOTP(secret).at(timezone.now())
    )  # still good when the half minute ends on the way
    liaison.press("启用")
    liaison.sees("把备用码抄下来")
    codes = liaison.page.locator(".b-codes code").all_inner_texts()
    assert len(codes) == 10
    _out(liaison)
    _sign_in(liaison, "liaison")
    liaison.sees("武丽娜，还差一步")
    faults += camera.look(liaison.page, "second-step")
    liaison.fill(code="999999")
    liaison.page.get_by_role("button", name="登录", exact=True).click()
    expect(liaison.page.locator(".b-field__error").first).to_be_visible()
    liaison.fill(code=codes[0])
    liaison.page.get_by_role("button", name="登录", exact=True).click()
    liaison.page.wait_for_url(liaison.home + "/")
    assert faults == []


def test_a_passkey_opens_the_door_alone_and_beside_a_password(world, people, camera):
    person = people()
    device = Device.of(person)
    _sign_in(person, "safety_officer")
    person.go("/me/second/")
    person.fill(name="安全部办公室电脑")
    person.press("登记这台设备")
    person.sees("安全部办公室电脑", "还没用过", "登录时要过两步")
    faults = camera.look(person.page, "second-passkey")
    key = Passkey.objects.get()
    assert key.account_id == world.accounts["safety_officer"].pk

    # alone: the device knows whose key it is, finger or PIN stand for the password
    _out(person)
    person.go("/signin/?next=/problems/")
    faults += camera.look(person.page, "signin")
    person.press("用通行密钥登录")
    person.page.wait_for_url(person.home + "/problems/")
    key.refresh_from_db()
    assert key.sign_count == 2 and key.used_on
    assert Event.objects.filter(kind="account.signed_in").last().data == {"way": "passkey_alone"}

    # beside a password: having the device is enough
    device.refuse_to_verify()
    _out(person)
    _sign_in(person, "safety_officer")
    person.sees("还差一步")
    person.press("用通行密钥验证")
    person.page.wait_for_url(person.home + "/")
    assert Event.objects.filter(kind="account.signed_in").last().data == {"way": "password_passkey"}

    # but not alone without finger or PIN
    _out(person)
    person.go("/signin/")
    person.press("用通行密钥登录")
    person.sees("没有验证：取消了")
    assert person.page.url.endswith("/signin/")
    assert faults == []


def test_a_copied_passkey_is_found_by_its_counter(world, people):
    person = people()
    device = Device.of(person)
    _sign_in(person, "safety_officer")
    person.go("/me/second/")
    person.press("登记这台设备")
    person.sees("还没用过")
    for _ in range(2):
        _out(person)
        person.go("/signin/")
        person.press("用通行密钥登录")
        person.page.wait_for_url(person.home + "/")
    device.count_back()
    _out(person)
    person.go("/signin/")
    person.press("用通行密钥登录")
    person.sees("可能被复制过，已经停用")
    assert Passkey.objects.get().doubted_on
    assert Event.objects.filter(kind="account.passkey_doubted").count() == 1
    person.page.reload()
    person.press("用通行密钥登录")
    person.sees("这个通行密钥停用了")
    # the password alone opens again: what is doubted is no second step, and the page says what happened
    _sign_in(person, "safety_officer")
    person.go("/me/second/")
    person.sees("疑似被复制，已停用")


@pytest.mark.parametrize("width", [1366, 390])
def test_the_pages_of_the_second_step_fit(world, people, camera, width):
    person = people("liaison") if width == 1366 else people("liaison", phone=True)
    person.go("/me/second/")
    faults = camera.look(person.page, "second-empty")
    person.go("/me/second/totp/")
    person.sees("再确认一次是本人")
    faults += camera.look(person.page, "second-again")
    assert faults == []


def test_an_address_without_a_name_says_why_passkeys_do_not_work(world, people):
    person = people("liaison")
    home = person.home.replace("localhost", "127.0.0.1")
    assert home != person.home
    cookies = person.page.context.cookies()
    person.page.context.add_cookies(
        [{"name": c["name"], "value": c["value"], "url": home} for c in cookies if c["name"] == "sessionid"]
    )
    person.page.goto(f"{home}/me/second/")
    person.sees("这里用不了通行密钥")
    expect(person.page.get_by_role("button", name="登记这台设备")).to_be_disabled()
    person.page.context.clear_cookies()
    person.page.goto(f"{home}/signin/")
    person.does_not_see("用通行密钥登录")
