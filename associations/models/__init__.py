"""Places, and the local associations that come into being in them."""

from associations.models.adoptions import AssociationAdoption
from associations.models.associations import (
    Association,
    AssociationGrant,
    OwnReachQuerySet,
    associations_of,
)
from associations.models.founding import Closing, FoundingChecklist, FoundingStep, StepKind, StepPlan
from associations.models.places import AreaListing, District, HousingArea, HousingPlan, OwnRegime
from associations.models.prospects import Prospect, ProspectOutcome

__all__ = [
    "AreaListing",
    "Association",
    "AssociationAdoption",
    "AssociationGrant",
    "Closing",
    "District",
    "FoundingChecklist",
    "FoundingStep",
    "HousingArea",
    "HousingPlan",
    "OwnReachQuerySet",
    "OwnRegime",
    "Prospect",
    "ProspectOutcome",
    "StepKind",
    "StepPlan",
    "associations_of",
]
