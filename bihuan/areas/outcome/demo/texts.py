"""What the reports and feedbacks of the demo group say. Invented."""

from __future__ import annotations

OVERALL = (
    "巡察期间，{org}总体上能够贯彻上级决策部署，生产经营平稳，职工队伍稳定。"
    "巡察也发现，管党治党责任压得不实，外委管理、采购、选人用人执行制度不严，上一轮巡察指出的问题有反弹。"
)
SUGGESTIONS = (
    "把外委队伍纳入本单位安全生产责任清单，未签安全生产协议的不得进厂作业",
    "逐项核对上年度民主生活会和上一轮巡察的整改台账，到期没有整改的重新立项",
    "规范询价采购，只有一家报价的要集体研究并留存理由",
)
DEMANDS = (
    "对照反馈的问题制定整改方案，明确责任领导、责任单位和完成时限，按期报送，整改情况接受党员和职工监督。"
)
OPINIONS = {
    "team": "事实清楚，定性准确，同意送审。",
    "office": "问题和底稿逐条核对过，表述规范。",
    "leading": "同意提请党委审定。整改要盯住反弹的那一条。",
}
COPIED = (
    ("portfolio", "分管副总经理"),
    ("owner_dept", "安全管理部"),
    ("discipline", "集团纪委"),
    ("personnel", "党委组织部"),
)
#: measures of the plan: text and what shows that it was done
MEASURES = (
    (
        ("把外委队伍纳入安全生产责任清单，逐队补签安全协议", "责任清单 1 份、协议全部签订"),
        ("对在厂外委队伍逐队核查资质和教育培训", "核查记录逐队 1 份"),
    ),
    (("清退挪用的安全费用，调整账目", "入账凭证 1 份"),),
    (("修订询价采购办法，只有一家报价的集体研究", "印发办法，附会议纪要"),),
    (("对上一轮巡察整改逐件复核，没有改的重新立项", "复核台账 1 份"),),
)
#: first edition: who -> verdict, place of the problem (0: the whole plan), comment
COMMENTS = {
    "discipline": ("passed", 0, "追责问责的措施要写到人，附处理结果。"),
    "personnel": ("passed",),
    "office": ("passed", 1, "外委清单要写明由谁建、建到哪一级。"),
    "AQ": ("returned", 1, "外委协议补签没有写停工条件，没有签的队伍应当停工。"),
    "CW": ("passed", 2, "清退费用要写明来源科目，分月核对。"),
}
#: and how each stands in the one list that goes back; empty where it was joined with another
ADOPTED = {
    "discipline": "追责问责的措施写到人，附处理结果。",
    "office": "",
    "AQ": "外委清单写明由谁建、建到车间；协议没有补签的队伍停工。",
    "CW": "清退费用写明来源科目，分月核对。",
}
ANSWER = (
    "追责问责写到了人；外委清单由安全科建到车间，没有补签协议的队伍已停工；清退费用按科目列明。三条都采纳了。"
)
AGREED = "同意，按方案实施。"
MEETING = (
    "班子成员对照反馈问题作自我批评：外委管理失察、费用审批把关不严、上一轮整改没有盯到底。逐人列出整改承诺。"
)
#: indicator, points, reason, what shows it
DEDUCTIONS = (
    ("deploy", "2", "党委会研究整改只有一次，没有专题听取进展", "党委会会议记录"),
    ("tasks", "6", "一件问题超过期限 12 天完成", "整改台账"),
    ("duty", "1.5", "两条措施的责任人调整后没有变更", "责任清单"),
)
VERDICT = "整改总体扎实，问题逐件销号，制度修订到位。一件完成偏晚，责任清单更新不及时。"
#: name and notice of a common problem
COMMON = (
    "外委队伍管理不严，安全费用使用不规范",
    "本轮巡察的单位都有外委队伍没有签安全协议、安全费用列支不规范的问题。各单位对照自查，一个月内把自查结果报巡察办。",
)
PAPER = (
    "本轮巡察按计划完成进驻、报告、反馈和整改。\n"
    "主要情况：外委管理和安全投入、采购询价、选人用人程序是共性问题；上一轮整改有反弹的，已列入回头看。\n"
    "下一步：没有完成的按期盯办，回头看发现纸面整改的重新整改并查清责任。"
)
#: what the look-back saw; the last is the one on paper only
SEEN = (
    "现场和台账一致，措施还在执行。",
    "抽查三个班次的记录，和整改时提交的证据相符。",
    "制度已经印发，询问岗位人员都知道。",
    "整改材料齐全，现场没有改：照片是别处拍的，措施没有落到岗位。",
)
