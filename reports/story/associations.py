"""The four associations of the story: their steps, their boards, their plans, what happens next elsewhere, and the
housing areas that an invented list names."""

from typing import Any, NamedTuple

#: key → name, housing area, work on it began, e-mail
ASSOCIATIONS = {
    "tingbjerg": ("Bydelsmødre i Tingbjerg", "Tingbjerg/Utterslevhuse", "01.02", "tingbjerg@example.org"),
    "noerrebro": ("Bydelsmødre på Nørrebro", "Lundtoftegade", "07.03", "noerrebro@example.org"),
    "sjaeloer": ("Bydelsmødre i Sjælør", "Sjælør Boulevard", "01.06", "sjaeloer@example.org"),
    "akacieparken": ("Bydelsmødre i Akacieparken", "Akacieparken", "01.09", ""),
}


class Step(NamedTuple):
    """A founding step: when it was taken, when it was recorded ("" the same day), and what proves it."""

    association: str
    kind: str
    on: str
    proof: str
    known: str = ""
    values: dict[str, Any] = {}
    retracted: str = ""
    reason: str = ""


_TINGBJERG = "Referat af stiftende generalforsamling i Tingbjerg 26.05.2011, underskrevet af dirigenten"
_NOERREBRO = "Referat af stiftende generalforsamling på Nørrebro 15.09.2011, underskrevet 28.09.2011"
_SJAELOER = "Referat af stiftende generalforsamling i Sjælør 10.11.2011, underskrevet af dirigenten"
_AKACIE = "Referat af stiftende generalforsamling i Akacieparken 12.01.2012, underskrevet af dirigenten"

STEPS = [
    Step("tingbjerg", "notice", "04.05", "Indkaldelse med dagsorden, omdelt i Tingbjerg og Utterslevhuse 04.05.2011"),
    Step("tingbjerg", "statutes", "26.05", "Vedtægter for Bydelsmødre i Tingbjerg, vedtaget 26.05.2011"),
    Step("tingbjerg", "meeting", "26.05", _TINGBJERG),
    Step("tingbjerg", "board", "26.05", _TINGBJERG, values={"board_members": 5}),
    Step("tingbjerg", "minutes", "26.05", _TINGBJERG),
    Step("tingbjerg", "constitution", "26.05", _TINGBJERG),
    Step("tingbjerg", "agreement", "15.06", "Samarbejdsaftale mellem sekretariatet og Bydelsmødre i Tingbjerg"),
    Step("tingbjerg", "cvr", "18.08", "Registreringsbevis fra CVR, Tingbjerg", values={"cvr": "13748136"}),
    Step("tingbjerg", "bank", "22.09", "Bankens bekræftelse på foreningskonto, Tingbjerg"),
    Step("noerrebro", "notice", "01.09", "Indkaldelse med dagsorden, omdelt i Lundtoftegade 01.09.2011"),
    # The meeting's papers reached the secretariat only after the quarter's end.
    Step("noerrebro", "statutes", "15.09", "Vedtægter for Bydelsmødre på Nørrebro, vedtaget 15.09.2011", "04.10"),
    Step("noerrebro", "meeting", "15.09", _NOERREBRO, "04.10"),
    Step("noerrebro", "board", "15.09", _NOERREBRO, "04.10", {"board_members": 5}),
    Step("noerrebro", "minutes", "28.09", _NOERREBRO, "04.10"),
    Step("noerrebro", "constitution", "15.09", _NOERREBRO, "04.10"),
    Step("noerrebro", "agreement", "10.11", "Samarbejdsaftale mellem sekretariatet og Bydelsmødre på Nørrebro"),
    Step("noerrebro", "cvr", "28.11", "Registreringsbevis fra CVR, Nørrebro", values={"cvr": "24256790"}),
    Step("noerrebro", "bank", "15.12", "Bankens bekræftelse på foreningskonto, Nørrebro"),
    Step("sjaeloer", "notice", "27.10", "Indkaldelse med dagsorden, omdelt ved Sjælør Boulevard 27.10.2011", "11.11"),
    Step("sjaeloer", "statutes", "10.11", "Vedtægter for Bydelsmødre i Sjælør, vedtaget 10.11.2011", "11.11"),
    Step("sjaeloer", "meeting", "10.11", _SJAELOER, "11.11"),
    Step(
        "sjaeloer",
        "board",
        "10.11",
        _SJAELOER,
        "11.11",
        {"board_members": 5},
        retracted="14.11",
        reason="Der blev kun valgt fire.",
    ),
    Step("sjaeloer", "board", "10.11", _SJAELOER, "14.11", {"board_members": 4}),
    Step("sjaeloer", "minutes", "10.11", _SJAELOER, "11.11"),
    Step("sjaeloer", "constitution", "10.11", _SJAELOER, "11.11"),
    Step(
        "sjaeloer",
        "board",
        "08.12",
        "Referat af ekstraordinær generalforsamling i Sjælør 08.12.2011: femte medlem valgt",
        values={"board_members": 5},
    ),
    Step("akacieparken", "notice", "28.11", "Indkaldelse med dagsorden, omdelt i Akacieparken 28.11.2011"),
    Step("akacieparken", "statutes", "12.01.2012", "Vedtægter for Bydelsmødre i Akacieparken, vedtaget 12.01.2012"),
    Step("akacieparken", "meeting", "12.01.2012", _AKACIE),
    Step("akacieparken", "board", "12.01.2012", _AKACIE, values={"board_members": 5}),
    Step("akacieparken", "minutes", "12.01.2012", _AKACIE),
    Step("akacieparken", "constitution", "12.01.2012", _AKACIE),
]

