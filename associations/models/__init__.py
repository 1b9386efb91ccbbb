"""Places, and the local associations that come into being in them."""

from associations.models.adoptions import AssociationAdoption
from associations.models.associations import (
    Association,
    AssociationGrant,
    OwnReachQuerySet,
    Prospect,
    associations_of,
)
from associations.models.founding import FoundingChecklist, FoundingStep, StepKind, StepPlan
from associations.models.places import District, HousingArea

__all__ = [
    "Association",
    "AssociationAdoption",
    "AssociationGrant",
    "District",
    "FoundingChecklist",
    "FoundingStep",
    "HousingArea",
    "OwnReachQuerySet",
    "Prospect",
    "StepKind",
    "StepPlan",
    "associations_of",
]
