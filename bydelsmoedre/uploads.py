"""Files from people whom nobody knows: kept in memory, within bounds, and never on disk."""

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile


class BriefUpload(FileUploadHandler):
    """Takes the first file of a form, up to `most` bytes. What is longer is received and thrown away, so that whoever
    sends it gets an answer; its `size` says how long it was."""

    def __init__(self, request: Any = None, *, most: int) -> None:
        super().__init__(request)
        self.most = most
        self.has_one = False
        self.content = io.BytesIO()

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        if self.has_one:
            raise SkipFile
        self.has_one = True

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if start + len(raw_data) <= self.most:
            self.content.write(raw_data)
        else:
            self.content = io.BytesIO()

    def file_complete(self, file_size: int) -> InMemoryUploadedFile:
        self.content.seek(0)
        return InMemoryUploadedFile(
            self.content, self.field_name, self.file_name, self.content_type, file_size, self.charset
        )
