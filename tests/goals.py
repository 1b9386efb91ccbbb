"""What the pages of goals and agreements are about: rows for the tests that try every door, and their addresses."""

import datetime as dt

from bydelsmoedre.moment import today
from programme.models import (
    ActionDone,
    Adoption,
    Agreement,
    AgreementAnnex,
    AgreementParty,
    AgreementTerm,
    AgreementVersion,
    BodyMember,
    CriterionVersion,
    Decision,
    Deferral,
    Document,
    Evidence,
    MeetingHeld,
    Obligation,
    ObligationMet,
    Organisation,
    Signature,
    SuccessCriterion,
)
from programme.rules import adopt
from tests import factories as make
from tests.effects import effect_doors, effect_rows
from tests.hearings import HEARING_KINDS, hearing_doors, hearing_rows
from tests.workplan import milestone_doors, milestone_rows

D = dt.date

#: What can be retracted of these, by the word in the address.
GOALS_KINDS = (
    "moede",
    "beslutning",
    "handling",
    "part",
    "periode",
    "aftaleversion",
    "aftalebilag",
    "forpligtelse-opfyldt",
    "organmedlem",
    "regel",
    "maaling",
    "milepael",
    *HEARING_KINDS,
)


def put_off_until(programme, code, thing, days=10, reason="answer", by=None):
    """A finding waits for so many days from today on."""
    until = today() + dt.timedelta(days - 1)
    told = {"started_on": today(), "ended_on": until, "why": reason}
    return Deferral.record(by=by, programme=programme, code=code, thing=thing, **told)


def goals_rows(programme, word="", count=1):
    """Meetings to come and held, an agreement with parties and a term, documents: `count` of what may be many.
    `word` stands in what is written about persons."""
    group = Organisation.objects.get(programme=programme, kind="steering_group")
    evidence = Evidence.objects.create(programme=programme, description=f"{word} i et referat")
    agenda, plan = f"{word} fortæller", {"programme": programme, "body": group}
    coming = make.MeetingFactory(**plan, title="Møde til vinter", planned_on=D(2011, 12, 1), agenda=agenda)
    held = make.MeetingFactory(**plan, title="Møde i juni", planned_on=D(2011, 6, 8), agenda=agenda)
    fact = MeetingHeld.record(by=None, meeting=held, happened_on=D(2011, 6, 8), note=f"{word} var syg")
    for number in range(count):
        day = D(2011, 6, 8) + dt.timedelta(number)
        values = {"by": None, "meeting": held, "happened_on": day, "evidence": evidence}
        decision = Decision.record(text=f"Beslutning {number}", **values)
        make.MeetingFactory(**plan, title=f"Møde {number}", planned_on=D(2010, 1, 1) + dt.timedelta(number))
        make.DocumentFactory(programme=programme, kind="other", adopted_by=group)
        done = make.ActionPointFactory(meeting=held, text=f"{word} ringer {number}")
        carried_out = ActionDone.record(by=None, action_point=done, happened_on=day, note=f"{word} ringede")
        point = make.ActionPointFactory(meeting=held, text=f"{word} skriver {number}")
        put_off = make.ActionPointFactory(meeting=held, text=f"{word} venter {number}")
        put_off_until(programme, "action_overdue", put_off.uuid)
    return (
        {
            "meeting": coming,
            "held_meeting": held,
            "point": point,
            "put_off": put_off,
            "moede": fact,
            "beslutning": decision,
            "handling": carried_out,
        }
        | _agreement(programme, group, word, count)
        | _text_and_obligations(programme, evidence, word, count)
        | _seats(programme, group, word, count)
        | _rules(programme, count)
        | effect_rows(programme, word, count)
        | hearing_rows(programme, word, count)
        | milestone_rows(programme, word, count)
    )


def _rules(programme, count):
    """A criterion whose rule has been worded anew on as many days."""
    criterion = SuccessCriterion.objects.get(programme=programme, number=3)
    for number in range(count):
        version = CriterionVersion(
            criterion=criterion,
            wording="Der skal udarbejdes et koncept",
            rule="document_adopted",
            document_kind="training_concept",
            rule_text=f"Vedtaget, {number}",
            deadline=D(2011, 12, 31),
            started_on=D(2011, 2, 1) + dt.timedelta(number),
        )
        adopt(version, by=None, reason="Ny ordlyd")
    return {"ruled": criterion, "regel": version}


