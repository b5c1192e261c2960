"""Who may, of a team on site; and who may open what is closed."""

from .clues import clue_verdict, may_note_clue
from .complaints import complaint_verdict, may_amend_complaint, may_register, may_take_in
from .drafts import draft_verdict, may_amend_draft, may_write_draft
from .reading import may_ask, may_grant_consent, may_read
from .talks import may_amend_talk, may_excuse, may_list, may_sign_talk, may_talk
from .team import may_work

__all__ = [
    "clue_verdict",
    "complaint_verdict",
    "draft_verdict",
    "may_amend_complaint",
    "may_amend_draft",
    "may_amend_talk",
    "may_ask",
    "may_excuse",
    "may_grant_consent",
    "may_list",
    "may_note_clue",
    "may_read",
    "may_register",
    "may_sign_talk",
    "may_take_in",
    "may_talk",
    "may_work",
    "may_write_draft",
]
