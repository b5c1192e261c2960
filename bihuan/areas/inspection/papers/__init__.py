"""The papers of inspection: what each says, who may have it, and where it is offered.

The rooms after this one take their forms from here too (`onsite`, `talks`, `outcome`, `feedback`, `rectifying`): they bring the facts.
"""

from .kinds import PAPERS

__all__ = ["PAPERS"]
