"""The conversations of the year: how many in which association and quarter, and how often each choice is made."""

#: Last day of the quarter → association → conversations. Cumulative: 0, 38, 134, 305.
CONVERSATIONS = {
    "30.06": {"tingbjerg": 26, "noerrebro": 12},
    "30.09": {"tingbjerg": 48, "noerrebro": 40, "sjaeloer": 8},
    "31.12": {"tingbjerg": 71, "noerrebro": 64, "sjaeloer": 31, "akacieparken": 5},
}
QUARTER_STARTS = {"30.06": "01.04", "30.09": "01.07", "31.12": "01.10"}
#: No conversations on these days: summer and Christmas.
HOLIDAYS = [("09.07", "31.07"), ("23.12", "31.12")]

#: choice → weight
CONTACTS = {"network": 45, "outreach": 20, "meeting": 14, "school": 12, "municipality": 6, "other": 3}
TOPICS = {
    "children": 24,
    "school": 18,
    "health": 15,
    "danish": 12,
    "work": 10,
    "money": 9,
    "family": 12,
    "leisure": 7,
    "society": 6,
}
NEXT_STEPS = {"none": 26, "again": 36, "offer": 22, "accompanied": 11, "municipality": 5}
LANGUAGES = {
    "ar": 26, "so": 19, "tr": 15, "ur": 12, "da": 10, "prs": 4, "kmr": 4, "bs": 3, "sq": 2, "rif": 2, "ti": 2, "": 3
}  # fmt: skip
MINUTES = {20: 8, 30: 24, 45: 30, 60: 24, 75: 8, 90: 6}
WOMEN = {1: 58, 2: 20, 3: 10, 4: 6, 5: 3, 6: 2, None: 4}
CHILDREN = {0: 38, 1: 24, 2: 18, 3: 9, 4: 4, None: 8}
