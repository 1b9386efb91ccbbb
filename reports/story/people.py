"""Who takes part: the 48 formerly paid and their answers, those who came new, and the roles that they hold.

A person stands under a key: T, N, S and A for the four areas' coordinators, TF, NF, SF and AF for the other formerly
paid, B1, B2 and B3 for the participants of the basic trainings, X for those who left the coordinator courses, K for
the other candidates.
"""

#: The four projects that ended as the programme began, twelve paid mothers each.
FORMERLY_PAID = {
    "tingbjerg": ["T1", "T2", "T3", *(f"TF{number}" for number in range(4, 13))],
    "noerrebro": ["N2", "N3", "N4", "N5", *(f"NF{number}" for number in range(5, 13))],
    "sjaeloer": ["S1", "S2", *(f"SF{number}" for number in range(3, 13))],
    "akacieparken": [f"AF{number}" for number in range(1, 13)],
}

#: The day on which she said that she goes on as a volunteer. By quarter: 7, 5, 4, 1.
CONTINUES = {
    "T1": "08.02", "T2": "10.02", "T3": "22.02", "N2": "24.02", "N3": "08.03", "TF4": "15.03", "SF3": "29.03",
    "N4": "12.04", "S1": "05.05", "TF5": "17.05", "NF5": "23.05", "AF1": "14.06",
    "N5": "05.07", "S2": "16.08", "SF4": "30.08", "AF2": "13.09",
    "TF6": "18.10",
}  # fmt: skip

#: The day on which she said no. By quarter: 11, 7, 4, 3.
DECLINES = {
    "TF7": "09.02", "TF8": "21.02", "NF6": "11.02", "NF7": "28.02", "NF8": "14.03", "SF5": "15.02", "SF6": "07.03",
    "SF7": "22.03", "AF3": "16.02", "AF4": "10.03", "AF5": "25.03",
    "TF9": "07.04", "NF9": "18.05", "NF10": "09.06", "SF8": "13.04", "SF9": "31.05", "AF6": "04.05", "AF7": "21.06",
    "TF10": "12.07", "NF11": "24.08", "SF10": "08.09", "AF8": "20.09",
    "NF12": "11.10", "SF11": "02.11", "AF9": "24.11",
}  # fmt: skip

#: The day on which she said that she did not know yet. TF12 and AF12 have not answered at all.
UNDECIDED = {
    "N4": "24.02", "S1": "17.02", "TF5": "22.02", "AF1": "03.03", "N5": "08.03", "S2": "15.02", "SF4": "07.03",
    "AF2": "10.03", "TF6": "09.02", "TF9": "10.02", "NF9": "28.02", "SF8": "17.02", "AF6": "16.02", "TF10": "22.02",
    "NF11": "14.03", "AF8": "03.03", "NF12": "08.03", "SF11": "22.03", "TF11": "21.02", "SF12": "29.03",
    "AF10": "10.03", "AF11": "25.03",
}  # fmt: skip

#: person → association, from, and if it ended: to
COORDINATORS = {
    "T1": ("tingbjerg", "06.04", ""),
    "T2": ("tingbjerg", "06.04", ""),
    "T3": ("tingbjerg", "13.04", ""),
    "T4": ("tingbjerg", "06.04", ""),
    "T5": ("tingbjerg", "06.04", ""),
    "N1": ("noerrebro", "11.04", "30.11"),
    "N2": ("noerrebro", "11.04", ""),
    "N3": ("noerrebro", "02.05", ""),
    "X1": ("noerrebro", "11.04", "18.05"),
    "A1": ("akacieparken", "01.09", ""),
    "N4": ("noerrebro", "07.09", ""),
    "N5": ("noerrebro", "07.09", ""),
    "N6": ("noerrebro", "12.09", ""),
    "S1": ("sjaeloer", "07.09", ""),
    "S2": ("sjaeloer", "14.09", ""),
    "S3": ("sjaeloer", "21.09", ""),
    "S4": ("sjaeloer", "21.09", ""),
    "S5": ("sjaeloer", "01.10", ""),
}

