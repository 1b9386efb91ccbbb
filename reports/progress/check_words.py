"""The Danish words of the public page that says whether a report is the one that was frozen. It answers for a Danish
paper, and so speaks Danish to everybody, as the paper does."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Words:
    """An answer: what it is, what that means, and what to do next."""

    heading: str
    meaning: str
    next: tuple[str, ...]


TITLE = "Kontrollér en rapport"
INTRO = (
    "Her kan alle se, om en rapport fra Bydelsmødre er den, der blev godkendt og frosset. Det kræver intet login. "
    "En fil, du kontrollerer, bliver ikke gemt."
)

CODE_HEADING, CODE_LABEL, CODE_BUTTON = "Har du papiret?", "Kode", "Kontrollér koden"
CODE_HELP = (
    "Koden står på rapportens sidste side: tyve tegn, fx 3f9a 07c1 … Mellemrum og store bogstaver er uden betydning."
)
CODE_MISSING = "Skriv koden fra rapportens sidste side."
CODE_WRONG = "Koden har tyve tegn og består af tallene 0–9 og bogstaverne a–f. Se efter en gang til."

FILE_HEADING, FILE_LABEL, FILE_BUTTON = "Har du filen?", "Fil", "Kontrollér filen"
FILE_HELP = "Rapporten som PDF eller datafil (JSON), højst 20 MB. Den sammenlignes byte for byte."
FILE_MISSING = "Vælg den fil, der skal kontrolleres."
FILE_EMPTY = "Filen er tom."
FILE_LARGE = "Filen er større end 20 MB. Så store er rapporterne ikke: vælg PDF-filen eller datafilen selv."

TOO_OFTEN = (
    "Der er kontrolleret så meget herfra den seneste time, at vi må vente. "
    "Prøv igen om en time. Haster det, så regn efter selv, som der står på rapportens sidste side."
)

OF_A_CODE: Mapping[str, Words] = {
    "genuine": Words(
        "Koden er ægte",
        "Rapporten herunder er frosset med den kode. Det, der ligger gemt, er netop regnet efter og er uændret.",
        (
            "Sammenlign papiret med oplysningerne herunder: version, datoer og SHA-256, tegn for tegn. "
            "En ægte kode kan være skrevet af på et falsk papir.",
            "Har du filen, så kontrollér den nederst på siden. Så sammenlignes alt, hvad der står i den.",
            "Vil du regne efter selv, så hent datafilen (JSON), og beregn filens SHA-256.",
        ),
    ),
    "held": Words(
        "Koden er ægte, men rapporten er ikke sendt ud",
        "En rapport er frosset med den kode, og det, der ligger gemt, er netop regnet efter og er uændret. "
        "Den er ikke sendt ud herfra, så her vises kun dens fingeraftryk.",
        (
            "Sammenlign SHA-256 på papiret med den herunder, tegn for tegn.",
            "Har du filen, så kontrollér den nederst på siden.",
            "Spørg den, du har fået rapporten af, hvilken version der gælder.",
        ),
    ),
    "unknown": Words(
        "Koden er ukendt",
        "Ingen rapport er frosset her med den kode.",
        (
            "Se efter, om koden er skrevet rigtigt af: tyve tegn, tallene 0–9 og bogstaverne a–f.",
            "Er den rigtig, er papiret ikke udsendt herfra. Brug det ikke, og spørg den, du har fået det af.",
        ),
    ),
}

GENUINE_PDF = Words(
    "PDF-filen er ægte",
    "Den er byte for byte den, der blev frosset. Det, der ligger gemt, er netop regnet efter og er uændret.",
    ("Du kan bruge filen. Gem den, som den er: et program, der gemmer den igen, kan ændre den.",),
)
GENUINE_JSON = Words(
    "Datafilen er ægte",
    "Den er byte for byte den, der blev frosset. Det, der ligger gemt, er netop regnet efter og er uændret.",
    ("Du kan bruge filen. Gem den, som den er: et program, der gemmer den igen, kan ændre den.",),
)
SAME = Words(
    "Indholdet er ægte, men det er ikke den fil, der blev sendt",
    "Filen siger det samme som den frosne rapport, tegn for tegn i alle felter, men er skrevet op på en anden måde, "
    "fx med linjeskift. Derfor har den en anden SHA-256.",
    ("Du kan bruge indholdet. Skal filen gemmes eller sendes videre, så hent den frosne datafil herunder i stedet.",),
)
ALTERED_PDF = Words(
    "PDF-filen er ændret",
    "Den bærer mærket fra rapporten herunder, men er ikke den fil, der blev frosset.",
    (
        "Brug den ikke. Bed den, du har fået den af, om filen, som den blev sendt.",
        "Det kan være sket uden ond vilje: en underskrift, en note eller et program, der har gemt filen igen. "
        "Vi kan ikke se, hvad der er ændret.",
        "Se, hvad der skulle stå: hent datafilen (JSON) herunder, og sammenlign.",
    ),
)
ALTERED_JSON = Words(
    "Datafilen er ændret",
    "Den siger, at den er rapporten herunder, men indholdet er ikke det, der blev frosset.",
    (
        "Brug den ikke. Hent den frosne datafil herunder, og sammenlign, hvis du vil se forskellen.",
        "Spørg den, du har fået filen af, hvorfor den er ændret.",
    ),
)
DAMAGED = Words(
    "Vi kan ikke sige god for rapporten",
    "Det, der ligger gemt her, passer ikke længere med det fingeraftryk, som rapporten fik, da den blev frosset.",
    (
        "Det siger ikke, at dit eksemplar er forkert: det er vores, der er noget galt med.",
        "Skriv til afsenderen af rapporten, og giv koden, så det kan blive undersøgt.",
        "Har du datafilen (JSON), kan du selv beregne dens SHA-256 og holde den op mod den, der er trykt på papiret.",
    ),
)
UNKNOWN_FILE: Mapping[str, Words] = {
    "pdf": Words(
        "PDF-filen er ukendt",
        "Den er ikke en af de filer, der er frosset her, og den bærer ikke mærket fra nogen af dem.",
        (
            "Er den scannet, udskrevet til PDF eller gemt af et andet program, så skriv koden fra sidste side.",
            "Er koden også ukendt, er rapporten ikke udsendt herfra. Spørg den, du har fået den af.",
        ),
    ),
    "json": Words(
        "Datafilen er ukendt",
        "Den er ikke en af de filer, der er frosset her, og den siger ikke, at den er nogen af dem.",
        (
            "Har du papiret, så skriv koden fra sidste side, og hent datafilen der.",
            "Har du kun filen, så spørg den, du har fået den af, hvor den kommer fra.",
        ),
    ),
    "other": Words(
        "Filen er ukendt",
        "Den er hverken en PDF eller en datafil (JSON), uanset hvad den hedder.",
        ("Vælg rapporten, som du fik den: PDF-filen eller datafilen. Eller skriv koden fra sidste side.",),
    ),
}

REPLACED = "Erstattet af version {number}"
REPLACED_MEANING = (
    "Rapporten er ægte, men der er siden frosset en nyere version. Den siger selv, hvad den erstatter, og hvorfor."
)
REPLACED_LINK = "Se version {number}"

FACTS_HEADING = "Den frosne rapport"
REPORT, FROZEN_AT, FILE_SHA256 = "Rapport", "Frosset", "Din fils SHA-256"
CODE, SHA256, PDF_SHA256 = "Kode", "Rapportens SHA-256", "PDF-filens SHA-256"
FETCH = "Hent datafilen (JSON)"
FETCH_HELP = "Filens SHA-256 skal være »Rapportens SHA-256« herover, fx med programmet sha256sum."

CHAIN_HEADING = "Rækken af rapporter"
CHAIN_WHOLE = (
    "Rækken er regnet efter og hel til og med denne rapport, der er nummer {place}: "
    "hver rapport bærer den forriges SHA-256."
)
CHAIN_BROKEN = (
    "Rækken til og med denne rapport er ikke hel: en rapport før den, eller rækkefølgen, er ikke, som den var. "
    "Denne rapport selv er kontrolleret for sig. Skriv til afsenderen, og giv koden."
)

#: How an answer is marked: the colour of a status, and its shape.
MARKS: Mapping[str, tuple[str, str]] = {
    "genuine": ("met", "met"),
    "same": ("met_late", "met_late"),
    "altered": ("missed", "missed"),
    "damaged": ("missed", "finding"),
    "unknown": ("missed", "not_yet"),
}


def words_of(verdict: str, kind: str | None, *, is_out: bool) -> Words:
    """The words of an answer to a code (`kind` is None) or to a file of that kind. Of a report that is not out, whoever
    has its code alone is told less."""
    if verdict == "damaged":
        return DAMAGED
    if kind is None:
        return OF_A_CODE["held" if verdict == "genuine" and not is_out else verdict]
    if verdict == "unknown":
        return UNKNOWN_FILE[kind]
    if verdict == "same":
        return SAME
    of_pdf, of_json = {"genuine": (GENUINE_PDF, GENUINE_JSON), "altered": (ALTERED_PDF, ALTERED_JSON)}[verdict]
    return of_pdf if kind == "pdf" else of_json
