from .citing import Fault, faults_of
from .standing import departments_of, orgs_over, tasks_open_to

__all__ = ["Fault", "departments_of", "faults_of", "orgs_over", "tasks_open_to"]
