"""Units, party organisations, people, grants, rule packs."""

from .accounts import Account, OldPassword
from .calendar import SpecialDay
from .factors import Passkey, RecoveryCode, SecretTry, Totp
from .grants import Grant
from .handover import HandOver
from .people import Employment, Membership, Person, Post, PostHolding
from .portfolios import BusinessLine, Portfolio
from .rules import PackVersion, RuleConfirmation
from .sessions import BrowserSession
from .tokens import AccessToken
from .units import PartyLink, PartyOrg, PartySpell, Unit, UnitSpell

__all__ = [
    "AccessToken",
    "Account",
    "BrowserSession",
    "BusinessLine",
    "Employment",
    "Grant",
    "HandOver",
    "Membership",
    "OldPassword",
    "PackVersion",
    "PartyLink",
    "PartyOrg",
    "PartySpell",
    "Passkey",
    "Person",
    "Portfolio",
    "Post",
    "PostHolding",
    "RecoveryCode",
    "RuleConfirmation",
    "SecretTry",
    "SpecialDay",
    "Totp",
    "Unit",
    "UnitSpell",
]
