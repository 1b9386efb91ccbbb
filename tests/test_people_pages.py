"""Pages of persons and conversations, through the doors that people take."""

import datetime as dt
import uuid

import pytest
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext

from bydelsmoedre.moment import Moment
from reports.views.conversations import conversation_count
from tests import factories as make
from tests.doors import hidden_of
from tests.people import people_rows, steps
from volunteers.models import Assessment, Candidacy, Conversation, Declaration, LanguageSkill, StageEvent, Volunteer

D = dt.date
pytestmark = pytest.mark.django_db


@pytest.fixture
def association(programme):
    return make.founded_association(programme, name="Bydelsmødre i Tingbjerg")


@pytest.fixture
def mother(association):
    area = association.housing_area
    volunteer = make.VolunteerFactory(
        programme=association.programme, name="Åse Æbelø", phone="20 12 34 56", housing_area=area
    )
    make.membership(volunteer, association, role="mother")
    return volunteer


def names(response):
    return [line.volunteer.name for line in response.context["listing"].page.object_list]


# --- The list


@pytest.fixture
def listed(client_of, secretariat):
    client = client_of(secretariat)
    return lambda **asked: client.get(reverse("volunteers:list"), asked)


@pytest.mark.parametrize(
    "wanted", ["aase æb", "ÅSE", "20123456", "2012 34"], ids=["aa", "capitals", "digits", "spaced"]
)
def test_a_person_is_found_by_name_however_spelt_and_by_phone(listed, mother, wanted):
    make.VolunteerFactory(programme=mother.programme, name="Birgit")

    assert names(listed(q=wanted)) == ["Åse Æbelø"]


def test_the_list_is_asked_for_role_association_district_language_stage_and_former_pay(listed, mother, association):
    other = make.VolunteerFactory(programme=mother.programme, name="Birgit")
    LanguageSkill.record(by=None, volunteer=mother, language="so", happened_on=D(2011, 3, 1))
    make.TransitionFactory(volunteer=mother)
    steps(make.CandidacyFactory(volunteer=other), ("applied", D(2011, 4, 1)))
    hers = {
        "rolle": "mother",
        "forening": str(association.uuid),
        "bydel": str(association.housing_area.district.uuid),
        "sprog": "so",
        "trin": "mother",
        "loennet": "yes",
    }

    assert {name: names(listed(**{name: value})) for name, value in hers.items()} == {
        name: ["Åse Æbelø"] for name in hers
    }
    assert names(listed(trin="candidate")) == names(listed(loennet="no")) == ["Birgit"]
    assert names(listed(trin="candidate", on="2011-03-31")) == []


def test_erased_persons_come_last_and_are_told_as_such(listed, mother):
    make.VolunteerFactory(programme=mother.programme, name="", email="")

    assert names(listed()) == ["Åse Æbelø", ""]
    assert listed().context["listing"].table[1][0].text == str(Volunteer(name=""))


def test_the_list_as_a_file_holds_who_was_asked_for_and_nobody_else(listed, mother):
    make.VolunteerFactory(programme=mother.programme, name="Birgit", phone="30 12 34 56")

    text = listed(rolle="mother", format="csv").content.decode("utf-8-sig")

    assert "Åse Æbelø" in text
    assert "20 12 34 56" in text
    assert "Birgit" not in text
    assert "Birgit" in listed(format="csv").content.decode("utf-8-sig")


# --- One person


def test_each_reader_meets_what_is_hers_of_a_person(client_of, secretariat, foundation, mother, association):
    people_rows(mother.programme, association, mother, "PERSONORD")
    url = reverse("volunteers:detail", args=[mother.uuid])

    def sees(user):
        context = client_of(user).get(url).context
        shown = bool(context["candidacies"]), context["transition"] is not None, bool(context["assessments"])
        return shown, bool(context["declarations"]), context["declare_url"] != ""

    assert sees(secretariat) == ((True, True, True), True, True)
    assert sees(foundation) == ((True, True, False), True, False)
    assert sees(make.local_coordinator(association)) == ((False, False, False), True, True)


