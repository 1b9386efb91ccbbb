"""The partnership agreement: who signs what, versions of its text, its end, and what the parties owe each other."""

import datetime as dt

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bydelsmoedre.moment import COPENHAGEN, Moment
from programme.models import (
    Agreement,
    AgreementAnnex,
    AgreementParty,
    AgreementTerm,
    AgreementVersion,
    Evidence,
    Obligation,
    ObligationMet,
    Organisation,
    Signature,
    signed_version,
)
from programme.models.agreements import RENEWAL_WARNED_DAYS
from reports.figures.agreements import agreements
from reports.findings import found
from reports.partnership import obligation_state
from tests import factories as make
from tests.doors import D, hidden_of, html_of, retract, saved, says, sent
from tests.figures import at, decide, figure, sign
from tests.meanwhile import while_waiting
from tests.refusing import refused_by
from tests.roles import clock

pytestmark = pytest.mark.django_db

DAY = dt.timedelta(1)


@pytest.fixture
def agreement(programme):
    return Agreement.objects.get(programme=programme)


def organisation(programme, kind):
    return Organisation.objects.get(programme=programme, kind=kind)


def party_of(agreement, organisation):
    return AgreementParty.objects.current().get(agreement=agreement, organisation=organisation)


def version(agreement, label, on):
    evidence = Evidence.objects.create(programme=agreement.programme, description=f"Aftale {label}")
    return AgreementVersion.record(by=None, agreement=agreement, label=label, evidence=evidence, happened_on=on)


def in_force_on(programme, on):
    (one,) = agreements(programme, Moment(on))
    return one.in_force_on


def codes(programme, on):
    return {one.kind.code for one in found(programme, Moment(on))}


def sign_url(agreement):
    return reverse("programme:signature", args=[agreement.uuid])


# --- Only a party signs


def test_signature_of_an_organisation_that_is_no_party_is_refused_beside_the_field(programme, agreement, secretary):
    stranger = make.OrganisationFactory(programme=programme, name="Et boligselskab")
    before = saved()

    answer = sent(secretary, sign_url(agreement), organisation=stranger.pk, happened_on="2011-02-07")

    assert answer.context["form"].errors == {"organisation": [says("Only a party to the agreement can sign it.")]}
    assert saved() == before


@pytest.mark.parametrize(("on", "is_taken"), [("2011-02-28", False), ("2011-03-01", True), ("2011-05-31", True)])
def test_signature_is_of_a_day_on_which_the_organisation_was_a_party(programme, agreement, secretary, on, is_taken):
    late = make.OrganisationFactory(programme=programme)
    AgreementParty.record(
        by=None, agreement=agreement, organisation=late, started_on=D(2011, 3, 1), ended_on=D(2011, 5, 31)
    )

    answer = sent(secretary, sign_url(agreement), organisation=late.pk, happened_on=on)

    assert Signature.objects.filter(organisation=late).exists() is is_taken
    if not is_taken:
        message = says("It was not a party to the agreement on that day.")
        assert answer.context["form"].errors == {"organisation": [message]}


def test_database_refuses_a_signature_of_who_is_no_party_that_day(programme, agreement):
    late = make.OrganisationFactory(programme=programme)
    AgreementParty.record(
        by=None, agreement=agreement, organisation=late, started_on=D(2011, 3, 1), ended_on=D(2011, 5, 31)
    )
    values = {"by": None, "agreement": agreement, "organisation": late}

    for day in (D(2011, 2, 28), D(2011, 6, 1)):
        assert refused_by(Signature.record, happened_on=day, **values) == "programme_signature_by_a_party"
    assert Signature.record(happened_on=D(2011, 5, 31), **values).is_current


def test_party_that_has_signed_is_not_retracted(programme, agreement, secretary):
    sign(programme, "foundation", D(2011, 1, 24))
    party = party_of(agreement, organisation(programme, "foundation"))

    answer = retract(secretary, "part", party)

    message = says("The party has signed the agreement. Retract its signature first.")
    assert answer.context["form"].non_field_errors() == [message]
    with pytest.raises(IntegrityError) as error, transaction.atomic():
        party.retract(by=None, reason="Fejl")
        with connections["default"].cursor() as cursor:
            cursor.execute("set constraints all immediate")
    assert error.value.__cause__.diag.constraint_name == "programme_signature_by_a_party"


