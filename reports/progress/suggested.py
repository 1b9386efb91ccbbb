"""The Danish sentences that are suggested for a report. It is a Danish paper, whoever writes it, so they are not
translated."""

MISSED = "{name}: Målet blev ikke nået inden fristen den {deadline}."
#: How a criterion stands: of a number, and of a decision. `MET_THEN`: at the deadline, and not any more.
MET_THEN = "met_then"
STANDINGS = {
    "met": ("{name}: {value} af {target}. Målet er nået den {since}.", "{name}: Målet er nået den {since}."),
    MET_THEN: (
        "{name}: Målet var nået ved fristen den {deadline}. Nu er det {value} af {target}.",
        "{name}: Målet var nået ved fristen den {deadline}, men er det ikke længere.",
    ),
    "met_late": (
        "{name}: {value} af {target}. Målet blev nået den {since}, efter fristen den {deadline}.",
        "{name}: Målet blev nået den {since}, efter fristen den {deadline}.",
    ),
    "missed": ("{name}: {value} af {target}. Målet blev ikke nået inden fristen den {deadline}.", MISSED),
    "not_yet": ("{name}: {value} af {target}. Der mangler {missing}.", "{name}: Målet er ikke nået endnu."),
}
NEARLY = "{name} tæller ikke med endnu: {lacks}."
ROSE = "{name}: {now} mod {before} i den seneste rapport pr. {day}.{new}"
NEW = " Nye er {names}."
BECAME_MET = "{name}: Målet er nået siden den seneste rapport pr. {day}."
NO_LONGER_MET = "{name}: Målet var nået i den seneste rapport pr. {day}, men er det ikke længere."
SHORT = "{name}: Der mangler {missing}. Fristen er den {deadline}."
SHORT_OF_DECISION = "{name}: Der mangler den beslutning, som målet kræver. Fristen er den {deadline}."

REACHED = "Nået i perioden: {title} ({day})."
REACHED_LATE = "Nået i perioden, men efter fristen: {title} ({day})."

SPENT = "Der er brugt {spent} af {budgeted} ({share}). {rest} er hverken brugt eller disponeret."
SPENT_SINCE = "Det er {grown} mere end i den seneste rapport pr. {day}."
#: An amount ends with a full stop of its own.
LIQUID = "Bidragyderne har udbetalt {paid}, og {left} af dem er ikke brugt endnu."
NOT_LIQUID = "Likviditeten er {left}: Bidragyderne har udbetalt {paid}, og der er brugt {spent}"
DEVIATES = "»{line}« afviger med {deviation} ({share}). {why}"
NOT_EXPLAINED = "Afvigelsen er ikke forklaret endnu."
EXPECTED = "Prognosen viser et forbrug på {expected} ved årets udgang og en rest på {rest}"

FOUND = "{what}: {why}{since}."
SINCE = " (siden {day})"
