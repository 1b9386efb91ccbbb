"""The Danish words of the files. They are Danish papers, whoever fetches them, so they are not translated."""

from collections.abc import Mapping

ABOUT, GOALS, GROUNDS, CURVES = "Om rapporten", "Mål", "Grundlag for mål", "Dag for dag"
FIGURES, ACTIVITIES, ECONOMY, FUNDERS = "Nøgletal", "Aktiviteter", "Økonomi", "Bidragydere"
RISKS, FORECAST, TEXTS = "Risici", "Prognose", "Tekster"

FACT, VALUE, UNIT, CODE, NUMBER, DAY = "Oplysning", "Værdi", "Enhed", "Kode", "Nr.", "Dato"
KRONER, PER_CENT = "kr.", "%"
YES, NO = "Ja", "Nej"

#: The facts of the first sheet, by what they are of.
TITLE, CVR, PERIOD_FROM, PERIOD_TO = "Titel", "Afsenders CVR-nummer", "Periode fra", "Periode til og med"
KNOWN_AT, APPROVED_AT_ORGANISATION = "Som registreret", "Godkendt af, organisation"
APPROVED_BY_OFFICE = "Godkendt af, stilling"
REPLACES_NUMBER, REPLACES_REASON, REPLACES_SHA = "Erstatter version", "Hvorfor", "SHA-256 af den, der erstattes"
SHA, PREVIOUS, CHECKED_AT, CHECK_CODE = "SHA-256 af indholdet", "SHA-256 af den forrige rapport", "Kontrol", "Kode"
SCHEMA, IDENTITY = "Format af indholdet", "Identitet"
YEAR, PRICE_LEVEL, STATE = "Budgetår", "Prisniveau", "Budgettets tilstand"
STATES: Mapping[str, str] = {"approved": "Godkendt", "proposed": "Ikke godkendt endnu"}
HOW_TO_READ = "Sådan læses arkene"
EMPTY = "En tom celle betyder, at tallet eller oplysningen ikke er kendt eller ikke er med i rapporten. Den er ikke 0."
AMOUNTS = "Beløb er i kroner. Et minus er et minus, fx et overskredet budget."

GOAL_HEAD = (
    "Nr.", "Mål", "Resultat", "Måltal", "Opfyldt", "Opfyldt siden", "Status", "Frist", "Ordlyd", "Opgørelsesregel",
    "Reglen gælder fra", "Kommunen godkendte reglen", "Reglens version", "Tæller med i alt",
    "Dokumentation kontrolleret", "Dokumentation i orden",
    "Senest kontrolleret",
)  # fmt: skip
GROUND_HEAD = ("Nr.", "Mål", "Art", "Hvad", "Mangler")
CURVE_HEAD = ("Mål", "Dato", "Værdi", "Måltal")
FIGURE_HEAD = ("Nøgletal", "Værdi", "Enhed", "Kode", "Opgjort pr.")
ACTIVITY_HEAD = ("Nr.", "Aktivitet", "Milepæl", "Status", "Frist", "Nået")
LINE_HEAD = (
    "Linje", "Oprindeligt budget", "Omdisponeret", "Korrigeret budget", "Forbrug", "Disponeret", "Rest",
    "Afvigelse i kr.", "Afvigelse i %", "Forklaring",
)  # fmt: skip
FUNDER_HEAD = ("Bidragyder", "Foreslået", "Tilsagn", "Bevilget", "Udbetalt")
RISK_HEAD = (
    "Risiko", "Konsekvens", "Sandsynlighed (1–5)", "Konsekvens (1–5)", "Hvad vi gør", "Ansvarlig", "Ses igen",
)  # fmt: skip
FORECAST_HEAD = ("Prognose", "Kr.")
TEXT_HEAD = ("Afsnit", "Nr.", "Slags", "Tekst")
KINDS_OF_TEXT: Mapping[str, str] = {"heading": "Overskrift", "paragraph": "Tekst", "list": "Punkt"}

#: The one long table: which report, where in it, what, and how much.
LONG_HEAD = ("Rapport", "Opgjort pr.", "Version", "Afsnit", "Række", "Emne", "Oplysning", "Værdi", "Enhed")
BETWEEN = " · "

NOTHING: Mapping[str, str] = {
    GROUNDS: "Intet tæller med endnu, eller det er ikke nævnt enkeltvis.",
    CURVES: "Ingen kurver er med i rapporten.",
    FUNDERS: "Ingen bidragydere er med i rapporten.",
    TEXTS: "Der er ingen tekster i rapporten.",
}

#: At the foot of a printed sheet, to the left and to the right.
FOOTER_LEFT = "{kind}, version {version} · SHA-256 {sha}…"
FOOTER_RIGHT = "&A · Side &P af &N"

#: What is done about a report, by the code of the step.
STEPS: Mapping[str, str] = {
    "frozen": "Godkendt og låst",
    "sent": "Sendt til kommunen",
    "reminded": "Rykket for svar",
    "received": "Modtaget",
    "question": "Spørgsmål",
    "answer": "Svar",
    "accepted": "Godkendt af kommunen",
    "returned": "Sendt retur",
}
DIALOGUE_HEAD = ("Nr.", "Tidspunkt", "Hvad", "Stilling", "Organisation", "Afsnit", "Svar på nr.", "Tekst")
DIALOGUE_TITLE = "Forløb og dialog"
#: Before each line of what somebody has written.
QUOTED = "  > "
ABOUT_SECTION, ANSWER_TO = "Om afsnittet {section}", "Svar på nr. {number}"

JOURNAL_TITLE = "Oplysninger til journalen"
REPORT_TYPE, PERIOD, LOCKED_AT = "Rapporttype", "Periode", "Godkendt og låst"
REPORT_CASE_NUMBER = "Sagsnummer, som det står i rapporten"
SHA_PDF, HEAD = "SHA-256 af PDF-filen", "Kædens seneste fingeraftryk"
HEAD_SAYS = "{sha256} (nr. {place} i kæden, låst {at})"
NOT_KNOWN = "ikke oplyst"
NO_PREVIOUS = "ingen: det er den første rapport i rækken"
FILES_TITLE = "Filer i arkivet"
HOW_TO_CHECK = (
    "Filerne kontrolleres med sha256sum -c SHA256SUMS (Linux og macOS) eller certutil -hashfile FIL SHA256 (Windows).",
    "JSON-filen er rapportens indhold, byte for byte som det blev låst. Dens SHA-256 står på rapporten.",
    "Kæden: hver rapport bærer den forriges fingeraftryk. Gem det seneste; så kan en historie, der er skrevet om, ses.",
    "Filerne nævner stillinger og organisationer, ikke personer, ud over det, der er skrevet i tekst og dialog.",
)
