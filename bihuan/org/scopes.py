"""What an access token may be given to act with: subsets of the permissions of the loop, under Chinese names.

A scope never adds anything: a token may what its person may and its scope contains. What it sees is what its
person sees. Running the house (units, accounts, grants, rules) is never given to a program.
"""

from __future__ import annotations

from dataclasses import dataclass

from .permissions import Permission as P


@dataclass(frozen=True, slots=True)
class Scope:
    code: str
    label: str
    note: str
    permissions: frozenset[str]


_READ = (P.FILE_ORIGINAL,)
_RAISE = (*_READ, P.PROBLEM_VIEW, P.PROBLEM_RAISE)
_HANDLE = (
    *_RAISE,
    P.PROBLEM_ASSIGN,
    P.PROBLEM_RECTIFY,
    P.PROBLEM_APPROVE,
    P.PROBLEM_VERIFY,
    P.PROBLEM_VERIFY_MINOR,
    P.PROBLEM_RECHECK,
    P.PROBLEM_VOID,
    P.PROBLEM_REOWN,
    P.PROBLEM_REOWN_OWN,
    P.PROBLEM_EXTEND,
)
CALENDAR = "calendar"


def _scope(code: str, label: str, note: str, *permissions: str) -> Scope:
    return Scope(code, label, note, frozenset(str(p) for p in permissions))


SCOPES: dict[str, Scope] = {
    scope.code: scope
    for scope in (
        _scope("read", "只读", "看台账、问题、佐证和指标，什么都不能改", *_READ),
        _scope("raise", "登记", "除了看，还能登记问题、附意见、申请作废", *_RAISE),
        _scope("handle", "办理", "本人能办的步骤都能办", *_HANDLE),
        _scope(CALENDAR, "日历订阅", "只给日历软件读到期日"),
    )
}
#: the ones a program comes in with
FOR_PROGRAMS = ("read", "raise", "handle")
