"""Pictures of pages at the door: the right one, asked for anew each time, and nothing of what is not there."""

import hashlib
import shutil
from collections.abc import Iterator
from html.parser import HTMLParser

import httpx
import pytest

from app.answer.verify import Verifier
from app.library import Library
from app.web import evidence, pageimage
from ingest.domain import Document, Span
from ingest.generation import current, spare_of
from ingest.pages import page_file
from tests.app.web.scripted import Served, serving
from tests.conftest import Desk
from tests.ingest.paper import pdf
from tests.ingest.printed import printed_cv

ID = "my papers/cv #1.pdf"
PAGE = "/v1/profiles/runa-tveit/documents/my%20papers/cv%20%231.pdf/pages"


@pytest.fixture(scope="module")
def desk_of_runa(tmp_path_factory: pytest.TempPathFactory, ingested: Desk) -> Desk:
    folder = tmp_path_factory.mktemp("pictures")
    shutil.copytree(ingested.profiles, folder / "profiles")
    shutil.copytree(ingested.index, folder / "index")
    desk = Desk(folder / "profiles", folder / "index", ingested.embedder)
    desk.write("runa-tveit", "profile.toml", 'name = "Runa Tveit"\n')
    desk.write("runa-tveit", ID, pdf(*printed_cv()))
    desk.ingest("runa-tveit")
    return desk


@pytest.fixture(scope="module")
def server(desk_of_runa: Desk) -> Iterator[Served]:
    with serving(desk_of_runa.profiles, desk_of_runa.index) as served:
        yield served


@pytest.fixture
def client(server: Served) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=server.url, timeout=20, trust_env=False) as http:
        yield http


@pytest.fixture
def library(desk_of_runa: Desk) -> Library:
    return Library(desk_of_runa.profiles, desk_of_runa.index, desk_of_runa.embedder)


def cv(library: Library) -> Document:
    return library.open("runa-tveit").record.document(ID)


def span(document: Document, words: str) -> Span:
    start = document.text.index(words)
    return Span(document.id, start, start + len(words))


def test_a_page_is_served_as_the_picture_that_the_index_holds(client: httpx.Client, desk_of_runa: Desk) -> None:
    kept = (current(desk_of_runa.index / "runa-tveit") / page_file(ID, 2)).read_bytes()
    found = client.get(f"{PAGE}/2")
    assert (found.status_code, found.headers["content-type"], found.content) == (200, "image/png", kept)
    assert found.headers["etag"] == f'"{hashlib.sha256(kept).hexdigest()}"'
    assert found.headers["cache-control"] == "private, no-cache"
    assert found.headers["x-content-type-options"] == "nosniff"
    assert "img-src 'self' data:" in found.headers["content-security-policy"]


def test_a_page_that_the_browser_has_is_not_sent_again(client: httpx.Client) -> None:
    tag = client.get(f"{PAGE}/1").headers["etag"]
    again = client.get(f"{PAGE}/1", headers={"if-none-match": f'W/"other", {tag}'})
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(f"{PAGE}/2", headers={"if-none-match": tag}).status_code == 200


@pytest.mark.parametrize(
    ("path", "status", "code"),
    [
        (f"{PAGE}/4", 404, "no_page_image"),
        (f"{PAGE}/0", 404, "no_page_image"),
        (f"{PAGE}/-1", 404, "no_page_image"),
        (f"{PAGE}/one", 422, "invalid_query"),
        ("/v1/profiles/runa-tveit/documents/other.pdf/pages/1", 404, "no_page_image"),
        ("/v1/profiles/runa-tveit/documents/..%2F..%2Fprofile.toml/pages/1", 404, "no_page_image"),
        ("/v1/profiles/mira-okonjo/documents/cv.md/pages/1", 404, "no_page_image"),
        ("/v1/profiles/nobody/documents/cv.pdf/pages/1", 404, "unknown_profile"),
    ],
)
def test_what_is_not_there_is_refused_in_the_one_shape(client: httpx.Client, path: str, status: int, code: str) -> None:
    found = client.get(path)
    assert (found.status_code, found.json()["error"]["code"]) == (status, code)
    assert set(found.json()["error"]) == {"message", "type", "code"}


