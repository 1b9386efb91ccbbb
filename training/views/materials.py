"""What is taught from: the files and links of a version's modules."""

from functools import partial
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from bydelsmoedre.addresses import is_uuid, url
from bydelsmoedre.entry import OneTapForm, enter
from bydelsmoedre.moment import today
from programme.access import StandingRequest, fetch, may_change, only_secretariat
from training.completion import version_of
from training.forms import MaterialForm
from training.models import Curriculum, CurriculumVersion, Material


def _version(request: HttpRequest, curriculum: Curriculum) -> CurriculumVersion | None:
    """The one that the address names, else the one in force."""
    named = request.GET.get("version", "")
    known = CurriculumVersion.objects.current().filter(curriculum=curriculum)
    chosen = known.filter(uuid=named).first() if is_uuid(named) else None
    return chosen or version_of(curriculum.pk, today())


@require_safe
def materials(request: StandingRequest, uuid: UUID) -> HttpResponse:
    """The materials of a training, module by module."""
    curriculum: Curriculum = fetch(Curriculum.objects.select_related("programme"), request.user, uuid)
    version = _version(request, curriculum)
    listed = Material.objects.filter(withdrawn_on=None)
    listed = listed.filter(version=version.uuid) if version else listed.none()
    by_module: dict[int, list[Material]] = {}
    for one in listed.select_related("file").order_by("module", "title", "pk"):
        by_module.setdefault(one.module, []).append(one)
    modules = sorted(version.modules, key=lambda module: int(module["number"])) if version else []
    context = {
        "curriculum": curriculum,
        "version": version,
        "lines": [(module, by_module.get(int(module["number"]), [])) for module in modules],
        "may_write": may_change(curriculum, request.user),
        "may_fetch": _may_fetch(request, curriculum),
    }
    return render(request, "training/materials.html", context)


def _may_fetch(request: StandingRequest, curriculum: Curriculum) -> bool:
    """For who teaches and takes part: the municipality reads what there is, and no more."""
    standing = request.standing.within(curriculum.programme)
    return bool(standing.may_see_persons or standing.is_local)


def add_material(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """One more file or link."""
    curriculum: Curriculum = fetch(Curriculum.objects.select_related("programme"), request.user, uuid, change=True)
    only_secretariat(request.user, curriculum.programme_id)
    version = _version(request, curriculum)
    if version is None:
        raise Http404
    module = request.GET.get("modul", "")
    back = f"{url('training:materials', curriculum.uuid)}?version={version.uuid}"
    return enter(
        request,
        partial(MaterialForm, version=version, initial={"module": module} if module.isdigit() else None),
        save=lambda form: form.keep(by=request.user),
        title=_("Add a material"),
        intro=f"{curriculum.name}, {version.label}",
        submit_label=_("Add"),
        back_url=back,
    )


def withdraw_material(request: HttpRequest, uuid: UUID) -> HttpResponse:
    """It is no longer offered."""
    found = Material.objects.filter(withdrawn_on=None).select_related("curriculum")
    material: Material = fetch(found, request.user, uuid, change=True)
    only_secretariat(request.user, material.curriculum.programme_id)

    def save(_form: Any) -> None:
        material.withdrawn_on = today()
        material.save()

    return enter(
        request,
        OneTapForm,
        save=save,
        title=_("Withdraw the material"),
        intro=_("“%(title)s” is no longer offered. It is kept, and can be seen by the Foundation.")
        % {"title": material.title},
        submit_label=_("Withdraw"),
        back_url=f"{url('training:materials', material.curriculum.uuid)}?version={material.version}",
        danger=True,
    )


@require_safe
def material_file(request: StandingRequest, uuid: UUID) -> FileResponse:
    """The file, as something to be saved."""
    rows = Material.objects.filter(withdrawn_on=None).select_related("curriculum__programme", "file")
    found: Material = fetch(rows, request.user, uuid)
    if not _may_fetch(request, found.curriculum):
        raise PermissionDenied
    if found.file is None or not found.file.file:
        raise Http404
    try:
        content = found.file.file.open("rb")
    except FileNotFoundError as missing:
        raise Http404 from missing
    kept = found.file
    answer = FileResponse(content, as_attachment=True, filename=kept.file_name, content_type=kept.media_type)
    answer["Content-Security-Policy"] = "sandbox"
    return answer
