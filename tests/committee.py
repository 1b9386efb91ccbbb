"""A frozen report before the committee in tests: the words of its annex, and the decision."""

from bydelsmoedre.moment import today
from reports.models import CommitteeAnnex, CommitteeDecision
from tests import factories as make

WORDS = {
    "problem": "Isolerede kvinder i udsatte boligområder nås ikke af de almindelige tilbud.",
    "solution": "Frivillige bydelsmødre, organiseret i lokale foreninger, opsøger dem.",
    "economy": "Pr. 30. september 2011 er 904.000 kr. af 1.370.000 kr. brugt.",
    "next_steps": "Sjælør stifter sin forening den 10. november.\nHold 2 slutter den 16. november.",
}


def annex(frozen, *, by=None, **texts):
    """The four texts of a frozen version."""
    writer = by or make.user_with_role(frozen.programme, "secretariat")
    return CommitteeAnnex.objects.create(frozen=frozen, written_by=writer, **WORDS | texts)


def decide(frozen, *, on=None, by=None, **values):
    """The committee took the report to its notice, today if nothing else is said."""
    told = {"outcome": "noted", "body": "Socialudvalget"} | values
    return CommitteeDecision.record(by=by, frozen=frozen, happened_on=on or today(), **told)


def committee_rows(frozen, count=1):
    """The annex of a version that was sent, and so many decisions about it: whoever reads the report reads them."""
    annex(frozen, by=frozen.report.begun_by)
    decisions = [
        decide(frozen, body=f"Udvalg {number}", outcome="remarks", remark="Vi vil se tal") for number in range(count)
    ]
    return {"udvalgsbeslutning": decisions[0]}
