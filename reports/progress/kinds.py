"""Which sections each kind of report has, by the field's standard (domain.md). The paper's own words are Danish."""

from dataclasses import dataclass

from reports.models import Kind


@dataclass(frozen=True, slots=True)
class SectionKind:
    """A section: its code, its heading on the paper, and what is to be written in it."""

    code: str
    title: str
    asks: str


_ALL = {
    one.code: one
    for one in (
        SectionKind("goals", "Mål", "Hvad er nået siden sidst, og hvad mangler for at nå målene?"),
        SectionKind("activities", "Aktiviteter", "Hvad har koordinatoren og foreningerne lavet i perioden?"),
        SectionKind("economy", "Økonomi", "Hvordan følger forbruget budgettet, og hvorfor afviger det?"),
        SectionKind("risks", "Risici", "Hvad kan gå galt, og hvad gør vi ved det?"),
        SectionKind("forecast", "Forventning til resten af året", "Når vi målene og budgettet?"),
        SectionKind(
            "attainment", "Målopfyldelse", "Er succeskriterierne opfyldt, og hvad har båret eller hindret det?"
        ),
        SectionKind("accounts", "Regnskab", "Det endelige regnskab, revisionen og det uforbrugte."),
        SectionKind("anchoring", "Forankring", "Hvordan føres indsatsen videre uden kommunale penge?"),
    )
}
_OF = {
    Kind.STATUS: ("goals", "activities", "economy", "risks"),
    Kind.MIDWAY: ("goals", "activities", "economy", "risks", "forecast"),
    Kind.FINAL: ("attainment", "activities", "accounts", "risks", "anchoring"),
}


def sections_of(kind: str) -> list[SectionKind]:
    """The sections of that kind of report, in the paper's order."""
    return [_ALL[code] for code in _OF[Kind(kind)]]
