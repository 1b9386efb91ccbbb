"""Messages: who gets one, in which language, and who does not; looked at before they are sent; refused with a link."""

import datetime as dt
import re
import uuid

import pytest
from django.core import mail
from django.urls import reverse

from bydelsmoedre.moment import today
from programme.models import Attempt, Reading
from tests import factories as make
from tests.doors import CPR, assert_refused, html_of, saved, says, send
from volunteers.access_copy import AccessCopy
from volunteers.links import token_of as link_token
from volunteers.merging import merge
from volunteers.messages.recipients import own_language, recipients
from volunteers.messages.sending import send_waiting
from volunteers.messages.stopping import stop, token_of
from volunteers.models import Call, Conversation, Delivery, LanguageSkill, MailChoice, Message, MessageText, Volunteer
from volunteers.privacy import erase

D = dt.date
pytestmark = pytest.mark.django_db

LETTER = {"subject": "Sommerfest", "body": "Kom på lørdag."}
TURKISH = {"language_1": "tr", "subject_1": "Yaz şenliği", "body_1": "Cumartesi gel."}


def person(programme, email="", **values):
    return make.VolunteerFactory(programme=programme, email=email, **values)


def speaks(volunteer, language, level=""):
    LanguageSkill.record(by=None, volunteer=volunteer, language=language, level=level, happened_on=D(2011, 2, 1))


def says_no(volunteer, on=D(2011, 3, 1), wish="none"):
    return MailChoice.record(by=None, volunteer=volunteer, wish=wish, happened_on=on)


def looked_at_and_sent(client, address, **written):
    """As a browser does: open, look, send what stands in the preview. Gives the preview and the answer."""
    opened = client.get(address).context["form"]
    hidden = {name: opened[name].value() for name in ("uuid", "seen")}
    preview = client.post(address, hidden | LETTER | written)
    carried = {field.html_name: field.value() or "" for field in preview.context["form"]}
    return preview, client.post(address, carried | {"handling": "send"}, follow=True)


# --- Who gets it


@pytest.mark.parametrize(
    ("skills", "offered", "language"),
    [
        ([("tr", "native"), ("da", "b2")], {"tr"}, "tr"),
        ([("tr", "native"), ("da", "b2")], {"ar"}, "da"),
        ([("tr", "b2"), ("ar", "native")], {"tr"}, "da"),
        ([("tr", ""), ("da", "b2")], {"tr"}, "tr"),
        ([("da", "native"), ("tr", "")], {"tr"}, "da"),
        ([], {"tr"}, "da"),
    ],
)
def test_her_first_language_if_it_is_written_in_it_else_danish(skills, offered, language):
    assert own_language(skills, offered) == language


def test_each_gets_it_once_and_who_does_not_is_told_why(programme):
    with_mail, without = person(programme, "med@example.org"), person(programme)
    out, back = person(programme, "nej@example.org"), person(programme, "igen@example.org")
    says_no(out)
    says_no(back)
    says_no(back, on=D(2011, 4, 1), wish="wanted")
    kept = person(programme, "en@example.org")
    twice = person(programme, "to@example.org")
    merge(twice, kept, by=None)
    erase(person(programme, "slettet@example.org"), by=None)

    found = {one.id: one.skipped for one in recipients(Volunteer.objects.filter(programme=programme), set())}

    assert found == {with_mail.pk: "", without.pk: "no_address", out.pk: "opted_out", back.pk: "", kept.pk: ""}


def test_what_a_duplicate_has_said_holds_for_who_is_kept(programme):
    kept, twice = person(programme, "en@example.org"), person(programme, "to@example.org")
    says_no(twice)
    merge(twice, kept, by=None)

    [one] = recipients(Volunteer.objects.filter(programme=programme), set())
    assert (one.id, one.skipped) == (kept.pk, "opted_out")


# --- Written, looked at, sent


def test_a_list_is_looked_at_then_sent_each_in_her_language(programme, secretariat, secretary):
    dane, turk = person(programme, "dansk@example.org"), person(programme, "tyrkisk@example.org")
    speaks(turk, "tr", "native")
    says_no(person(programme, "nej@example.org", name="Nej Tak"))
    person(programme, name="Uden Adresse")
    person(make.ProgrammeFactory(), "fremmed@example.org")

    preview, answer = looked_at_and_sent(secretary, reverse("volunteers:write_to_list"), **TURKISH)

    page = html_of(preview)
    assert (preview.context["preview"]["count"], preview.context["preview"]["left_count"]) == (2, 2)
    assert dict(preview.context["preview"]["languages"]) == {"Dansk": 1, "Tyrkisk": 1}
    assert all(words in page for words in ("Nej Tak", "vil ikke have e-mails", "Uden Adresse", "har ingen e-mail"))
    assert {(one.to[0], one.subject) for one in mail.outbox} == {
        ("dansk@example.org", "Sommerfest"),
        ("tyrkisk@example.org", "Yaz şenliği"),
    }
    message = Message.objects.get()
    assert answer.redirect_chain == [(message.get_absolute_url(), 302)]
    assert (message.sent_by, message.texts.count()) == (secretariat, 2)
    told = {one.volunteer_id: (one.state, one.language) for one in message.deliveries.with_state()}
    assert (told[dane.pk], told[turk.pk]) == (("sent", "da"), ("sent", "tr"))
    assert sorted(state for state, _language in told.values()) == ["sent", "sent", "skipped", "skipped"]
    assert Reading.objects.filter(page="volunteers:message", persons__contains=[dane.uuid]).exists()


