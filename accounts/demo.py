"""The demonstration's logins: one per role. They exist only where settings say DEMO or DEBUG."""

from typing import Any, NamedTuple

from django.utils.translation import gettext_lazy as _


class DemoLogin(NamedTuple):
    role: Any  #: translated when shown
    email: str
    name: str
    office: str


PASSWORD = "velkommen-2011"  # noqa: S105 - printed on the login page of the demonstration, on loopback only

LOGINS = [
    DemoLogin(_("secretariat"), "sekretariat@example.org", "Sekretariatet", "Koordinator"),
    DemoLogin(_("the Foundation"), "fonden@example.org", "Fonden", "Medarbejder"),
    DemoLogin(_("the municipality's contact"), "kommunen@example.org", "Kommunen", "Kontaktperson"),
    DemoLogin(_("local coordinator"), "lokal@example.org", "Lokal koordinator", "Lokal koordinator"),
]
