"""The Danish words of the page that a share link opens: it shows a Danish paper, and speaks Danish as that does."""

VERSION = "Version {number}"
INTRO = "Delt med {label} til og med {day}. Rapporten er, som den blev godkendt og frosset {frozen_at}."
FETCH = "Hent rapporten (PDF)"
NEWER = "Der er kommet en nyere version"
NEWER_MEANING = "Version {number} erstatter denne. Bed den, du har fået linket af, om den nye."
KEEP = (
    "Linket er til jer alene. Send det ikke videre; bed hellere om et nyt. Hver åbning registreres, men ikke af hvem."
)

DEAD = "Linket virker ikke"
DEAD_MEANING = (
    "Det kan være skrevet forkert af, udløbet eller lukket. Bed den, du har fået det af, om et nyt. "
    "Har du rapporten på papir eller som fil, kan du se, om den er ægte:"
)
DEAD_LINK = "Kontrollér en rapport"

TOO_OFTEN = "Linket er åbnet for mange gange"
TOO_OFTEN_MEANING = "Det virker igen om en time. Sker det tit, så skriv til den, du har fået linket af."