def test_the_lists_filter_is_kept(programme, secretary):
    place = make.founded_association(programme)
    mother, other = person(programme, "mor@example.org"), person(programme, "anden@example.org")
    make.membership(mother, place, role="mother")
    make.membership(other, place, role="substitute")
    listed = secretary.get(reverse("volunteers:list"), {"rolle": "mother"})
    link = re.search(r'href="([^"]*beskeder/ny/[^"]*)"', html_of(listed))[1]

    looked_at_and_sent(secretary, link)

    assert [one.to for one in mail.outbox] == [["mor@example.org"]]


def test_the_same_message_sent_twice_is_one(programme, secretary):
    amina = person(programme, "a@example.org")
    address = reverse("volunteers:write_to_one", args=[amina.uuid])
    seen = secretary.get(address).context["form"]["seen"].value()
    sent = LETTER | {"uuid": str(uuid.uuid4()), "seen": seen, "handling": "send"}

    answers = [secretary.post(address, sent) for _ in range(2)]

    assert [one.status_code for one in answers] == [302, 302]
    assert (Message.objects.count(), len(mail.outbox)) == (1, 1)


def test_a_list_that_has_changed_since_it_was_looked_at_is_looked_at_again(programme, secretary):
    person(programme, "a@example.org")
    address = reverse("volunteers:write_to_list")
    opened = secretary.get(address).context["form"]
    sent = LETTER | {name: opened[name].value() for name in ("uuid", "seen")} | {"handling": "send"}
    person(programme, "ny@example.org")

    answer = secretary.post(address, sent)

    assert (answer.context["has_changed"], answer.context["preview"]["count"]) == (True, 2)
    assert (Message.objects.count(), mail.outbox) == (0, [])


def test_many_wait_for_the_command(programme, secretary, monkeypatch):
    monkeypatch.setattr("reports.views.messages.AT_ONCE", 1)
    for number in range(2):
        person(programme, f"{number}@example.org")

    _preview, answer = looked_at_and_sent(secretary, reverse("volunteers:write_to_list"))
    assert mail.outbox == []
    secretary.post(answer.context["send_url"])

    assert len(mail.outbox) == 2


# --- A local coordinator


def test_a_local_coordinator_writes_to_her_own_and_finds_what_she_wrote(programme, client_of):
    place = make.founded_association(programme)
    mother = person(programme, "mor@example.org")
    make.membership(mother, place, role="mother")
    make.membership(person(programme, "gammel@example.org"), place, role="mother", until=D(2011, 6, 1))
    person(programme, "fremmed@example.org")
    theirs = make.message(programme)
    client = client_of(make.local_coordinator(place))

    looked_at_and_sent(client, reverse("volunteers:write_to_members", args=[place.uuid]))

    assert [one.to for one in mail.outbox] == [["mor@example.org"]]
    rows = client.get(reverse("volunteers:messages")).context["listing"].page.object_list
    assert [row.subject for row in rows] == ["Sommerfest"]
    assert client.get(theirs.get_absolute_url()).status_code == 404


def test_she_no_longer_meets_who_has_left(programme, client_of):
    place = make.founded_association(programme)
    mother = person(programme, "mor@example.org")
    role = make.membership(mother, place, role="mother")
    user = make.local_coordinator(place)
    sent = make.delivery(mother, by=user)
    page = sent.message.get_absolute_url()
    before = client_of(user).get(page).context["page"].object_list

    role.supersede(by=None, reason="Stoppet", ended_on=D(2011, 6, 1))

    assert (list(before), list(client_of(user).get(page).context["page"].object_list)) == ([sent], [])


# --- Her own link


def stop_address(delivery):
    return reverse("volunteers:stop_mails", args=[token_of(delivery)])


def test_each_mail_holds_her_own_link_by_which_she_stops_them(programme, client):
    delivery = make.delivery(person(programme, "a@example.org"))
    send_waiting()
    [sent] = mail.outbox
    path = re.search(r"https?://[^/\s]+(/stop/\S+)", sent.body)[1]

    opened = client.get(path)
    by_opening = MailChoice.objects.count()
    for _ in range(2):
        client.post(path, {"List-Unsubscribe": "One-Click"})

    assert path in sent.extra_headers["List-Unsubscribe"]
    assert (opened.status_code, by_opening) == (200, 0)
    choice = MailChoice.objects.get()
    assert (choice.volunteer, choice.wish, choice.happened_on, choice.recorded_by) == (
        delivery.volunteer, "none", today(), None,
    )  # fmt: skip
    assert str(delivery.volunteer) not in html_of(client.get(path))


