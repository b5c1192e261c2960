"""The browser of the journeys: the system's Chromium, Chinese, at the two sizes that are looked at."""

PAGE = "data:text/html;charset=utf-8,<meta name=viewport content=width=device-width><h1>闭环</h1>"
SAYS = "() => [innerWidth, innerHeight, navigator.language, new Date(0).getHours(), matchMedia('(pointer: coarse)').matches]"


def test_a_laptop(page):
    page.goto(PAGE)
    assert page.evaluate(SAYS) == [1366, 768, "zh-CN", 8, False]
    assert page.locator("h1").inner_text() == "闭环"


def test_a_phone(phone):
    phone.goto(PAGE)
    assert phone.evaluate(SAYS) == [390, 844, "zh-CN", 8, True]
