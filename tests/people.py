"""What the pages of persons and conversations are about: rows for tests that try every door, and addresses."""

import datetime as dt

from bydelsmoedre.languages import LANGUAGES
from programme.models import Reading
from tests import factories as make
from volunteers.links import token_of
from volunteers.messages.stopping import token_of as stop_token
from volunteers.models import Assessment, Call, Declaration, LanguageSkill, MailChoice, StageEvent, TransitionAnswer

D = dt.date


def steps(candidacy, *taken):
    """Steps of a candidacy: (stage, day)."""
    return [StageEvent.record(by=None, candidacy=candidacy, stage=stage, happened_on=on) for stage, on in taken]


def people_rows(programme, association, volunteer, word="", count=1):
    """How the volunteer came, what she has declared, and conversations of the association: `count` of what may be
    many. `unasked` is a person of whom nothing is recorded. `word` stands in what is written about persons."""
    candidacy = make.CandidacyFactory(volunteer=volunteer)
    first = StageEvent.record(
        by=None, candidacy=candidacy, stage="applied", happened_on=D(2011, 2, 1), note=f"{word} ringede selv"
    )
    steps(candidacy, ("interviewed", D(2011, 2, 10)), ("accepted", D(2011, 2, 21)))
    for number in range(count):
        day = D(2011, 3, 1) + dt.timedelta(2 * number)
        steps(candidacy, ("paused", day), ("resumed", day + dt.timedelta(1)))
        make.conversation(association, D(2011, 4, 1) + dt.timedelta(number))
    seen = Assessment.record(
        by=None, candidacy=candidacy, aspect="network", level=3, happened_on=D(2011, 2, 10), note=f"{word} kender alle"
    )
    for language, _ in LANGUAGES[1 : min(count, 20)]:
        LanguageSkill.record(by=None, volunteer=volunteer, language=language, happened_on=D(2011, 2, 1))
    former = make.TransitionFactory(volunteer=volunteer)
    for number in range(count):
        day = D(2011, 2, 8) + dt.timedelta(number)
        answer = TransitionAnswer.record(by=None, transition=former, answer="continues", happened_on=day)
    for number in range(count):
        gone = make.VolunteerFactory(programme=programme, name=f"{word} Borte {number or ''}".strip())
        steps(make.CandidacyFactory(volunteer=gone), ("applied", D(2011, 2, 1)), ("withdrawn", D(2011, 2, 10)))
        reading = Reading.objects.create(
            programme=programme,
            user=make.UserFactory(name=f"{word} Kollega"),
            how="page",
            page="volunteers:detail",
            persons=[gone.uuid],
        )
    for number in range(count):
        day = D(2011, 2, 3) + dt.timedelta(number)
        call = Call.record(by=None, volunteer=volunteer, outcome="no_answer", happened_on=day)
        waits = make.VolunteerFactory(programme=programme, name=f"{word} Venter {number or ''}".strip())
        steps(make.CandidacyFactory(volunteer=waits), ("applied", D(2011, 2, 1)))
    return {
        "gone": gone,
        "laesning": reading,
        "candidacy": candidacy,
        "transition": former,
        "unasked": make.VolunteerFactory(programme=programme, name=f"{word} Uspurgt"),
        "sprog": LanguageSkill.record(by=None, volunteer=volunteer, language="ar", happened_on=D(2011, 2, 1)),
        "trin-i-rekruttering": first,
        "vurdering": seen,
        "erklaering": Declaration.record(
            by=None, volunteer=volunteer, kind="confidentiality", started_on=D(2011, 3, 1), note=f"{word} i et notat"
        ),
        "samtykke": Declaration.record(by=None, volunteer=volunteer, kind="photo_consent", started_on=D(2011, 3, 1)),
        "svar": answer,
        "samtale": make.conversation(association, D(2011, 5, 1)),
        "opkald": call,
        "e-mails": MailChoice.record(by=None, volunteer=volunteer, wish="wanted", happened_on=D(2011, 3, 1)),
        "delivery": make.delivery(volunteer, word, count=count),
        "converse": association,
        "samme-person": make.same_person(volunteer, name=f"{word} Dublet"),
        "link": make.conversation_link(association, name=f"{word} Linkejer"),
    }


#: What can be retracted of these, by the word in the address.
PEOPLE_KINDS = (
    "sprog",
    "trin-i-rekruttering",
    "vurdering",
    "erklaering",
    "svar",
    "samtale",
    "samme-person",
    "opkald",
    "e-mails",
)


def _person(rows):
    return rows["trin-i-rekruttering"].candidacy.volunteer


def people_doors(rows):
    """Door → what its address is about, and what else stands in it."""
    return {
        "volunteers:candidacy": [rows["unasked"].uuid],
        "volunteers:stage left": [rows["candidacy"].uuid, "left"],
        "volunteers:assessment": [rows["candidacy"].uuid],
        "volunteers:transition": [rows["unasked"].uuid],
        "volunteers:answer": [rows["transition"].uuid],
        "volunteers:call": [_person(rows).uuid],
        "volunteers:mail_choice": [_person(rows).uuid],
        "volunteers:write_to_one": [_person(rows).uuid],
        "volunteers:write_to_members": [rows["converse"].uuid],
        "volunteers:message": [rows["delivery"].message.uuid],
        "volunteers:send": [rows["delivery"].message.uuid],
        "volunteers:stop_mails": [stop_token(rows["delivery"])],
        "volunteers:language": [_person(rows).uuid],
        "volunteers:declaration": [_person(rows).uuid],
        "volunteers:withdraw_photos": [rows["samtykke"].uuid],
        "volunteers:converse": [rows["converse"].uuid],
        "volunteers:access": [rows["candidacy"].volunteer.uuid],
        "volunteers:access_file pdf": [rows["candidacy"].volunteer.uuid, "pdf"],
        "volunteers:erase": [rows["gone"].uuid],
        "volunteers:check_reading": [rows["laesning"].uuid],
        "volunteers:elect": [rows["converse"].uuid],
        "volunteers:apply": [_person(rows).programme.uuid],
        "volunteers:applied": [_person(rows).programme.uuid],
        "volunteers:merge": [_person(rows).uuid, rows["unasked"].uuid],
        "volunteers:different": [_person(rows).uuid, rows["unasked"].uuid],
        "volunteers:conversation_link": [rows["link"].volunteer.uuid],
        "volunteers:own_conversation": [token_of(rows["link"])],
    }
