"""What is taught, and the five courses of the year: their days, who takes part, who leaves, who misses what."""

import datetime as dt
from dataclasses import dataclass, field

from reports.story.book import day

#: Titles and kinds of the modules, in order: m for method, taught by the coordinator; s for subject, taught by guests.
BASIC_MODULES = [
    ("Velkommen, kontrakt og tavshedspligt", "method"),
    ("At være bydelsmor: rolle og grænser", "method"),
    ("Den første kontakt og den gode samtale", "method"),
    ("Børns udvikling fra 0 til 6 år", "subject"),
    ("Opdragelse og forældreansvar", "subject"),
    ("Dagtilbud, skole og forældresamarbejde", "subject"),
    ("Sundhed, kost og bevægelse", "subject"),
    ("Kvinders sundhed og det danske sundhedsvæsen", "subject"),
    ("Familieliv, rettigheder og vold i nære relationer", "subject"),
    ("Teenagere, fritid og kriminalitet", "subject"),
    ("Danskundervisning, uddannelse og arbejde", "subject"),
    ("Økonomi, gæld og bolig", "subject"),
    ("Kommunens tilbud, og hvordan man henviser", "subject"),
    ("Foreningsliv og demokrati", "method"),
    ("Afslutning: evaluering og næste skridt", "method"),
]
COORDINATOR_MODULES = [
    ("Rollen som lokal koordinator", "method"),
    ("Forening, vedtægter og generalforsamling", "subject"),
    ("At finde og tale med nye bydelsmødre", "method"),
    ("At lede frivillige", "method"),
    ("Mødeledelse og konflikthåndtering", "method"),
    ("Regnskab og bilag i en lille forening", "subject"),
    ("Tavshedspligt og underretningspligt", "subject"),
    ("Samarbejde med kommune, boligforening og helhedsplan", "subject"),
    ("Lokale midler og ansøgninger", "subject"),
    ("Supervision, evaluering og foreningens handleplan", "method"),
]

#: kind of curriculum → modules, numbers of the compulsory ones, how many are required
VERSIONS = {
    "basic": (BASIC_MODULES, {1, 15}, 12),
    "coordinator": (COORDINATOR_MODULES, set(range(1, 11)), 10),
}
VERSION_LABEL = "2011"
HOURS = 2

#: Supervision of the coordinators: day, themes, and who did not come though she could.
SUPERVISION = [
    ("24.08", "Rollen som koordinator, og at sige fra", ("T4",)),
    ("21.09", "Svære samtaler. Hvornår skal kommunen vide noget?", ()),
    ("19.10", "At holde på de frivillige", ("N2",)),
]
SUPERVISION_PLACE = "Fonden for Socialt Ansvar, mødelokalet"
SUPERVISOR = "Supervisorerne Sivbjerg"
#: By whom the courses are taught: the first where no other is named.
TEACHERS = [("Sekretariatets koordinator", "coordinator"), (SUPERVISOR, "guest")]
STARTS_AT, ENDS_AT = dt.time(17), dt.time(19)
#: Later sessions are planned, but the story ends before them.
LAST_RECORDED = day("31.12")


@dataclass(frozen=True, slots=True)
class CoursePlan:
    """A course: one module a week, but for the weeks left out."""

    key: str
    kind: str
    name: str
    association: str
    place: str
    capacity: int
    seats_from: str
    first: str
    modules: int
    free: tuple[str, ...]
    seats: list[str]
    #: the last day on which those who left took part
    left: dict[str, str] = field(default_factory=dict)
    #: the modules that somebody misses; who passes and is not named misses up to three that are not compulsory
    missed: dict[str, set[int]] = field(default_factory=dict)
    #: certificates, and when they were issued
    issued: dict[str, str] = field(default_factory=dict)
    #: module made up for, on which day, by whom
    made_up: tuple[tuple[int, str, str], ...] = ()
    #: modules at which nobody recorded who was there
    unrecorded: tuple[int, ...] = ()
    #: on the waiting list, and if she got a seat: until when
    waiting: dict[str, str] = field(default_factory=dict)

    @property
    def days(self) -> list[dt.date]:
        """The day of each module."""
        free, on = {day(text) for text in self.free}, day(self.first)
        found: list[dt.date] = []
        while len(found) < self.modules:
            if on not in free:
                found.append(on)
            on += dt.timedelta(weeks=1)
        return found


