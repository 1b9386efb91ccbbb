"""The money of the year: what was granted and paid, spent and bound, moved between lines. In kroner, 2011 p/l."""

from decimal import Decimal

from reports.plan2011 import COMMITTEE, FOUNDATION, FOUNDATION_BOARD, MUNICIPALITY

APPROVED_ON = "31.01"
COMMITTEE_MINUTES = "Udvalgets beslutningsprotokol 31.01.2011: bevilling og budget"

#: funder, stage, amount, day, decided by, note, what proves it
FUNDING = [
    (
        MUNICIPALITY,
        "granted",
        800_000,
        "31.01",
        COMMITTEE,
        "Finansieres fra Den tværgående integrationspulje.",
        COMMITTEE_MINUTES,
    ),
    (MUNICIPALITY, "paid", 400_000, "15.03", None, "Første rate.", "Kontoudtog marts 2011"),
    (FOUNDATION, "proposed", 570_000, "29.04", None, "Ansøgning indsendt af sekretariatet.", "Ansøgning 29.04.2011"),
    (
        FOUNDATION,
        "granted",
        570_000,
        "24.05",
        FOUNDATION_BOARD,
        "Bevilget som ansøgt.",
        "Bevillingsbrev fra Fonden for Socialt Ansvar 24.05.2011",
    ),
    (FOUNDATION, "paid", 285_000, "01.06", None, "Første rate.", "Kontoudtog juni 2011"),
    (
        MUNICIPALITY,
        "paid",
        400_000,
        "10.10",
        None,
        "Anden rate, betalt efter at midtvejsrapporten var godkendt.",
        "Kontoudtog oktober 2011",
    ),
    (FOUNDATION, "paid", 285_000, "01.11", None, "Anden rate.", "Kontoudtog november 2011"),
]

#: funder, due on, amount
INSTALMENTS = [
    (MUNICIPALITY, "15.03", 400_000),
    (MUNICIPALITY, "01.09", 400_000),
    (FOUNDATION, "01.06", 285_000),
    (FOUNDATION, "01.11", 285_000),
]

#: funder, from, case number, report due on, unused money, is the account audited, what proves it
TERMS = [
    (
        MUNICIPALITY,
        "31.01",
        "2010-118",
        "31.03.2012",
        "returned",
        True,
        "Tilsagnsbrev fra Københavns Kommune 31.01.2011",
    ),
    (
        FOUNDATION,
        "24.05",
        "FSA 11-07",
        "31.03.2012",
        "carried_over",
        False,
        "Bevillingsbrev fra Fonden for Socialt Ansvar 24.05.2011",
    ),
]

#: funder, what must be met, due on, the instalment that it holds back, met on, what proves it
CONDITIONS = [
    (
        MUNICIPALITY,
        "Midtvejsrapporten er godkendt af forvaltningen",
        "01.09",
        "01.09",
        "26.09",
        "Forvaltningens godkendelse af midtvejsrapporten 26.09.2011",
    ),
    (
        FOUNDATION,
        "Status på uddannelsen er sendt til Fonden",
        "14.10",
        "01.11",
        "12.10",
        "Statusrapport v2, sendt til Fonden 12.10.2011",
    ),
]

SALARY, CONCEPT, TRAINING, EFFECTS, OFFICE = 1, 2, 3, 4, 5

#: The last banking day of each month from February.
PAY_DAYS = {
    "februar": "28.02",
    "marts": "31.03",
    "april": "29.04",
    "maj": "31.05",
    "juni": "30.06",
    "juli": "29.07",
    "august": "31.08",
    "september": "30.09",
    "oktober": "31.10",
    "november": "30.11",
    "december": "30.12",
}
MONTHLY_SALARY = Decimal(42_000)

