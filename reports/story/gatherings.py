"""What the associations do by themselves: monthly meetings, meetings of their boards, and what they adopt."""

import datetime as dt
from typing import NamedTuple


class Place(NamedTuple):
    """Where an association meets, and when its monthly meeting begins."""

    room: str
    monthly_at: dt.time
    called: str


PLACES = {
    "tingbjerg": Place("Tingbjerg Medborgerhus", dt.time(17), "Tingbjerg"),
    "noerrebro": Place("Beboerlokalet i Lundtoftegade", dt.time(16, 30), "Nørrebro"),
    "sjaeloer": Place("Beboerlokalet ved Sjælør Boulevard", dt.time(17), "Sjælør"),
}

#: The monthly meetings, all of them held. None in the summer holidays.
MONTHLY = {
    "tingbjerg": ["07.06", "05.07", "06.09", "04.10", "01.11", "06.12", "03.01.2012"],
    "noerrebro": ["22.09", "20.10", "17.11", "15.12", "19.01.2012"],
    "sjaeloer": ["23.11", "21.12", "25.01.2012"],
}

#: association, kind, held on, and whether the minutes have come
MEETINGS = [
    ("tingbjerg", "board", "14.06", True),
    ("tingbjerg", "board", "23.08", True),
    ("tingbjerg", "board", "11.10", True),
    ("tingbjerg", "board", "13.12", True),
    ("noerrebro", "board", "29.09", True),
    ("noerrebro", "board", "24.11", False),
    ("sjaeloer", "extraordinary", "08.12", True),
    ("sjaeloer", "board", "15.12", True),
]

#: So many of a hundred come to a monthly meeting.
COME = 72

#: The statutes that the secretariat recommends; each association adopts them for itself.
STATUTES = ("Standardvedtægter for lokale foreninger", "v1", "15.04")

#: association, kind of document, version, adopted on, recorded on ("" the same day)
ADOPTED = [
    ("tingbjerg", "statutes", "v1", "26.05", ""),
    ("noerrebro", "statutes", "v1", "15.09", "04.10"),
    ("sjaeloer", "statutes", "v1", "10.11", "11.11"),
    ("akacieparken", "statutes", "v1", "12.01.2012", ""),
    ("tingbjerg", "training_concept", "v2", "11.10", ""),
    ("noerrebro", "training_concept", "v2", "24.11", ""),
    ("tingbjerg", "values", "v1", "13.12", ""),
    ("sjaeloer", "values", "v1", "15.12", ""),
]
