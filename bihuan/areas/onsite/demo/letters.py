"""What people of the demo group wrote to the teams. All of it is invented."""

from __future__ import annotations

#: channel, topic, rank, of whom, what, how it came, name given
LETTERS = (
    ("letter", "integrity", "leaders", "分管检修的副职", "检修外委长期由同一家承包商做，验收单补签。去年 9 月的大修结算单没有工程量清单。",
     "邮戳为上月，本市寄出", ""),
    ("phone", "masses", "key", "食堂管理员", "食堂承包费两年没有公开，职工问不到去向。", "上午，值班组员接听", ""),
    ("visit", "other", "others", "", "来访人反映内退时工龄少算两年，要求核对。", "招待所一楼接待室，两名组员接待", "贺长顺"),
    ("box", "work", "leaders", "车间主任", "夜班点检记录常由一个人代签。", "办公楼门口意见箱，周五开箱", ""),
    ("email", "organisation", "leaders", "组织人事负责人", "去年竞聘班长没有公示就到岗。", "公告上的邮箱", ""),
    ("sms", "integrity", "key", "供应科采购员", "备件采购拆单，每单都在招标限额以下。", "公告上的手机", ""),
)  # fmt: skip
TOLD = ("外委队伍检修完没有试车就签了验收，当班的人都知道，验收单上的时间是后补的。",)
NEW = (
    "水处理药剂的到货数和领用数对不上，差了将近两吨，库房说是自然损耗。",
    "有人过节收承包商送的购物卡，数额不大，但年年有。",
)
RESULT = {
    "deep": "调阅凭证并谈话核实，已写成底稿。",
    "unit": "党委工作部回复：已公开两年收支，职工代表看过。",
    "department": "人力资源部已按政策书面答复本人。",
    "kept": "没有具体线索，暂存备查。",
    "clue": "已按线索移交。",
    "outside": "不属受理范围，已告知反映途径。",
}
CLUE = {
    "subject": "分管检修的副职", "post": "副厂长", "authority": "集团公司党委管理", "severity": "serious",
    "summary": "检修外委连续三年由同一家承包商做，验收单补签，结算没有工程量清单，可能存在利益输送，需要核实资金往来。",
}  # fmt: skip
