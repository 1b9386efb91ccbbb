"""The Danish words of the annex for the committee, which is a Danish paper. What it shares with the report stands in
`reports.progress.words`."""

from collections.abc import Mapping

TITLE = "Udvalgsbilag"
SUBJECT = "Bilag til udvalget: {title}, version {number}"

#: The four texts, by the columns of `CommitteeAnnex`.
HEADINGS: Mapping[str, str] = {
    "problem": "Problem",
    "solution": "Løsning",
    "economy": "Økonomi",
    "next_steps": "Næste skridt",
}

CRITERIA_HEADING = "Succeskriterierne pr. {day}"
CRITERIA_HEAD = ("Kriterium", "Status", "Resultat", "Frist")
MONEY_HEADING = "Økonomi pr. {day}"
MONEY_HEAD = ("Post", "Budget", "Forbrug", "Disponeret", "Rest", "Bemærkning")
MONEY_NOTE = "Beløb i kr. Budgettet er det korrigerede; {state}resten er det, der hverken er brugt eller disponeret."
STATES: Mapping[str, str] = {"approved": "det er godkendt, og ", "proposed": "det er ikke godkendt endnu, og "}
OVERSPENT, UNUSED, LEFT = "Overskredet", "Ikke brugt endnu", "Uforbrugt"
OTHER_LINES = "{count} andre poster"
RISKS_HEADING = "De vigtigste risici"
RISK_HEAD = ("Risiko", "Vurdering", "Hvad vi gør")
RATING = "{likelihood} × {impact} = {product}"
RATING_NOTE = "Vurdering: sandsynlighed × konsekvens, begge fra 1 til 5."
MORE_RISKS = "Rapporten nævner i alt {count} risici."

KEY_GOALS, KEY_SPENT, KEY_REST = (
    "succeskriterier opfyldt",
    "brugt af {budgeted}",
    "tilbage, når {committed} er disponeret",
)
KEY_REST_BARE = "tilbage"
KEY_OF = "{met} af {all}"

CHECK_HEADING = "Hvor tallene kommer fra"
CHECK = (
    "Tallene er hentet fra {title}, version {number}, som er godkendt af {approver} og låst. De viser, hvordan det "
    "stod til {cut_off}, sådan som det var registreret {known_at}. De fire tekster på side 1 er skrevet af "
    "sekretariatet."
)
CHECK_UNSIGNED = "afsenderen"
CHECK_HOW = "Se efter, at rapporten er ægte og gældende: skan koden, eller åbn adressen:"
CODE = "Kode {code} · SHA-256 {sha}…"

#: So many rows a table has at most, and so many letters a cell or a fact.
MOST_CRITERIA, MOST_LINES, MOST_RISKS = 10, 8, 3
LONGEST_NAME, LONGEST_FACT, LONGEST_RISK = 120, 90, 170

#: What the first texts say, until somebody writes better ones.
FIRST_GOALS = "{programme} har {goals}. Pr. {day} er {met} af {all} opfyldt."
FIRST_NO_GOALS = "{programme} har endnu ingen succeskriterier, der er opgjort."
GOALS_ONE, GOALS_MANY = "ét succeskriterium", "{count} succeskriterier"
FIRST_LACKS = "Ikke opfyldt endnu: {lacks}."
FIRST_MISSED = "Ikke opfyldt inden fristen: {lacks}."
FIRST_MET_LATE = "Opfyldt efter fristen: {lacks}."
FIRST_LACK, FIRST_LACK_BARE = "{name} ({result})", "{name}"
FIRST_PLAN = "Arbejdet følger en plan med {count} milepæle. Pr. {day} er {reached} nået{overdue}."
FIRST_OVERDUE = ", og {count} har overskredet fristen"
FIRST_NO_PLAN = "Arbejdsplanen har ingen milepæle endnu."
FIRST_COUNTS = "{name}: {counting}."
FIRST_MONEY = "Pr. {day} er {spent} af {budgeted} brugt."
FIRST_REST = "{committed} er disponeret, og {rest} er tilbage."
FIRST_REST_BARE = "{rest} er tilbage."
FIRST_OVERSPENT = "Overskredet: {lines}"  #: an amount ends with a full stop
FIRST_NO_MONEY = "Programmet har ikke noget budget endnu."
FIRST_LINE = "{name} med {amount}"
FIRST_STEP, FIRST_LATE = "{title}: senest {day}.", "{title}: skulle være nået {day}."
FIRST_STEP_BARE = "{title}."
FIRST_NO_STEPS = "Arbejdsplanen har ingen milepæle, der mangler."
