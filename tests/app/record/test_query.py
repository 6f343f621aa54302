"""The list of publications over HTTP: every format, every filter, and what is refused."""

import csv
import io
import json
import shutil
from collections.abc import Iterator

import httpx
import pytest
from bibtexparser.entrypoint import parse_string
from pydantic import ValidationError

from app.library import Library
from app.record.query import PublicationsQuery, publications_file
from app.record.works import Selection
from ingest.errors import ProfileNotFound
from tests.app.web.scripted import serving
from tests.conftest import Desk


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory, everyone: Desk) -> Iterator[httpx.Client]:
    folder = tmp_path_factory.mktemp("publications")
    shutil.copytree(everyone.profiles, folder / "profiles")
    shutil.copytree(everyone.index, folder / "index")
    (folder / "profiles" / "unread").mkdir()
    (folder / "profiles" / "unread" / "profile.toml").write_text('name = "Never Ingested"\n')
    with (
        serving(folder / "profiles", folder / "index") as served,
        httpx.Client(base_url=f"{served.url}/v1/profiles", timeout=20, trust_env=False) as http,
    ):
        yield http


def test_the_list_is_json_unless_another_format_is_asked_for(client: httpx.Client) -> None:
    plain, named = client.get("/lina-haug/publications"), client.get("/lina-haug/publications.json")
    assert plain.status_code == 200
    assert plain.headers["content-type"] == "application/json"
    assert plain.json() == named.json()
    assert plain.json()["count"] == plain.json()["total"] == 12
    assert "content-disposition" not in plain.headers


@pytest.mark.parametrize(
    ("suffix", "kind"),
    [
        ("bib", "application/x-bibtex; charset=utf-8"),
        ("csv", "text/csv; charset=utf-8; header=present"),
        ("csl.json", "application/vnd.citationstyles.csl+json"),
    ],
)
def test_other_formats_come_as_files(client: httpx.Client, suffix: str, kind: str) -> None:
    answer = client.get(f"/lina-haug/publications.{suffix}", params={"position": "first"})
    assert answer.headers["content-type"] == kind
    assert answer.headers["content-disposition"] == f'attachment; filename="lina-haug-publications.{suffix}"'
    assert answer.headers["x-content-type-options"] == "nosniff"
    text = answer.content.decode("utf-8-sig")
    match suffix:
        case "bib":
            assert len(parse_string(text).entries) == 7
        case "csv":
            assert len(list(csv.reader(io.StringIO(text)))) == 8
        case _:
            assert len(json.loads(text)) == 7


def test_a_spreadsheet_sees_by_a_mark_that_the_table_is_unicode(client: httpx.Client) -> None:
    assert client.get("/jonas-weber/publications.csv").content.startswith(b"\xef\xbb\xbfkey,")
    assert client.get("/jonas-weber/publications.bib").content.startswith(b"@")


@pytest.mark.parametrize(
    ("address", "status", "code", "said"),
    [
        ("/lina/publications", 404, "unknown_profile", "did you mean: lina-haug"),
        ("/lina-haug/publications.xls", 404, "unknown_format", ".csv"),
        ("/unread/publications.bib", 503, "index_unusable", "vivavoce ingest unread"),
        ("/lina-haug/publications?year=soon", 422, "invalid_query", "year: 'soon' is no year"),
        ("/lina-haug/publications?position=second", 422, "invalid_query", "position"),
        ("/lina-haug/publications?yeer=2024", 422, "invalid_query", "yeer"),
        (f"/lina-haug/publications?q={'a' * 501}", 422, "invalid_query", "q"),
    ],
)
def test_what_is_refused_is_refused_in_the_one_shape(
    client: httpx.Client, address: str, status: int, code: str, said: str
) -> None:
    answer = client.get(address)
    assert answer.status_code == status
    assert answer.json()["error"]["code"] == code
    assert said in answer.json()["error"]["message"]


def test_a_query_is_a_selection() -> None:
    query = PublicationsQuery(
        year="2019-", venue="Tides", position="last", status="preprint", co_author="Kim Ro", q="a"
    )
    assert query.selection == Selection((2019, None), "Tides", "last", "preprint", "Kim Ro", "a")
    assert PublicationsQuery().selection == Selection()


def test_a_wrong_query_is_no_query() -> None:
    with pytest.raises(ValidationError):
        PublicationsQuery(year="soon")


def test_somebody_unknown_has_no_list(library: Library) -> None:
    with pytest.raises(ProfileNotFound):
        publications_file(library, "nobody", "bib", PublicationsQuery())
    assert publications_file(library, "lina-haug", "doc", PublicationsQuery()) is None
