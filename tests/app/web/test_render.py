"""What the page is made of, without a browser: every text escaped, every chip backed by a citation."""

import re
from dataclasses import replace
from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.domain import Answer, Citation, Finished, Reason, Retrieved, Sentence, Spoken, Status
from app.web import evidence, render
from app.web.card import Anchor, Card, Post
from app.web.render.copied import as_markdown, as_text
from app.web.words import words
from ingest.domain import Block, BlockKind, Document, Span

HOSTILE = '<script>alert(1)</script><img src=x onerror="a()">&amp;\'"'
TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60) | st.sampled_from([HOSTILE, "[1]", "a [2] b"])


class Reading(HTMLParser):
    """Elements with their attributes, and the text between them; complains where tags do not match."""

    VOID = frozenset({"br", "img", "input"})

    def __init__(self, html: str) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self._open: list[str] = []
        self.feed(html)
        self.close()
        assert self._open == []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in self.VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self._open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def of_class(self, name: str) -> list[dict[str, str | None]]:
        return [attributes for _, attributes in self.elements if name in (attributes.get("class") or "").split()]


def citation(n: int, quote: str = "a quote", title: str = "CV", section: str | None = "Work") -> Citation:
    return Citation(n, "cv.md", title, section, None, 10 * n, 10 * n + len(quote), quote, None)


def answer(
    *sentences: Sentence,
    citations: tuple[Citation, ...] = (),
    status: Status = "grounded",
    reason: Reason | None = None,
    suggestions: tuple[str, ...] = (),
) -> Answer:
    said = " ".join(s.text for s in sentences)
    return Answer(said, status, reason, sentences, citations, "q", "mira", "offline", "f", suggestions, {}, {})


def finished(*sentences: Sentence, question: str = "Where?", **rest: object) -> Reading:
    state = render.Exchange(question, "mira").hear(Finished(answer(*sentences, **rest)))  # type: ignore[arg-type]
    return Reading(render.exchange(state))


def document(*texts: tuple[BlockKind, str], url: str | None = None) -> Document:
    blocks, at = [], 0
    for kind, text in texts:
        level = 1 if kind is BlockKind.HEADING else None
        blocks.append(Block(kind, Span("cv.md", at, at + len(text)), ("Work",), level=level))
        at += len(text) + 1
    return Document("cv.md", "CV", "text/markdown", "\n".join(t for _, t in texts), tuple(blocks), url=url)


def test_a_marker_becomes_a_chip_that_knows_its_place() -> None:
    html = finished(Sentence("She works in Lisbon [1].", (1,)), citations=(citation(1),))
    (chip,) = html.of_class("vv-cite")
    assert chip["data-document"] == "cv.md"
    assert (chip["data-start"], chip["data-end"]) == ("10", "17")
    assert chip["data-digest"] == render.digest("a quote")
    assert chip["aria-label"] == "Source 1: CV · Work"
    assert "She works in Lisbon1. " in html.text


def test_a_range_of_markers_stays_together() -> None:
    html = finished(
        Sentence("It lists three [1]–[3] of them.", (1, 2, 3)), citations=tuple(citation(n) for n in (1, 2, 3))
    )
    assert [c["data-n"] for c in html.of_class("vv-cite")] == ["1", "3"]
    assert len(html.of_class("vv-keep")) == 1
    assert "It lists three1–3 of them. " in html.text


@pytest.mark.parametrize("text", ["In [2020] it began.", "Nobody cites [7].", "[a] [ 1 ]"])
def test_a_marker_that_no_citation_backs_stays_text(text: str) -> None:
    html = finished(Sentence(text, (1,)), citations=(citation(1),))
    assert html.of_class("vv-cite") == []
    assert text in html.text


def test_items_are_a_list_between_paragraphs() -> None:
    html = finished(
        Sentence("Three:"), Sentence("A", (), True), Sentence("B", (), True), Sentence("C", (), True), Sentence("So.")
    )
    tags = [tag for tag, _ in html.elements if tag in {"p", "ul", "li"}]
    assert tags == ["p", "ul", "li", "li", "li", "p"]


def test_few_sources_lie_open_and_many_wait() -> None:
    for count, is_open in ((4, True), (5, False)):
        cited = tuple(citation(n) for n in range(1, count + 1))
        html = finished(Sentence("A [1].", (1,)), citations=cited)
        ((_, details),) = [e for e in html.elements if e[0] == "details"]
        assert ("open" in details) == is_open
        assert [s["data-n"] for s in html.of_class("vv-source")] == [str(c.n) for c in cited]
        assert f"{count} sources" in html.text


