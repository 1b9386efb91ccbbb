"""Who may sign an agreement, and why a party, or a version of the text, stays: it has signed, or is signed. PostgreSQL
keeps all of it (`c_by_a_party`, `c_has_signed`, `c_is_signed`)."""

from django.utils.translation import gettext as _

from programme.models import AgreementParty, AgreementVersion, Signature, signed_version


def why_party_stays(party: AgreementParty) -> str:
    """Why the party cannot be retracted; "" where it can."""
    signed = Signature.objects.current().filter(agreement=party.agreement_id, organisation=party.organisation_id)
    if signed.filter(happened_on__range=(party.started_on, party.ended_on or "9999-12-31")).exists():
        return _("The party has signed the agreement. Retract its signature first.")
    return ""


def why_version_stays(version: AgreementVersion) -> str:
    """Why the version cannot be retracted; "" where it can.

    Signatures that were recorded while it stood are on it: without it they would be on another text, which nobody has
    signed. Where no other text is left, they are on the agreement as before. A version that was recorded after the
    signatures has only taken them over, and gives them back.
    """
    current = AgreementVersion.objects.current().filter(agreement=version.agreement_id)
    versions = list(current.order_by("happened_on"))
    signed = Signature.objects.current().filter(agreement=version.agreement_id, recorded_at__gte=version.recorded_at)
    days = signed.values_list("happened_on", flat=True)
    if len(versions) > 1 and any(signed_version(versions, day) == version for day in days):
        return _("The version is signed. Retract its signatures first.")
    return ""