#: line, day, amount, supplier, text
EXPENSES: list[tuple[int, str, Decimal | str, str, str]] = [
    *((SALARY, on, MONTHLY_SALARY, "", f"Løn til koordinator, {month} 2011") for month, on in PAY_DAYS.items()),
    (CONCEPT, "24.03", "20000.00", "Konsulenthuset Lærkevej", "Opstartsseminar om det frivillige koncept"),
    (CONCEPT, "18.04", "24000.00", "Konsulenthuset Lærkevej", "Interview i fire boligområder"),
    (CONCEPT, "16.05", "18000.00", "Rejsebureauet Fjordblik", "Studietur til frivillige projekter i provinsen"),
    (CONCEPT, "20.06", "32000.00", "Konsulenthuset Lærkevej", "Første udkast til uddannelseskoncept"),
    (CONCEPT, "15.08", "30000.00", "Konsulenthuset Lærkevej", "Værdiseminar med bydelsmødre fra hele landet"),
    (CONCEPT, "05.09", "26000.00", "Ordsmedjen Tekst og Tryk", "Høringsudgave, opsætning og tryk"),
    (CONCEPT, "26.09", "32000.00", "Konsulenthuset Lærkevej", "Revision af uddannelseskoncept efter høring"),
    (CONCEPT, "17.10", "22000.00", "Ordsmedjen Tekst og Tryk", "Uddannelseskoncept, tryk af vedtaget udgave"),
    (CONCEPT, "14.11", "14000.00", "Konsulenthuset Lærkevej", "Udkast til forankringsmodel"),
    (CONCEPT, "05.12", "20000.00", "Konsulenthuset Lærkevej", "Revision af forankringsmodel"),
    (TRAINING, "03.03", "7462.50", "Papirhandlen på Hjørnet", "Undervisningsmapper, grunduddannelse 1"),
    (TRAINING, "28.03", "4537.50", "Madboden Kardemomme", "Forplejning, grunduddannelse 1"),
    (TRAINING, "07.04", "26000.00", "Fagligt Forum for Frivillighed", "Undervisere, koordinatorkursus 1"),
    (TRAINING, "12.05", "18500.00", "Madboden Kardemomme", "Forplejning, april og maj"),
    (TRAINING, "06.06", "21500.00", "Tolkene i Toldbodgården", "Tolkning ved fagmoduler"),
    (TRAINING, "28.06", "22000.00", "Fagligt Forum for Frivillighed", "Gæsteundervisere, grunduddannelse 1"),
    (TRAINING, "22.08", "8600.00", "Papirhandlen på Hjørnet", "Undervisningsmapper, grunduddannelse 2"),
    (TRAINING, "29.08", "32400.00", "Supervisorerne Sivbjerg", "Supervision af koordinatorer, august"),
    (TRAINING, "08.09", "38000.00", "Fagligt Forum for Frivillighed", "Undervisere, koordinatorkursus 2"),
    (TRAINING, "22.09", "42000.00", "Fagligt Forum for Frivillighed", "Gæsteundervisere, grunduddannelse 2"),
    (TRAINING, "06.10", "36000.00", "Supervisorerne Sivbjerg", "Supervision af koordinatorer, september og oktober"),
    (TRAINING, "27.10", "48000.00", "Fagligt Forum for Frivillighed", "Undervisere, kursus 2 og grunduddannelse 3"),
    (TRAINING, "17.11", "41000.00", "Tolkene i Toldbodgården", "Tolkning og materialer på otte sprog"),
    (TRAINING, "06.12", "35000.00", "Madboden Kardemomme", "Forplejning og diplomoverrækkelse, efteråret"),
    (EFFECTS, "27.05", "12000.00", "Målestokken Evaluering", "Design af effektmåling"),
    (EFFECTS, "29.08", "18000.00", "Målestokken Evaluering", "Midtvejsmåling"),
    (EFFECTS, "24.10", "16000.00", "Målestokken Evaluering", "Interview med deltagere"),
    (EFFECTS, "12.12", "22000.00", "Målestokken Evaluering", "Slutmåling og notat"),
    (OFFICE, "01.02", "14000.00", "Ejendomskontoret Baghuset", "Husleje, februar og marts"),
    (OFFICE, "10.02", "18000.00", "Kontorladen Ravnekær", "Computer, telefon og kontormøbler"),
    (OFFICE, "14.03", "12000.00", "Ordsmedjen Tekst og Tryk", "Foldere og visitkort"),
    (OFFICE, "01.04", "21000.00", "Ejendomskontoret Baghuset", "Husleje, 2. kvartal"),
    (OFFICE, "09.05", "13000.00", "Kontorladen Ravnekær", "Kopiering, porto og telefoni"),
    (OFFICE, "16.06", "12000.00", "Kontorladen Ravnekær", "Transport og kontorartikler"),
    (OFFICE, "01.07", "21000.00", "Ejendomskontoret Baghuset", "Husleje, 3. kvartal"),
    (OFFICE, "11.08", "8600.00", "Papirhandlen på Hjørnet", "Undervisningsmapper, grunduddannelse 2"),
    (OFFICE, "13.09", "24000.00", "Kontorladen Ravnekær", "Regnskabsprogram, kopiering og telefoni"),
    (OFFICE, "03.10", "21000.00", "Ejendomskontoret Baghuset", "Husleje, 4. kvartal"),
    (OFFICE, "08.11", "13500.00", "Kontorladen Ravnekær", "Kopiering, porto og telefoni"),
    (OFFICE, "13.12", "11500.00", "Kontorladen Ravnekær", "Transport og kontorartikler"),
]

#: The expense that was booked on the wrong line (line, day), when it was reversed, and why.
WRONG_EXPENSE = (OFFICE, "11.08")
REVERSED_ON = "19.08"
#: Where the postings were approved.
ACCOUNTING = "Fondens økonomisystem"
REVERSAL_NOTE = "Bogført på forkert post. Hører til uddannelse og er bogført der 22.08."

#: Why a line deviates: line, from, in words.
EXPLANATIONS = [
    (SALARY, "12.10", "Stillingen som koordinator var ubesat i januar."),
    (
        TRAINING,
        "12.12",
        "Et ekstra hold på grunduddannelsen og tolkning på otte sprog kostede 6.000 kr. mere end det omdisponerede.",
    ),
]
#: Month, the bank's balance less what the ledger says, and what explains that; each settled on the tenth of the next
#: month and closed.
MONTHS_CLOSED = [
    *((month, 0, "") for month in (1, 2, 3, 4)),
    (5, 350, "Et gebyr blev ført tilbage af banken den 1. juni."),
    *((month, 0, "") for month in (6, 7, 8, 9)),
]
VACANT = "Stillingen som koordinator var ubesat."

#: line, day, amount, text
COMMITMENT = (OFFICE, "12.12", 15_000, "Revisor: revision af projektregnskabet for 2011")

#: Moved between lines: from, to, amount, asked on, why, then each funder's yes.
REALLOCATED = (SALARY, TRAINING, 30_000, "12.09")
REALLOCATION_REASON = (
    "Stillingen som koordinator var ubesat i januar. Beløbet ønskes brugt til et ekstra hold på grunduddannelsen."
)
REALLOCATION_DECISIONS = [
    (FOUNDATION, "20.09", "Mail fra Fondens sekretariat 20.09.2011"),
    (MUNICIPALITY, "04.10", "Brev fra forvaltningen 04.10.2011"),
]
