"""Joint tasks with the parts of each body, and the responsibility matrix with who holds which body."""

from .matrix import BodyHolder, Matrix
from .tasks import JointPart, JointTask

__all__ = ["BodyHolder", "JointPart", "JointTask", "Matrix"]
