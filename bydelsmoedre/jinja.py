"""The pages' template engine: Jinja2, with our filters and what a page may call.

The administration and what Django and crispy render of forms stay Django templates, in `django_templates/`. A name that
a page uses and nobody has given it is an error in development and in tests. On a real site it is empty: a page that
lacks a word is better than no page.
"""

from typing import Any
from urllib.parse import urlencode

from crispy_forms.templatetags.crispy_forms_filters import as_crispy_form
from django.conf import settings
from django.forms.renderers import Jinja2
from django.http import HttpRequest
from django.template import TemplateDoesNotExist
from django.template.defaultfilters import linebreaksbr
from django.template.loader import get_template, render_to_string
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext, ngettext, npgettext, pgettext
from jinja2 import Environment, StrictUndefined, Undefined, pass_context

from bydelsmoedre import danish
from bydelsmoedre.addresses import url
from bydelsmoedre.entry import here
from bydelsmoedre.remembering import recall

#: How the templates are written; who looks for strings in them must read them the same way.
SYNTAX = {"trim_blocks": True, "lstrip_blocks": True}


@pass_context
def leading_back(context: Any, address: str) -> str:
    """The address of a form, from which one comes back to this page."""
    if not address:
        return ""
    return f"{address}{'&' if '?' in address else '?'}{_way_back(context['request'])}"


def _way_back(request: Any) -> str:
    """The same for each of a page's many links, so it is written once."""
    if not hasattr(request, "way_back"):
        request.way_back = urlencode({"next": here(request)})
    return str(request.way_back)


FILTERS = {
    "antal_opfyldt": danish.antal_opfyldt,
    "beloeb": danish.beloeb,
    "capfirst": capfirst,
    "dato": danish.dato,
    "klokken": danish.klokken,
    "kort_dato": danish.kort_dato,
    "kroner": danish.kroner,
    "leading_back": leading_back,
    "linebreaksbr": linebreaksbr,
    "maaned": danish.maaned,
    "procent": danish.procent,
    "tal": danish.tal,
    "registreret_senere": danish.registreret_senere,
    "tidspunkt": danish.tidspunkt,
    "ugedag": danish.ugedag,
}


def recalled(part: str, *about: Any, caller: Any) -> Any:
    """A part of a page that holds figures and no person's words: `{% call recalled("charts", programme.pk, moment) %}`.
    It is written once for as long as nothing is recorded; `about` says all that it depends on but the language."""
    return recall((part, get_language(), *about), caller)


def environment(**options: Any) -> Environment:
    """The engine, for `TEMPLATES` in the settings. What pages are given is always escaped, whatever is asked."""
    undefined = StrictUndefined if settings.TEMPLATE_STRICT else Undefined
    options |= SYNTAX | {"undefined": undefined, "extensions": ["jinja2.ext.i18n"]}
    made: Any = Environment(autoescape=True, **{name: one for name, one in options.items() if name != "autoescape"})
    made.policies["ext.i18n.trimmed"] = True
    made.install_gettext_callables(gettext, ngettext, newstyle=True, pgettext=pgettext, npgettext=npgettext)
    made.filters |= FILTERS
    made.globals |= {
        "difference_table": difference_table,
        "form_fields": as_crispy_form,
        "get_language": get_language,
        "recalled": recalled,
        "moment_query": "",  # a page that shows a Moment gives its own
        "side_link": side_link,
        "static": static,
        "url": url,
    }
    return made


def side_link(request: HttpRequest, parameter: str, number: int) -> str:
    """The address of another page of a list, with everything else that was asked for kept."""
    query = request.GET.copy()
    query[parameter] = str(number)
    return f"?{query.urlencode()}"


class FormRenderer(Jinja2):
    """Fields as Django itself writes them in Jinja2; the administration's, which it has not, as Django templates.

    Each template is looked for once.
    """

    def __init__(self) -> None:
        self.found: dict[str, Any] = {}

    def get_template(self, template_name: str) -> Any:
        if template_name not in self.found:
            try:
                self.found[template_name] = super().get_template(template_name)
            except TemplateDoesNotExist:
                self.found[template_name] = get_template(template_name)
        return self.found[template_name]


def difference_table(difference: Any) -> SafeString:
    """What somebody else saved meanwhile: written once, for the pages and the administration."""
    return render_to_string("forms/difference.html", {"difference": difference})
