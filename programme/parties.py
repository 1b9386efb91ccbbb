"""Who may sign an agreement, and why a party stays one: it has signed. PostgreSQL keeps both (`c_by_a_party`)."""

from django.utils.translation import gettext as _

from programme.models import AgreementParty, Signature


def why_party_stays(party: AgreementParty) -> str:
    """Why the party cannot be retracted; "" where it can."""
    signed = Signature.objects.current().filter(agreement=party.agreement_id, organisation=party.organisation_id)
    if signed.filter(happened_on__range=(party.started_on, party.ended_on or "9999-12-31")).exists():
        return _("The party has signed the agreement. Retract its signature first.")
    return ""
