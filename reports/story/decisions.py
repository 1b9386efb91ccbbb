"""What was signed, decided and adopted, and the meetings of the national steering group."""

from dataclasses import dataclass, field

from reports.plan2011 import FOUNDATION, MUNICIPALITY, OBLIGATIONS

#: party, day, what proves it
SIGNATURES = [
    (FOUNDATION, "24.01", "Partnerskabsaftale, underskrevet af Fonden for Socialt Ansvar 24.01.2011"),
    (MUNICIPALITY, "07.02", "Partnerskabsaftale, underskrevet af begge parter 07.02.2011"),
]

#: which of the plan's obligations, on which day it was met, what proves it
MET = [
    (OBLIGATIONS[0][1], "16.03", "Referat af møde i den nationale styregruppe 16.03.2011"),
    (OBLIGATIONS[1][1], "01.02", "Ansættelsesbrev til koordinatoren, 01.02.2011"),
    (OBLIGATIONS[2][1], "10.10", "Kontoudtog oktober 2011"),
    (OBLIGATIONS[3][1], "01.11", "Kontoudtog november 2011"),
]

#: Who sits in the national steering group from the first of February: organisation, office, has the chair
SEATS = [
    (FOUNDATION, "", True),
    ("Bydelsmødrenes Landssekretariat", "", False),
    ("Natteravnenes Landssekretariat", "", False),
    (MUNICIPALITY, "", False),
    ("", "Koordinatoren i København", False),
]

#: kind of document, version, dated
VERSIONS = [
    ("training_concept", "v1", "27.05"),
    ("training_concept", "v2", "27.09"),
    ("values", "v1", "29.08"),
    ("anchoring_model", "v1", "18.11"),
    ("anchoring_model", "v2", "09.01.2012"),
]

#: kind of document, version, outcome, day, note
ADOPTIONS = [
    ("training_concept", "v1", "hearing", "08.06", "Høring hos de frivillige projekter til 15.08."),
    ("training_concept", "v1", "rejected", "07.09", "Sendt tilbage: kravene til antal moduler skal være ens i landet."),
    ("training_concept", "v2", "adopted", "05.10", "Vedtaget for hele landet med 15 moduler."),
    ("values", "v1", "hearing", "07.09", "Høring i de lokale grupper til 01.11."),
    ("values", "v1", "adopted", "30.11", "Vedtaget uden ændringer."),
    (
        "anchoring_model",
        "v1",
        "rejected",
        "30.11",
        "Forkastet: 18 % kommunale penge skjult i helhedsplaner. Modellen skal kunne stå uden dem.",
    ),
    ("anchoring_model", "v2", "adopted", "18.01.2012", "Vedtaget. De kommunale midler er taget ud."),
]

SECRETARIAT, CONSULTANT, FUND = "Koordinatoren", "Landssekretariatet", "Fondens sekretariat"


@dataclass(frozen=True, slots=True)
class MeetingPlan:
    """A meeting of the steering group: its agenda, what it decided in words, and who does what by when (and did)."""

    on: str
    title: str
    place: str
    agenda: list[str]
    decisions: list[str]
    #: what, who, due on, carried out on
    actions: list[tuple[str, str, str, str]] = field(default_factory=list)


MEETINGS = [
    MeetingPlan(
        "16.03",
        "Styregruppemøde 16. marts 2011",
        "Fonden for Socialt Ansvar",
        ["Status for København", "Proces for fælles uddannelseskoncept", "Eventuelt"],
        [
            "Københavns plan for 2011 blev taget til efterretning.",
            "Uddannelseskonceptet udarbejdes i København og sendes i høring i hele landet.",
        ],
        [
            ("Udkast til uddannelseskoncept forelægges", SECRETARIAT, "08.06", "27.05"),
            ("Indsamle erfaringer fra de 16 frivillige projekter", CONSULTANT, "02.05", "06.05"),
        ],
    ),
    MeetingPlan(
        "08.06",
        "Styregruppemøde 8. juni 2011",
        "Fonden for Socialt Ansvar",
        ["Udkast til uddannelseskoncept", "Status for foreningerne", "Fondens bevilling"],
        [
            "Uddannelseskonceptet sendes i høring med frist den 15. august.",
            "Stiftelsen af foreningen i Tingbjerg blev taget til efterretning.",
        ],
        [
            ("Sende uddannelseskonceptet i høring", CONSULTANT, "15.06", "14.06"),
            ("Samle høringssvar i et notat", SECRETARIAT, "29.08", "30.08"),
        ],
    ),
    MeetingPlan(
        "07.09",
        "Styregruppemøde 7. september 2011",
        "Natteravnenes Landssekretariat",
        ["Høringssvar om uddannelseskoncept", "Udkast til fælles værdier", "Omdisponering"],
        [
            "Uddannelseskonceptet sendes tilbage. Antallet af moduler og kravet til fremmøde skal være ens i landet.",
            "De fælles værdier sendes i høring i de lokale grupper med frist den 1. november.",
            "Styregruppen støtter, at 30.000 kr. søges flyttet fra løn til uddannelse.",
        ],
        [
            ("Revidere uddannelseskonceptet", SECRETARIAT, "28.09", "27.09"),
            ("Søge bidragyderne om omdisponering af 30.000 kr.", SECRETARIAT, "14.09", "12.09"),
            ("Holde værdimøde i hver lokal gruppe", CONSULTANT, "01.11", "28.10"),
        ],
    ),
    MeetingPlan(
        "05.10",
        "Styregruppemøde 5. oktober 2011",
        "Fonden for Socialt Ansvar",
        ["Revideret uddannelseskoncept", "Forankring efter 2011", "Status for koordinatorkursus 2"],
        [
            "Det reviderede uddannelseskoncept blev vedtaget for hele landet.",
            "Der udarbejdes en forankringsmodel, som ikke bygger på kommunale midler.",
        ],
        [
            ("Trykke og udsende det vedtagne uddannelseskoncept", SECRETARIAT, "31.10", "24.10"),
            ("Udkast til forankringsmodel", SECRETARIAT, "11.11", "18.11"),
            ("Afklare helhedsplanernes finansiering", FUND, "14.11", ""),
        ],
    ),
    MeetingPlan(
        "30.11",
        "Styregruppemøde 30. november 2011",
        "Fonden for Socialt Ansvar",
        ["Fælles værdier", "Forankringsmodel", "Regnskab og slutrapport"],
        [
            "De fælles værdier blev vedtaget.",
            "Forankringsmodellen blev forkastet: 18 % af pengene er kommunale og ligger i helhedsplanerne.",
            "Et revideret udkast behandles på et møde i januar.",
        ],
        [
            ("Revidere forankringsmodellen uden kommunale midler", SECRETARIAT, "11.01.2012", "09.01.2012"),
            ("Aftale revision af projektregnskabet", FUND, "16.12", "12.12"),
        ],
    ),
    MeetingPlan(
        "18.01.2012",
        "Styregruppemøde 18. januar 2012",
        "Fonden for Socialt Ansvar",
        ["Revideret forankringsmodel", "Slutrapport for 2011"],
        ["Den reviderede forankringsmodel blev vedtaget."],
        [("Sende slutrapporten til kommunen", SECRETARIAT, "15.03.2012", "")],
    ),
]