def _agreement(programme, group, word, count):
    """An agreement with a party more for each, who has signed, and a term; each other agreement with two parties."""
    agreement = Agreement.objects.get(programme=programme)
    term = AgreementTerm.record(
        by=None, agreement=agreement, started_on=D(2011, 1, 1), ended_on=D(2012, 12, 31), note=f"{word} bad om to år"
    )
    document = Document.objects.get(programme=programme, kind="training_concept")
    for number in range(count):
        version = make.DocumentVersionFactory(document=document, dated_on=D(2011, 5, 1))
        day = D(2011, 6, 8) + dt.timedelta(number)
        Adoption.record(
            by=None, version=version, body=group, outcome="hearing", happened_on=day, note=f"{word} er imod"
        )
        party = make.OrganisationFactory(programme=programme, kind="housing_plan")
        since = {"by": None, "organisation": party}
        AgreementParty.record(agreement=agreement, started_on=D(2011, 1, 1), note=f"{word} kom til", **since)
        Signature.record(agreement=agreement, happened_on=D(2011, 3, 1), note=f"{word} skrev under", **since)
        other = make.AgreementFactory(programme=programme)
        AgreementParty.record(agreement=other, started_on=D(2011, 1, 1), **since)
    unsigned = make.OrganisationFactory(programme=programme, kind="other")
    fact = AgreementParty.record(by=None, agreement=agreement, organisation=unsigned, started_on=D(2011, 1, 1))
    return {"part": fact, "periode": term, "agreed": agreement, "paper": document}


def _text_and_obligations(programme, evidence, word, count):
    """Versions of the agreement's text and annexes, from before anybody signed; obligations, every other one met."""
    agreement = Agreement.objects.filter(programme=programme).earliest("pk")
    party = Organisation.objects.get(programme=programme, kind="foundation")
    for number in range(count):
        day = D(2010, 10, 1) + dt.timedelta(number)
        about = {"by": None, "agreement": agreement, "happened_on": day, "note": f"{word} skrev den"}
        version = AgreementVersion.record(label=f"0.{number}", evidence=evidence, **about)
        annex = AgreementAnnex.record(document=make.DocumentFactory(programme=programme), **about)
        kept, owed = (
            Obligation.objects.create(agreement=agreement, organisation=party, text=text, due_on=due_on, number=number)
            for text, due_on in ((f"Mødes {number}", None), (f"Betale {number}", D(2011, 6, 1)))
        )
        met = ObligationMet.record(
            by=None, obligation=kept, happened_on=D(2011, 6, 1), evidence=evidence, note=f"{word} var der"
        )
    return {"aftaleversion": version, "aftalebilag": annex, "forpligtelse-opfyldt": met, "obligation": owed}


def _seats(programme, group, word, count):
    """As many seats in the steering group."""
    for number in range(count):
        seat = BodyMember.record(
            by=None,
            body=group,
            organisation=make.OrganisationFactory(programme=programme),
            office=f"Kontor {number}",
            started_on=D(2011, 1, 1),
            note=f"{word} sidder der",
        )
    return {"group": group, "organmedlem": seat}


def goals_doors(rows):
    """Door → the row that its address is about."""
    return {
        "programme:document": rows["paper"],
        "programme:version": rows["paper"],
        "programme:rule": rows["ruled"],
        "programme:rule_accepted": rows["regel"],
        "programme:agreement": rows["agreed"],
        "programme:party": rows["agreed"],
        "programme:term": rows["agreed"],
        "programme:agreement_version": rows["agreed"],
        "programme:annex": rows["agreed"],
        "programme:obligation_new": rows["agreed"],
        "programme:obligation_edit": rows["obligation"],
        "programme:obligation_met": rows["obligation"],
        "programme:member": rows["group"],
        "programme:member_end": rows["organmedlem"],
        "programme:agenda_file": rows["meeting"],
        "programme:minutes_file": rows["held_meeting"],
        "programme:meeting": rows["held_meeting"],
        "programme:meeting_edit": rows["meeting"],
        "programme:meeting_held": rows["meeting"],
        "programme:minutes": rows["held_meeting"],
        "programme:decision": rows["held_meeting"],
        "programme:action_point": rows["held_meeting"],
        "programme:action_edit": rows["point"],
        "programme:action_done": rows["point"],
    } | {**effect_doors(rows), **hearing_doors(rows), **milestone_doors(rows)}
