"""The Danish words of a progress report. It is a Danish paper, whoever fetches it, so they are not translated."""

from collections.abc import Mapping

BRAND = "Bydelsmødre"
UNTITLED = "Rapport"

FACTS: Mapping[str, str] = {
    "period": "Periode",
    "cut_off": "Opgjort pr.",
    "recipient": "Modtager",
    "sender": "Afsender",
    "case_number": "Sagsnummer",
    "document_number": "Dokumentnummer",
    "approved_by": "Godkendt af",
    "version": "Version",
    "replaces": "Erstatter",
    "kind": "Type",
    "programme": "Program",
}

BASIS_HEADING = "Hvad tæller, og på hvilket grundlag"
BASIS = (
    "Rapporten viser, hvordan det stod til {cut_off}, sådan som det var registreret {known_at}. "
    "Det, der er registreret senere, er ikke med."
)
BASIS_GOALS = (
    "Et mål har en ordlyd og en opgørelsesregel. Reglen siger, hvad der tæller med, og hvad det skal hvile på. "
    "Begge står i afsnittet Mål sammen med det, der tæller, og det, der mangler."
)
BASIS_MONEY = "Beløb er i kroner og hentet fra bogføringen i programmets administration."
BASIS_RELEASED = (
    "Tal for personer og samtaler oplyses fire gange om året. Ved hvert nøgletal står, hvilken dag det er opgjort."
)
BASIS_FEW = "Små tal er skrevet som »{words}«, så ingen kan genkendes."
BASIS_HIDDEN = "Hvor der står »{words}«, kunne et lille tal ellers regnes ud."
#: How a small number begins where it is not told, and what stands where it could be computed from its neighbours.
FEW, HIDDEN = "Færre end", "Ikke vist"

GLANCE_HEADING = "De {count} mål i overblik"
GLANCE_ONE = "Målet i overblik"
COUNTS = ("", "et", "to", "tre", "fire", "fem", "seks", "syv", "otte", "ni", "ti")
GLANCE_HEAD = ("Mål", "Status", "Resultat", "Frist")
NO_GOALS = "Programmet har ingen mål, der er opgjort i denne rapport."

MONEY_HEADING = "Økonomi kort fortalt"
MONEY: Mapping[str, str] = {
    "budgeted": "Korrigeret budget",
    "spent": "Forbrug",
    "committed": "Disponeret",
    "rest": "Rest",
}

MONEY_BAR = "Søjlen viser forbrug, disponeret og rest af det korrigerede budget, i den rækkefølge."

YES, NO, UNKNOWN = "Ja", "Nej", "–"
OF = "{value} af {target}"
SINCE = "siden {day}"
UNTIL = "til"
REPLACES = "Version {number}: {reason}"

GOALS, ACTIVITIES, ECONOMY, RISKS, FORECAST, FIGURES = "goals", "activities", "economy", "risks", "forecast", "figures"
#: What a final report calls the same.
SAME_AS: Mapping[str, str] = {"attainment": GOALS, "accounts": ECONOMY}
#: The sections that the report has by itself, in their order; those that only the narrative has stand before figures.
HEADINGS: Mapping[str, str] = {
    GOALS: "Mål",
    ACTIVITIES: "Aktiviteter",
    ECONOMY: "Økonomi",
    RISKS: "Risici",
    FORECAST: "Prognose",
    FIGURES: "Nøgletal",
}

WORDING, RULE = "Ordlyd", "Opgørelsesregel"
RULE_FROM = "Reglen gælder fra {day}, version {version}."
ACCEPTED = "Kommunen har godkendt reglen {day}."
NOT_ACCEPTED = "Kommunens godkendelse af reglen er ikke registreret."
DEADLINE = "Frist {day}"
#: So many letters tell one version of a rule from another.
LONGEST_VERSION = 8
COUNTING, NEARLY = "Tæller med", "Tæt på"
NOTHING_COUNTS = "Intet tæller med endnu."
NOT_NAMED = "Hvad der tæller med, er ikke nævnt enkeltvis i rapporten."
CHECKED_ALL = "Dokumentation kontrolleret af Fonden {day}."
CHECKED = (
    "Fonden har kontrolleret dokumentationen for {looked_at} af {of}, senest {day}. Den var i orden for {in_order}."
)
NOT_CHECKED = "Fonden har ikke kontrolleret dokumentationen endnu."
LACKS = "mangler: {lacks}"
NOT_LACKING = "hvad der mangler, er ikke oplyst"

NO_ACTIVITIES = "Arbejdsplanen har ingen aktiviteter."
NO_MILESTONES = "Ingen milepæle endnu."
NOT_REACHED = "Ikke endnu"
MILESTONE_HEAD = ("Milepæl", "Status", "Frist", "Nået")

