"""Persons: their names, the answers of the formerly paid, and the roles that they hold from one day to another."""

import datetime as dt
import random
from collections.abc import Iterator
from typing import Any

from reports.story import associations, people
from reports.story.book import Book, day, same_chance
from reports.story.names import PLAIN, POOLS, Pool
from reports.story.telling.cast import Cast
from reports.story.training import COURSES
from training.models import Certificate
from volunteers.models import Declaration, LanguageSkill, Membership, Transition, TransitionAnswer, Volunteer

ENDED = "Rollen er afsluttet."


def tell_people(book: Book, cast: Cast) -> None:
    """Everybody, what the formerly paid answered, and who became what and when."""
    chance = same_chance()
    for key, (name, pool) in zip(_keys(), _names(chance), strict=False):
        cast.persons[key] = _person(book, cast, chance, key, name)
        _languages(book, cast, chance, key, pool)
    _transition(book, cast)
    _roles(book, cast)
    _boards(book, cast)
    _declarations(book, cast, chance)


def _keys() -> Iterator[str]:
    """Every person of the story, once."""
    for keys in people.FORMERLY_PAID.values():
        yield from keys
    for keys, *_ in people.RECRUITMENT:
        yield from keys
    yield from people.CANDIDATES


def _names(chance: random.Random) -> Iterator[tuple[str, Pool]]:
    """Names without end, none of them twice."""
    given: set[str] = set()
    while True:
        (pool,) = chance.choices(POOLS, [pool.weight for pool in POOLS])
        name = f"{chance.choice(pool.first)} {chance.choice(pool.family)}"
        if name not in given:
            given.add(name)
            yield name, pool


def _person(book: Book, cast: Cast, chance: random.Random, key: str, name: str) -> Volunteer:
    areas = people.AREAS[key[:2] if key[:2] in people.AREAS else key[0]]
    return book.row(
        Volunteer,
        key,
        programme=cast.programme,
        name=name,
        email=f"{name.lower().replace(' ', '.').translate(PLAIN)}@example.org",
        phone=" ".join(["20", *(f"{chance.randrange(100):02}" for _ in range(3))]),
        housing_area=cast.areas[chance.choice(areas)],
    )


def _met_on(key: str) -> dt.date:
    """The day on which the secretariat first talked with her."""
    answers = [known[key] for known in (people.UNDECIDED, people.CONTINUES, people.DECLINES) if key in known]
    if key in people.CANDIDATES:
        answers = [on for _, on in people.CANDIDATES[key]]
    for keys, applied, *_ in people.RECRUITMENT:
        if key in keys:
            answers = [applied.split("-")[1]]
    return min(map(day, answers), default=day("28.02"))


def _languages(book: Book, cast: Cast, chance: random.Random, key: str, pool: Pool) -> None:
    """Her languages, and her Danish; of some nobody has asked."""
    if chance.random() < 0.12:
        return
    spoken = dict.fromkeys(pool.languages, "c1") | {pool.languages[0]: "native"}
    if "da" not in spoken:
        spoken["da"] = chance.choices(["b1", "b2", "c1", "c2"], [30, 40, 22, 8])[0]
    if chance.random() < 0.25:
        spoken["en"] = chance.choice(["a2", "b1", "b2"])
    for language, level in spoken.items():
        book.fact(
            LanguageSkill,
            f"{key}/{language}",
            _met_on(key),
            volunteer=cast.persons[key],
            language=language,
            level=level,
        )


def _transition(book: Book, cast: Cast) -> None:
    """The formerly paid and their dated answers. Who goes on acts by merit of her earlier training."""
    said = {"undecided": people.UNDECIDED, "continues": people.CONTINUES, "no": people.DECLINES}
    for project, keys in people.FORMERLY_PAID.items():
        for key in keys:
            transition = book.row(Transition, key, volunteer=cast.persons[key], project=project)
            for answer, days in said.items():
                if key in days:
                    book.fact(TransitionAnswer, f"{key}/{answer}", day(days[key]), transition=transition, answer=answer)
            if key in people.CONTINUES:
                _goes_on(book, cast, key, project)


def _goes_on(book: Book, cast: Cast, key: str, project: str) -> None:
    said_on = day(people.CONTINUES[key])
    book.fact(
        Certificate,
        f"{key}/basic",
        said_on,
        proof="Liste over bydelsmødre uddannet i de fire projekter 2008-2010",
        volunteer=cast.persons[key],
        curriculum=cast.curricula["basic"],
        basis=Certificate.Basis.MERIT,
    )
    _role(book, cast, key, project, "mother", max(said_on, cast.associations[project].opened_on or said_on))


def _role(book: Book, cast: Cast, key: str, association: str, role: str, since: dt.date) -> None:
    book.fact(
        Membership,
        f"{key}/{association}/{role}",
        since,
        volunteer=cast.persons[key],
        association=cast.associations[association],
        role=role,
    )


def _roles(book: Book, cast: Cast) -> None:
    """Coordinators, and those who became mothers with their diploma."""
    for key, (association, since, until) in people.COORDINATORS.items():
        if not until:
            _role(book, cast, key, association, "coordinator", day(since))
            continue
        book.ended(
            Membership,
            f"{key}/{association}/coordinator",
            day(since),
            day(until),
            reason=ENDED,
            volunteer=cast.persons[key],
            association=cast.associations[association],
            role="coordinator",
        )
    issued = {key: on for course in COURSES if course.kind == "basic" for key, on in course.issued.items()}
    for association, keys in people.NEW_MOTHERS.items():
        for key in keys:
            _role(book, cast, key, association, "mother", day(issued[key]))


def _boards(book: Book, cast: Cast) -> None:
    for association, elected_on, known, until, seats in associations.BOARDS:
        for key, role in seats.items():
            book.fact(
                Membership,
                f"{key}/{association}/{role}",
                day(elected_on),
                known=day(known),
                volunteer=cast.persons[key],
                association=cast.associations[association],
                role=role,
                term_ends_on=day(until),
            )


def _begins() -> dict[str, dt.date]:
    """The day on which each active person's work or training began: then she declares."""
    begun = {key: day(on) for key, on in people.CONTINUES.items()}
    for course in COURSES:
        for key in course.seats:
            begun.setdefault(key, course.days[0])
    return begun


def _declarations(book: Book, cast: Cast, chance: random.Random) -> None:
    """What each declared or was told at her first module or with her role; consent to photos only by some."""
    kinds = [Declaration.Kind.CONFIDENTIALITY, Declaration.Kind.DUTY_TO_REPORT, Declaration.Kind.PRIVACY_INFORMATION]
    for key, since in _begins().items():
        person = cast.persons[key]
        for kind in kinds:
            if kind != Declaration.Kind.CONFIDENTIALITY or key not in people.WITHOUT_CONFIDENTIALITY:
                book.fact(Declaration, f"{key}/{kind}", since, volunteer=person, kind=kind)
        photos, consents = f"{key}/{Declaration.Kind.PHOTO_CONSENT}", chance.random() < 0.6
        about: dict[str, Any] = {"volunteer": person, "kind": Declaration.Kind.PHOTO_CONSENT}
        if key == people.PHOTOS_WITHDRAWN[0]:
            until = day(people.PHOTOS_WITHDRAWN[1])
            book.ended(Declaration, photos, since, until, reason="Samtykket er trukket tilbage.", **about)
        elif consents:
            book.fact(Declaration, photos, since, **about)