#: New mothers: the associations in which those with a diploma become mothers, the day that it is issued.
NEW_MOTHERS = {
    "noerrebro": ["N6", *(f"B1-{number:02}" for number in range(1, 13))],
    "tingbjerg": [f"B2-{number:02}" for number in range(1, 8)],
    "sjaeloer": [f"B2-{number:02}" for number in range(8, 13)],
}

#: Those who came new to a course: when such candidates applied, were interviewed and accepted (from, to).
RECRUITMENT = [
    (["N6", *(f"B1-{number:02}" for number in range(1, 16))], "01.02-09.02", "10.02-16.02", "17.02-21.02"),
    (["T4", "T5", "N1", "A1", "X1"], "21.02-09.03", "10.03-18.03", "21.03-30.03"),
    ([f"B2-{number:02}" for number in range(1, 19)], "06.06-24.06", "27.06-08.07", "08.08-15.08"),
    (["S3", "S4", "S5", "X2", "X3"], "01.08-10.08", "11.08-19.08", "22.08-31.08"),
    ([f"B3-{number:02}" for number in range(1, 17)], "05.09-23.09", "26.09-03.10", "04.10-11.10"),
]

#: Later steps of those candidacies: pauses, and those who left.
LATER_STAGES = [
    ("X1", "left", "18.05"),
    ("B1-14", "left", "28.03"),
    ("B2-16", "left", "26.09"),
    ("B2-18", "left", "31.10"),
    ("X2", "left", "05.10"),
    ("B1-07", "paused", "03.10"),
    ("B1-07", "resumed", "07.11"),
    ("B1-09", "paused", "24.10"),
]

#: Other candidates of the year. Some wait in November: for an interview, or for an answer.
CANDIDATES = {
    "K-01": [("applied", "14.02"), ("interviewed", "24.02"), ("declined", "28.02")],
    "K-02": [("applied", "21.03"), ("withdrawn", "04.04")],
    "K-03": [("applied", "09.05"), ("interviewed", "19.05"), ("declined", "23.05")],
    "K-04": [("applied", "20.06"), ("interviewed", "28.06"), ("withdrawn", "04.07")],
    "K-05": [("applied", "15.08"), ("interviewed", "25.08"), ("declined", "29.08")],
    "K-06": [("applied", "12.09"), ("withdrawn", "26.09")],
    "K-07": [("applied", "03.10")],
    "K-08": [("applied", "03.10"), ("interviewed", "21.11"), ("accepted", "28.11")],
    "K-09": [("applied", "03.10"), ("withdrawn", "05.12")],
    "K-10": [("applied", "10.10"), ("interviewed", "24.10")],
    "K-11": [("applied", "12.10"), ("interviewed", "24.10"), ("accepted", "22.11")],
    "K-12": [("applied", "07.11"), ("interviewed", "06.12")],
}

#: Active persons whose declaration of confidentiality is missing: something to follow up.
WITHOUT_CONFIDENTIALITY = ["NF5", "AF2", "B1-11", "B2-05"]
#: She has consented to photos, and withdrawn it.
PHOTOS_WITHDRAWN = ("B1-03", "30.09")

#: Where they live, by the first letters of their keys.
AREAS = {
    "T": ["Tingbjerg/Utterslevhuse", "Gadelandet/Husumgård"],
    "N": ["Lundtoftegade", "Blågården", "Aldersrogade"],
    "S": ["Sjælør Boulevard"],
    "A": ["Akacieparken", "Bispeparken", "Stærevej"],
    "B1": ["Lundtoftegade", "Blågården"],
    "B2": ["Tingbjerg/Utterslevhuse", "Sjælør Boulevard"],
    "B3": ["Akacieparken", "Sjælør Boulevard", "Bispeparken"],
    "X": ["Lundtoftegade", "Sjælør Boulevard"],
    "K": ["Mjølnerparken", "Hørgården", "Tingbjerg/Utterslevhuse", "Lundtoftegade"],
}
