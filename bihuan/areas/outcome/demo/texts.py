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