def _some(prefix: str, first: int, last: int) -> list[str]:
    return [f"{prefix}-{number:02}" for number in range(first, last + 1)]


_FIRST = ["T1", "T2", "T3", "T4", "N1", "N2", "N3", "A1"]
_SECOND = ["N4", "N5", "N6", "S1", "S2", "S3", "S4"]

COURSES = [
    CoursePlan(
        key="basic-1",
        kind="basic",
        name="Grunduddannelse 1, Lundtoftegade",
        association="noerrebro",
        place="Beboerlokalet, Lundtoftegade",
        capacity=18,
        seats_from="21.02",
        first="28.02",
        modules=15,
        free=("18.04", "25.04", "13.06"),
        seats=["N6", *_some("B1", 1, 15)],
        left={"B1-14": "28.03", "B1-15": "09.05"},
        missed={"B1-13": {4, 8, 10, 11, 14}},
        issued=dict.fromkeys(["N6", *_some("B1", 1, 12)], "27.06"),
    ),
    CoursePlan(
        key="coordinator-1",
        kind="coordinator",
        name="Koordinatorkursus 1",
        association="",
        place="Fonden for Socialt Ansvar, mødelokalet",
        capacity=12,
        seats_from="30.03",
        first="06.04",
        modules=10,
        free=("20.04",),
        seats=["T1", "T2", "T3", "T4", "T5", "N1", "N2", "N3", "A1", "X1"],
        left={"X1": "18.05"},
        missed={"T5": {7}},
        issued=dict.fromkeys(_FIRST, "27.06") | {"T5": "28.10"},
        made_up=((7, "26.10", "T5"),),
    ),
    CoursePlan(
        key="basic-2",
        kind="basic",
        name="Grunduddannelse 2, Tingbjerg",
        association="tingbjerg",
        place="Foreningens lokale, Tingbjerg",
        capacity=18,
        seats_from="15.08",
        first="22.08",
        modules=15,
        free=("17.10",),
        seats=_some("B2", 1, 18),
        left={"B2-15": "12.09", "B2-16": "26.09", "B2-17": "10.10", "B2-18": "31.10"},
        missed={"B2-13": {3, 6, 7, 9, 12}, "B2-14": {5, 15}},
        issued=dict.fromkeys(_some("B2", 1, 12), "05.12"),
    ),
    CoursePlan(
        key="coordinator-2",
        kind="coordinator",
        name="Koordinatorkursus 2",
        association="",
        place="Fonden for Socialt Ansvar, mødelokalet",
        capacity=12,
        seats_from="31.08",
        first="07.09",
        modules=10,
        free=("19.10",),
        seats=["N4", "N5", "N6", "S1", "S2", "S3", "S4", "S5", "X2", "X3"],
        left={"X2": "05.10"},
        missed={"X3": {4, 6, 9}},
        # S5 has completed it on 16 November; her certificate is only proposed until 14 December
        issued=dict.fromkeys(_SECOND, "21.11") | {"S5": "14.12"},
    ),
    CoursePlan(
        key="basic-3",
        kind="basic",
        name="Grunduddannelse 3, Akacieparken",
        association="akacieparken",
        place="Beboerhuset, Akacieparken",
        capacity=14,
        seats_from="11.10",
        first="25.10",
        modules=15,
        free=("27.12",),
        seats=_some("B3", 1, 14),
        left={"B3-14": "29.11"},
        missed={"B3-06": {5}, "B3-09": {2, 7}, "B3-12": {6}},
        unrecorded=(3,),
        waiting={"B3-13": "17.10", "B3-15": "", "B3-16": ""},
    ),
]
