"""Somebody with roles in two programmes looks at one at a time, and chooses which."""

from django.urls import reverse

from programme.models import RoleGrant
from tests import factories as make


def test_programme_is_chosen_from_the_header(programme, secretariat, client_of):
    other = make.plan("Aarhus")
    RoleGrant.objects.create(user=secretariat, programme=other, role="caseworker")
    client = client_of(secretariat)
    first = client.get(reverse("reports:dashboard")).context["programme"]

    client.post(reverse("programme:choose", args=[programme.uuid]))

    assert first == other  # by name, Aarhus comes first
    assert client.get(reverse("reports:dashboard")).context["programme"] == programme


def test_programme_with_one_role_offers_no_choice(programme, secretariat, client_of):
    page = client_of(secretariat).get(reverse("reports:dashboard")).content.decode()

    assert "/vaelg/" not in page
