"""Who reads a frozen report, and who answers for the municipality."""

from programme.access import Role, Standing
from reports.models import FrozenReport

#: What a page about one version asks for.
FROZEN = FrozenReport.objects.select_related("programme", "report", "approved_by")


def is_contact(standing: Standing) -> bool:
    """Does she answer for the municipality? Only who is its contact by a role: whoever runs the system does not."""
    programme = standing.programme
    return any(grant.programme == programme and grant.role == Role.CASEWORKER for grant in standing.grants)
