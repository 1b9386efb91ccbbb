"""Versions of an agreement's text: which one each has signed, and from when it is in force."""

import datetime as dt

import pytest
from django.db import connections, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bydelsmoedre.moment import COPENHAGEN
from programme.models import (
    Agreement,
    AgreementAnnex,
    AgreementVersion,
    Signature,
    signed_version,
)
from tests import factories as make
from tests.doors import D, hidden_of, html_of, retract, says, sent
from tests.figures import at, decide, figure, sign
from tests.meanwhile import while_waiting
from tests.partnership import codes, in_force_on, organisation, sign_url, version
from tests.refusing import refused_by
from tests.roles import clock

pytestmark = pytest.mark.django_db


# --- Versions of the text


@pytest.mark.parametrize(
    ("on", "label"), [((2011, 1, 1), "1"), ((2011, 3, 1), "1"), ((2011, 8, 31), "1"), ((2011, 9, 1), "2")]
)
def test_signature_is_on_the_version_of_its_day_and_from_before_the_first_on_the_first(agreement, on, label):
    versions = [version(agreement, "1", D(2011, 3, 1)), version(agreement, "2", D(2011, 9, 1))]

    assert signed_version(versions, D(*on)).label == label
    assert signed_version([], D(*on)) is None


def test_agreement_stays_in_force_by_the_version_that_all_have_signed(programme, agreement):
    for kind, on in (("foundation", D(2011, 1, 24)), ("municipality", D(2011, 2, 7))):
        sign(programme, kind, on)
    without = in_force_on(programme, D(2011, 8, 1))
    version(agreement, "1.0", D(2011, 3, 1))
    version(agreement, "2.0", D(2011, 9, 1))

    sign(programme, "foundation", D(2011, 9, 5))

    assert (without, in_force_on(programme, D(2011, 10, 1))) == (D(2011, 2, 7), D(2011, 2, 7))
    assert "signature_missing" in codes(programme, D(2011, 10, 1))
    sign(programme, "municipality", D(2011, 10, 2))
    assert in_force_on(programme, D(2011, 10, 2)) == D(2011, 2, 7)
    assert "signature_missing" not in codes(programme, D(2011, 10, 2))


def test_agreement_whose_parties_have_signed_different_versions_is_not_in_force(programme, agreement):
    sign(programme, "foundation", D(2011, 1, 24))
    version(agreement, "1.0", D(2011, 1, 1))
    version(agreement, "2.0", D(2011, 2, 1))
    decide(programme, "anchoring_model", D(2011, 1, 10))

    sign(programme, "municipality", D(2011, 2, 7))

    assert in_force_on(programme, D(2011, 2, 7)) is None
    assert figure(programme, 5, at(2011, 2, 7)).is_met is False
    sign(programme, "foundation", D(2011, 2, 8))
    assert in_force_on(programme, D(2011, 2, 7)) is None
    assert in_force_on(programme, D(2011, 2, 8)) == D(2011, 2, 8)
    assert figure(programme, 5, at(2011, 2, 8)).is_met is True


DAYS = st.sets(st.integers(1, 8), max_size=4)


@settings(max_examples=30, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(versions=DAYS, signed=st.fixed_dictionaries({"foundation": DAYS, "municipality": DAYS}), on=st.integers(1, 9))
def test_in_force_is_the_first_day_on_which_all_have_signed_the_same_version(
    programme, agreement, versions, signed, on
):
    texts = sorted(versions)

    def text_of(day):
        return max((one for one in texts if one <= day), default=texts[0] if texts else 0)

    first = {kind: {} for kind in signed}
    for kind, days in signed.items():
        for day in sorted(days):
            first[kind].setdefault(text_of(day), day)
    both = set(first["foundation"]) & set(first["municipality"])
    agreed = [day for text in both if (day := max(first[kind][text] for kind in signed)) <= on]

    with transaction.atomic():
        for day in texts:
            version(agreement, f"v{day}", D(2011, 3, day))
        for kind, days in first.items():
            for day in days.values():
                sign(programme, kind, D(2011, 3, day))
        told = in_force_on(programme, D(2011, 3, on))
        transaction.set_rollback(True)

    assert told == (D(2011, 3, min(agreed)) if agreed else None)


def test_each_version_is_signed_once(programme, agreement, secretary):
    sign(programme, "foundation", D(2011, 1, 24))
    foundation = organisation(programme, "foundation")
    version(agreement, "1.0", D(2011, 3, 1))

    answer = sent(secretary, sign_url(agreement), organisation=foundation.pk, happened_on="2011-08-31")

    assert answer.context["form"].errors == {"organisation": [says("The signature is recorded already.")]}
    assert refused_by(sign, programme, "foundation", D(2011, 8, 31)) == "programme_signature_once"
    version(agreement, "2.0", D(2011, 9, 1))
    assert sent(secretary, sign_url(agreement), organisation=foundation.pk, happened_on="2011-09-01").status_code == 302


def retracted_at_once(fact):
    """Retracted, with what the database asks at the end of the transaction asked now."""
    fact.retract(by=None, reason="Fejl")
    with connections["default"].cursor() as cursor:
        cursor.execute("set constraints all immediate")
        cursor.execute("set constraints all deferred")


@pytest.mark.parametrize("which", [0, 1], ids=["the first", "the second"])
def test_version_that_is_signed_is_not_retracted_so_that_another_text_were(programme, agreement, secretary, which):
    """The municipality has signed one text alone, the Foundation both: without that text it would seem that both have
    signed the other, and criterion 5 be met."""
    versions = [version(agreement, "1.0", D(2011, 1, 1)), version(agreement, "2.0", D(2011, 3, 1))]
    decide(programme, "anchoring_model", D(2011, 1, 10))
    for day in (D(2011, 2, 1), D(2011, 4, 1)):
        sign(programme, "foundation", day)
    signature = sign(programme, "municipality", (D(2011, 2, 2), D(2011, 4, 2))[which])

    answer = retract(secretary, "aftaleversion", versions[which])

    message = says("The version is signed. Retract its signatures first.")
    assert answer.context["form"].non_field_errors() == [message]
    assert refused_by(retracted_at_once, versions[which]) == "programme_agreement_version_is_signed"
    for one in Signature.objects.filter(happened_on__month__in=[(2,), (4,)][which]):
        one.retract(by=None, reason="Fejl")
    assert not Signature.objects.get(pk=signature.pk).is_current
    retracted_at_once(versions[which])


@pytest.mark.django_db(transaction=True)
def test_version_that_somebody_signs_meanwhile_is_not_retracted(elsewhere):
    """The other has recorded the signature, and is about to commit: she holds the agreement's lock."""
    programme = make.plan("København")
    user, agreement = make.user_with_role(programme, "secretariat"), Agreement.objects.get(programme=programme)
    version(agreement, "1.0", D(2011, 1, 1))
    second = version(agreement, "2.0", D(2011, 2, 1))
    url, client = reverse("reports:retract", args=["aftaleversion", second.uuid]), Client()
    client.force_login(user)
    hidden = hidden_of(client.get(url))
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "insert into programme_signature (agreement_id, organisation_id, happened_on, uuid, is_date_unknown, note,"
            " retraction_reason) values (%s, %s, '2011-02-07', gen_random_uuid(), false, '', '')",
            [agreement.pk, organisation(programme, "foundation").pk],
        )

    answer = while_waiting(user, url, hidden | {"reason": "Fejl"}, elsewhere)

    assert answer.context["form"].non_field_errors() == [
        says("Somebody has recorded or retracted the same meanwhile. Nothing was saved.")
    ]
    assert AgreementVersion.objects.get(pk=second.pk).is_current


