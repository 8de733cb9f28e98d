"""What every page on which a step is taken has in common, asked of each in its own file."""

from django.http import HttpResponse
from django.test import Client

from improvement.models import Change
from recommendations.models import ProgressUpdate
from tests.cast import HARROW_PAGES, NORTHMOOR_PAGES
from tests.pages import apart_from_reference, text

PAGE = f"{HARROW_PAGES}actions/S5/4/"


def written() -> tuple[int, int]:
    """How many updates and changes there are."""
    return ProgressUpdate.objects.count(), Change.objects.count()


def is_a_404_like_any_other(client: Client, path: str, fields: dict[str, str]) -> None:
    """Case 23: whoever is not of the council learns nothing from the answer."""
    never = apart_from_reference(client.get("/never/was/actions/S5/4/"))
    before = written()

    answers = [client.get(path), client.post(path, fields)]

    assert never[0] == 404
    assert [apart_from_reference(answer) for answer in answers] == [never] * 2
    assert written() == before


def is_not_reached_through_ones_own(client: Client, place: str, fields: dict[str, str]) -> None:
    """Case 24: Harrow's administrator, with Northmoor's action under either address."""
    paths = [f"{HARROW_PAGES}actions/N1/1/{place}", f"{NORTHMOOR_PAGES}actions/N1/1/{place}"]

    assert [client.post(path, fields).status_code for path in paths] == [404, 404]


def asks_to_sign_in(client: Client, path: str, fields: dict[str, str]) -> None:
    before = written()

    answers = [client.get(path), client.post(path, fields)]

    assert [(answer.status_code, answer["Location"]) for answer in answers] == [
        (302, f"/account/login/?next={path}")
    ] * 2
    assert written() == before


def is_refused(client: Client, path: str, fields: dict[str, str]) -> None:
    before = written()

    assert [client.get(path).status_code, client.post(path, fields).status_code] == [403, 403]
    assert written() == before


def knows_no_other_methods(client: Client, path: str) -> None:
    """Case 40."""
    for method in ("put", "patch", "delete", "options"):
        answer = getattr(client, method)(path)
        assert (answer.status_code, answer["Allow"]) == (405, "GET, HEAD, POST")


def changes_nothing_in_the_past(client: Client, path: str, fields: dict[str, str]) -> None:
    before = written()

    answers = [client.get(f"{path}?on=2012-10-01"), client.post(f"{path}?on=2012-10-01", fields)]

    assert [answer.status_code for answer in answers] == [403, 403]
    assert "You are looking at 1 October 2012. Nothing can be changed on that page." in text(answers[1])
    assert written() == before


def needs_a_token(client: Client, path: str, fields: dict[str, str]) -> None:
    """Case 41."""
    careful = Client(enforce_csrf_checks=True)
    careful.cookies = client.cookies
    before = written()

    assert careful.post(path, fields).status_code == 403
    assert written() == before


def says_there_is_a_problem(response: HttpResponse, words: str) -> None:
    assert response.status_code == 422
    assert words in text(response)
    assert response.content.decode().count("<title>Error: ") == 1
