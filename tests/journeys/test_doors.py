"""The doors: the first start, signing in, the lock, the forced new password, and a session that runs out in a form."""

from __future__ import annotations

import re

import pyotp
from django.utils import timezone
from playwright.sync_api import expect

from bihuan.org.models import Account, Unit
from bihuan.org.tests.world import PASSWORD
from bihuan.problems.models import Problem

NEW = "Xin-mima-2026"


def test_the_first_start_of_an_empty_house(people, work, camera):
    first = people()
    first.go("/")
    assert first.page.url.endswith("/start/")
    camera.look(first.page, "start")
    first.fill(group_name="晋岭钢铁集团有限公司", short_name="晋岭钢铁")
    for role, name, number in (
        ("system_admin", "郭启明", "0001"),
        ("security_admin", "柳望舒", "0002"),
        ("audit_admin", "郭启明", "0001"),
    ):
        first.fill(**{f"{role}_name": name, f"{role}_no": number})
    first.press("建好，看初始密码")
    # one person twice: refused, what was typed stands there
    assert Account.objects.count() == 0
    assert first.page.locator("[name=group_name]").input_value() == "晋岭钢铁集团有限公司"
    first.fill(audit_admin_name="秦知白", audit_admin_no="0003")
    first.press("建好，看初始密码")
    first.sees("三名管理员建好了", "系统管理员", "安全管理员", "审计管理员")
    camera.look(first.page, "start-done")
    secrets = first.page.locator("code").all_inner_texts()
    names = first.page.locator("tbody tr td:nth-child(3)").all_inner_texts()
    assert len(secrets) == 3 and Account.objects.count() == 3

    first.press("去登录")
    first.fill(username=names[0], password=secrets[0])
    first.press("登录")
    first.sees("先换一个自己的密码")
    camera.look(first.page, "password-first")
    first.go("/")
    assert first.page.url.endswith("/password/"), "nothing opens before the password is changed"
    first.fill(old=secrets[0], new="123456", again="123456")
    first.press("保存")
    expect(first.page.locator(".b-field__error").first).to_be_visible()
    first.fill(old=secrets[0], new=NEW, again=NEW)
    first.press("保存")
    # administrators need a second step, and nothing opens before it is there
    first.go("/start/steps/")
    first.sees("先设一种第二步验证")
    camera.look(first.page, "second-first")
    first.press("设置动态口令")
    secret = first.page.locator("code").inner_text().replace(" ", "")
    first.fill(code=pyotp.TOTP(secret).at(timezone.now()))
    first.press("启用")
    first.press("抄好了")
    first.go("/start/steps/")
    first.sees("先做这四步")
    camera.look(first.page, "steps")
    first.go("/")
    first.sees("郭启明")


def test_an_administrator_opens_a_person_an_account_and_a_right(world, people, work, camera):
    system, security, fresh = people("system_admin"), people("security_admin"), people()
    furnace = Unit.objects.get(code="RZ-JR")

    system.go(f"/org/units/{furnace.pk}/")
    camera.look(system.page, "unit")
    system.go(f"/org/units/{furnace.pk}/people/new/")
    system.fill(staff_no="3109", name="温玉山", title="班长")
    system.press("新增")
    system.sees("加好了")
    system.go("/settings/accounts/new/?person=3109")
    system.press("开账号")
    system.sees("账号开好了", "只在这里显示一次")
    secret = system.page.locator("code").inner_text()
    system.page.go_back()

    security.go("/settings/grants/new/?person=3109")
    camera.look(security.page, "grant-new")
    security.page.locator("[name=role]").select_option("worker")
    security.fill(unit="热轧厂")
    security.press("授权")
    security.sees("授好了")
    camera.look(security.page, "grants")

    fresh.go("/signin/")
    fresh.fill(username="3109", password=secret)
    fresh.press("登录")
    fresh.sees("先换一个自己的密码")
    fresh.fill(old=secret, new=NEW, again=NEW)
    fresh.press("保存")
    fresh.sees("温玉山")
    fresh.go("/problems/new/")

    # what the administrator may not: see problems, give himself a right
    assert system.page.request.get(system.home + "/settings/grants/new/").status == 404
    assert security.page.request.get(security.home + "/settings/accounts/").status == 404


