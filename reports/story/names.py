"""Names to draw from, with the languages that go with them as a working skill. Nobody real is meant by any of them."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pool:
    """First names and family names that go together, the languages of those who bear them, and how often they occur."""

    weight: int
    languages: tuple[str, ...]
    first: tuple[str, ...]
    family: tuple[str, ...]


def _pool(weight: int, languages: str, first: str, family: str) -> Pool:
    return Pool(weight, tuple(languages.split()), tuple(first.split()), tuple(family.split()))


POOLS = (
    _pool(
        26,
        "ar",
        "Amal Samira Hanan Rasha Nadia Layla Maysoun Rim Hiba Zahra Iman Suad Fadwa Dalal Ibtisam Widad",
        "Darwiche Khatib Sabbagh Mansour Nassar Hamdan Qasim Jaber Salloum Haddad Taleb Younis Barakat Shukri",
    ),
    _pool(
        20,
        "so",
        "Hodan Fartun Sahra Ifrah Nimco Deqa Ubah Saynab Hibaaq Khadra Faduma Idil Rahma Sagal",
        "Warsame Guled Farah Jama Hersi Duale Abshir Egal Roble Samatar Gedi Liban",
    ),
    _pool(
        16,
        "tr",
        "Aysel Gülten Nermin Sevda Hatice Zeliha Filiz Meryem Songül Nurcan Sibel Emine",
        "Yıldız Kaplan Demirtas Aydin Korkmaz Bulut Polat Erdem Tekin Özkan Güler Karaca",
    ),
    _pool(
        14,
        "ur pa",
        "Shazia Nasreen Rubina Farzana Tahira Saima Bushra Ghazala Nighat Samina",
        "Mirza Chaudhry Rana Butt Sheikh Qureshi Bhatti Malik Akram Javed",
    ),
    _pool(
        6,
        "prs fa",
        "Parwin Nilofar Shukria Zarghuna Latifa Marzia",
        "Rahimi Noori Azizi Popal Sadat Haidari",
    ),
    _pool(6, "kmr tr", "Berivan Zozan Gulistan Rojin Hevi Dilan", "Bozan Cicek Ronahi Kaya Dogan Agirman"),
    _pool(5, "bs", "Jasmina Amra Senada Mirela Azra", "Hodzic Begic Mujkic Salihovic Delic"),
    _pool(4, "sq", "Valbona Mimoza Shpresa Drita", "Krasniqi Berisha Gashi Hoxha"),
    _pool(4, "ti am", "Selam Letebrhan Tsega Rahel", "Tesfay Gebre Kidane Haile"),
    _pool(4, "rif fr", "Fatiha Naima Malika Yamina", "Bouzid Azouagh Amrani Haddouchi"),
    _pool(3, "ta", "Kavitha Thushara Sivani", "Selvarajah Kandiah Nadarajah"),
    _pool(2, "vi", "Linh Phuong", "Nguyen Tran"),
    _pool(8, "da", "Birthe Karen Lone Hanne Jytte Åse Mette Kirsten", "Mølgaard Ravn Østerby Lauritsen Kjær Holst"),
)

#: Spelt in an e-mail address.
PLAIN = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", "ı": "i", "ü": "u", "ö": "o", "ç": "c", "ş": "s", "ğ": "g"})