@pytest.mark.parametrize(
    ("reason", "label"), [("not_in_sources", "Not stated in the documents"), ("out_of_scope", "Outside this record")]
)
def test_a_refusal_says_of_what_kind_it_is(reason: Reason, label: str) -> None:
    html = finished(Sentence("No phone number is given."), status="refused", reason=reason)
    assert html.of_class("vv-answer-refused")
    assert label in html.text


def test_the_page_says_what_is_read_until_the_answer_is_there() -> None:
    state = render.Exchange("Where?", "mira")
    assert "Looking at the documents" in render.exchange(state)
    state = state.hear(Retrieved(1, 8))
    assert "Reading 1 fact and 8 passages" in render.exchange(state)
    many = Retrieved(3, 8, "publication", ("2024", "ICLR"))
    assert "3 publications match 2024, ICLR" in render.exchange(render.Exchange("Where?", "mira").hear(many))
    assert "Reading 8 passages" in render.exchange(render.Exchange("Where?", "mira").hear(Retrieved(0, 8)))
    state = state.hear(Spoken(Sentence("In Lisbon [1].", (1,)), (citation(1),)))
    waiting = Reading(render.exchange(state))
    assert waiting.of_class("vv-exchange")[0]["aria-busy"] == "true"
    assert len(waiting.of_class("vv-cite")) == 1
    assert waiting.of_class("vv-source") == []
    done = Reading(render.exchange(state.hear(Finished(answer(Sentence("In Lisbon."))))))
    assert done.of_class("vv-exchange")[0]["aria-busy"] == "false"
    assert done.of_class("vv-waiting") == []


def test_what_was_said_becomes_turns_once_it_is_finished() -> None:
    state = render.Exchange("Where?", "mira")
    assert state.turns == ()
    assert [t.text for t in state.hear(Finished(answer(Sentence("Lisbon.")))).turns] == ["Where?", "Lisbon."]


def test_follow_ups_ask_what_they_say() -> None:
    html = finished(Sentence("Yes."), suggestions=("And <before>?",))
    assert [b["data-ask"] for b in html.of_class("vv-chip")] == ["And <before>?"]


def test_a_notice_is_a_sentence() -> None:
    assert render.notice("the question is <empty>; ask one") == "The question is &lt;empty&gt;; ask one."
    assert render.notice("") == ""


def test_the_head_shows_a_name_in_its_own_script_and_what_the_record_counts() -> None:
    card = Card("qian", "Qian Liu", "刘乾", None, papers=1, years=(2020, 2024), venues=8)
    html = Reading(render.head(card, words("en"), others=False))
    assert html.text == "QLQian Liu 刘乾1 publication2020–2024 years8 venues"
    assert len(html.of_class("vv-figure")) == 3
    assert "All people" in Reading(render.head(card, words("en"), others=True)).text


def test_only_from_three_people_on_there_is_something_to_search() -> None:
    cards = [Card(slug, slug.title(), None, None) for slug in ("ana", "bo", "cy")]
    assert 'type="search"' not in render.directory(cards[:2], words("en"))
    assert 'type="search"' in render.directory(cards, words("en"))
    assert "data-compare" not in render.directory(cards[:1], words("en"))


def test_people_who_are_compared_stand_in_columns_of_their_own() -> None:
    sentences = (
        Sentence("Ana B:"),
        Sentence("She [1].", (1,), True),
        Sentence("Cy D:"),
        Sentence("He [2].", (2,), True),
    )
    cited = tuple(replace(citation(n), profile=slug) for n, slug in ((1, "ana"), (2, "cy")))
    state = render.Exchange("Compare", "ana", people={"ana": "Ana B", "cy": "Cy D"})
    html = Reading(render.exchange(state.hear(Finished(answer(*sentences, citations=cited)))))
    assert len(html.of_class("vv-column")) == 2
    assert [e for e in html.elements if e[0] == "h3"] == [("h3", {"class": "vv-whose"})] * 2
    assert [c["data-profile"] for c in html.of_class("vv-cite")] == ["ana", "cy"]


@pytest.mark.parametrize(("linked", "told"), [(None, False), ("f" * 12, False), ("0" * 12, True)])
def test_an_answer_that_was_linked_to_tells_of_another_record(linked: str | None, told: bool) -> None:
    state = render.Exchange("Where?", "mira", linked=linked)
    whole = replace(answer(Sentence("Lisbon.")), fingerprint="f" * 64)
    assert ("The record has changed" in render.exchange(state.hear(Finished(whole)))) == told


