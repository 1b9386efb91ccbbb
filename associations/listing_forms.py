"""The form of an official list that names a housing area, or names it no longer."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from associations.models import AreaListing, HousingArea
from bydelsmoedre.sorting import danish_order
from programme.entry import FactForm
from programme.models import Programme


class AreaListingForm(FactForm):
    """What an official list says of an area from a day on."""

    class Meta(FactForm.Meta):
        model = AreaListing
        fields = ["housing_area", "name", "status", "happened_on"]

    field_order = ["housing_area", "name", "status", "happened_on", "evidence_text"]

    def __init__(self, *args: Any, programme: Programme, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        area: Any = self.fields["housing_area"]
        area.queryset = HousingArea.objects.filter(programme=programme).order_by(danish_order("name"))
        area.empty_label = _("Choose a housing area")
        self.fields["name"].help_text = _("As the list calls itself. Write it in the same way for every area.")
        self.fields["happened_on"].help_text = _("The day from which the list holds.")
