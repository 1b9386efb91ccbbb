"""The plan of 2011 as the proposal to Københavns Kommune states it ("Bilag 3: Model for forankring og finansiering af
Bydelsmødreindsatsen i København"). Data only; `load_plan` records it. The source's own spelling is kept in wordings.
"""

import datetime as dt
from decimal import Decimal

PROGRAMME = "København"
YEAR = 2011
STARTS_ON = dt.date(2011, 1, 1)
DEADLINE = dt.date(2011, 12, 31)
PURPOSE = (
    "At der udarbejdes et koncept for uddannelse og forankring af Bydelmødreindsatsen i København samt, "
    "at der etableres én eller flere frivillige foreninger af bydelsmødre i byen."
)

MUNICIPALITY = "Københavns Kommune"
FOUNDATION = "Fonden for Socialt Ansvar"
COMMITTEE = "Beskæftigelses- og Integrationsudvalget"
FOUNDATION_BOARD = "Bestyrelsen for Fonden for Socialt Ansvar"
STEERING_GROUP = "Den nationale styregruppe"

#: name, short name, kind, part of
ORGANISATIONS = [
    (MUNICIPALITY, "Kommunen", "municipality", None),
    (FOUNDATION, "Fonden", "foundation", None),
    (COMMITTEE, "Udvalget", "body", MUNICIPALITY),
    (FOUNDATION_BOARD, "Fondens bestyrelse", "body", FOUNDATION),
    (STEERING_GROUP, "Styregruppen", "steering_group", FOUNDATION),
    ("Bydelsmødrenes Landssekretariat", "Landssekretariatet", "secretariat", FOUNDATION),
    ("Natteravnenes Landssekretariat", "Natteravnene", "secretariat", FOUNDATION),
    ("Helhedsplanen i Mjølnerparken", "", "housing_plan", None),
    ("Helhedsplanen i Titanparken", "", "housing_plan", None),
    ("Helhedsplanen i Lundtoftegade", "", "housing_plan", None),
]

DISTRICTS = [
    "Indre By",
    "Østerbro",
    "Nørrebro",
    "Vesterbro/Kongens Enghave",
    "Valby",
    "Vanløse",
    "Brønshøj-Husum",
    "Bispebjerg",
    "Amager Øst",
    "Amager Vest",
]

#: name, district, postcode
HOUSING_AREAS = [
    ("Mjølnerparken", "Nørrebro", "2200"),
    ("Lundtoftegade", "Nørrebro", "2200"),
    ("Blågården", "Nørrebro", "2200"),
    ("Titanparken", "Nørrebro", "2200"),
    ("Bispeparken", "Bispebjerg", "2400"),
    ("Stærevej", "Bispebjerg", "2400"),
    ("Hørgården", "Amager Vest", "2300"),
    ("Sjælør Boulevard", "Valby", "2500"),
    ("Tingbjerg/Utterslevhuse", "Brønshøj-Husum", "2700"),
    ("Gadelandet/Husumgård", "Brønshøj-Husum", "2700"),
    ("Akacieparken", "Valby", "2500"),
    ("Aldersrogade", "Østerbro", "2100"),
]

#: housing plan → the areas that it covers, as far as the proposal names them
HOUSING_PLANS = {
    "Helhedsplanen i Mjølnerparken": ["Mjølnerparken"],
    "Helhedsplanen i Titanparken": ["Titanparken"],
    "Helhedsplanen i Lundtoftegade": ["Lundtoftegade"],
}

#: housing area, interest
PROSPECTS = [
    ("Mjølnerparken", "Helhedsplanen overvejer at finansiere bydelsmødre i eget regi."),
    ("Titanparken", "Helhedsplanen overvejer at finansiere bydelsmødre i eget regi."),
    ("Lundtoftegade", "Helhedsplanen er ved at etablere og uddanne en gruppe bydelsmødre."),
]

