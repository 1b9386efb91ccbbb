"""A concept with versions, one of them in hearing, and what was answered: rows for the tests that try every door."""

import datetime as dt

from associations.models import AssociationAdoption
from bydelsmoedre.moment import Moment
from programme.models import Adoption, Evidence, Hearing, HearingComment, Organisation
from reports.figures.documents import documents
from tests import factories as make

D = dt.date

#: What can be retracted of these, by the word in the address.
HEARING_KINDS = ("hoering", "hoeringssvar")

#: A concept's text that holds all that it must.
TEXT = """# Baggrund

Bydelsmødrene er frivillige.

# Finansiering af uddannelsen

Fonden betaler uddannelsen.

# Koordinatorens løn

Fonden betaler lønnen.
"""


OPENED, CLOSED = D(2011, 9, 1), D(2011, 10, 1)
MEANWHILE = "Somebody has recorded or retracted the same meanwhile. Nothing was saved."


def decide(version, on, outcome="adopted", body=None):
    body = body or version.document.adopted_by
    return Adoption.record(by=None, version=version, body=body, outcome=outcome, happened_on=on)


def standing(document, on):
    figures = documents(document.programme, Moment(on))
    return next(one for one in figures if one.uuid == document.uuid)


def version_of(document, label, text="", dated_on=D(2011, 1, 1), adopted_on=None):
    made = make.DocumentVersionFactory(document=document, label=label, text=text, dated_on=dated_on)
    if adopted_on:
        Adoption.record(by=None, version=made, body=document.adopted_by, happened_on=adopted_on)
    return made


def hearing(version, started_on, ended_on, **more):
    return Hearing.record(by=None, version=version, started_on=started_on, ended_on=ended_on, **more)


def comment(version, happened_on, **more):
    """An answer; from the steering group unless another is named."""
    group = Organisation.objects.filter(programme=version.document.programme_id, kind="steering_group").first()
    given = {"organisation": None if "sender" in more else group, "text": "Godt arbejde"} | more
    return HearingComment.record(by=None, version=version, happened_on=happened_on, **given)


def hearing_rows(programme, word="", count=1):
    """A draft, a version in hearing and one whose hearing has no answer; `count` of what may be many."""
    group = Organisation.objects.get(programme=programme, kind="steering_group")
    document = make.DocumentFactory(programme=programme, kind="concept", title="Koncept i høring", adopted_by=group)
    made = {"document": document, "dated_on": D(2011, 1, 1)}
    asked = make.DocumentVersionFactory(**made, label="0.1", text=TEXT)
    quiet = make.DocumentVersionFactory(**made, label="0.2", text=TEXT.replace("lønnen", "løn og pension"))
    draft = make.DocumentVersionFactory(**made, label="0.3", text=f"# Udkast\n\n{word} skrev det.")
    evidence = Evidence.objects.create(programme=programme, description=f"{word} i et brev")
    told = {"asked": [group.uuid], "others": f"{word} i foreningen", "note": f"{word} bad om det"}
    current = hearing(asked, D(2011, 6, 1), D(2012, 1, 31), **told)
    adopted = make.DocumentFactory(programme=programme, kind="statutes", title="Vedtægter til alle", adopted_by=group)
    for number in range(count):
        day = D(2011, 2, 1) + dt.timedelta(number)
        hearing(asked, day, day, **told)
        make.DocumentVersionFactory(document=document, text=f"Version {number}", dated_on=D(2010, 6, 1))
        given = {
            "heading": f"{word} om løn",
            "text": f"{word} er enig",
            "evidence": evidence,
            "answer": "not_taken_in",
            "because": f"{word} tager fejl",
            "answered_on": D(2011, 8, 1),
        }
        answer = comment(asked, D(2011, 7, 1) + dt.timedelta(number), sender=f"{word} i Tingbjerg", **given)
        comment(asked, D(2011, 7, 1) + dt.timedelta(number), text=f"{word} har ikke fået svar")
        version = make.DocumentVersionFactory(document=adopted, dated_on=D(2011, 3, 1))
        AssociationAdoption.record(
            by=None,
            association=make.AssociationFactory(programme=programme),
            version=version,
            happened_on=D(2011, 4, 1),
        )
    return {
        "concept": document,
        "asked_version": asked,
        "draft_version": draft,
        "current_hearing": current,
        "hoering": hearing(quiet, D(2011, 6, 1), D(2011, 7, 1), **told),
        "hoeringssvar": answer,
    }


def hearing_doors(rows):
    """Door → the row that its address is about."""
    return {
        "programme:document_version": rows["asked_version"],
        "programme:document_compare": rows["concept"],
        "programme:version_text": rows["draft_version"],
        "programme:hearing": rows["draft_version"],
        "programme:hearing_edit": rows["current_hearing"],
        "programme:hearing_comment": rows["asked_version"],
        "programme:hearing_answer": rows["hoeringssvar"],
    }