def test_party_is_retracted_once_its_signature_is(programme, agreement, secretary):
    signature = sign(programme, "foundation", D(2011, 1, 24))
    retract(secretary, "underskrift", signature)

    retract(secretary, "part", party_of(agreement, organisation(programme, "foundation")))

    assert not AgreementParty.objects.current().filter(organisation__kind="foundation").exists()


def test_party_that_has_signed_is_superseded_as_long_as_it_stays_one(programme, agreement):
    sign(programme, "foundation", D(2011, 1, 24))
    party = party_of(agreement, organisation(programme, "foundation"))

    with transaction.atomic(), connections["default"].cursor() as cursor:
        party.supersede(by=None, reason="Bilaget manglede", note="Rettet", ended_on=D(2011, 1, 24))
        cursor.execute("set constraints all immediate")


RETRACTED = "update programme_agreementparty set retracted_at = fact_time(), retraction_reason = 'Fejl' where id = %s"


@pytest.mark.django_db(transaction=True)
def test_nobody_signs_for_a_party_that_somebody_retracts_meanwhile(elsewhere):
    """The other has retracted the party, and is about to commit: she holds the agreement's lock."""
    programme = make.plan("København")
    user, agreement = make.user_with_role(programme, "secretariat"), Agreement.objects.get(programme=programme)
    foundation = organisation(programme, "foundation")
    with elsewhere.cursor() as cursor:
        cursor.execute(RETRACTED, [party_of(agreement, foundation).pk])
        cursor.execute("set constraints all immediate")

    data = {"organisation": foundation.pk, "happened_on": "2011-02-07"}
    answer = while_waiting(user, sign_url(agreement), data, elsewhere)

    assert answer.context["form"].non_field_errors() == [
        says("Somebody has recorded or retracted the same meanwhile. Nothing was saved.")
    ]
    assert not Signature.objects.exists()


@pytest.mark.django_db(transaction=True)
def test_party_for_which_somebody_signs_meanwhile_is_not_retracted(elsewhere):
    programme = make.plan("København")
    user, agreement = make.user_with_role(programme, "secretariat"), Agreement.objects.get(programme=programme)
    party = party_of(agreement, organisation(programme, "foundation"))
    url, client = reverse("reports:retract", args=["part", party.uuid]), Client()
    client.force_login(user)
    hidden = hidden_of(client.get(url))
    with elsewhere.cursor() as cursor:
        cursor.execute(
            "insert into programme_signature (agreement_id, organisation_id, happened_on, uuid, is_date_unknown, note,"
            " retraction_reason) values (%s, %s, '2011-02-07', gen_random_uuid(), false, '', '')",
            [agreement.pk, party.organisation_id],
        )

    answer = while_waiting(user, url, hidden | {"reason": "Fejl"}, elsewhere)

    assert answer.context["form"].non_field_errors() == [
        says("Somebody has recorded or retracted the same meanwhile. Nothing was saved.")
    ]
    assert AgreementParty.objects.get(pk=party.pk).is_current


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


# --- Its end


@pytest.mark.parametrize(
    ("days", "is_told"), [(RENEWAL_WARNED_DAYS + 1, False), (RENEWAL_WARNED_DAYS, True), (0, True), (-1, False)]
)
def test_renewal_is_asked_for_from_so_many_days_before_the_end_to_the_end(programme, agreement, days, is_told):
    end = D(2011, 12, 31)
    AgreementTerm.record(by=None, agreement=agreement, started_on=D(2011, 1, 1), ended_on=end)

    assert ("renewal_missing" in codes(programme, end - days * DAY)) is is_told


def test_renewal_is_not_asked_for_once_the_next_term_is_known(programme, agreement, secretary):
    AgreementTerm.record(by=None, agreement=agreement, started_on=D(2011, 1, 1), ended_on=D(2011, 12, 31))
    form = secretary.get(reverse("programme:term", args=[agreement.uuid])).context["form"]

    AgreementTerm.record(by=None, agreement=agreement, started_on=form["started_on"].initial)

    assert form["started_on"].initial == D(2012, 1, 1)
    assert "renewal_missing" not in codes(programme, D(2011, 12, 31))


