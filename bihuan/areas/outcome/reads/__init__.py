from .citing import Fault, faults_of
from .standing import addressed_to, departments_of, orgs_over, tasks_open_to

__all__ = ["Fault", "addressed_to", "departments_of", "faults_of", "orgs_over", "tasks_open_to"]
