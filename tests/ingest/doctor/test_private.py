"""Private data in the text."""

from dataclasses import replace

import pytest

from tests.ingest.doctor.examined import ADA, examined, quotes, with_text

FOUND = [
    ("Tel: +351 21 000 0001", "phone", "+351 21 000 0001"),
    ("Mobile (202) 555-0143", "phone", "(202) 555-0143"),
    ("Telefon 030/1234567", "phone", "030/1234567"),
    ("Teléfono: +34 600 000 482", "phone", "+34 600 000 482"),
    ("手机：13800005521", "phone", "13800005521"),
    ("+44 7700 900123 | Lisbon", "phone", "+44 7700 900123"),
    ("12 Quay Street, Harbourtown", "address", "12 Quay Street"),
    ("Lindenstraße 12, Talheim", "address", "Lindenstraße 12"),
    ("12 rue de la Navette, Tissy", "address", "12 rue de la Navette"),
    ("Calle Mayor 12, Telares", "address", "Calle Mayor 12"),
    ("地址：织城市纺织路12号", "address", "织城市纺织路12号"),
    ("Home address: Loom Cottage 3, Harbourtown", "address", "Loom Cottage 3, Harbourtown"),
    ("Date of birth: 3 May 1985", "birth-date", "3 May 1985"),
    ("Geboren am 3.5.1985 in Talheim", "birth-date", "3.5.1985"),
    ("née le 3 mai 1985", "birth-date", "3 mai 1985"),
    ("出生年月：1985年5月", "birth-date", "1985年5月"),
    ("Marital status: married", "marital-status", "married"),
    ("Familienstand: ledig", "marital-status", "ledig"),
    ("Nationality: Portuguese", "nationality", "Portuguese"),
    ("国籍：葡萄牙", "nationality", "葡萄牙"),
    ("US citizen", "nationality", "US citizen"),
    ("Passport No. C01X00T47", "identity", "C01X00T47"),
    ("SSN 078-05-1120", "identity", "078-05-1120"),
    ("身份证号：11010519491231002X", "identity", "11010519491231002X"),
    ("IBAN DE89 3704 0044 0532 0130 00", "identity", "DE89 3704 0044 0532 0130 00"),
]


@pytest.mark.parametrize(("text", "kind", "quote"), FOUND)
def test_private_data_is_found_and_quoted(text: str, kind: str, quote: str) -> None:
    found = with_text(text)
    assert [f.kind for f in found] == [f"private-{kind}"]
    assert quotes(found, f"private-{kind}") == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "pp. 234-567-8901 and 436-444",
        "doi:10.1145/3292500.3330701, arXiv:2301.12345v2",
        "ISSN 1234-5678, ISBN 978-3-16-148410-0, ORCID 0000-0002-1825-0097",
        "2016 – 2019, 2020-2021, (2019) 2020-2023",
        "Grant no. 234-567-8901 of 12,000,000 euro",
        "h-index 12, citations 13812, 41,000 hours",
        "mobile robots 2014 2015 2016",
        "Research on citizenship, nationality and marital status in Europe",
        "The field was born in 1985.",
        "Address translation in 64-bit systems",
        "110105194912310021",
        "via Python 3, Room 12 of the loom hall",
    ],
)
def test_other_numbers_and_topics_are_not_private(text: str) -> None:
    assert with_text(text) == []


def test_what_the_owner_shares_is_no_finding() -> None:
    text = "# Ada Byron\n\nTel: +351 21 000 0001\n\nNationality: Portuguese\n"
    open_hearted = replace(ADA, share=("email", "links", "phone"))
    assert [f.kind for f in examined(text, profile=open_hearted)] == ["private-nationality"]


def test_an_address_that_the_owner_does_not_share_is_found() -> None:
    closed = replace(ADA, share=())
    found = examined("# Ada Byron\n\nada@loom.net\n\nhttps://loom.net/ada\n", profile=closed)
    assert [(f.kind, f.quote) for f in found] == [
        ("private-email", "ada@loom.net"),
        ("private-links", "https://loom.net/ada"),
    ]


def test_the_finding_says_that_visitors_do_not_see_it_and_how_they_may() -> None:
    (found,) = with_text("Tel: +351 21 000 0001")
    assert found.severity == "note"
    assert found.message == "a phone number is in the text and withheld from visitors"
    assert found.advice == "nothing, or add 'phone' to [privacy] share in profile.toml if visitors may see it"


def test_numbers_inside_an_entry_of_a_publication_list_are_the_papers() -> None:
    text = "## Publications\n\n- Ada Byron, Bo Li, Calling 202-555-0143: Looms by Wire. In *Journal of Looms* 2021 (JOL-2021)\n"
    assert examined(text) == []