ACTIVITIES = [
    "Udarbejde et nyt selvbærende koncept for den frivillige bydelsmødreindsats i København med afsæt i "
    "Natteravnekonceptet, med en model for den fremtidige finansiering af bydelsmødreuddannelsen og af løn til "
    "koordinator.",
    "Støtte dannelsen af minimum 3 lokale foreninger af frivillige bydelsmødre i København.",
    "Koordinere, uddanne og supervisere 15-20 frivillige lokale koordinatorer.",
    "Deltage i den nationale styregruppe.",
    "Udarbejde ansøgning til Fonden for Socialt Ansvar.",
    "Koordinere uddannelsen af nye bydelsmødre.",
]

#: key, short name, wording, rule, rule in plain language, kind of document, target
CRITERIA = [
    (
        "associations",
        "Lokale foreninger",
        "At der med udgangen af 2011 etableres minimum tre lokale foreninger af frivillige bydelsmødre i København.",
        "associations_founded",
        "En forening tæller fra den seneste af tre datoer: vedtægterne er vedtaget, den stiftende generalforsamling "
        "er holdt, og en bestyrelse på mindst fem er valgt. Indkaldelse, underskrevet referat og konstituering skal "
        "også foreligge, men flytter ikke datoen.",
        "",
        3,
    ),
    (
        "coordinators",
        "Uddannede koordinatorer",
        "At der med udgangen af 2011 uddannes minimum 15 lokale og frivillige foreningskoordinatorer.",
        "coordinators_trained",
        "En koordinator tæller på en dato, når hun på datoen både har et gyldigt kursusbevis fra koordinatorkurset "
        "og en rolle som lokal koordinator i en forening, der er stiftet.",
        "",
        15,
    ),
    (
        "training_concept",
        "Fælles uddannelseskoncept",
        "At der med udgangen af 2011 udarbejdes et fælles koncept for uddannelse af bydelsmødre i København evt. for "
        "hele landet.",
        "document_adopted",
        "Kriteriet er opfyldt, når den nationale styregruppe har vedtaget en version af uddannelseskonceptet.",
        "training_concept",
        None,
    ),
    (
        "values",
        "Fælles værdier",
        "At der med udgangen af 2011 udvikles et fælles sæt værdier for bydelsmødrene i hele landet.",
        "document_adopted",
        "Kriteriet er opfyldt, når den nationale styregruppe har vedtaget en version af værdierne.",
        "values",
        None,
    ),
    (
        "partnership",
        "Partnerskab om forankring",
        "At der med udgangen af 2011 er etableret et partnerskab med Fonden for Socialt Ansvar med fokus på udvikling "
        "af en model for den konkrete forankring af bydelsmødreindsatsen i København, som er uafhængig af kommunal "
        "medfinansiering.",
        "partnership_anchored",
        "Kriteriet er opfyldt, når partnerskabsaftalen er i kraft og underskrevet af alle parter, og den nationale "
        "styregruppe har vedtaget en forankringsmodel.",
        "",
        None,
    ),
]

#: kind, title, annex, for the whole country, adopted by
DOCUMENTS = [
    ("organisation_model", "Organisationsmodel for bydelmødreindsatsen i København", "3a", False, None),
    (
        "partnership",
        "Partnerskab mellem Fonden for Socialt Ansvar og Københavns Kommune vedr. Bydelsmødre",
        "3b",
        False,
        None,
    ),
    ("concept", "Koncept for den selvbærende og frivillige bydelsmødreindsats", "", False, STEERING_GROUP),
    ("training_concept", "Fælles koncept for uddannelse af bydelsmødre", "", True, STEERING_GROUP),
    ("values", "Fælles værdier for bydelsmødrene", "", True, STEERING_GROUP),
    ("anchoring_model", "Model for forankring uden kommunal medfinansiering", "", False, STEERING_GROUP),
]

AGREEMENT = "Partnerskabsaftale om forankring af bydelsmødreindsatsen i København"
PARTIES = [MUNICIPALITY, FOUNDATION]

#: party, what the proposal says of the partnership, due on; without a day it lasts
OBLIGATIONS = [
    (FOUNDATION, "Drive et landssekretariat og en national styregruppe under Fonden efter Natteravnenes model.", None),
    (FOUNDATION, "Have en fuldtidskoordinator ansat, med plads i Natteravnenes Landssekretariat.", None),
    (MUNICIPALITY, "Bidrage med 0,8 mio. kr. til budgettet for 2011.", DEADLINE),
    (FOUNDATION, "Sikre finansieringen af det resterende budget for 2011.", DEADLINE),
]

