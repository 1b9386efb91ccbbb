"""The work plan in 2011: what was reached that no figure measures, and when the work on milestones began. The
story tells neither that the coordinator was seated nor when the national secretariat was set up: neither is recorded.
"""

#: key of the milestone, day, what shows it
REACHED = [
    ("hired", "01.02", "Ansættelseskontrakt, koordinatoren tiltrådt 01.02.2011"),
    ("participation", "16.03", "Referat af møde i den nationale styregruppe 16.03.2011"),
]

#: key of the milestone, planned beginning: the first day of the courses, or the coordinator's own
BEGINNINGS = {
    "associations": "01.02",
    "training_concept": "16.03",
    "mothers": "28.02",
    "coordinators": "06.04",
    "financing": "05.10",
}
