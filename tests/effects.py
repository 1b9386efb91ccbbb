"""Effect indicators and risks in tests: short ways to make them, and rows for tests that try every door."""

import datetime as dt
from decimal import Decimal
from itertools import count as counting

from programme.models import EffectIndicator, Evidence, IndicatorTarget, Measurement, Risk

D = dt.date
numbers = counting(1)


def indicator(programme, **values):
    """One that is measured by hand, upwards, from a baseline that nobody knows."""
    told = {
        "name": f"Effektmål {next(numbers)}",
        "unit": "procent",
        "measured_by": "Sekretariatet",
        "how_measured": "Spørgeskema ved sidste kursusgang",
    }
    return EffectIndicator.objects.create(programme=programme, **told | values)


def computed(programme, figure="conversations", **values):
    """One that is computed, since the beginning."""
    told = {"source": "computed", "computed_figure": figure, "is_cumulative": True, "how_measured": ""}
    return indicator(programme, **told | {"unit": "antal"} | values)


def target(of, value, since=D(2011, 1, 1), until=D(2011, 12, 31)):
    return IndicatorTarget.objects.create(indicator=of, started_on=since, ended_on=until, value=Decimal(value))


def measurement(of, value, since=D(2011, 1, 1), until=D(2011, 6, 30), on=None, **values):
    """It was measured on the last day of what it is about, unless said otherwise."""
    told = {"covers_from": since, "covers_to": until, "happened_on": on or until, "value": Decimal(value)}
    return Measurement.record(by=None, indicator=of, **told | values)


def risk(programme, **values):
    told = {
        "text": f"Risiko {next(numbers)}",
        "likelihood": 3,
        "impact": 4,
        "action": "Tale med dem",
        "owner_office": "Sekretariatet",
    }
    return Risk.objects.create(programme=programme, **told | values)


def effect_rows(programme, word="", count=1):
    """An indicator with `count` targets and measurements, one of each figure with each grouping, an indicator that is
    to be measured and a risk to look at for each. `word` stands in what is written about persons."""
    evidence = Evidence.objects.create(programme=programme, description=f"{word} svarede")
    one = indicator(programme, baseline=Decimal(10))
    for number in range(count):
        year = 2010 - number
        goal = target(one, 20, D(year, 1, 1), D(year, 12, 31))
        last = D(2011, 1, 1) + dt.timedelta(number)
        fact = measurement(one, 12 + number, D(2011, 1, 1), last, note=f"{word} var syg", evidence=evidence)
        target(indicator(programme), 5, D(2010, 1, 1), D(2010, 12, 31))
        look = risk(programme, next_look_on=D(2011, 2, 1))
        for figure in ("conversations", "new_mothers", "coordinators", "associations_running", "attended_hours"):
            shown = computed(programme, figure, grouping="association")
            target(shown, 400)
    parts = computed(programme, grouping="language", baseline=Decimal(0))
    return {"indicator": one, "computed": parts, "target": goal, "maaling": fact, "risk": look}


def effect_doors(rows):
    """Door → the row that its address is about."""
    about = ("effect", "effect_edit", "target", "measure")
    return {f"programme:{name}": rows["indicator"] for name in about} | {
        "programme:target_edit": rows["target"],
        "programme:measurement_edit": rows["maaling"],
        "programme:risk_edit": rows["risk"],
    }