AGREED = "Aftalt i partnerskabsaftalen. Forslaget nævner ingen dag."

#: kind, period from, to, due on, to whom, where the day is from
REPORTS = [
    ("midway", STARTS_ON, dt.date(2011, 6, 30), dt.date(2011, 8, 15), MUNICIPALITY, AGREED),
    ("status", dt.date(2011, 7, 1), dt.date(2011, 9, 30), dt.date(2011, 10, 15), MUNICIPALITY, AGREED),
    ("final", STARTS_ON, DEADLINE, dt.date(2012, 3, 31), MUNICIPALITY, AGREED),
]

#: kind, name
CURRICULA = [
    ("basic", "Bydelsmødreuddannelsen"),
    ("coordinator", "Koordinatorkurset"),
]

#: number, kind, stage, timing
CHECKLIST_NAME = "Tjekliste 2011"
CHECKLIST = [
    (1, "notice", "founded", "exists"),
    (2, "statutes", "founded", "dated"),
    (3, "meeting", "founded", "dated"),
    (4, "board", "founded", "dated"),
    (5, "minutes", "founded", "exists"),
    (6, "constitution", "founded", "exists"),
    (7, "agreement", "running", "dated"),
    (8, "cvr", "running", "dated"),
    (9, "bank", "running", "dated"),
]

#: kind, number
STATED_NUMBERS = [
    ("paid_mothers", Decimal(48)),
    ("protest_signatures", Decimal(20)),
    ("expected_low", Decimal(15)),
    ("expected_high", Decimal(20)),
    ("paid_model_estimate", Decimal(4_600_000)),
    ("voluntary_projects", Decimal(16)),
]

PRICE_LEVEL = "2011 p/l"
STATED_TOTAL = Decimal(1_400_000)
STATED_AS = "1,4 mio. kr."
#: name, amount, kind
BUDGET_LINES = [
    ("Projektsekretariat: løn til koordinator", Decimal(500_000), "salary"),
    ("Udvikling af et koncept for den selvbærende og frivillige bydelsmødreindsats", Decimal(250_000), "concept"),
    (
        "Uddannelse, materialer og supervision af lokale frivillige koordinatorer samt nye bydelsmødre",
        Decimal(345_000),
        "training",
    ),
    ("Opstilling, evaluering og monitorering af effektmål", Decimal(75_000), "measuring"),
    ("Kontorhold, admin. og husleje", Decimal(200_000), "office"),
]

#: funder, stage, amount, office, source, note
FUNDING = [
    (
        MUNICIPALITY,
        "proposed",
        Decimal(800_000),
        "",
        "Den tværgående integrationspulje",
        "Foreslået af Beskæftigelses- og Integrationsforvaltningen. Afventer udvalgets beslutning.",
    ),
    (
        FOUNDATION,
        "promised",
        Decimal(570_000),
        "Sekretariatschefen",
        "",
        "Forhåndstilsagn om at sikre finansiering af resten: 570.000 kr. af posternes sum (600.000 kr. af det "
        "afrundede budget). Dato og dokumentation er ukendt.",
    ),
]

#: key, risk, consequence, what is done, whose. As the proposal tells them; it rates none and sets no day. Of the
#: protest it states a total, and says nothing of those who did not sign.
RISKS = [
    (
        "resistance",
        "Modstand mod den frivillige model: 20 af 48 lønnede bydelsmødre har underskrevet en protest.",
        "De nuværende bydelsmødre går ikke med over i den frivillige indsats.",
        "Rekruttere de lokale koordinatorer blandt dem, der er der nu. 15-20 forventes at fortsætte frivilligt.",
        "Sekretariatet",
    ),
    (
        "recruitment",
        "Der kan ikke rekrutteres nok nye bydelsmødre til den frivillige indsats.",
        "Foreningerne kan ikke dannes eller holdes i gang.",
        "Rekruttere ressourcestærke borgere, som Natteravnene gør, og lokale koordinatorer i boligområderne.",
        "Sekretariatet",
    ),
    (
        "financing",
        "Finansieringen fra 2012: løn til én koordinator og uddannelsen er ikke dækket.",
        "Indsatsen kan ikke fortsætte uden kommunal medfinansiering.",
        "Søge midler hos Fonden for Socialt Ansvar, evt. sammen med lokale helhedsplaner og virksomheder.",
        FOUNDATION,
    ),
]