#: association, elected on, recorded on, elected until, then person → seat
BOARDS = [
    (
        "tingbjerg",
        "26.05",
        "26.05",
        "31.03.2012",
        {"T4": "chair", "TF4": "treasurer", "T1": "board_member", "T2": "board_member", "TF5": "board_member"},
    ),
    (
        "noerrebro",
        "15.09",
        "04.10",
        "31.03.2012",
        {"N2": "chair", "B1-05": "treasurer", "N3": "board_member", "B1-06": "board_member", "NF5": "board_member"},
    ),
    (
        "sjaeloer",
        "10.11",
        "14.11",
        "31.03.2012",
        {"S1": "chair", "SF3": "treasurer", "S3": "board_member", "SF4": "board_member"},
    ),
    ("sjaeloer", "08.12", "08.12", "31.03.2012", {"B2-08": "board_member"}),
    (
        "akacieparken",
        "12.01.2012",
        "12.01.2012",
        "31.03.2013",
        {"A1": "chair", "AF1": "treasurer", "AF2": "board_member", "B3-01": "board_member", "B3-02": "board_member"},
    ),
]

#: association, step, planned for, and if it slipped: to when
PLANS = [
    ("noerrebro", "cvr", "28.11", ""),
    ("noerrebro", "bank", "15.12", ""),
    ("sjaeloer", "board", "08.12", ""),
    ("sjaeloer", "agreement", "25.01.2012", ""),
    ("akacieparken", "meeting", "19.12", "12.01.2012"),
]

#: housing area → next step, and its day
NEXT_STEPS = {
    "Mjølnerparken": ("Møde med helhedsplanen om, hvem der finansierer uddannelsen.", "24.11"),
    "Titanparken": ("Helhedsplanen melder tilbage, om den vil følge det fælles uddannelseskoncept.", "06.12"),
    "Lundtoftegade": ("Aftale med helhedsplanen om fast lokale til møder og uddannelse.", "29.11"),
}

#: A list of the story's own, that no authority has made; housing area, from, what it says
LIST = "Fiktiv liste over udsatte boligområder"
LISTINGS = [
    *(
        (area, "01.01", "listed")
        for area in (
            "Mjølnerparken",
            "Lundtoftegade",
            "Blågården",
            "Bispeparken",
            "Tingbjerg/Utterslevhuse",
            "Akacieparken",
            "Gadelandet/Husumgård",
        )
    ),
    ("Gadelandet/Husumgård", "01.10", "removed"),
    ("Aldersrogade", "01.10", "listed"),
]
