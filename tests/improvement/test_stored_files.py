"""Uploads on their way in: what is past the limit is dropped while it comes. Case 55."""

import base64
from collections.abc import Iterator

import pytest
from django.core.files.uploadhandler import MemoryFileUploadHandler
from django.http import HttpRequest
from django.test import Client, RequestFactory

LIMIT = 1024 * 1024
SENT: list[HttpRequest] = []


@pytest.fixture(autouse=True)
def closed() -> Iterator[None]:
    """A request keeps its uploads open until it is closed, as a server does when it has answered."""
    yield
    for request in SENT:
        request.close()
    SENT.clear()


def sent(content: bytes, *more: str) -> HttpRequest:
    """A form with one file and one field after it, as a browser sends it."""
    head = "\r\n".join(
        ["--edge", 'Content-Disposition: form-data; name="file"; filename="audit.txt"', *more, "", ""]
    )
    tail = '\r\n--edge\r\nContent-Disposition: form-data; name="shows"\r\n\r\nTen files were read.\r\n--edge--\r\n'
    body = head.encode() + content + tail.encode()
    request = RequestFactory().generic("POST", "/", body, content_type="multipart/form-data; boundary=edge")
    SENT.append(request)
    return request


@pytest.mark.parametrize("size", [0, LIMIT - 1, LIMIT, LIMIT + 1, 4 * LIMIT])
def test_no_more_than_one_byte_past_the_limit_is_kept(settings: object, size: int) -> None:
    settings.UPLOAD_LARGEST = LIMIT  # type: ignore[attr-defined]

    request = sent(b"a" * size)

    assert request.FILES["file"].size == min(size, LIMIT + 1)
    assert request.FILES["file"].read() == b"a" * min(size, LIMIT + 1)
    assert request.POST["shows"] == "Ten files were read."


def test_it_is_the_same_on_disk_as_in_memory(settings: object) -> None:
    settings.UPLOAD_LARGEST = LIMIT  # type: ignore[attr-defined]
    settings.FILE_UPLOAD_MAX_MEMORY_SIZE = 1000  # type: ignore[attr-defined]

    request = sent(b"a" * 3 * LIMIT)

    assert request.FILES["file"].temporary_file_path()
    assert request.FILES["file"].size == LIMIT + 1


def test_a_part_in_base64_counts_as_what_it_says(settings: object) -> None:
    settings.UPLOAD_LARGEST = LIMIT  # type: ignore[attr-defined]
    encoded = base64.b64encode(b"a" * 2 * LIMIT)

    request = sent(encoded, "Content-Transfer-Encoding: base64")

    assert request.FILES["file"].read() == b"a" * (LIMIT + 1)


def test_a_second_file_in_one_form_is_refused(signed_out: Client) -> None:
    part = '--edge\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\na\r\n'

    answer = signed_out.generic(
        "POST",
        "/account/login/",
        part * 2 + "--edge--\r\n",
        content_type="multipart/form-data; boundary=edge",
    )

    assert answer.status_code == 400


def test_the_limit_comes_first(settings: object) -> None:
    request = sent(b"a")

    handlers = [type(handler).__name__ for handler in request.upload_handlers]

    assert handlers[0] == "NoMoreThanNeeded"
    assert MemoryFileUploadHandler.__name__ in handlers
