"""The reports that were sent to the municipality in 2011: what was written in each version, when it was frozen, and
what became of it. The words say what was known on that day, and no number of persons that the municipality is not told.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

#: Which of the story's users writes and answers, approves, and reads for the municipality.
WRITER, APPROVER, CASEWORKER = "writer", "approver", "caseworker"

#: None of them ever logs in.
USERS = {
    WRITER: {"email": "sekretariatet-2011@example.org", "name": "Sekretariatet", "office": "Koordinator"},
    APPROVER: {"email": "programchefen-2011@example.org", "name": "Programchefen", "office": "Programchef"},
    CASEWORKER: {
        "email": "kontaktpersonen-2011@example.org",
        "name": "Kontaktpersonen",
        "office": "Kommunens kontaktperson",
    },
}

CASE_NUMBER = "2010-118"


@dataclass(frozen=True, slots=True)
class StepPlan:
    """What became of a version: what, when ("22.08 13:20"), by whom; of a question or answer the section, and the
    words. An answer is to the question before it."""

    what: str
    at: str
    by: str = CASEWORKER
    section: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class VersionPlan:
    """A version: when it was frozen, what was written since the one before it, and why it replaces that."""

    frozen_at: str
    texts: Mapping[str, str]
    reason: str = ""
    steps: tuple[StepPlan, ...] = ()


@dataclass(frozen=True, slots=True)
class ReportPlan:
    """A report, its period, when it was begun, and its versions."""

    kind: str
    period_from: str
    period_to: str
    due_on: str
    versions: list[VersionPlan] = field(default_factory=list)


def prose(text: str) -> str:
    """A text as it is stored: broken lines are put together, paragraphs, headings and list items are not."""
    lines: list[str] = []
    for line in (one.strip() for one in text.strip().splitlines()):
        goes_on = bool(line) and bool(lines) and bool(lines[-1]) and not line.startswith(("- ", "### "))
        if goes_on and not lines[-1].startswith("### "):
            lines[-1] = f"{lines[-1]} {line}"
        else:
            lines.append(line)
    return "\n".join(lines)


_MIDWAY_FIRST = {
    "goals": """
        Ved udgangen af juni er **1 af 3** foreninger stiftet, og **4 af 15** koordinatorer tæller med. De øvrige tre
        mål er ikke nået endnu.

        - **Foreninger.** Bydelsmødre i Tingbjerg blev stiftet den 26. maj med en bestyrelse på fem. Samarbejdsaftalen
          med sekretariatet blev indgået den 15. juni. CVR-nummer og bankkonto mangler, før foreningen er i drift.
        - **Koordinatorer.** De, der tæller med, er koordinatorer i Tingbjerg. Andre har gennemført kurset og tæller
          først med, når deres egen forening er stiftet.
        - **Uddannelseskoncept.** Det første udkast lå klar den 27. maj. Den nationale styregruppe sendte det i høring
          den 8. juni med frist den 15. august.
        - **Værdier.** Arbejdet begynder i august med et seminar for bydelsmødre fra hele landet.
        - **Partnerskab.** Aftalen har været i kraft siden den 7. februar. Målet er først nået, når styregruppen også
          har vedtaget en model for forankringen.

        Der mangler altså to foreninger og elleve koordinatorer. Gruppen på Nørrebro er længst fremme. I Sjælør begyndte
        arbejdet den 1. juni.
    """,
    "activities": """
        Det første halvår er gået med at få den frivillige indsats på benene.

        - Koordinatoren tiltrådte den 1. februar.
        - Grunduddannelse 1 løb over 15 mandage i Lundtoftegade fra den 28. februar til den 27. juni. **13 nye
          bydelsmødre** fik diplom.
        - Koordinatorkursus 1 løb over ti onsdage fra den 6. april til den 15. juni.
        - Styregruppen holdt møde den 16. marts og den 8. juni.
        - Ansøgningen til Fonden for Socialt Ansvar blev sendt den 29. april. Fonden bevilgede 570.000 kr. den 24. maj.

        Tal om personer og samtaler frigives fire gange om året, så ingen kan genkendes, og nøgletallene sidst i
        rapporten er fra den seneste frigivelse før opgørelsesdagen. Ved frigivelsen den 1. august var der ført 38
        anonyme samtaler. Af de 48 tidligere lønnede bydelsmødre fortsætter 12, 18 fortsætter ikke, og 18 er uafklarede.
    """,
    "economy": """
        Der er brugt **506.000 kr.** af budgettet på 1.370.000 kr. Ingen post er overskredet. Kommunen har udbetalt
        400.000 kr. og Fonden 285.000 kr.
    """,
    "risks": """
        Tabellen viser de tre risici, som forslaget peger på. Sådan står det til med dem:

        - **Modstand.** Alle 48 tidligere lønnede bydelsmødre bliver spurgt enkeltvis, om de vil fortsætte frivilligt.
          Mange har endnu ikke bestemt sig.
        - **Rekruttering.** Grunduddannelse 2 begynder den 22. august, og der er interesserede nok til et fuldt hold.
        - **Finansiering fra 2012.** Der er ikke skrevet en model endnu. Styregruppen skal have et udkast i efteråret.

        Dertil kommer likviditeten: Kommunens anden rate forfalder den 1. september og udbetales, når denne rapport er
        godkendt.
    """,
    "forecast": """
        Prognosen viser et forbrug på 1.312.000 kr. ved årets udgang og en rest på 58.000 kr. Vi venter at nå tre
        foreninger og 15 koordinatorer inden fristen.
    """,
}

_MIDWAY_SECOND = {
    "economy": """
        Der er brugt **506.000 kr.**, som er 37 % af budgettet på 1.370.000 kr. Ingen post er overskredet. At forbruget
        efter et halvt år er under det halve budget, har tre grunde:

        - **Løn.** Stillingen som koordinator var ubesat i januar. Der er udbetalt løn i fem måneder, i alt 210.000 kr.
        - **Uddannelse.** De store udgifter til undervisere, tolke og supervision falder i andet halvår. Da løber to
          hold på grunduddannelsen og koordinatorkursus 2.
        - **Effektmål.** Målingen blev tilrettelagt i maj. Midtvejsmålingen betales i tredje kvartal og slutmålingen i
          fjerde.

        ### Likviditet

        Kommunen udbetalte 400.000 kr. den 15. marts og Fonden 285.000 kr. den 1. juni. Af de 685.000 kr. var 179.000
        kr. ikke brugt den 30. juni. De rakte til slutningen af august, og kommunens anden rate på 400.000 kr. er derfor
        nødvendig i efteråret.
    """,
    "forecast": """
        Prognosen viser et forbrug på **1.312.000 kr.** ved årets udgang og en rest på **58.000 kr.** Af resten er
        38.000 kr. løn, som ikke bliver brugt, fordi stillingen var ubesat i januar.

        Styregruppen støttede den 7. september, at 30.000 kr. søges flyttet fra løn til uddannelse, så der kan oprettes
        et hold mere på grunduddannelsen. Begge bidragydere får en ansøgning i september.

        ### Når vi målene?

        - **Foreninger:** På Nørrebro er der indkaldt til stiftende generalforsamling i september. I Sjælør ventes den
          i november.
        - **Koordinatorer:** Koordinatorkursus 2 begyndte den 7. september og slutter den 16. november.
        - **Uddannelseskoncept:** Styregruppen sendte udkastet tilbage den 7. september. Et revideret udkast behandles
          den 5. oktober.
        - **Værdier:** Udkastet er i høring til den 1. november.
        - **Partnerskab:** Modellen for forankring er det mål, vi er mest usikre på. Den skal behandles senest i
          november.
    """,
}

_STATUS_FIRST = {
    "goals": """
        Som det er registreret den 3. oktober, er **1 af 3** foreninger stiftet, og **4 af 15** koordinatorer tæller
        med. Det er det samme som ved halvåret.

        - **Foreninger.** Bydelsmødre i Tingbjerg fik CVR-nummer den 18. august og bankkonto den 22. september. Det er
          den første forening i drift. På Nørrebro blev der indkaldt til stiftende generalforsamling i september.
          Vedtægter og underskrevet referat er ikke nået frem til sekretariatet, og foreningen tæller derfor ikke med.
        - **Koordinatorer.** Koordinatorkursus 2 begyndte den 7. september.
        - **Uddannelseskoncept.** Styregruppen sendte udkastet tilbage den 7. september, fordi kravene til antal moduler
          skal være ens i hele landet. Et revideret udkast behandles den 5. oktober.
        - **Værdier.** Udkastet er i høring i de lokale grupper til den 1. november.
        - **Partnerskab.** Aftalen er i kraft. Der er ikke vedtaget en model for forankringen.
    """,
    "activities": """
        Tredje kvartal har været præget af uddannelse og af høringerne.

        - Grunduddannelse 2 begyndte den 22. august og løber over 15 mandage til den 5. december.
        - Koordinatorkursus 2 løber over ti onsdage fra den 7. september til den 16. november.
        - Koordinatorerne i Tingbjerg har fået supervision.
        - Bydelsmødre fra hele landet arbejdede med de fælles værdier på et seminar i august.
        - Midtvejsmålingen af effekten blev gennemført.
        - Styregruppen holdt møde den 7. september.

        Tal om personer og samtaler frigives fire gange om året. Tallene for tredje kvartal frigives den 1. november, og
        nøgletallene sidst i rapporten er derfor fra den 30. juni.
    """,
    "economy": """
        Der er brugt **904.000 kr.** af budgettet på 1.370.000 kr., heraf 398.000 kr. i tredje kvartal. Ingen post er
        overskredet.

        ### Likviditet

        Der er udbetalt 685.000 kr. til projektet, og det har brugt 219.000 kr. mere end det. **Likviditeten er altså
        −219.000 kr.**, og Fonden lægger ud. Grunden er, at kommunens anden rate på 400.000 kr. forfaldt den 1.
        september og ventede på midtvejsrapporten, som blev godkendt den 26. september.

        ### Omdisponering og rettelser

        - Vi har søgt om at flytte 30.000 kr. fra løn til uddannelse. Fonden sagde ja den 20. september. Kommunen har
          ikke svaret endnu, så beløbet er ikke med i det korrigerede budget.
        - En udgift på 8.600 kr. til undervisningsmapper blev den 11. august bogført på kontorhold. Den er tilbageført
          og bogført på uddannelse.
    """,
    "risks": """
        - **Likviditet.** Fondens udlæg kan ikke vokse meget mere. Den anden rate ventes i oktober.
        - **Tid.** To foreninger mangler, og Sjælør kan tidligst stiftes i november. Går det galt, er der kun én måned
          til at rette det.
        - **Rekruttering.** Begge hold er i gang. Nu gælder det om at finde medlemmer til bestyrelserne.
        - **Finansiering fra 2012.** Vi arbejder på en model, der ikke bygger på kommunale penge. Den skal behandles i
          styregruppen i november.
    """,
}

_STATUS_SECOND = {
    "goals": """
        Pr. 30. september er **2 af 3** foreninger stiftet, og **7 af 15** koordinatorer tæller med. I version 1 stod
        der 1 og 4, fordi papirerne fra Nørrebro endnu ikke var nået frem.

        - **Foreninger.** Bydelsmødre på Nørrebro blev stiftet den 15. september. Referatet blev underskrevet den 28.
          september, og stiftelsen blev registreret den 4. oktober. Bydelsmødre i Tingbjerg fik bankkonto den 22.
          september og er den første forening i drift.
        - **Koordinatorer.** Koordinatorerne på Nørrebro tæller med fra stiftelsen. Koordinatorkursus 2 begyndte den 7.
          september.
        - **Uddannelseskoncept.** Styregruppen sendte udkastet tilbage den 7. september. Den vedtog det reviderede
          udkast den 5. oktober. Det er efter opgørelsesdagen og vises derfor først i næste rapport.
        - **Værdier.** Udkastet er i høring i de lokale grupper til den 1. november.
        - **Partnerskab.** Aftalen er i kraft. Der er ikke vedtaget en model for forankringen.
    """,
    "economy": """
        Der er brugt **904.000 kr.** af budgettet på 1.370.000 kr., heraf 398.000 kr. i tredje kvartal. Ingen post er
        overskredet, og tallene er de samme som i version 1.

        ### Likviditet

        Der er udbetalt 685.000 kr. til projektet, og det har brugt 219.000 kr. mere end det. **Likviditeten var altså
        −219.000 kr.** den 30. september, og Fonden lagde ud. Kommunens anden rate på 400.000 kr. er modtaget den 10.
        oktober.

        ### Omdisponering og rettelser

        - Vi har søgt om at flytte 30.000 kr. fra løn til uddannelse. Fonden sagde ja den 20. september og kommunen den
          4. oktober. Beløbet er flyttet fra den dag og er derfor ikke med i tallene pr. 30. september.
        - En udgift på 8.600 kr. til undervisningsmapper blev den 11. august bogført på kontorhold. Den er tilbageført
          og bogført på uddannelse.
    """,
    "risks": """
        - **Likviditet.** Den anden rate er modtaget, og risikoen er ovre for i år.
        - **Tid.** Én forening mangler. Sjælør kan tidligst stiftes i november. Går det galt, er der kun én måned til at
          rette det.
        - **Rekruttering.** Begge hold er i gang. Nu gælder det om at finde medlemmer til bestyrelserne.
        - **Finansiering fra 2012.** Styregruppen bad den 5. oktober om en model, der ikke bygger på kommunale penge.
          Den skal behandles i november.
    """,
}

REPORTS = [
    ReportPlan(
        "midway",
        "01.01",
        "30.06",
        "15.08",
        [
            VersionPlan(
                "12.08 10:15",
                _MIDWAY_FIRST,
                steps=(
                    StepPlan("sent", "12.08 10:40", WRITER),
                    StepPlan("received", "15.08 09:05"),
                    StepPlan(
                        "question",
                        "17.08 11:30",
                        section="goals",
                        text="Hvornår ventes de næste to foreninger stiftet, og er der en plan, hvis den ene glipper?",
                    ),
                    StepPlan(
                        "answer",
                        "18.08 14:10",
                        WRITER,
                        "goals",
                        "Nørrebro ventes stiftet i september og Sjælør i november. Glipper en af dem, er gruppen i "
                        "Akacieparken den næste. Arbejdet der begynder den 1. september.",
                    ),
                    StepPlan(
                        "returned",
                        "22.08 13:20",
                        text="Afsnittet om økonomi forklarer ikke, hvorfor kun 37 % af budgettet er brugt efter et "
                        "halvt år. Afsnittet om resten af året skal sige, hvad den løn, der bliver til overs, skal "
                        "bruges til, og hvor sikre I er på hvert af de fem mål.",
                    ),
                ),
            ),
            VersionPlan(
                "09.09 14:00",
                _MIDWAY_SECOND,
                "Afsnittene Økonomi og Forventning til resten af året er uddybet, som kommunen bad om den 22. august. "
                "Tallene er de samme.",
                (
                    StepPlan("sent", "09.09 14:20", WRITER),
                    StepPlan("received", "12.09 08:50"),
                    StepPlan(
                        "accepted",
                        "26.09 11:00",
                        text="Tak for uddybningen. Midtvejsrapporten er godkendt, og anden rate sættes til udbetaling.",
                    ),
                ),
            ),
        ],
    ),
    ReportPlan(
        "status",
        "01.07",
        "30.09",
        "15.10",
        [
            VersionPlan(
                "03.10 15:30",
                _STATUS_FIRST,
                steps=(StepPlan("sent", "03.10 16:05", WRITER), StepPlan("received", "04.10 09:20")),
            ),
            VersionPlan(
                "12.10 15:30",
                _STATUS_SECOND,
                "Nørrebros stiftelse blev først registreret den 4. oktober, efter at version 1 var sendt. Pr. 30. "
                "september var der 2 foreninger og 7 koordinatorer, ikke 1 og 4.",
                (StepPlan("sent", "12.10 15:50", WRITER), StepPlan("received", "13.10 10:40")),
            ),
        ],
    ),
]
