"""One code per verb. Codes are data: they stand in events and in the generated permission matrix."""

from __future__ import annotations

from enum import StrEnum


class Permission(StrEnum):
    PROBLEM_VIEW = "problem.view"
    PROBLEM_RAISE = "problem.raise"
    PROBLEM_ASSIGN = "problem.assign"
    PROBLEM_RECTIFY = "problem.rectify"
    PROBLEM_APPROVE = "problem.approve"
    PROBLEM_VERIFY = "problem.verify"
    PROBLEM_VERIFY_MINOR = "problem.verify_minor"
    PROBLEM_RECHECK = "problem.recheck"
    PROBLEM_VOID = "problem.void"
    PROBLEM_REOWN = "problem.reown"
    PROBLEM_REOWN_OWN = "problem.reown_own"
    PROBLEM_EXTEND = "problem.extend"
    LETTER_RELEASE = "letter.release"
    LETTER_LEAD = "letter.lead"
    FILE_ORIGINAL = "file.original"
    LEDGER_IMPORT = "ledger.import"
    LEDGER_IMPORT_OWN = "ledger.import_own"
    EXPORT = "export"
    ORG_MANAGE = "org.manage"
    ACCOUNT_MANAGE = "account.manage"
    GRANT_MANAGE = "grant.manage"
    RULES_VIEW = "rules.view"
    RULES_MANAGE = "rules.manage"
    AUDIT_VIEW = "audit.view"
    JOB_MANAGE = "job.manage"
    DUTY = "duty"
    INSPECTION_VIEW = "inspection.view"
    INSPECTION_PLAN = "inspection.plan"
    INSPECTION_DECIDE = "inspection.decide"
    INSPECTION_HEAD = "inspection.head"
    INSPECTION_REGISTER = "inspection.register"
    INSPECTION_DISCIPLINE = "inspection.discipline"
    INSPECTION_PERSONNEL = "inspection.personnel"
    INSPECTION_DEPARTMENT = "inspection.department"
    INSPECTION_CHECK = "inspection.check"
    PUBLICATION_DRAFT = "publication.draft"
    PUBLICATION_CHECK = "publication.check"
    PUBLICATION_REVIEW = "publication.review"
    PUBLICATION_APPROVE = "publication.approve"


LABELS: dict[str, str] = {
    Permission.PROBLEM_VIEW: "看问题",
    Permission.PROBLEM_RAISE: "提出问题",
    Permission.PROBLEM_ASSIGN: "下达",
    Permission.PROBLEM_RECTIFY: "认领、报方案、报进度、申请销号",
    Permission.PROBLEM_APPROVE: "批方案",
    Permission.PROBLEM_VERIFY: "核验、销号",
    Permission.PROBLEM_VERIFY_MINOR: "核验一般问题的当场整改",
    Permission.PROBLEM_RECHECK: "回头看",
    Permission.PROBLEM_VOID: "作废",
    Permission.PROBLEM_REOWN: "换责任人",
    Permission.PROBLEM_REOWN_OWN: "在本单位内换责任人",
    Permission.PROBLEM_EXTEND: "批延期",
    Permission.LETTER_RELEASE: "签发、撤回督办函件",
    Permission.LETTER_LEAD: "收发给分管领导的督办函件",
    Permission.FILE_ORIGINAL: "看照片原件",
    Permission.LEDGER_IMPORT: "导入台账",
    Permission.LEDGER_IMPORT_OWN: "导入本单位台账",
    Permission.EXPORT: "导出",
    Permission.ORG_MANAGE: "管单位和人员",
    Permission.ACCOUNT_MANAGE: "管账号",
    Permission.GRANT_MANAGE: "管授权",
    Permission.RULES_VIEW: "看规则包",
    Permission.RULES_MANAGE: "发布规则包",
    Permission.AUDIT_VIEW: "看审计记录",
    Permission.JOB_MANAGE: "管后台任务",
    Permission.DUTY: "值班",
    Permission.INSPECTION_VIEW: "看巡察计划和轮次",
    Permission.INSPECTION_PLAN: "编巡察计划，立轮次，记进驻离场",
    Permission.INSPECTION_DECIDE: "记领导小组和党委的决定",
    Permission.INSPECTION_HEAD: "以领导小组组长、副组长身份看线索",
    Permission.INSPECTION_REGISTER: "专管线索的登记和移交",
    Permission.INSPECTION_DISCIPLINE: "以纪检机构身份会审整改、办理移交",
    Permission.INSPECTION_PERSONNEL: "以组织部门身份会审整改、办理移交",
    Permission.INSPECTION_DEPARTMENT: "以职能部门身份报情况、答复巡察组、会审整改",
    Permission.INSPECTION_CHECK: "以上级检查人员身份在期限内查看整改",
    Permission.PUBLICATION_DRAFT: "起草公开的内容",
    Permission.PUBLICATION_CHECK: "核本单位公开的内容，定异议",
    Permission.PUBLICATION_REVIEW: "管公开目录，审公开的内容",
    Permission.PUBLICATION_APPROVE: "批准公开的内容",
}