def test_her_page_tells_what_was_true_on_the_day_and_offers_nothing_there(client_of, secretariat, mother, association):
    people_rows(mother.programme, association, mother)
    url = reverse("volunteers:detail", args=[mother.uuid])

    then = client_of(secretariat).get(url, {"on": "2011-02-10"}).context

    (candidacy,) = then["candidacies"]
    assert [line.fact.stage for line in candidacy.lines] == ["applied", "interviewed"]
    assert (candidacy.next_steps, then["declare_url"]) == ([], "")
    assert {event.on for event in then["timeline"]} <= {D(2011, 2, day) for day in range(1, 11)}


def test_what_a_mother_has_not_declared_is_told_as_missing(client_of, secretariat, mother):
    Declaration.record(by=None, volunteer=mother, kind="confidentiality", started_on=D(2011, 3, 1))

    lines = client_of(secretariat).get(reverse("volunteers:detail", args=[mother.uuid])).context["declarations"]

    assert [line.shape for line in lines] == ["met", "missed", "missed", "not_yet", "not_yet"]


# --- How she comes


OTHERS = "We cannot create the person from here. Call the secretariat."
TAKEN = "Another volunteer has this e-mail."


@pytest.mark.parametrize(("who", "said"), [("elsewhere", OTHERS), ("hers", TAKEN), ("secretariat", TAKEN)])
def test_a_local_coordinator_is_not_told_whose_an_e_mail_is(client_of, secretariat, mother, association, who, said):
    Volunteer.objects.filter(pk=mother.pk).update(email="aase@example.org")
    other = make.founded_association(association.programme, name="Bydelsmødre andetsteds")
    user, at = {
        "elsewhere": (make.local_coordinator(other), other),
        "hers": (make.local_coordinator(association), association),
        "secretariat": (secretariat, association),
    }[who]
    given = {"name": "Ny", "email": "Aase@example.org", "phone": "", "role": "coordinator", "started_on": "01.06.2011"}

    response = client_of(user).post(reverse("volunteers:create"), given | {"association": at.pk})

    assert response.context["form"].errors == {"email": [gettext(said)]}
    assert Volunteer.objects.filter(email="aase@example.org").count() == 1


def test_a_new_person_with_languages_and_an_interest_begins_a_candidacy(client_of, secretariat):
    url = reverse("volunteers:create")
    given = {"name": "Ny", "email": "", "phone": "", "languages": ["so", "da"], "interested_on": "01.02.2011"}

    response = client_of(secretariat).post(url, given)

    volunteer = Volunteer.objects.get(name="Ny")
    assert response["Location"] == volunteer.get_absolute_url()
    assert set(volunteer.languages.values_list("language", flat=True)) == {"so", "da"}
    assert StageEvent.objects.get(candidacy__volunteer=volunteer).happened_on == D(2011, 2, 1)


def test_the_secretariat_takes_a_candidate_through_the_steps_that_are_offered(client_of, secretariat, programme):
    volunteer = make.VolunteerFactory(programme=programme)
    client = client_of(secretariat)
    client.post(reverse("volunteers:candidacy", args=[volunteer.uuid]), {"happened_on": "2011-02-01"})
    page = reverse("volunteers:detail", args=[volunteer.uuid])

    for day in ("2011-02-10", "2011-02-21", "2011-10-03"):
        (_, address), *_rest = client.get(page).context["candidacies"][0].next_steps
        client.post(address, {"happened_on": day, "note": ""})

    taken = StageEvent.objects.filter(candidacy__volunteer=volunteer).order_by("happened_on")
    assert [step.stage for step in taken] == ["applied", "interviewed", "accepted", "paused"]


def opened(client, url):
    """What a form remembers, hidden, when it is opened."""
    return hidden_of(client.get(url))


