"""Who is to be erased, and from which day: applicants six months after a no, leavers two years after they left."""

import datetime as dt
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse

from budget.models import Posting
from bydelsmoedre.moment import Moment
from programme.models import Evidence
from reports.findings import found
from tests import factories as make
from tests.people import steps
from volunteers.models import LanguageSkill, Membership, TransitionAnswer, Volunteer
from volunteers.retention import due

D = dt.date
DAY = dt.timedelta(days=1)
pytestmark = pytest.mark.django_db


@pytest.fixture
def association(programme):
    return make.AssociationFactory(programme=programme, opened_on=D(2008, 1, 1))


def applicant(programme, *taken):
    person = make.VolunteerFactory(programme=programme, name="ANSØGER")
    steps(make.CandidacyFactory(volunteer=person), *taken)
    return person


def role(person, association, since, until=None, name="mother"):
    return make.membership(person, association, role=name, since=since, until=until)


def on(programme, day):
    return {one.uuid for one in due(programme.pk, Moment(day))}


def due_from(person, day):
    """Not the day before, but on the day and after."""
    programme = person.programme
    return [person.uuid in on(programme, one) for one in (day - DAY, day, day + DAY)] == [False, True, True]


REFUSED = (("applied", D(2011, 1, 3)), ("interviewed", D(2011, 1, 10)), ("declined", D(2011, 1, 31)))


def test_applicant_is_due_six_months_after_a_no(programme):
    assert due_from(applicant(programme, *REFUSED), D(2011, 7, 31))


def test_six_months_after_the_end_of_a_long_month_end_with_the_short_one(programme):
    withdrawn = applicant(programme, ("applied", D(2011, 8, 1)), ("withdrawn", D(2011, 8, 31)))

    assert due_from(withdrawn, D(2012, 2, 29))


def test_leaver_is_due_two_years_after_her_last_role(programme, association):
    person = applicant(
        programme, ("applied", D(2009, 1, 1)), ("interviewed", D(2009, 1, 2)), ("accepted", D(2009, 1, 3))
    )
    role(person, association, D(2009, 2, 1), D(2009, 6, 30))
    role(person, association, D(2009, 3, 1), D(2009, 9, 30), "chair")

    assert due_from(person, D(2011, 9, 30))


def test_leaver_is_due_two_years_after_the_step_where_that_is_later(programme, association):
    person = make.VolunteerFactory(programme=programme)
    role(person, association, D(2009, 2, 1), D(2009, 6, 30))
    taken = [("applied", D(2009, 1, 1)), ("interviewed", D(2009, 1, 2)), ("accepted", D(2009, 1, 3))]
    steps(make.CandidacyFactory(volunteer=person), *taken, ("left", D(2009, 8, 15)))

    assert due_from(person, D(2011, 8, 15))


def test_formerly_paid_mother_is_due_six_months_after_her_own_no(programme):
    former = make.TransitionFactory(volunteer=make.VolunteerFactory(programme=programme))
    TransitionAnswer.record(by=None, transition=former, answer="undecided", happened_on=D(2011, 2, 8))
    TransitionAnswer.record(by=None, transition=former, answer="no", happened_on=D(2011, 4, 1))

    assert due_from(former.volunteer, D(2011, 10, 1))


def test_who_left_and_was_then_refused_is_due_when_both_terms_have_passed(programme, association):
    person = applicant(programme, *REFUSED)
    role(person, association, D(2009, 1, 1), D(2009, 12, 31))

    assert due_from(person, D(2011, 12, 31))


LATE = D(2030, 1, 1)


def test_who_is_here_is_never_due(programme, association):
    came_back = applicant(programme, *REFUSED)
    steps(make.CandidacyFactory(volunteer=came_back), ("applied", D(2011, 3, 1)))
    mother, chair, soon, training = (applicant(programme, *REFUSED) for _ in range(4))
    role(mother, association, D(2011, 4, 1))
    role(chair, association, D(2011, 4, 1), name="chair")
    role(soon, association, LATE + 30 * DAY, LATE + 60 * DAY)
    accepted = [("applied", D(2011, 3, 1)), ("interviewed", D(2011, 3, 2)), ("accepted", D(2011, 3, 3))]
    steps(make.CandidacyFactory(volunteer=training), *accepted)
    last_day = applicant(programme, *REFUSED)
    role(last_day, association, D(2011, 4, 1), LATE)
    make.VolunteerFactory(programme=programme)

    assert on(programme, LATE) == set()


def test_no_that_was_a_mistake_makes_nobody_due(programme):
    person = applicant(programme, *REFUSED)
    person.candidacies.get().stages.get(stage="declined").retract(by=None, reason="Forkert person")

    assert on(programme, LATE) == set()


def test_other_programme_s_persons_are_not_listed(programme):
    applicant(make.twin(), *REFUSED)

    assert on(programme, LATE) == set()


# --- As a finding, by the command, on the page