def test_a_picture_that_is_not_the_one_that_was_made_is_not_shown(indexed: Desk) -> None:
    indexed.write("runa-tveit", "profile.toml", 'name = "Runa Tveit"\n')
    indexed.write("runa-tveit", "cv.pdf", pdf(*printed_cv()))
    indexed.ingest("runa-tveit")
    library = Library(indexed.profiles, indexed.index, indexed.embedder)
    assert pageimage.page_image(library, "runa-tveit", "cv.pdf", 1).content
    kept = current(indexed.index / "runa-tveit") / page_file("cv.pdf", 1)
    kept.write_bytes(b"<html>")
    assert pageimage.page_image(library, "runa-tveit", "cv.pdf", 1).content.startswith(
        b"\x89PNG"
    )  # that of the spare copy
    shutil.rmtree(spare_of(current(indexed.index / "runa-tveit")))
    with pytest.raises(pageimage.PageNotFound, match="try again in a moment"):
        pageimage.page_image(library, "runa-tveit", "cv.pdf", 1)


def test_a_citation_says_where_its_quote_is_printed(library: Library) -> None:
    record = library.open("runa-tveit").record
    verifier = Verifier(record)
    (fact,) = [f for f in record.facts if "small waterfalls" in record.quote(f.span)]
    citation = verifier._cited(fact.span)
    assert citation.page == 1
    assert citation.boxes == cv(library).boxes_of(fact.span) != ()


class Figures(HTMLParser):
    """The pictures and marks of a piece of markup."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.images: list[dict[str, str | None]] = []
        self.boxes: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "img":
            self.images.append(given)
        if given.get("class") == "vv-box":
            self.boxes.append(given["style"] or "")


def test_the_evidence_shows_the_page_with_each_line_marked(library: Library, client: httpx.Client) -> None:
    document = cv(library)
    quoted = span(
        document, "Measured the hum of four hundred waterfalls in all weathers, and found that they agree to a finger's"
    )
    addresses = pageimage.addresses(library.open("runa-tveit"), document)
    figures = Figures(evidence.passage(document, quoted, 1, addresses))
    (image,) = figures.images
    assert image["alt"] == document.quote(quoted)
    assert client.get("/" + (image["src"] or "")).status_code == 200
    assert len(figures.boxes) == 2
    assert figures.boxes[0].startswith("left:10.08%;top:17.")


def test_a_quote_over_two_pages_shows_both(library: Library) -> None:
    document = cv(library)
    start, end = span(document, "Microphones of birch").start, span(document, "Taught").end
    addresses = pageimage.addresses(library.open("runa-tveit"), document)
    html = evidence.passage(document, Span(ID, start, end), 1, addresses)
    assert [i["src"] for i in Figures(html).images] == [addresses[1], addresses[2]]


def test_markup_in_a_quote_or_an_address_is_text(library: Library) -> None:
    document = cv(library)
    quoted = span(document, "Runa Tveit")
    html = evidence.passage(document, quoted, 1, {1: '"><script>alert(1)</script>'})
    assert "<script" not in html
    assert Figures(html).images[0]["src"] == '"><script>alert(1)</script>'


@pytest.mark.parametrize("addresses", [{}, {2: "v1/other"}])
def test_without_its_picture_a_quote_is_shown_in_the_text(library: Library, addresses: dict[int, str]) -> None:
    html = evidence.passage(cv(library), span(cv(library), "Runa Tveit"), 1, addresses)
    assert "<img" not in html
    assert "vv-views" not in html
    assert '<mark class="vv-mark">Runa Tveit</mark>' in html
