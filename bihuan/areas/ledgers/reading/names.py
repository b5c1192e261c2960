"""Names of people and units in cells: several in one cell, blanks inside a name, and what is no name at all."""

from __future__ import annotations

import re
from functools import lru_cache

from bihuan.kernel.text import fold, half_width

_CUT = re.compile(r"[、,，;；/／\n|&＆]+|(?<=[\u4e00-\u9fff\d])和(?=[\u4e00-\u9fff])")
_NOTE = re.compile(r"[(（\[【].*?[)）\]】]")
_TAIL = re.compile(r"(?:等人|等|同志|[.。:：*]+)$")
_PHONE = re.compile(r"1[3-9]\d{9}|\d{3,4}-\d{7,8}")

UNIT_END = re.compile(
    r".*(?:厂|部|处|科|室|车间|公司|集团|中心|队|班|组|矿|站|院|所|局|办|办公室|委|委员会|段|区|库|楼|库房|单位|工区|作业区|支部|党委|总支|大队|中队|分厂|基地|项目部|学校|医院|食堂|科室|机关|工会|团委|纪委|线|炉|机)(?:\d+|[a-z]\d*|[一二三四五六七八九十])?$"
)
_TITLE = re.compile(
    r".*(?:长|员|师|领导|班子|经理|主任|书记|工|总|组|人员|干部|专家|机关|负责人|代表|司机|队|部|科)$"
)
_PERSON = re.compile(
    r"[\u4e00-\u9fff]{2,4}|[\u4e00-\u9fff]{1,6}[·•][\u4e00-\u9fff]{1,8}|[\u4e00-\u9fff]{1,4}[a-z]?\d{1,4}|[\u4e00-\u9fff]某{0,2}|[\u4e00-\u9fff]x{1,2}|"
    r"[a-z][a-z.'-]+(?: [a-z][a-z.'-]+){0,3}"
)
_SURNAMES = frozenset(
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许何吕施张孔曹严华金魏陶姜戚谢邹喻柏水窦章云苏潘葛奚范彭郎鲁韦昌马苗凤花方俞任袁柳鲍史唐费廉岑"
    "薛雷贺倪汤滕殷罗毕郝邬安常乐于时傅皮卞齐康伍余元卜顾孟平黄和穆萧尹姚邵湛汪祁毛禹狄米贝明臧计伏成戴谈宋茅庞熊纪舒屈项祝董梁杜阮蓝闵席季麻"
    "强贾路娄危江童颜郭梅盛林刁钟徐邱骆高夏蔡田樊胡凌霍虞万支柯管卢莫经房裘缪干解应宗丁宣邓郁单杭洪包诸左石崔吉龚程嵇邢滑裴陆荣翁荀羊惠甄"
    "曲家封芮储靳汲邴糜松井段富巫乌焦巴弓牧隗山谷车侯宓蓬全郗班仰秋仲伊宫宁仇栾暴甘厉戎祖武符刘景詹束龙叶幸司韶郜黎薄印宿白怀蒲从鄂索咸籍赖卓"
    "蔺屠蒙池乔阴胥能苍双闻莘党翟谭贡劳逄姬申扶堵冉宰郦雍却桑桂牛寿通边扈燕冀浦尚农温别庄晏柴瞿阎充慕连茹习宦艾鱼容向古易慎戈廖庾终暨居衡步"
    "都耿满弘匡国文寇广禄阙东欧沃利蔚越夔隆师巩聂晁敖融冷訾辛阚那简饶空曾毋沙养鞠须丰巢关相查后荆红游竺权盖益桓公仉督岳帅亢况郄琴归海晋楚闫法汝鄢涂钦"
    "覃肖付代仝佟冼阳原苟邸楼母候"
)


def split_names(text: str) -> list[str]:
    """Several people or units of one cell, in order, without repeats. Blanks inside a two-character name are closed."""
    return list(_split(text))


@lru_cache(maxsize=8192)
def _split(text: str) -> tuple[str, ...]:
    plain = _PHONE.sub(" ", half_width(text).replace("\u3000", " "))
    parts: list[str] = []
    for piece in _CUT.split(_unbracketed_cuts(plain)):
        parts.extend(_by_blanks(piece.replace("\ue000", "、").strip()))
    names: list[str] = []
    for part in parts:
        name = _TAIL.sub("", part.strip(" .·:-")).strip()
        if name and name not in names:
            names.append(name)
    return tuple(names)


def _unbracketed_cuts(text: str) -> str:
    """Separators inside brackets do not separate: 炼铁厂（高炉、热风）."""
    return re.sub(
        r"[(（][^()（）]*[)）]", lambda found: re.sub(r"[、,，;；/]", "\ue000", found.group(0)), text
    )


def _by_blanks(piece: str) -> list[str]:
    words = piece.split()
    if len(words) <= 1 or re.fullmatch(r"[\x20-\x7e]+", piece):
        return [piece] if piece else []
    joined: list[str] = []
    for word in words:
        if joined and len(word) == 1 and len(joined[-1]) == 1:
            joined[-1] += word
        else:
            joined.append(word)
    return joined


@lru_cache(maxsize=8192)
def bare_name(name: str) -> str:
    """Without a bracketed post or phone number: 郝立明（主任） → 郝立明."""
    return _NOTE.sub("", name).strip() or name


@lru_cache(maxsize=8192)
def looks_like_person(name: str) -> bool:
    """Two to four Chinese characters that are not a unit or a thing; also 人员012 and Latin names."""
    plain = fold(bare_name(name))
    latin = half_width(bare_name(name)).strip().lower()
    if not (_PERSON.fullmatch(plain) or _PERSON.fullmatch(latin)):
        return False
    if re.fullmatch(r"[\u4e00-\u9fff]{2,4}", plain) and plain[0] in _SURNAMES:
        return not re.search(r"(?:车间|公司|厂|科|室|部门|中心|铁路|作业区)$", plain) or len(plain) <= 2
    if re.search(r"\d", plain):
        return not UNIT_END.fullmatch(plain)
    return not UNIT_END.fullmatch(plain) and not re.search(r"整改|完成|检查|限期|立即", plain)


@lru_cache(maxsize=8192)
def looks_like_title(name: str) -> bool:
    """A post or a group of posts instead of a name: 矿长、各分管领导."""
    return bool(_TITLE.fullmatch(fold(bare_name(name))))


@lru_cache(maxsize=8192)
def looks_like_unit(name: str) -> bool:
    return len(name) <= 40 and bool(UNIT_END.fullmatch(fold(bare_name(name))))
