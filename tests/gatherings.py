"""An association's meetings in tests: held, and who came; rows for tests that try every door."""

import datetime as dt

from django.urls import reverse

from tests import factories as make
from volunteers.models import GatheringHeld, Presence

D = dt.date


def held(association, kind="board", on=D(2011, 10, 4), **values):
    """A meeting of the association that was held on that day."""
    gathering = make.GatheringFactory(association=association, kind=kind, planned_on=on)
    return GatheringHeld.record(by=None, gathering=gathering, happened_on=on, **values)


def presence(volunteer, gathering, **values):
    """She came to the monthly meeting."""
    return Presence.record(
        by=None, volunteer=volunteer, gathering=gathering, happened_on=gathering.planned_on, **values
    )


def gathering_rows(association, volunteer, word="", count=1):
    """Meetings of the association to come and held, monthly ones with the volunteer present: `count` of what may be
    many. `word` stands in what is written about persons."""
    programme = association.programme
    for number in range(count):
        day = D(2011, 1, 4) + dt.timedelta(number)
        presence(volunteer, held(association, "monthly", on=day).gathering)
        held(association, "board", on=day, note=f"{word} var syg")
    monthly = held(association, "monthly", on=D(2011, 9, 6)).gathering
    for number in range(count):
        person = make.VolunteerFactory(programme=programme, name=f"{word} Mødte {number}")
        make.membership(person, association, role="mother", since=D(2011, 1, 1))
        presence(person, monthly)
    return {
        "maanedsmoede": monthly,
        "naeste": make.GatheringFactory(association=association, planned_on=D(2011, 10, 4)),
        "foreningsmoede": held(association, "board", on=D(2011, 9, 8), note=f"{word} kom for sent"),
        "moedes": association,
    }


def gathering_doors(rows):
    """Door → the row that its address is about."""
    of_association = ("gatherings", "gathering_new", "gathering_unplanned", "gathering_today")
    return {f"volunteers:{name}": rows["moedes"] for name in of_association} | {
        "volunteers:gathering": rows["maanedsmoede"],
        "volunteers:gathering_edit": rows["naeste"],
        "volunteers:gathering_held": rows["naeste"],
        "volunteers:gathering_minutes": rows["foreningsmoede"].gathering,
        "volunteers:presence": rows["naeste"],
    }


# --- How the pages are used


def at(page, row):
    return reverse(f"volunteers:{page}", args=[row.uuid])


def send(client, page, row, query="", **typed):
    """Open the form, and send it as it stands but for what was typed."""
    url = at(page, row) + query
    form = client.get(url).context["form"]
    opened = {field.html_name: field.value() for field in form if field.value() not in (None, False)}
    return client.post(url, opened | typed)


def errors(response):
    return {name: [str(one) for one in found] for name, found in response.context["form"].errors.items()}


def held_on(association, kind="board"):
    facts = GatheringHeld.objects.current().filter(gathering__association=association, gathering__kind=kind)
    return list(facts.order_by("happened_on").values_list("happened_on", flat=True))


def mother(association, name, **values):
    person = make.VolunteerFactory(programme=association.programme, name=name)
    make.membership(person, association, **({"role": "mother"} | values))
    return person
