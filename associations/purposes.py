"""What the associations' tables store about persons."""

from django.utils.translation import gettext_lazy as _

from bydelsmoedre.purposes import Purpose

PURPOSES = [
    Purpose(
        "contacts",
        _("Whom we work with"),
        _("So that associations and the offices around them can be reached. No private addresses."),
        _("Our legitimate interest in cooperating with others (GDPR, art. 6(1)(f))."),
        _("As long as the association or the work on it goes on. Ask us if your name should be taken out."),
    ),
]

STORED = {
    "login": {"associations.AssociationGrant": "user association"},
    "contacts": {
        "associations.Association": "email note",
        "associations.Prospect": "interest contact spoken_to_by next_step",
    },
    "papers": {
        "associations.Closing": "money",
        "associations.ProspectOutcome": "reason",
    },
}

NOTHING = {
    "associations.District": "uuid programme name",
    "associations.HousingPlan": "uuid programme name",
    "associations.HousingArea": "uuid programme district name postcode housing_plan",
    "associations.AreaListing": "housing_area name status",
    "associations.OwnRegime": "housing_area mothers",
    "associations.Association": "uuid programme name housing_area opened_on",
    "associations.AssociationAdoption": "association version",
    "associations.FoundingChecklist": "programme name minimum_board items",
    "associations.FoundingStep": "association kind board_members cvr meeting_elects_chair",
    "associations.StepPlan": "uuid association kind planned_on",
    "associations.Closing": "association",
    "associations.Prospect": "uuid programme housing_area financing next_step_on",
    "associations.ProspectOutcome": "prospect kind association",
}