@pytest.mark.parametrize(
    ("on", "next_on", "words"),
    [
        ("2011-12-31", None, "Runs out on %(day)s, and is not renewed by itself."),
        ("2011-12-31", D(2012, 2, 1), "Runs out on %(day)s. The next term begins on %(next)s."),
        ("2012-01-01", None, "Ran out on %(day)s. No term is recorded after it."),
        ("2012-01-01", D(2012, 2, 1), "Ran out on %(day)s. The next term begins on %(next)s."),
    ],
)
def test_page_says_plainly_when_the_agreement_ends(agreement, secretary, on, next_on, words):
    AgreementTerm.record(by=None, agreement=agreement, started_on=D(2011, 1, 1), ended_on=D(2011, 12, 31))
    if next_on:
        AgreementTerm.record(by=None, agreement=agreement, started_on=next_on)

    page = secretary.get(agreement.get_absolute_url(), {"on": on})

    assert says(words, day="31. december 2011", next="1. februar 2012") in html_of(page)


def test_term_without_an_end_says_nothing_of_one(agreement, secretary):
    AgreementTerm.record(by=None, agreement=agreement, started_on=D(2011, 1, 1))

    assert secretary.get(agreement.get_absolute_url()).context["runs_out"] == ""


# --- Obligations


@pytest.fixture
def obligation(programme, agreement):
    whose = {"agreement": agreement, "organisation": organisation(programme, "municipality")}
    return Obligation.objects.create(text="Betale bidraget", due_on=D(2011, 6, 1), **whose)


def meet(obligation, on):
    evidence = Evidence.objects.create(programme=obligation.agreement.programme, description="Kvittering")
    return ObligationMet.record(by=None, obligation=obligation, evidence=evidence, happened_on=on)


@pytest.mark.parametrize(
    ("due_on", "met_on", "on", "state"),
    [
        (D(2011, 6, 1), None, D(2011, 6, 1), "open"),
        (D(2011, 6, 1), None, D(2011, 6, 2), "overdue"),
        (D(2011, 6, 1), D(2011, 6, 1), D(2011, 6, 9), "met"),
        (D(2011, 6, 1), D(2011, 6, 2), D(2011, 6, 9), "late"),
        (None, None, D(2011, 6, 1), "lasting"),
        (None, D(2011, 6, 1), D(2011, 6, 9), "kept"),
    ],
)
def test_obligation_stands_as_its_days_say(due_on, met_on, on, state):
    assert obligation_state(due_on, met_on, on) == state


def test_obligation_is_found_from_the_day_after_it_was_due_until_it_is_met(programme, obligation):
    told = [found(programme, Moment(D(2011, 6, day)), codes=["obligation_overdue"]) for day in (1, 2)]
    meet(obligation, D(2011, 6, 20))

    assert [[(one.uuid, one.since) for one in listed] for listed in told] == [[], [(obligation.uuid, D(2011, 6, 2))]]
    assert "obligation_overdue" in codes(programme, D(2011, 6, 19))
    assert "obligation_overdue" not in codes(programme, D(2011, 6, 20))


def test_obligation_is_met_with_what_proves_it_and_once(obligation, secretary):
    url = reverse("programme:obligation_met", args=[obligation.uuid])

    bare = sent(secretary, url, happened_on="2011-05-31")
    met = sent(secretary, url, happened_on="2011-05-31", evidence_text="Kontoudtog, maj 2011")
    again = sent(secretary, url, happened_on="2011-06-02", evidence_text="Kontoudtog, juni 2011")

    message = says("Say what proves that the obligation is met.")
    assert bare.context["form"].errors == {"evidence_text": [message]}
    assert met.status_code == 302
    assert again.context["form"].non_field_errors() == [says("The obligation is marked as met already.")]
    values = {"by": None, "obligation": obligation, "happened_on": D(2011, 6, 3)}
    assert refused_by(ObligationMet.record, **values) == "programme_obligation_is_proved"