NO_ECONOMY = "Der er ikke noget budget at fortælle om."
ECONOMY_INTRO = "Budget for {year}{price_level}{state}. Alle beløb er i kroner."
PRICE_LEVEL = ", prisniveau {price_level}"
ECONOMY_INTRO_BARE = "Alle beløb er i kroner."
STATES: Mapping[str, str] = {"approved": ", godkendt", "proposed": ", ikke godkendt endnu"}
LINE_HEAD = ("Linje", "Korrigeret\nbudget", "Forbrug", "Disponeret", "Rest", "Afvigelse", "Forklaring")
IN_ALL = "I alt"
MOVES_HEADING = "Fra oprindeligt til korrigeret budget"
MOVES_HEAD = ("Linje", "Oprindeligt\nbudget", "Omdisponeret", "Korrigeret\nbudget", "Afvigelse\ni kr.")
MOVES = ("allocated", "moved", "budgeted", "deviation")
FUNDERS_HEADING = "Finansiering"
FUNDER_HEAD = ("Bevillingsgiver", "Foreslået", "Tilsagn", "Bevilget", "Udbetalt")
UNKNOWN_NOTE = "En streg (–) betyder, at tallet eller oplysningen ikke er kendt eller ikke er med i rapporten."

NO_RISKS = "Ingen risici er skrevet ned."
RISK_HEAD = ("Risiko", "Konsekvens", "Vurdering", "Hvad vi gør")
RATING = "Sandsynlighed {likelihood} af 5\nKonsekvens {impact} af 5"
NOT_RATED = "Ikke vurderet"
OWNER = "Ansvarlig: {owner}"
NEXT_LOOK = "Ses igen {day}"

FORECAST_INTRO = "Sådan ventes året at ende. En prognose er et skøn og ikke en oplysning om det, der er sket."
FORECAST_TOTAL: Mapping[str, str] = {
    "expected": "Ventet forbrug ved årets udgang",
    "rest": "Ventet rest",
}

FIGURE_HEAD = ("Nøgletal", "Værdi", "Opgjort pr.")
NO_FIGURES = "Ingen nøgletal er opgjort."
NOT_MEASURED = "Ikke målt"

TARGET = "Mål {target}"
STEPS = "Dag for dag: {steps}."
STEP = "{day}: {value}"

PAGE, OF_PAGES = "Side", "af"
FOOTER = "{kind}, version {version}"

CHECK_HEADING = "Kontrollér rapporten"
CHECK_INTRO = (
    "Rapporten er frosset, da den blev godkendt. Tallene i den kan ikke ændres bagefter. "
    "Enhver, der har den i hånden, kan se efter, om den er den samme som den, der blev godkendt:"
)
CHECK_STEPS = (
    "Skan QR-koden, eller åbn adressen i en browser.",
    "Sammenlign koden og SHA-256 på siden med dem, der står her. Er de ens tegn for tegn, er det den samme rapport.",
    "Vil du regne efter selv, så hent rapportens indhold som datafil (JSON), og beregn filens SHA-256, for eksempel "
    "med programmet sha256sum. Resultatet skal være det samme som her.",
)
CHECK_FACTS: Mapping[str, str] = {
    "address": "Adresse",
    "code": "Kode",
    "sha256": "Rapportens SHA-256",
    "previous": "Den forrige rapports SHA-256",
}
CHECK_FIRST = "Ingen: det er den første rapport i rækken."
CHECK_WHY = (
    "SHA-256 er et fingeraftryk af rapportens indhold: ændres blot ét tegn, bliver det et andet. "
    "Hver rapport bærer den forriges fingeraftryk. Derfor kan ingen rapport i rækken byttes ud, uden at det kan ses."
)
#: Stands among the properties of the PDF.
MARK = "SHA-256 {sha256}"
QR_SAYS = "QR-kode, der åbner siden, hvor rapporten kan kontrolleres: {address}"
#: So many letters at most has a property of the file, and what is told of a drawing to whoever does not see it.
LONGEST_PROPERTY, LONGEST_SAID = 300, 4000
#: So many letters at most stand at each end of the head and the foot of a page.
LONGEST_RUNNING = 60
#: So many letters of the SHA-256 stand at the foot of each page.
SHORT = 12

#: A letter that no typeface of ours has.
LETTER = "[U+{number}]"

MAIL_SUBJECT = "{title}, version {number}"
MAIL_REMINDER = "Venter på svar: {title}, version {number}"
MAIL_REPLACES = "Versionen erstatter den forrige: {reason}\n\n"
MAIL_BODY = (
    "{title} fra Bydelsmødre i {programme} er klar. Den er opgjort pr. {cut_off}.\n"
    "\n"
    "Læs den, bed om uddybning, og godkend den eller send den tilbage her:\n"
    "{address}\n"
    "\n"
    "Gem denne mail sammen med sagen. Med rapportens fingeraftryk kan alle se efter, at den ikke er ændret siden:\n"
    "Kode: {code}\n"
    "SHA-256: {sha256}\n"
    "Den forrige rapports SHA-256: {previous}\n"
)
