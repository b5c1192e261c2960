"""Roles: which verbs come together under one Chinese name. Codes are data; renaming one is a migration."""

from __future__ import annotations

from dataclasses import dataclass

from .permissions import Permission as P

ADMINISTRATORS = ("system_admin", "security_admin", "audit_admin")
#: held by people from outside: whoever ever held one and nothing else is a guest, also when it has ended
VISITORS = ("upper_checker",)


@dataclass(frozen=True)
class Role:
    code: str
    label: str
    note: str
    permissions: frozenset[str]


_LOOK = (P.PROBLEM_VIEW, P.EXPORT)
_UNIT = (*_LOOK, P.PROBLEM_RAISE, P.PROBLEM_RECTIFY, P.PUBLICATION_DRAFT)
_SUPERVISE = (
    *_LOOK,
    P.PROBLEM_RAISE,
    P.PROBLEM_ASSIGN,
    P.PROBLEM_APPROVE,
    P.PROBLEM_VERIFY,
    P.PROBLEM_RECHECK,
    P.PROBLEM_VOID,
    P.PROBLEM_REOWN,
    P.PROBLEM_EXTEND,
    P.LETTER_RELEASE,
    P.LEDGER_IMPORT,
)


def _role(code: str, label: str, note: str, *permissions: str) -> Role:
    return Role(code, label, note, frozenset(str(p) for p in permissions))


ROLES: dict[str, Role] = {
    role.code: role
    for role in (
        _role(
            "system_admin",
            "系统管理员",
            "管单位、人员、账号和后台任务，不管授权，不看业务内容",
            P.ORG_MANAGE,
            P.ACCOUNT_MANAGE,
            P.JOB_MANAGE,
            P.RULES_VIEW,
        ),
        _role("security_admin", "安全管理员", "管授权，不管账号，不看审计记录", P.GRANT_MANAGE, P.RULES_VIEW),
        _role("audit_admin", "审计管理员", "看审计记录，不能改任何东西", P.AUDIT_VIEW, P.RULES_VIEW),
        _role(
            "inspection_office",
            "巡察办",
            "编巡察计划，组织轮次，跟进巡察整改，核验销号，安排回头看",
            *_SUPERVISE,
            P.RULES_VIEW,
            P.INSPECTION_VIEW,
            P.INSPECTION_PLAN,
            P.PUBLICATION_DRAFT,
            P.PUBLICATION_REVIEW,
        ),
        _role(
            "inspection_lead",
            "巡察工作领导小组成员",
            "审议巡察计划和方案，记会议决定",
            *_LOOK,
            P.RULES_VIEW,
            P.INSPECTION_VIEW,
            P.INSPECTION_DECIDE,
            P.PUBLICATION_APPROVE,
        ),
        _role(
            "inspection_head",
            "巡察工作领导小组组长、副组长",
            "看巡察组移交的线索",
            P.INSPECTION_VIEW,
            P.INSPECTION_HEAD,
        ),
        _role(
            "clue_registrar",
            "线索专管员",
            "专人登记、移交问题线索，别人不经手",
            P.INSPECTION_REGISTER,
        ),
        _role(
            "discipline_officer",
            "纪检监察员",
            "会审整改方案，办理移交的线索",
            *_LOOK,
            P.INSPECTION_VIEW,
            P.INSPECTION_DISCIPLINE,
        ),
        _role(
            "personnel_officer",
            "组织部门经办人",
            "会审整改方案，办理移交的选人用人问题，管借调",
            *_LOOK,
            P.INSPECTION_VIEW,
            P.INSPECTION_PERSONNEL,
        ),
        _role(
            "department_officer",
            "职能部门联系人",
            "报本部门的情况通报，答复巡察组的协助请求，会审整改方案",
            P.INSPECTION_DEPARTMENT,
        ),
        _role(
            "upper_checker",
            "上级检查人员",
            "上级来人：在巡察办定的期限内只读查看指定任务的整改，记抽查结论，别的都看不到",
            P.INSPECTION_CHECK,
        ),
        _role(
            "safety_officer",
            "安全监督员",
            "下达、批方案、核验销号",
            *_SUPERVISE,
            P.RULES_VIEW,
            P.FILE_ORIGINAL,
        ),
        _role("supervisor", "职能部门督办员", "督办本部门主管的问题", *_SUPERVISE, P.RULES_VIEW),
        _role("rules_keeper", "规则管理员", "发布规则包新版本，确认存疑的规则", P.RULES_VIEW, P.RULES_MANAGE),
        _role(
            "group_leader",
            "集团领导",
            "看全局，签发",
            *_LOOK,
            P.LETTER_RELEASE,
            P.LETTER_LEAD,
            P.RULES_VIEW,
            P.INSPECTION_VIEW,
        ),
        _role(
            "publication_office",
            "公开办公室",
            "管公开目录，审公开的内容，看谁到期没有公开",
            P.RULES_VIEW,
            P.PUBLICATION_DRAFT,
            P.PUBLICATION_REVIEW,
        ),
        _role(
            "unit_head", "单位负责人", "对本单位整改负责", *_UNIT, P.PROBLEM_REOWN_OWN, P.PUBLICATION_CHECK
        ),
        _role("unit_liaison", "整改联络员", "认领、报方案、报进度、申请销号", *_UNIT, P.LEDGER_IMPORT_OWN),
        _role(
            "verifier",
            "现场复核人",
            "核验本单位一般问题的当场整改",
            *_LOOK,
            P.PROBLEM_RAISE,
            P.PROBLEM_VERIFY_MINOR,
        ),
        _role("branch_secretary", "党支部书记", "看本支部所在单位的问题", *_LOOK, P.PROBLEM_RAISE),
        _role("worker", "职工", "提出问题，办理分给自己的整改", P.PROBLEM_RAISE),
        _role("duty_officer", "值班员", "接收红色消息", *_LOOK, P.PROBLEM_RAISE, P.DUTY),
    )
}


def role(code: str) -> Role | None:
    """The role of this code; None for a code that no longer exists (it then grants nothing)."""
    return ROLES.get(code)