SECRETARIAT = "Sekretariatet"
BY_THE_CRITERIA = "Succeskriterierne: med udgangen af 2011."
BY_THE_PROGRAMME = "Forslaget nævner ingen dag. Datoen er indsatsens frist."

#: key, number of the activity (0: around them), milestone, owner, where the day is from, measure, of what, what it
#: waits for. The proposal names no day but the end of 2011, and none on which a work begins. What it waits for is what
#: the proposal says: the agreement is made to set up secretariat and steering group; the coordinator carries the
#: activities.
MILESTONES = [
    ("agreement", 0, "Partnerskabsaftalen med Fonden for Socialt Ansvar er i kraft", FOUNDATION, BY_THE_CRITERIA,
     "agreement", AGREEMENT, ()),
    ("hired", 0, "Fuldtidskoordinatoren er ansat under Fonden for Socialt Ansvar", FOUNDATION, BY_THE_PROGRAMME,
     "hand", "", ()),
    ("seated", 0, "Koordinatoren er placeret i Natteravnenes Landssekretariat", FOUNDATION, BY_THE_PROGRAMME,
     "hand", "", ("hired",)),
    ("secretariat", 0, "Bydelsmødrenes landssekretariat er etableret under Fonden", FOUNDATION, BY_THE_PROGRAMME,
     "hand", "", ("agreement",)),
    ("steering_group", 0, "Den nationale styregruppe er etableret og har holdt sit første møde", FOUNDATION,
     BY_THE_PROGRAMME, "meeting", STEERING_GROUP, ("agreement",)),
    ("national_work", 0, "Koordinatoren har bidraget til den landsdækkende indsats", SECRETARIAT, BY_THE_PROGRAMME,
     "hand", "", ("hired",)),
    ("exchange", 0, "Erfaringer og metoder er udvekslet med Natteravnene og resten af landet", SECRETARIAT,
     BY_THE_PROGRAMME, "hand", "", ("seated",)),
    ("concept", 1, "Det nye selvbærende koncept er vedtaget", SECRETARIAT, BY_THE_PROGRAMME,
     "document", "concept", ("hired", "steering_group")),
    ("financing", 1, "Modellen for den fremtidige finansiering er vedtaget", SECRETARIAT, BY_THE_PROGRAMME,
     "document", "anchoring_model", ("hired", "steering_group")),
    ("associations", 2, "Mindst tre lokale foreninger er stiftet", SECRETARIAT, BY_THE_CRITERIA,
     "criterion", "associations", ("hired",)),
    ("coordinators", 3, "Mindst 15 lokale koordinatorer er uddannet", SECRETARIAT, BY_THE_CRITERIA,
     "criterion", "coordinators", ("hired",)),
    ("participation", 4, "Koordinatoren har deltaget i den nationale styregruppe", SECRETARIAT, BY_THE_PROGRAMME,
     "hand", "", ("hired", "steering_group")),
    ("application", 5, "Ansøgningen er sendt til Fonden for Socialt Ansvar", SECRETARIAT, BY_THE_PROGRAMME,
     "application", FOUNDATION, ("hired",)),
    ("grant", 5, "Fonden for Socialt Ansvar har bevilget midlerne", FOUNDATION, BY_THE_PROGRAMME,
     "grant", FOUNDATION, ("application",)),
    ("training_concept", 6, "Det fælles koncept for uddannelsen er vedtaget", SECRETARIAT, BY_THE_CRITERIA,
     "criterion", "training_concept", ("hired", "steering_group")),
    ("mothers", 6, "De første nye bydelsmødre er uddannet", SECRETARIAT, BY_THE_PROGRAMME,
     "mothers", "", ("hired",)),
]  # fmt: skip
