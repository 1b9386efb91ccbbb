"""Signatures, documents and their adoptions, and the meetings of the national steering group."""

import datetime as dt

from programme.models import (
    ActionDone,
    ActionPoint,
    Adoption,
    BodyMember,
    Decision,
    DocumentVersion,
    Meeting,
    MeetingHeld,
    Obligation,
    ObligationMet,
    Signature,
)
from reports.plan2011 import STEERING_GROUP
from reports.story import decisions as data
from reports.story.book import Book, day
from reports.story.telling.cast import Cast

STARTS_AT = dt.time(15)


def tell_decisions(book: Book, cast: Cast) -> None:
    """What was signed, adopted and decided."""
    for party, on, proof in data.SIGNATURES:
        organisation = cast.organisations[party]
        book.fact(Signature, party, day(on), proof=proof, agreement=cast.agreement, organisation=organisation)
    cast.versions |= {
        (kind, label): book.row(
            DocumentVersion,
            f"{kind}/{label}",
            document=cast.documents[kind],
            label=label,
            dated_on=day(dated_on),
        )
        for kind, label, dated_on in data.VERSIONS
    }
    for kind, label, outcome, on, note in data.ADOPTIONS:
        book.fact(
            Adoption,
            f"{kind}/{label}/{outcome}",
            day(on),
            proof=_minutes(on),
            version=cast.versions[kind, label],
            body=cast.organisations[STEERING_GROUP],
            outcome=outcome,
            note=note,
        )
    for member, office, is_chair in data.SEATS:
        book.fact(
            BodyMember,
            member or office,
            day("01.02"),
            body=cast.organisations[STEERING_GROUP],
            organisation=cast.organisations[member] if member else None,
            office=office,
            is_chair=is_chair,
        )
    obligations = {one.text: one for one in Obligation.objects.filter(agreement=cast.agreement)}
    for text, on, proof in data.MET:
        book.fact(ObligationMet, text, day(on), proof=proof, obligation=obligations[text])
    for meeting in data.MEETINGS:
        _meeting(book, cast, meeting)


def _minutes(on: str) -> str:
    return f"Referat af møde i den nationale styregruppe {day(on):%d.%m.%Y}"


def _meeting(book: Book, cast: Cast, plan: data.MeetingPlan) -> None:
    on = day(plan.on)
    meeting = book.row(
        Meeting,
        plan.on,
        programme=cast.programme,
        body=cast.organisations[STEERING_GROUP],
        title=plan.title,
        planned_on=on,
        starts_at=STARTS_AT,
        place=plan.place,
        agenda="\n".join(f"{number}. {item}" for number, item in enumerate(plan.agenda, 1)),
    )
    book.fact(MeetingHeld, plan.on, on, proof=_minutes(plan.on), meeting=meeting)
    for number, text in enumerate(plan.decisions, 1):
        book.fact(Decision, f"{plan.on}/{number}", on, proof=_minutes(plan.on), meeting=meeting, text=text)
    for number, (what, office, due_on, done_on) in enumerate(plan.actions, 1):
        label = f"{plan.on}/{number}"
        point = book.row(ActionPoint, label, meeting=meeting, text=what, office=office, due_on=day(due_on))
        if done_on:
            book.fact(ActionDone, label, day(done_on), action_point=point)
