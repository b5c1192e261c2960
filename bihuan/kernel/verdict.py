"""The answer to "may I": yes, or no with a reason a person can act on."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Verdict:
    """`reason` says what stands in the way, `todo` what to do instead; both are shown on the button.

    `hidden` marks a step that is none of this person's business: its button is not drawn at all, while a
    step that is only not possible yet stays visible and grey.
    """

    ok: bool
    reason: str = ""
    todo: str = ""
    hidden: bool = False

    def __bool__(self) -> bool:
        return self.ok

    @classmethod
    def yes(cls) -> Verdict:
        return cls(True)

    @classmethod
    def no(cls, reason: str, todo: str = "") -> Verdict:
        return cls(False, reason, todo)

    @classmethod
    def not_yours(cls, reason: str, todo: str = "") -> Verdict:
        return cls(False, reason, todo, hidden=True)