def test_obligation_that_lasts_is_confirmed_again(programme, agreement, secretary):
    whose = {"agreement": agreement, "organisation": organisation(programme, "foundation")}
    lasting = Obligation.objects.create(text="Drive et sekretariat", **whose)
    url = reverse("programme:obligation_met", args=[lasting.uuid])

    for day in ("2011-03-01", "2011-09-01"):
        sent(secretary, url, happened_on=day, evidence_text="Årsberetning")
    page = secretary.get(agreement.get_absolute_url())

    (line,) = page.context["obligations"]
    assert (line.state, [one.happened_on for one in line.met]) == ("kept", [D(2011, 9, 1), D(2011, 3, 1)])
    assert line.met_url
    assert not line.edit_url


def test_obligation_that_is_met_stays_as_it_was_worded(obligation, secretary):
    url = reverse("programme:obligation_edit", args=[obligation.uuid])
    sent(secretary, url, text="Betale hele bidraget", due_on="2011-07-01", number="2")
    meet(obligation, D(2011, 6, 20))

    answer = sent(secretary, url, text="Noget andet", due_on="", number="1")

    message = says("The obligation is marked as met, so it stays as it is worded. Retract that first.")
    assert answer.context["form"].non_field_errors() == [message]
    obligation.refresh_from_db()
    assert (obligation.text, obligation.due_on) == ("Betale hele bidraget", D(2011, 7, 1))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    ("page", "typed", "message"),
    [
        (
            "obligation_edit",
            {"text": "Noget andet", "due_on": "", "number": "1"},
            "The obligation is marked as met, so it stays as it is worded. Retract that first.",
        ),
        (
            "obligation_met",
            {"happened_on": "2011-06-02", "evidence_text": "Kvittering"},
            "The obligation is marked as met already.",
        ),
    ],
)
def test_obligation_that_somebody_marks_as_met_meanwhile_stays_so(elsewhere, page, typed, message):
    programme = make.plan("København")
    user, agreement = make.user_with_role(programme, "secretariat"), Agreement.objects.get(programme=programme)
    whose = {"agreement": agreement, "organisation": organisation(programme, "municipality")}
    obligation = Obligation.objects.create(text="Betale bidraget", due_on=D(2011, 6, 1), **whose)
    evidence = Evidence.objects.create(programme=programme, description="Kvittering")
    url, client = reverse(f"programme:{page}", args=[obligation.uuid]), Client()
    client.force_login(user)
    hidden = hidden_of(client.get(url))
    with elsewhere.cursor() as cursor:
        cursor.execute("select from programme_obligation where id = %s for update", [obligation.pk])
        cursor.execute(
            "insert into programme_obligationmet (obligation_id, evidence_id, happened_on, uuid, is_date_unknown, note,"
            " retraction_reason) values (%s, %s, '2011-06-01', gen_random_uuid(), false, '', '')",
            [obligation.pk, evidence.pk],
        )

    answer = while_waiting(user, url, hidden | typed, elsewhere)

    assert answer.context["form"].non_field_errors() == [says(message)]
    assert Obligation.objects.get(pk=obligation.pk).text == "Betale bidraget"
    assert ObligationMet.objects.count() == 1


def test_municipality_reads_obligations_without_what_is_noted(obligation, agreement, client_of, caseworker):
    evidence = Evidence.objects.create(programme=agreement.programme, description="HEMMELIG kvittering")
    ObligationMet.record(
        by=None, obligation=obligation, evidence=evidence, happened_on=D(2011, 6, 1), note="HEMMELIG note"
    )

    page = client_of(caseworker).get(agreement.get_absolute_url())

    html = html_of(page)
    assert "Betale bidraget" in html
    assert says("Evidence is noted") in html
    assert "HEMMELIG" not in html


def test_overview_tells_the_municipality_of_what_is_overdue(obligation, client_of, caseworker):
    told = client_of(caseworker).get(reverse("programme:goals"), {"on": "2011-06-02"}).context["findings"]

    assert "obligation_overdue" in {one.code for one in told}
    assert {one.url for one in told} == {""}


def test_obligations_are_those_of_parties(programme, agreement, secretary):
    stranger = make.OrganisationFactory(programme=programme)
    url = reverse("programme:obligation_new", args=[agreement.uuid])

    answer = sent(secretary, url, organisation=stranger.pk, text="Betale", due_on="", number="1")

    assert list(answer.context["form"].errors) == ["organisation"]
