"""Numbers of automatic lists as Word shows them (ECMA-376 part 1, 17.18.59 ST_NumberFormat), and back again."""

from __future__ import annotations

_CHINESE = "〇一二三四五六七八九"
_LEGAL = "零壹贰叁肆伍陆柒捌玖"
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_BRANCHES = "子丑寅卯辰巳午未申酉戌亥"
_ROMAN = (
    (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"),
    (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
)  # fmt: skip


def chinese(number: int) -> str:
    """1 → 一, 10 → 十, 12 → 十二, 21 → 二十一, 110 → 一百一十: up to 9999."""
    if not 0 < number < 10_000:
        return str(number)
    text, gap = "", False
    for size, word in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // size % 10
        if digit:
            text += ("零" if gap and text else "") + _CHINESE[digit] + word
            gap = False
        elif text:
            gap = True
    return text.removeprefix("一") if 10 <= number < 20 else text


def _legal(number: int) -> str:
    plain = chinese(number)
    if plain.startswith("十"):
        plain = "一" + plain
    return plain.translate(str.maketrans("零〇一二三四五六七八九十百千", "零零壹贰叁肆伍陆柒捌玖拾佰仟"))


def _digits(number: int, signs: str) -> str:
    return "".join(signs[int(digit)] for digit in str(number))


def _letters(number: int) -> str:
    """a … z, aa, bb …: Word repeats the letter."""
    return chr(97 + (number - 1) % 26) * ((number - 1) // 26 + 1) if number > 0 else str(number)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    text = ""
    for size, sign in _ROMAN:
        text += sign * (number // size)
        number %= size
    return text


def _circled(number: int) -> str:
    if 1 <= number <= 20:
        return chr(0x2460 + number - 1)
    if 21 <= number <= 35:
        return chr(0x3251 + number - 21)
    return chr(0x32B1 + number - 36) if 36 <= number <= 50 else str(number)


def _from(first: int, most: int, number: int) -> str:
    return chr(first + number - 1) if 1 <= number <= most else str(number)


def shown(number: int, form: str) -> str:
    """`number` in a format of Word. Formats nobody uses in Chinese offices are shown in plain digits."""
    makers = {
        "decimalZero": lambda n: f"{n:02d}",
        "decimalFullWidth": lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)}),
        "decimalFullWidth2": lambda n: str(n).translate({48 + d: 0xFF10 + d for d in range(10)}),
        "chineseCounting": chinese, "chineseCountingThousand": chinese, "japaneseCounting": chinese,
        "taiwaneseCounting": chinese, "taiwaneseCountingThousand": chinese, "koreanCounting": chinese,
        "chineseLegalSimplified": _legal, "ideographLegalTraditional": _legal, "japaneseLegal": _legal,
        "ideographDigital": lambda n: _digits(n, _CHINESE), "taiwaneseDigital": lambda n: _digits(n, _CHINESE),
        "japaneseDigitalTenThousand": lambda n: _digits(n, _CHINESE), "koreanDigital2": lambda n: _digits(n, _CHINESE),
        "ideographTraditional": lambda n: _STEMS[(n - 1) % 10], "ideographZodiac": lambda n: _BRANCHES[(n - 1) % 12],
        "decimalEnclosedCircle": _circled, "decimalEnclosedCircleChinese": _circled,
        "decimalEnclosedFullstop": lambda n: _from(0x2488, 20, n), "decimalEnclosedParen": lambda n: _from(0x2474, 20, n),
        "ideographEnclosedCircle": lambda n: _from(0x3280, 10, n), "numberInDash": lambda n: f"- {n} -",
        "lowerLetter": _letters, "upperLetter": lambda n: _letters(n).upper(),
        "lowerRoman": _roman, "upperRoman": lambda n: _roman(n).upper(),
    }  # fmt: skip
    return makers.get(form, str)(number) if number > 0 else str(number)


_VALUES = {sign: value for value, sign in enumerate("一二三四五六七八九", 1)}
_VALUES |= {sign: value for value, sign in enumerate("壹贰叁肆伍陆柒捌玖", 1)}
_VALUES |= {"〇": 0, "零": 0, "○": 0, "两": 2}
_SIZES = {"十": 10, "百": 100, "千": 1000, "拾": 10, "佰": 100, "仟": 1000}


def value_of(sign: str) -> int:
    """十二 → 12, 12 → 12, １２ → 12, ⑫ → 12, ⑴ → 1, iv → 4, b → 2; 0 for what is no number."""
    if sign.isdecimal():
        return int(sign)
    if sign and all(char in _VALUES or char in _SIZES for char in sign):
        return _chinese_value(sign)
    if len(sign) == 1:
        code = ord(sign)
        for first, most in ((0x2460, 20), (0x2474, 20), (0x2488, 20), (0x3220, 10), (0x3280, 10), (0x2776, 10), (0x2160, 12), (0x2170, 12)):  # fmt: skip
            if first <= code < first + most:
                return code - first + 1
        if sign in _STEMS:
            return _STEMS.index(sign) + 1
    low = sign.lower()
    if low and set(low) <= set("ivx"):
        return next((n for n in range(1, 40) if _roman(n) == low), 0)
    return ord(low) - 96 if len(low) == 1 and "a" <= low <= "z" else 0


def _chinese_value(sign: str) -> int:
    if not any(char in _SIZES for char in sign):
        return int("".join(str(_VALUES[char]) for char in sign))
    total, digit = 0, 0
    for char in sign:
        if char in _SIZES:
            total, digit = total + (digit or 1) * _SIZES[char], 0
        else:
            digit = _VALUES[char]
    return total + digit
