"""Chinese numerals where they count time: 二〇二四年十月二十八日 → 2024年10月28日.

Only numerals in front of a unit of time are turned (and the day after 月), so that 第一炼钢厂 and 周五 stay.
"""

from __future__ import annotations

import re

_DIGITS = {
    c: str(n)
    for n, chars in enumerate(["〇○零", "一", "二两", "三", "四", "五", "六", "七", "八", "九"])
    for c in chars
}
_RUN = "[〇○零一二三四五六七八九十廿卅两]+"
_UNIT = "个?(?:工作日|自然日|日历[日天]|半?月|星期|礼拜|周|季度|小时)|年|[日号天时点分]"
_BEFORE_UNIT = re.compile(rf"(?<![周期拜]){_RUN}(?={_UNIT})")
_AFTER_MONTH = re.compile(rf"(?<=月){_RUN}")


def with_arabic_digits(text: str) -> str:
    """The text with its time numerals as digits; what is no number (十十) stays as it is."""
    turned = _BEFORE_UNIT.sub(lambda m: _arabic(m.group()), text)
    return _AFTER_MONTH.sub(lambda m: _arabic(m.group()), turned)


def _arabic(numeral: str) -> str:
    spelled = numeral.replace("廿", "二十").replace("卅", "三十")
    tens, ten, ones = spelled.partition("十")
    if not ten:
        return "".join(_DIGITS[c] for c in spelled)
    if len(tens) > 1 or len(ones) > 1 or ones == "十":
        return numeral
    return (_DIGITS[tens] if tens else "1") + (_DIGITS[ones] if ones else "0")
