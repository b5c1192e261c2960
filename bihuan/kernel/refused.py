"""A command that could not be carried out, with the sentence that tells the person why."""

from __future__ import annotations


class Refused(Exception):
    """Raised by actions. Nothing was written.

    `reason` and `todo` are Chinese sentences for the person; `field` names the input at fault, if any;
    `code` is stable data for programs: `refused`, `stale`, `invalid` or `missing`.
    """

    code = "refused"

    def __init__(self, reason: str, todo: str = "", field: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.todo = todo
        self.field = field


class Stale(Refused):
    """Somebody else was faster: the row no longer is what the person saw."""

    code = "stale"

    def __init__(self, reason: str = "已被他人处理", todo: str = "刷新页面看最新情况后再办") -> None:
        super().__init__(reason, todo)


class Invalid(Refused):
    """The input itself is wrong."""

    code = "invalid"


class Missing(Refused):
    """What is asked for does not exist, or is not this person's to see: the two must look alike."""

    code = "missing"

    def __init__(self, reason: str = "没有找到", todo: str = "") -> None:
        super().__init__(reason, todo)