@pytest.fixture
def assessed_in_two_tabs(client_of, secretariat, programme):
    """Assessed; opened in a tab; assessed anew in another. What the first tab sends then, and what stands."""
    candidacy = make.CandidacyFactory(volunteer=make.VolunteerFactory(programme=programme))
    client, url = client_of(secretariat), reverse("volunteers:assessment", args=[candidacy.uuid])
    given = {"happened_on": "2011-02-10", "languages_level": "2", "network_level": "2", "network_note": "Få"}
    client.post(url, given)
    early = opened(client, url) | given
    client.post(url, early | {"network_level": "3", "network_note": "Kender alle"})
    known = Assessment.objects.current().filter(candidacy=candidacy)
    return lambda **typed: client.post(url, early | typed), lambda **sent: client.post(url, sent), known


def test_an_assessment_changed_meanwhile_is_shown_and_not_overwritten(assessed_in_two_tabs):
    send, _again, known = assessed_in_two_tabs

    response = send(network_level="1")

    level = dict(Assessment.Level.choices)
    told = [(one.opened, one.theirs, one.yours) for one in response.context["difference"]]
    words = [capfirst(str(level[number])) for number in (2, 3, 1)]
    assert told == [tuple(words), ("Få", "Kender alle", "Få")]
    assert dict(known.values_list("aspect", "level")) == {"languages": 2, "network": 3}


def test_an_assessment_is_saved_when_it_is_sent_once_more_and_keeps_what_was_not_touched(assessed_in_two_tabs):
    send, again, known = assessed_in_two_tabs
    form = send(network_level="1").context["form"]

    response = again(**{field.html_name: field.value() or "" for field in form})

    assert response.status_code == 302
    assert [*known.filter(aspect="network").values_list("level", "note")] == [(1, "Kender alle")]


@pytest.mark.parametrize("memory", ["", "forfalsket", "nul\x00tegn"])
def test_an_assessment_with_a_forged_memory_overwrites_nothing(assessed_in_two_tabs, memory):
    send, _again, known = assessed_in_two_tabs

    assert send(opened_as=memory, network_level="1").context["difference"]
    assert known.get(aspect="network").level == 3


def test_an_assessment_that_changes_supersedes_and_one_that_does_not_stays(client_of, secretariat, programme):
    candidacy = make.CandidacyFactory(volunteer=make.VolunteerFactory(programme=programme))
    client, url = client_of(secretariat), reverse("volunteers:assessment", args=[candidacy.uuid])
    given = {"happened_on": "2011-02-10", "languages_level": "2", "network_level": "3", "network_note": "Kender alle"}
    client.post(url, given)

    client.post(url, opened(client, url) | given | {"languages_level": "3"})

    known = Assessment.objects.current().filter(candidacy=candidacy)
    assert dict(known.values_list("aspect", "level")) == {"languages": 3, "network": 3}
    assert Assessment.objects.filter(candidacy=candidacy).count() == 3


def test_the_sheet_records_several_declarations_of_one_day_and_asks_for_none_twice(client_of, association, mother):
    client = client_of(make.local_coordinator(association))
    url = reverse("volunteers:declaration", args=[mother.uuid])
    given = {"kinds": ["confidentiality", "photo_consent"], "started_on": "2011-03-01", "evidence_text": "Mappe 2"}

    client.post(url, given)

    declared = Declaration.objects.filter(volunteer=mother)
    assert {one.kind for one in declared} == {"confidentiality", "photo_consent"}
    assert len({one.evidence_id for one in declared}) == 1
    assert "confidentiality" not in dict(client.get(url).context["form"].fields["kinds"].choices)


def test_a_consent_to_photos_that_is_withdrawn_can_be_given_again_later(client_of, association, mother):
    client = client_of(make.local_coordinator(association))
    consent = Declaration.record(by=None, volunteer=mother, kind="photo_consent", started_on=D(2011, 3, 1))
    opened = client.get(reverse("volunteers:withdraw_photos", args=[consent.uuid])).context["form"]
    client.post(
        reverse("volunteers:withdraw_photos", args=[consent.uuid]),
        {"seen": opened["seen"].value(), "ended_on": "2011-09-30"},
    )
    sheet = reverse("volunteers:declaration", args=[mother.uuid])

    same_day = client.post(sheet, {"kinds": ["photo_consent"], "started_on": "2011-09-30"})
    next_day = client.post(sheet, {"kinds": ["photo_consent"], "started_on": "2011-10-01"})

    assert (list(same_day.context["form"].errors), next_day.status_code) == (["started_on"], 302)
    assert Declaration.objects.at(Moment(D(2011, 10, 1))).filter(volunteer=mother, kind="photo_consent").count() == 1