def test_who_is_due_is_a_finding_from_the_day_on(programme):
    person = applicant(programme, *REFUSED)

    def told(day):
        return [(one.uuid, one.since) for one in found(programme, Moment(day), codes=["erasing_due"])]

    assert (told(D(2011, 7, 30)), told(D(2011, 7, 31))) == ([], [(person.uuid, D(2011, 7, 31))])


def run(**options):
    out = StringIO()
    call_command("apply_retention", stdout=out, **options)
    return out.getvalue()


def test_command_lists_without_erasing_and_names_nobody(programme):
    person = applicant(programme, *REFUSED)

    told = run(dry_run=True)

    assert (str(person.uuid) in told, "ANSØGER" in told, "1 due, nobody was erased." in told) == (True, False, True)
    assert Volunteer.objects.get(pk=person.pk).erased_at is None


def test_command_erases_who_is_due_and_nobody_else(programme, association, secretariat):
    gone, here = applicant(programme, *REFUSED), applicant(programme, *REFUSED)
    role(here, association, D(2011, 4, 1))

    assert "1 due, 1 erased." in run(by=secretariat.email)

    gone.refresh_from_db()
    here.refresh_from_db()
    assert (gone.name, here.name) == ("", "ANSØGER")
    assert gone.events.latest("pgh_id").pgh_context["user"] == secretariat.pk
    assert "0 due" in run()


def test_command_by_nobody_known_is_refused(programme):
    with pytest.raises(CommandError, match="no active user"):
        run(by="ukendt@example.org")


def test_accounts_keep_their_vouchers(programme):
    """A paper that proves a posting too is kept with it."""
    voucher = Evidence.objects.create(programme=programme, description="Bilag 12, kursusudgift")
    gone = applicant(programme, *REFUSED)
    LanguageSkill.record(by=None, volunteer=gone, language="ar", happened_on=D(2011, 1, 4), evidence=voucher)
    line = make.BudgetLineFactory(budget=make.BudgetFactory(programme=programme, year=2031))
    posting = Posting.record(
        by=None,
        source="Regnskab",
        line=line,
        amount="120",
        text="Kursus",
        supplier="ANSØGER",
        happened_on=D(2011, 1, 4),
        evidence=voucher,
    )

    run()

    voucher.refresh_from_db()
    posting.refresh_from_db()
    assert (voucher.description, posting.supplier) == ("Bilag 12, kursusudgift", "ANSØGER")


def test_page_erases_the_chosen_after_a_look(programme, secretary):
    chosen, left = applicant(programme, *REFUSED), applicant(programme, *REFUSED)
    url = reverse("volunteers:retention")

    response = secretary.post(url, {"persons": [str(chosen.uuid)]}, follow=True)

    erased = Volunteer.objects.filter(erased_at__isnull=False)
    assert [person.pk for person in erased] == [chosen.pk]
    assert "1 person er slettet" in response.content.decode()
    assert "ANSØGER" in response.content.decode(), left


def test_page_refuses_who_has_come_back_meanwhile(programme, association, secretary):
    chosen, _ = applicant(programme, *REFUSED), applicant(programme, *REFUSED)
    secretary.get(reverse("volunteers:retention"))
    role(chosen, association, D(2011, 4, 1))

    response = secretary.post(reverse("volunteers:retention"), {"persons": [str(chosen.uuid)]})

    assert list(response.context["form"].errors) == ["persons"]
    assert not Volunteer.objects.filter(erased_at__isnull=False).exists()


def test_page_without_anybody_due_says_so(programme, secretary):
    html = secretary.get(reverse("volunteers:retention")).content.decode()

    assert '<form method="post" novalidate' not in html.partition("<main")[2]


# --- One who asks to be erased


def test_erasing_page_says_what_stays_and_erases_only_when_sure(programme, association, secretary):
    person = applicant(programme, *REFUSED)
    role(person, association, D(2011, 4, 1))
    url = reverse("volunteers:erase", args=[person.uuid])

    html = secretary.get(url).content.decode()
    refused = secretary.post(url, {})
    person.refresh_from_db()
    assert ("Trin i ansøgninger" in html or "Trin" in html, list(refused.context["form"].errors)) == (True, ["is_sure"])
    assert person.name == "ANSØGER"

    done = secretary.post(url, {"is_sure": "on"}, follow=True)

    person.refresh_from_db()
    assert (person.name, done.status_code, secretary.get(url).status_code) == ("", 200, 404)
    assert Membership.objects.current().filter(volunteer=person).exists()


def test_her_login_goes_with_her_unless_she_works_for_the_programme(programme, secretary, client_of):
    own, staff = make.UserFactory(name="EGEN"), make.user_with_role(programme, "secretariat")
    session = client_of(own)
    for user in (own, staff):
        person = make.VolunteerFactory(programme=programme, user=user)
        secretary.post(reverse("volunteers:erase", args=[person.uuid]), {"is_sure": "on"})

    own.refresh_from_db()
    staff.refresh_from_db()
    assert (own.name, own.is_active, own.has_usable_password()) == ("", False, False)
    assert (staff.is_active, staff.email.startswith("slettet")) == (True, False)
    assert session.get("/").status_code == 302
