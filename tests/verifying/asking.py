"""How somebody without a login asks whether a report is genuine, in tests."""

from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse


def page_of(report):
    return reverse("reports:verify_code", args=[report.sha256[:20]])


def upload(client, data, name="rapport.pdf", **headers):
    return client.post(reverse("reports:verify"), {"fil": SimpleUploadedFile(name, data)}, **headers)


def verdict(answer):
    assert answer.status_code == 200
    return answer.context["answer"].verdict