def test_five_wrong_passwords_lock_the_name(world, people, camera):
    stranger = people()
    stranger.go("/signin/")
    for _ in range(4):
        stranger.fill(username="liaison", password="wrong-1")
        stranger.press("登录")
        stranger.sees("登录名或密码不对")
    stranger.fill(username="liaison", password="wrong-1")
    stranger.press("登录")
    stranger.fill(username="liaison", password=PASSWORD)
    stranger.press("登录")
    stranger.sees("连续输错 5 次，这个登录名锁住了", "分钟后再试")
    assert camera.look(stranger.page, "locked") == []
    # another name at the same desk is not locked
    stranger.fill(username="worker_b", password=PASSWORD)
    stranger.press("登录")
    stranger.sees("任秀英")


def test_a_session_that_runs_out_loses_nothing(world, people, camera, settings):
    settings.SESSION_COOKIE_AGE = 30 * 60
    officer = people()
    officer.go("/signin/")
    officer.fill(username="safety_officer", password=PASSWORD)
    officer.press("登录")
    # a look for repeats that is still under way would say, when it comes back, that the session lives
    with officer.page.expect_response("**/problems/alike/"):
        officer.go("/problems/new/")
    with officer.page.expect_response("**/problems/alike/"):
        officer.fill(unit=str(world.unit("finishing").pk))
    typed = "精整区行车吊钩闭锁装置变形，仍在吊运作业"
    officer.fill(statement=typed)
    # the half hour is over: the browser's own clock says so, the server has forgotten the session
    officer.page.context.clear_cookies(name="sessionid")
    officer.page.evaluate("localStorage.setItem('b-last-request', String(Date.now() - 3 * 3600e3))")
    # a finger is slower than the server: leaving the field looks for repeats and hears 401 before the button is let go
    officer.button("登记").hover()
    with officer.page.expect_response("**/problems/alike/"):
        officer.page.mouse.down()
    officer.page.mouse.up()
    officer.sees("登录过期了，填的都还在")
    expect(officer.page.locator("[name=statement]")).to_have_value(typed)
    camera.look(officer.page, "session-over", whole=False)
    assert Problem.objects.count() == 0
    officer.page.locator("dialog input[type=password]").fill("wrong")
    officer.press("登录，接着填")
    expect(officer.page.locator("dialog")).to_contain_text(re.compile("密码不对"))
    officer.page.locator("dialog input[type=password]").fill(PASSWORD)
    officer.press("登录，接着填")
    officer.sees("已登记")
    assert Problem.objects.get().statement == typed


def test_a_session_that_the_server_ended_loses_nothing_either(world, people):
    """The window over the form cannot help here: the browser believes it is signed in. The draft comes back."""
    officer = people("safety_officer")
    officer.go("/problems/new/")
    typed = "1 号皮带通廊人行侧防护网缺 4 米，夜间照明不足"
    officer.fill(statement=typed)
    officer.page.context.clear_cookies(name="sessionid")
    officer.press("登记")
    officer.sees("忘了密码")
    officer.fill(username="safety_officer", password=PASSWORD)
    officer.press("登录")
    officer.page.wait_for_url("**/problems/new/")
    expect(officer.page.locator("[name=statement]")).to_have_value(typed)
    assert Problem.objects.count() == 0


def test_an_old_tab_does_not_act_for_who_signed_in_since(world, people, tmp_path):
    """Two tabs of one browser: somebody else signs in in the second, the first is refused and keeps what it holds."""
    old = people()
    old.go("/signin/")
    old.fill(username="safety_officer", password=PASSWORD)
    old.press("登录")
    old.go("/problems/new/")
    typed = "3 号转炉挡火门限位失灵，开关不到位"
    old.fill(statement=typed)
    new = old.page.context.new_page()
    new.goto(old.home + "/")
    new.evaluate("document.querySelector('[data-signout]').submit()")
    new.wait_for_url("**/signin/**")
    new.fill("[name=username]", "liaison")
    new.fill("[name=password]", PASSWORD)
    new.get_by_role("button", name="登录", exact=True).click()
    new.wait_for_url(old.home + "/")
    photo = tmp_path / "a.txt"
    photo.write_text("x")
    old.page.locator("input[type=file][data-upload]").first.set_input_files(str(photo))
    old.sees("这一页是另一个账号打开的，没有提交")
    expect(old.page.locator("[name=statement]")).to_have_value(typed)
    old.press("登记")
    old.sees("没有提交成功")
    assert Problem.objects.count() == 0
    kept = old.page.evaluate("Object.values(localStorage).join()")
    assert typed in kept, "the draft stays with the account that typed it"