def test_nothing_that_is_stored_opens_a_link(programme, client):
    delivery = make.delivery(person(programme, "a@example.org"))
    token = token_of(delivery)

    tried = [str(delivery.uuid), token[:-1], token.partition(".")[0]]

    answers = {client.post(reverse("volunteers:stop_mails", args=[one])).status_code for one in tried}
    assert (answers, MailChoice.objects.count()) == ({404}, 0)


def test_a_link_is_dead_once_she_is_erased(programme, client):
    delivery = make.delivery(person(programme, "a@example.org"))
    erase(delivery.volunteer, by=None)

    assert client.get(stop_address(delivery)).status_code == 404


def test_links_may_be_used_so_often_from_one_address(programme, client, monkeypatch):
    monkeypatch.setattr("volunteers.views.messages.FROM_ONE", 2)
    addresses = [stop_address(make.delivery(person(programme, f"{one}@example.org"))) for one in range(3)]

    assert [client.post(one).status_code for one in addresses] == [302, 302, 429]
    assert MailChoice.objects.count() == 2


def test_a_conversations_link_is_used_so_often_and_what_is_refused_is_kept(programme, client, monkeypatch):
    monkeypatch.setattr("volunteers.views.conversations.FROM_ONE", 1)
    link = make.conversation_link(make.founded_association(programme))
    address = reverse("volunteers:own_conversation", args=[link_token(link)])
    talk = {"contact": "school", "topics": ["school"], "next_step": "again", "happened_on": "2011-10-05"}

    first = client.post(address, talk | {"uuid": str(uuid.uuid4())})
    by_script = client.post(address, talk | {"uuid": str(uuid.uuid4())}, headers={"Accept": "application/json"})
    by_hand = client.post(address, talk | {"uuid": str(uuid.uuid4())})

    assert (first.status_code, by_script.status_code, by_hand.status_code) == (302, 429, 200)
    assert by_hand.context["form"]["contact"].value() == "school"
    assert Conversation.objects.count() == 1
    assert Attempt.objects.filter(what="conversation").count() == 1, "what is refused is not counted"


# --- Erased with her


def test_what_was_written_to_her_alone_goes_with_her_and_what_all_got_stays(programme, secretary):
    amina, other = person(programme, "a@example.org"), person(programme, "b@example.org")
    looked_at_and_sent(secretary, reverse("volunteers:write_to_one", args=[amina.uuid]), subject="Kære Amina")
    looked_at_and_sent(secretary, reverse("volunteers:write_to_list"))
    told = AccessCopy(amina).as_json().decode()

    erase(amina, by=None)

    assert ("Kære Amina" in told, "Sommerfest" in told) == (True, True)
    assert sorted(MessageText.objects.values_list("subject", flat=True)) == ["", "Sommerfest"]
    assert set(Delivery.objects.filter(volunteer=amina).values_list("subject", flat=True)) == {""}
    assert Delivery.objects.get(volunteer=other).subject == "Sommerfest"
    assert Call.objects.count() == 0
    assert {secretary.get(one.get_absolute_url()).status_code for one in Message.objects.all()} == {200}


# --- What is refused


def test_a_message_to_nobody_is_refused(programme, secretary):
    address = reverse("volunteers:write_to_one", args=[person(programme).uuid])
    hidden = {name: secretary.get(address).context["form"][name].value() for name in ("uuid", "seen")}

    answer = secretary.post(address, LETTER | hidden | {"handling": "send"})

    assert answer.context["form"].non_field_errors() == [says("Nobody would get it: see below why.")]
    assert Message.objects.count() == 0


def test_a_wish_that_is_retracted_holds_no_more(programme):
    amina = person(programme, "a@example.org")
    stop(amina)
    MailChoice.objects.get().retract(by=None, reason="Det var en anden")

    [one] = recipients(Volunteer.objects.filter(pk=amina.pk), set())
    assert one.skipped == ""


@pytest.mark.parametrize(
    ("field", "typed", "message"),
    [
        ("subject", f"Se {CPR}", "It looks like a CPR number. We may not store that."),
        ("body", f"Se {CPR}", "It looks like a CPR number. We may not store that."),
        ("body_1", "Cumartesi gel.", None),
    ],
)
def test_form_refuses_and_keeps(world, visitor, field, typed, message):
    before = saved()

    answer = send(world, visitor, "volunteers:write_to_one", **{field: typed})

    if message:
        assert_refused(answer, field, says(message), typed, before)
    else:
        said = [says("Language, subject and message belong together.")]
        assert dict(answer.context["form"].errors) == {"language_1": said, "subject_1": said}
        assert (answer.context["form"][field].value(), saved()) == (typed, before)


def test_a_wish_of_a_day_to_come_is_refused(world, visitor):
    before = saved()
    message = says("The date is in the future. Record it when it has happened.")

    answer = send(world, visitor, "volunteers:mail_choice", happened_on="2099-01-01")

    assert_refused(answer, "happened_on", message, "2099-01-01", before)