def test_a_former_project_and_an_answer_are_recorded(client_of, secretariat, mother):
    client = client_of(secretariat)
    client.post(reverse("volunteers:transition", args=[mother.uuid]), {"project": "tingbjerg"})
    client.post(
        reverse("volunteers:answer", args=[mother.transition.uuid]),
        {"answer": "continues", "happened_on": "2011-02-08"},
    )

    line = client.get(reverse("volunteers:detail", args=[mother.uuid])).context["transition"]

    assert [answer.fact.answer for answer in line.answers] == ["continues"]


# --- Conversations

TALK = {"contact": "school", "topics": ["school", "health"], "next_step": "again", "happened_on": "2011-10-05"}


def test_three_taps_record_a_conversation_and_the_same_one_sent_again_is_stored_once(client_of, association):
    client, url = (
        client_of(make.local_coordinator(association)),
        reverse("volunteers:converse", args=[association.uuid]),
    )
    sent = TALK | {"uuid": str(client.get(url).context["form"]["uuid"].value())}

    first, second = client.post(url, sent), client.post(url, sent)

    assert (first.status_code, second.status_code) == (302, 302)
    told = Conversation.objects.get(association=association)
    assert (str(told.uuid), told.topics, told.minutes) == (sent["uuid"], ["school", "health"], None)
    assert conversation_count(association, Moment(D(2011, 10, 5))) == 1
    assert conversation_count(association, Moment(D(2011, 10, 4))) == 0


def test_a_conversation_that_was_retracted_is_not_recorded_by_being_sent_again(client_of, association):
    client, url = (
        client_of(make.local_coordinator(association)),
        reverse("volunteers:converse", args=[association.uuid]),
    )
    sent = TALK | {"uuid": str(uuid.uuid4())}
    client.post(url, sent)
    Conversation.objects.get().retract(by=None, reason="Registreret to gange")

    assert client.post(url, sent).status_code == 302
    assert conversation_count(association, Moment(D(2011, 10, 5))) == 0


def test_another_association_s_conversation_is_not_answered_as_saved(client_of, association):
    elsewhere = make.AssociationFactory(programme=association.programme)
    theirs = make.conversation(elsewhere)
    url = reverse("volunteers:converse", args=[association.uuid])

    response = client_of(make.local_coordinator(association)).post(url, TALK | {"uuid": str(theirs.uuid)})

    assert response.status_code == 200
    assert response.context["form"].non_field_errors()
    assert Conversation.objects.count() == 1


def test_a_local_coordinator_lists_her_own_association_s_conversations(client_of, association):
    make.conversation(association)
    make.conversation(make.AssociationFactory(programme=association.programme))

    listing = client_of(make.local_coordinator(association)).get(reverse("volunteers:conversations")).context["listing"]

    assert [one.association for one in listing.page.object_list] == [association]


def test_conversations_are_asked_for_by_association_period_and_topic(client_of, secretariat, association):
    wanted = make.conversation(association, D(2011, 5, 1), topics=["health"])
    make.conversation(make.AssociationFactory(programme=association.programme), D(2011, 5, 1), topics=["school"])
    asked = {"forening": str(association.uuid), "fra": "2011-05-01", "til": "2011-05-01", "emne": "health"}
    client, url = client_of(secretariat), reverse("volunteers:conversations")

    found = {name: client.get(url, {name: value}).context["listing"].count for name, value in asked.items()}

    assert found == {"forening": 1, "fra": 2, "til": 2, "emne": 1}
    assert list(client.get(url, asked).context["listing"].page.object_list) == [wanted]


def test_no_candidacy_is_left_half_begun(client_of, secretariat):
    given = {"name": "Ny", "email": "", "phone": "", "interested_on": "31.02.2011"}

    client_of(secretariat).post(reverse("volunteers:create"), given)

    assert (Volunteer.objects.count(), Candidacy.objects.count()) == (0, 0)