def test_what_is_copied_holds_the_answer_and_every_source() -> None:
    sentences = (Sentence("Two *stars*:"), Sentence("one [1]", (1,), True), Sentence("two [2] [7]", (2,), True))
    whole = answer(*sentences, citations=(citation(1), citation(2, "a_b")))
    assert as_text(whole, words("en")).endswith("\n\nSources\n[1] CV · Work: “a quote”\n[2] CV · Work: “a_b”")
    assert as_markdown(whole, words("en")).split("\n") == [
        r"Two \*stars\*:",
        "",
        "- one[^1]",
        r"- two[^2] \[7\]",
        "",
        "[^1]: CV · Work: “a quote”",
        r"[^2]: CV · Work: “a\_b”",
    ]


SAFE_TAGS = {"section", "div", "span", "p", "ul", "li", "ol", "button", "details", "summary", "strong", "mark", "a"}
SAFE_TAGS |= {"header", "label", "input", "img"}
SAFE_TAGS |= {"h1", "h2", "h3", "h4", "h5", "h6"}


@given(TEXT, TEXT, TEXT, TEXT)
def test_no_text_is_ever_markup(question: str, said: str, quote: str, name: str) -> None:
    cited = (citation(1, quote, name, name),)
    pieces = (
        Sentence(said, (1,)),
        Sentence(f"{said} [1] {said}", (1,), is_item=True),
    )
    state = render.Exchange(question, name).hear(Finished(answer(*pieces, citations=cited, suggestions=(said,))))
    post = Post(said, Span(name or "d", 0, 1), quote)
    card = Card(
        name, name, said, "v1/photo", (post,), (said,), (Anchor("https://a.example/", said),), 3, (2000, 2001), 2
    )
    pages = [
        render.exchange(state),
        render.start(said, [question], words("en")),
        render.directory([card], words("en"), said),
        render.head(card, words("zh"), others=True),
    ]
    for page in pages:
        html = Reading(page)
        assert {tag for tag, _ in html.elements} <= SAFE_TAGS
        assert not [k for _, attributes in html.elements for k in attributes if k.startswith("on")]
    assert question in Reading(pages[0]).text
    assert unescape(render.notice(question)).strip(".").casefold() == question.strip().strip(".").casefold()


@given(st.lists(st.tuples(st.sampled_from(list(BlockKind)), TEXT.filter(str.strip)), min_size=1), st.data())
def test_what_is_marked_is_what_the_span_covers(blocks: list[tuple[BlockKind, str]], data: st.DataObject) -> None:
    source = document(*blocks)
    start = data.draw(st.integers(0, len(source.text)))
    end = data.draw(st.integers(start, len(source.text)))
    page = evidence.passage(source, Span("cv.md", start, end), 1, {})
    marked = [unescape(m) for m in re.findall(r'<mark class="vv-mark">(.*?)</mark>', page, re.DOTALL)]
    inside = [source.text[max(b.span.start, start) : min(b.span.end, end)] for b in source.blocks]
    assert marked == [text for text in inside if text]
    assert {tag for tag, _ in Reading(page).elements} <= SAFE_TAGS


def test_evidence_shows_the_neighbourhood_and_that_there_is_more() -> None:
    far = [(BlockKind.PARAGRAPH, "x" * 500)] * 40
    source = document((BlockKind.HEADING, "Work"), *far, (BlockKind.ITEM, "the quote"), *far)
    start = source.text.index("the quote")
    html = evidence.passage(source, Span("cv.md", start, start + 9), 3, {})
    assert html.count('class="vv-gap"') == 2
    assert 2 * evidence.CONTEXT_CHARS < len(html) < 3 * evidence.CONTEXT_CHARS
    assert "<li><mark" in html


@pytest.mark.parametrize(
    ("url", "shown"), [("https://a.example/cv", True), ("javascript:alert(1)", False), (None, False)]
)
def test_only_a_web_address_is_a_link(url: str | None, shown: bool) -> None:
    source = document((BlockKind.PARAGRAPH, "text"), url=url)
    assert ("<a " in evidence.passage(source, Span("cv.md", 0, 4), 1, {})) == shown


def test_a_document_without_blocks_is_one_paragraph() -> None:
    source = Document("a.txt", "A", "text/plain", "one two three")
    assert "<p>one <mark" in evidence.passage(source, Span("a.txt", 4, 7), 1, {})