def test_version_that_only_took_signatures_over_is_retracted_and_gives_them_back(programme, agreement, secretary):
    with clock(dt.datetime(2011, 2, 8, 12, tzinfo=COPENHAGEN)):
        version(agreement, "1.0", D(2011, 1, 1))
        sign(programme, "foundation", D(2011, 2, 7))
    mistaken = version(agreement, "2.0", D(2011, 2, 1))

    assert retract(secretary, "aftaleversion", mistaken).status_code == 302
    with connections["default"].cursor() as cursor:
        cursor.execute("set constraints all immediate")


def test_the_only_version_is_retracted_and_the_agreement_stays_signed(programme, agreement, secretary):
    only = version(agreement, "1.0", D(2011, 1, 1))
    for kind in ("foundation", "municipality"):
        sign(programme, kind, D(2011, 2, 7))

    retracted_at_once(only)

    assert in_force_on(programme, D(2011, 2, 7)) == D(2011, 2, 7)


def test_page_tells_which_version_each_has_signed(programme, agreement, secretary):
    sign(programme, "foundation", D(2011, 1, 24))
    sign(programme, "municipality", D(2011, 2, 7))
    version(agreement, "1.0", D(2011, 1, 1))
    version(agreement, "2.0", D(2011, 9, 1))
    sign(programme, "foundation", D(2011, 9, 5))

    page = secretary.get(agreement.get_absolute_url(), {"on": "2011-10-01"})

    told = {
        one.fact.text: (bool(one.signature), [old.version for old in one.earlier]) for one in page.context["parties"]
    }
    assert told == {"Fonden for Socialt Ansvar": (True, ["1.0"]), "Københavns Kommune": (False, ["1.0"])}
    words = "Version %(version)s is not signed by all yet. Missing: %(parties)s."
    assert says(words, version="2.0", parties="Københavns Kommune") in html_of(page)


def test_version_says_where_its_text_lies(agreement, secretary):
    url = reverse("programme:agreement_version", args=[agreement.uuid])

    answer = sent(secretary, url, label="1.0", happened_on="2011-03-01")

    message = says("Say where the text lies, or choose the file.")
    assert answer.context["form"].errors == {"evidence_text": [message]}
    values = {"by": None, "agreement": agreement, "label": "1.0", "happened_on": D(2011, 3, 1)}
    assert refused_by(AgreementVersion.record, **values) == "programme_agreement_version_lies"


def test_agreement_is_made_and_its_documents_annexed_on_the_site(programme, secretary):
    title = "Aftale om lokaler"

    answer = sent(secretary, reverse("programme:agreement_new"), title=title)
    made = Agreement.objects.get(title=title)
    document = make.DocumentFactory(programme=programme, title="Husorden", annex="2")
    sent(secretary, reverse("programme:annex", args=[made.uuid]), document=document.pk, happened_on="2011-02-07")
    page = secretary.get(made.get_absolute_url())

    assert (answer.url, made.programme) == (made.get_absolute_url(), programme)
    assert [(one.title, one.annex) for one in page.context["annexes"]] == [("Husorden", "2")]
    taken = sent(secretary, reverse("programme:agreement_new"), title=title)
    assert taken.context["form"].errors == {"title": [says("There is an agreement of that title already.")]}


def test_documents_of_another_programme_are_no_annex(agreement, secretary):
    other = make.DocumentFactory()
    url = reverse("programme:annex", args=[agreement.uuid])

    answer = sent(secretary, url, document=other.pk, happened_on="2011-02-07")

    assert list(answer.context["form"].errors) == ["document"]
    assert not AgreementAnnex.objects.exists()
