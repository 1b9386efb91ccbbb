"""Who may open which door: every address × role × method → the status expected. A test walks all addresses of the
site and fails where one is not written down here. The administration has one rule: only the Foundation gets in.

Each cell is GET/POST; a POST is sent without data, so that whoever may is told what is missing (200).

    login   sent to log in (302)            403   it exists for her, but is not hers to change
    302     sent on                         404   does not exist for her
    405     not a method of that page
"""

#: `local` reaches the association and one in formation; `local_elsewhere` another association of the programme;
#: `twin_secretariat` is the secretariat of another programme; `disabled` was the secretariat until a moment ago.
COLUMNS = (
    "anonymous",
    "secretariat",
    "foundation",
    "caseworker",
    "local",
    "local_elsewhere",
    "twin_secretariat",
    "disabled",
)

MATRIX = """
                                anonymous    secretariat  foundation  caseworker  local    elsewhere  twin     disabled
accounts:login                  200/200      302/302      302/302     302/302     302/302  302/302    302/302  200/200
accounts:logout                 login/login  405/302      405/302     405/302     405/302  405/302    405/302  login/login
set_language                    302/302      302/302      302/302     302/302     302/302  302/302    302/302  302/302

reports:dashboard               login/login  200/405      200/405     200/405     302/405  302/405    200/405  login/login
reports:criterion               login/login  200/405      200/405     200/405     404/405  404/405    404/405  login/login
reports:retract stiftelsestrin  login/login  200/200      403/403     403/403     200/200  404/404    404/404  login/login
reports:retract vedtagelse      login/login  200/200      403/403     403/403     404/404  404/404    404/404  login/login
reports:retract underskrift     login/login  200/200      403/403     403/403     404/404  404/404    404/404  login/login
reports:retract rolle           login/login  200/200      403/403     404/404     200/200  404/404    404/404  login/login
reports:retract bevis           login/login  200/200      403/403     404/404     403/403  403/403    404/404  login/login

associations:list               login/login  200/405      200/405     200/405     200/405  200/405    200/405  login/login
associations:create             login/login  200/200      403/403     403/403     403/403  403/403    200/200  login/login
associations:detail             login/login  200/405      200/405     200/405     200/405  404/405    404/405  login/login
associations:edit               login/login  200/200      403/403     403/403     403/403  404/404    404/404  login/login
associations:step board         login/login  200/200      403/403     403/403     200/200  404/404    404/404  login/login

volunteers:list                 login/login  200/405      200/405     403/405     403/405  403/405    200/405  login/login
volunteers:create               login/login  200/200      403/403     403/403     200/200  200/200    200/200  login/login
volunteers:detail               login/login  200/405      200/405     404/405     200/405  200/405    404/405  login/login
volunteers:edit                 login/login  200/200      403/403     404/404     200/200  200/200    404/404  login/login
volunteers:membership           login/login  200/200      403/403     404/404     200/200  200/200    404/404  login/login
volunteers:end_membership       login/login  200/200      403/403     404/404     200/200  404/404    404/404  login/login

training:certificate            login/login  200/200      403/403     404/404     403/403  403/403    404/404  login/login
programme:adoption              login/login  200/200      403/403     403/403     404/404  404/404    404/404  login/login
programme:signature             login/login  200/200      403/403     403/403     404/404  404/404    404/404  login/login
"""


def matrix() -> dict[str, dict[str, tuple[str, str]]]:
    """The table above: door → role → (answer to GET, answer to POST)."""
    found = {}
    for line in MATRIX.strip().splitlines()[1:]:
        if not line.strip():
            continue
        words = line.split()
        door, cells = words[: -len(COLUMNS)], words[-len(COLUMNS) :]
        found[" ".join(door)] = dict(zip(COLUMNS, (tuple(cell.split("/")) for cell in cells), strict=True))
    return found
