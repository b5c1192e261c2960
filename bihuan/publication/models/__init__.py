from .catalogue import Entry
from .opinion import Opinion
from .publication import Publication, PublicFile

__all__ = ["Entry", "Opinion", "PublicFile", "Publication"]
