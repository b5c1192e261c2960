"""May I? The rules of this room, and the verdict on every row of a sheet before it is taken."""

from .may import (
    insist,
    may_confirm_holding,
    may_do_without,
    may_give_password,
    may_give_to,
    may_grant,
    may_manage_accounts,
    may_manage_org,
    may_manage_rules,
    may_revoke,
    may_revoke_token,
)
from .rows import NEW, SAME, WRONG, Row, RowVerdict, insist_none_wrong, judge_people, judge_roles, judge_units

__all__ = [
    "NEW",
    "SAME",
    "WRONG",
    "Row",
    "RowVerdict",
    "insist",
    "insist_none_wrong",
    "judge_people",
    "judge_roles",
    "judge_units",
    "may_confirm_holding",
    "may_do_without",
    "may_give_password",
    "may_give_to",
    "may_grant",
    "may_manage_accounts",
    "may_manage_org",
    "may_manage_rules",
    "may_revoke",
    "may_revoke_token",
]
