"""The audit trail shows that something was done, not what was said in a closed circle."""

from __future__ import annotations

from bihuan.problems.actions.comment import comment
from bihuan.record.actions.append import append

from .story import problem_in


def test_typed_words_of_restricted_problems_stay_out_of_the_trail(world, signed_in):
    secret = problem_in(world, "assigned", secrecy="restricted")
    plain = problem_in(world, "assigned")
    officer = world.actor("safety_officer")
    comment(problem=secret, text="涉及举报人的细节", by=officer, at=world.at)
    comment(problem=plain, text="证书原件在安全部", by=officer, at=world.at)
    append(
        stream=secret.stream,
        kind="problem.taken_over",
        by=officer,
        at=world.at,
        data={"stated": "举报人已调离"},
    )
    page = signed_in("audit_admin").get("/audit/").content.decode()
    assert "证书原件在安全部" in page
    assert "涉及举报人的细节" not in page and "举报人已调离" not in page and "限知悉" in page
