"""What a session says of how its person came in: written by the sign-in, read by every request."""

from __future__ import annotations

#: session: how somebody came in, and that a second step is still owed
WAY, MISSING = "way", "second_missing"
#: when this sign-in began, and when its term was last renewed; seconds since 1970
BEGUN, SEEN = "begun", "seen"
#: ways on which our own password was not asked for, so that an initial one need not be changed
ELSEWHERE = ("oidc", "ldap")
