"""What is private is masked character for character before anything is made of a document."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.build import Progress, read_record
from ingest.domain import BlockKind, Contact, Document, Position, Publication, Source, Span
from ingest.extract import facts_in
from ingest.private import MASK, private_spans, withheld
from ingest.profile import read_profile
from ingest.readers import markdown, plain
from tests.conftest import Desk
from tests.ingest.structured.pages import of, page

SHARED = ("email", "links")
KINDS = ("phone", "address", "birth_date", "marital_status", "nationality", "identity", "email", "links")


def document(text: str) -> Document:
    """A document of that text, which no reader has changed."""
    return Document(id="cv.txt", title="CV", media_type="text/plain", text=text)


def masked(text: str, *share: str) -> str:
    return withheld(document(text), share or SHARED).text


def hidden(text: str) -> str:
    """``text`` with every visible character masked."""
    return re.sub(r"\S", MASK, text)


PRIVATE = [
    ("Tel.: ", "030 1234567", "", "phone"),
    ("Tél. : ", "06 12 34 56 78", "", "phone"),
    ("Téléphone portable : ", "06 12 34 56 78", "", "phone"),
    ("Móvil: ", "612 345 678", ", Telares", "phone"),
    ("Telefone: ", "(11) 91234-5678", "", "phone"),
    ("Handy ", "0151 23456789", "", "phone"),
    ("携帯: ", "090-1234-5678", "", "phone"),
    ("联系电话：", "010-62345678", "", "phone"),
    ("Ada Byron | ", "+49 (0)30 1234567", " | Berlin", "phone"),
    ("Call ", "+351 21 000 0001", " (2020)", "phone"),
    ("Tel: ", "+351 21 000 0001", " (2020)", "phone"),
    ("", "202.555.0143", "", "phone"),
    ("", "221B Baker Street", ", London", "address"),
    ("Anschrift: ", "Am Hang 3, 12345 Talheim", "", "address"),
    ("Adresse : ", "3 rue du Lac, 69000 Tissy", "", "address"),
    ("Dirección: ", "C/ Mayor, 3", "", "address"),
    ("", "Rua das Flores 12", ", Lisboa", "address"),
    ("", "Via Roma 12", ", Milano", "address"),
    ("通讯地址：", "织城市纺织路12号", "", "address"),
    ("Geburtsdatum: ", "03.05.1985", "", "birth_date"),
    ("Geburtsdatum / -ort\t", "23.04.1979", "", "birth_date"),
    ("Date of birth (place): ", "3 May 1985", "", "birth_date"),
    ("Telefon / Mobil: ", "0151 23456789", "", "phone"),
    ("Tel & Fax: ", "030 1234567", "", "phone"),
    ("Nationality / Citizenship: ", "Portuguese", "", "nationality"),
    ("Date de naissance : ", "3 mai 1985", "", "birth_date"),
    ("Fecha de nacimiento: ", "3 de mayo de 1985", "", "birth_date"),
    ("Data di nascita: ", "3/5/1985", "", "birth_date"),
    ("出生日期：", "1985年5月3日", "", "birth_date"),
    ("She said that ", "I was born in 1985", " in Harbourtown.", "birth_date"),
    ("Familienstand: ", "verheiratet", "", "marital_status"),
    ("État civil : ", "célibataire", "", "marital_status"),
    ("Estado civil: ", "soltera", "", "marital_status"),
    ("", "Verheiratet, zwei Kinder", "", "marital_status"),
    ("婚姻状况：", "已婚", "", "marital_status"),
    ("Staatsangehörigkeit: ", "deutsch", "", "nationality"),
    ("Nacionalidad: ", "española", "", "nationality"),
    ("Nationality\t", "Portuguese", "", "nationality"),
    ("", "German citizen", "", "nationality"),
    ("民族：", "汉族", "", "nationality"),
    ("Passport No.: ", "C01X00T47", "", "identity"),
    ("DNI: ", "12345678Z", "", "identity"),
    ("Codice fiscale: ", "RSSMRA85T10A562S", "", "identity"),
    ("护照号：", "E12345678", "", "identity"),
    ("Konto ", "GB82 WEST 1234 5698 7654 32", "", "identity"),
]


@pytest.mark.parametrize(("before", "private", "after", "kind"), PRIVATE)
def test_what_is_private_is_masked_and_what_stands_around_it_stays(
    before: str, private: str, after: str, kind: str
) -> None:
    text = f"# Ada Byron\n\n{before}{private}{after}\n\nWeaver"
    assert [k for k, _ in private_spans(document(text), SHARED)] == [kind]
    assert masked(text) == f"# Ada Byron\n\n{before}{hidden(private)}{after}\n\nWeaver"


@pytest.mark.parametrize(("before", "private", "after", "kind"), PRIVATE)
def test_a_kind_that_the_owner_shares_is_let_through(before: str, private: str, after: str, kind: str) -> None:
    text = before + private + after
    assert masked(text, *SHARED, kind) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("ada@loom.example", hidden("ada@loom.example")),
        ("See https://ada.example/cv today", f"See {hidden('https://ada.example/cv')} today"),
    ],
)
def test_addresses_and_links_are_shown_until_the_owner_says_otherwise(text: str, shown: str) -> None:
    assert masked(text) == text
    assert masked(text, "phone") == shown


@pytest.mark.parametrize(
    "text",
    [
        "Journal of Looms 12(3), pp. 234–256, 2019",
        "Journal of Looms 12(3):123-145, 2019",
        "Physical Review 123, 456-789 (2019)",
        "doi:10.1000/182.1985.1234567",
        "https://doi.org/10.1145/3292500.3330701",
        "10.1016/j.loom.2020.01.001",
        "arXiv:2301.12345v2 and arXiv 2301.12346",
        "ISBN 978-3-16-148410-0",
        "ISBN: 3-16-148410-X",
        "ISSN 1234-5678",
        "ORCID: 0000-0002-1825-0097",
        "PMID: 12345678, PMC1234567",
        "US Patent 10,123,456; EP 1234567 A1",
        "Grant no. 123456789 over 1 000 000 000 euros",
        "01.07.2016 - 31.08.2018",
        "e1234567–1234571",
    ],
)
def test_numbers_of_works_are_never_masked(text: str) -> None:
    assert masked(text) == text


@given(
    st.integers(1, 9999),
    st.integers(0, 99),
    st.from_regex(r"10\.\d{4,5}/[a-z]{2,6}\.(?:19|20)\d\d\.\d{4,9}", fullmatch=True),
    st.from_regex(r"\d{2}(?:0[1-9]|1[0-2])\.\d{5}(?:v\d)?", fullmatch=True),
    st.from_regex(r"97[89]-\d-\d{2}-\d{6}-\d", fullmatch=True),
)
def test_pages_dois_arxiv_ids_and_isbns_are_never_masked(
    first: int, more: int, doi: str, arxiv: str, isbn: str
) -> None:
    text = (
        f"Journal of Looms 12, pp. {first}–{first + more}. doi:{doi}, https://doi.org/{doi}, arXiv:{arxiv}, ISBN {isbn}"
    )
    assert masked(text) == text


PIECES = st.sampled_from([before + private + after for before, private, after, _ in PRIVATE])
TEXTS = st.lists(PIECES | st.text(max_size=20), max_size=6).map("\n".join)


@given(TEXTS, st.sets(st.sampled_from(KINDS)))
def test_masking_keeps_every_place_every_white_space_and_everything_else(text: str, share: set[str]) -> None:
    shown = withheld(document(text), share).text
    assert len(shown) == len(text)
    spans = [span for _, found in private_spans(document(text), share) for span in found]
    covered = {place for span in spans for place in range(span.start, span.end)}
    for place, (was, now) in enumerate(zip(text, shown, strict=True)):
        assert now == (MASK if place in covered and not was.isspace() else was)


@given(TEXTS)
def test_what_is_masked_is_not_found_again(text: str) -> None:
    once = withheld(document(text), SHARED)
    assert withheld(once, SHARED) == once


def test_nothing_inside_an_entry_of_a_publication_list_is_masked() -> None:
    text = (
        "## Contact\n\nTel: +351 21 000 0001\n\n## Publications\n\n"
        "- Ada Byron, Bo Li, Calling 202-555-0143: Looms by Wire. In *Journal of Looms* 2021 (JOL-2021)\n"
        "- Ada Byron, Bo Li. Weaving by night. Journal of Looms, 12(3): 201-215-2019, 2019.\n"
    )
    read = markdown.read(text, Source("cv.md", "CV"))
    assert withheld(read, SHARED).text == read.text.replace("+351 21 000 0001", hidden("+351 21 000 0001"))


RESUME = {
    "basics": {
        "name": "Ada Byron",
        "email": "ada@loom.example",
        "phone": "+351 21 000 0001",
        "location": {"address": "12 Quay Street", "city": "Harbourtown"},
    },
    "work": [
        {
            "name": "Loom Ltd",
            "position": "Engineer",
            "location": "12 Quay Street, Harbourtown",
            "startDate": "2019-01",
            "endDate": "2020-02",
        }
    ],
    "publications": [
        {"name": "Calling 202-555-0143: Looms by Wire", "publisher": "Journal of Looms", "releaseDate": "2019"}
    ],
}


def test_contacts_that_state_it_are_dropped_and_the_others_stay() -> None:
    stated = withheld(page("resume.json", json.dumps(RESUME)), SHARED)
    assert [(c.channel, c.value) for c in of(stated, Contact)] == [("email", "ada@loom.example")]
    open_hearted = withheld(page("resume.json", json.dumps(RESUME)), (*SHARED, "phone"))
    assert [c.channel for c in of(open_hearted, Contact)] == ["email", "phone"]


def test_what_a_format_states_holds_no_more_than_its_text() -> None:
    stated = withheld(page("resume.json", json.dumps(RESUME)), SHARED)
    (position,) = of(stated, Position)
    assert (position.organisation, position.place) == ("Loom Ltd", f"{hidden('12 Quay Street')}, Harbourtown")
    (paper,) = of(stated, Publication)
    assert paper.title == "Calling 202-555-0143: Looms by Wire"
    assert "+351" not in repr(facts_in(stated))


def test_spans_of_blocks_stay_where_they_are() -> None:
    read = plain.read(
        "Ada Byron\n\nTel: +351 21 000 0001\n\nEXPERIENCE\n\nLecturer, Port University, 2018–2020\n",
        Source("cv.txt", "CV"),
    )
    shown = withheld(read, SHARED)
    assert shown.blocks == read.blocks
    assert [
        shown.quote(b.span)
        for b in shown.blocks
        if b.kind is not BlockKind.PARAGRAPH or MASK not in shown.quote(b.span)
    ] == [read.quote(b.span) for b in read.blocks if "+351" not in read.quote(b.span)]


def test_an_ingest_keeps_nothing_that_is_private(desk: Desk) -> None:
    desk.write(
        "ada-byron",
        "cv.md",
        "# Ada Byron\n\nTel: +351 21 000 0001\n\nDate of birth: 3 May 1985\n\n## Research\n\nI weave.\n",
    )
    desk.write("ada-byron", "profile.toml", 'name = "Ada Byron"\n')
    record = read_record(desk.profiles / "ada-byron", read_profile(desk.profiles, "ada-byron"), Progress())
    assert "0001" not in repr(record)
    assert "1985" not in repr(record)
    assert record.quote(Span("cv.md", 0, 9)) == "Ada Byron"
