"""What the story is about: the plan's rows by the names that it knows them by, and its own associations and persons."""

from dataclasses import dataclass, field
from typing import Self

from associations.models import Association, HousingArea
from budget.models import Budget, BudgetLine
from programme.models import Agreement, Document, DocumentVersion, Organisation, Programme
from reports import plan2011 as plan
from training.models import Curriculum, Enrolment
from volunteers.models import Candidacy, Volunteer


@dataclass
class Cast:
    """Rows by key. The plan's are stored; the story's own are stored when the book is written."""

    programme: Programme
    organisations: dict[str, Organisation]
    areas: dict[str, HousingArea]
    curricula: dict[str, Curriculum]
    documents: dict[str, Document]
    agreement: Agreement
    budget: Budget
    lines: dict[int, BudgetLine]
    associations: dict[str, Association] = field(default_factory=dict)
    persons: dict[str, Volunteer] = field(default_factory=dict)
    candidacies: dict[str, Candidacy] = field(default_factory=dict)
    enrolments: dict[tuple[str, str], Enrolment] = field(default_factory=dict)
    versions: dict[tuple[str, str], DocumentVersion] = field(default_factory=dict)  #: by kind of document and label

    @classmethod
    def of(cls, programme: Programme) -> Self:
        """The plan's rows of the programme."""
        budget = Budget.objects.get(programme=programme, year=plan.YEAR)
        return cls(
            programme,
            organisations={one.name: one for one in Organisation.objects.filter(programme=programme)},
            areas={one.name: one for one in HousingArea.objects.filter(programme=programme)},
            curricula={one.kind: one for one in Curriculum.objects.filter(programme=programme)},
            documents={one.kind: one for one in Document.objects.filter(programme=programme)},
            agreement=Agreement.objects.get(programme=programme, title=plan.AGREEMENT),
            budget=budget,
            lines={one.number: one for one in BudgetLine.objects.filter(budget=budget)},
        )
