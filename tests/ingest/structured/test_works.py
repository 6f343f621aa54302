"""Bibliographies and exports: one publication an entry, the same page whatever service wrote the file."""

import json

import pytest

from ingest.domain import Degree, Honour, Interest, Item, PartialDate, Period, Position, Publication
from ingest.errors import SourceUnreadable
from tests.ingest.structured.pages import check, is_taken, of, page

BIB = r"""
@string{jsq = "Journal of Sound"}
@comment{ignored}
@article{whales,
  author = {Okonjo, Mira and Ab{\'a}di, L{\"o}na and {The LISTEN Collaboration}},
  title = {{Whales} in the H{\"a}rbour: $\alpha$-waves \& 50\% noise},
  journal = jsq, volume = 12, number = {3}, pages = {45--67}, year = 2021, month = mar,
  abstract = {They sing -- all night.}, keywords = {whales, sound},
  doi = {10.1000/snd.1}, note = {Best Paper}, adsurl = {https://ads.example}, bdsk-file-1 = {AAAA}
}
@inproceedings{ports, author = "Lena Abadi and others", title = "Ports", crossref = {icl}}
@proceedings{icl, title = {Proceedings of Listening}, editor = {Ed Itor}, year = 2019}
@book{ed, editor = {Bo Li}, title = {A Book of Ports}, publisher = {Sea Press}, year = {2018}}
@phdthesis{th, author = {Mira Okonjo}, title = {On Listening}, school = {University of Bergen}, year = 2018}
@misc{pre, author = {Mira Okonjo}, title = {Early Noise}, eprint = {2101.00001}, archivePrefix = {arXiv}, year = 2021}
@article{mine, Author = {Mira Okonjo}, Title = {Own Fields}, _venue = {ICLR}, year = {2020}, color = {red}}
"""


def papers(name: str, text: str) -> list[Publication]:
    document = page(name, text)
    check(document)
    return of(document, Publication)


def test_a_bibtex_entry_is_a_citation_with_its_abstract() -> None:
    document = page("all.bib", BIB)
    assert document.text.startswith(
        "Publications\n\n"
        "Mira Okonjo, Löna Abádi, The LISTEN Collaboration. Whales in the Härbour: α-waves & 50% noise."
        " Journal of Sound 12(3), 45–67, 2021-03. (Best Paper)\ndoi:10.1000/snd.1\n\n"
        "They sing – all night.\n\nKeywords: whales, sound"
    )
    assert "AAAA" not in document.text
    assert "red" not in document.text


def test_a_bibtex_file_states_its_publications() -> None:
    whales, ports, book, thesis, preprint, own = papers("all.bib", BIB)
    assert whales.authors == ("Mira Okonjo", "Löna Abádi", "The LISTEN Collaboration")
    assert (whales.date, whales.venue, whales.notes, whales.status) == (
        PartialDate(2021, 3),
        "Journal of Sound",
        ("Best Paper",),
        "published",
    )
    assert whales.abstract is not None
    assert (ports.authors, ports.authors_complete) == (("Lena Abadi",), False)
    assert (ports.venue, ports.date) == ("Proceedings of Listening", PartialDate(2019))
    assert (book.authors, book.form) == ((), "book")
    assert (thesis.form, thesis.status, thesis.venue) == ("thesis", None, "University of Bergen")
    assert (preprint.status, preprint.venue) == ("preprint", "arXiv")
    assert (own.venue, own.venue_tag) == ("ICLR", "ICLR")


@pytest.mark.parametrize(
    "broken",
    [
        '@article{b, author = "A. Byron", title = "No closing quote, year = 2020}',
        "@article{b, author = {A. Byron}, title = {No {closing brace}, year = {2020}}",
        "@article{b, author = {A. Byron}, title = {No closing comma} year = {2020}}",
        "@article{b author = {A. Byron}, title = {No closing key}, year = {2020}",
        "@article{, author = {A. Byron}, title = {No closing name}, year = 2020}",
    ],
)
def test_a_broken_entry_loses_neither_itself_nor_the_others(broken: str) -> None:
    good = "@article{{{0}, author = {{Bo Li}}, title = {{Whole {0}}}, year = 2019}}\n"
    found = papers("all.bib", good.format("one") + broken + "\n\n" + good.format("two"))
    titles = [p.title for p in found]
    assert titles[0] == "Whole one"
    assert titles[-1] == "Whole two"
    (between,) = found[1:-1]
    assert between.title.startswith("No closing")
    assert between.date == PartialDate(2020)


def test_the_same_key_twice_makes_two_entries() -> None:
    text = "@article{a, title = {First One}, author = {Bo Li}}\n@article{a, title = {Second One}, author = {Bo Li}}\n"
    assert [p.title for p in papers("all.bib", text)] == ["First One", "Second One"]


def test_marks_behind_names_are_explained_by_the_entry_or_left_unexplained() -> None:
    text = "@article{a, title = {Both Did}, author = {Bo Li* and Mira Okonjo*}, note = {* equal contribution}}"
    (paper,) = papers("all.bib", text)
    assert (paper.authors, paper.equal, paper.marked) == (("Bo Li", "Mira Okonjo"), ("Bo Li", "Mira Okonjo"), ())
    (paper,) = papers("all.bib", text.replace(", note = {* equal contribution}", ""))
    assert (paper.equal, paper.marked) == ((), ("Bo Li", "Mira Okonjo"))


RIS = """TY  - JOUR
AU  - Okonjo, Mira
A1  - Abadi, Lena
ED  - Itor, Ed
TI  - Whales in Harbours
JO  - Journal of Sound
PY  - 2021/03/01/
VL  - 12
SP  - 45
EP  - 67
AB  - They sing
 all night.
KW  - whales
KW  - sound
DO  - 10.1000/snd.1
ER  -

TY  - CHAP
TI  - Cut off before its end
AU  - Li, Bo
TY  - THES
T1  - On Listening
AU  - Okonjo, Mira
Y1  - 2018
"""

OPENALEX = {
    "meta": {"count": 1},
    "results": [
        {
            "id": "https://openalex.example/W1",
            "doi": "https://doi.org/10.1000/snd.1",
            "title": "Whales in Harbours",
            "display_name": "Whales in Harbours",
            "publication_year": 2021,
            "publication_date": "2021-03-01",
            "type": "article",
            "authorships": [{"author": {"display_name": "Mira Okonjo"}}, {"author": {"display_name": "Lena Abadi"}}],
            "is_authors_truncated": True,
            "primary_location": {"source": {"display_name": "Journal of Sound", "id": "S1"}},
            "biblio": {"volume": "12", "first_page": "45", "last_page": "67"},
            "abstract_inverted_index": {"They": [0], "sing": [1], "night.": [3], "all": [2]},
        }
    ],
}
SCHOLAR = "Authors,Title,Publication,Volume,Number,Pages,Year,Publisher\n" + (
    '"Okonjo, Mira; Abadi, Lena; ",Whales in Harbours,Journal of Sound,12,,45-67,2021,Sea Press\n'
)
SEMANTIC = {
    "authorId": "1",
    "name": "Mira Okonjo",
    "hIndex": 3,
    "papers": [
        {
            "title": "Whales in Harbours",
            "authors": [{"authorId": "1", "name": "Mira Okonjo"}, {"name": "Lena Abadi"}],
            "venue": "",
            "journal": {"name": "Journal of Sound", "volume": "12", "pages": "45-67"},
            "year": 2021,
            "publicationDate": "2021-03-01",
            "externalIds": {"DOI": "10.1000/snd.1"},
            "publicationTypes": ["JournalArticle"],
            "abstract": "They sing all night.",
        }
    ],
}
DBLP = {
    "result": {
        "hits": {
            "hit": [
                {
                    "info": {
                        "authors": {"author": [{"@pid": "1", "text": "Mira Okonjo 0001"}, {"text": "Lena Abadi"}]},
                        "title": "Whales in Harbours.",
                        "venue": "Journal of Sound",
                        "year": "2021",
                        "type": "Journal Articles",
                        "doi": "10.1000/snd.1",
                    }
                }
            ]
        }
    }
}
DBLP_XML = """<?xml version="1.0"?>
<dblpperson name="Mira Okonjo"><r><article key="a"><author>Mira Okonjo</author><author>Lena Abadi</author>
<title>Whales in <i>Harbours</i>.</title><journal>Journal of Sound</journal><volume>12</volume><year>2021</year></article></r></dblpperson>
"""
CSL = [
    {
        "id": "w",
        "type": "article-journal",
        "title": "Whales in Harbours",
        "author": [{"given": "Mira", "family": "Okonjo"}, {"given": "Lena", "family": "Abadi"}],
        "editor": [{"given": "Ed", "family": "Itor"}],
        "container-title": "Journal of Sound",
        "issued": {"date-parts": [["2021", 3]]},
        "DOI": "10.1000/snd.1",
    }
]
BARE = [
    {
        "title": "Whales in Harbours",
        "authors": ["Okonjo, Mira", 'Ab{\\"a}di, Lena'],
        "pub": "Journal of Sound",
        "pubdate": "2021-03-00",
        "year": "2021",
    },
    {"title": "Ports", "authors": "Bo Li and Mira Okonjo", "year": 2019},
]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.ris", RIS),
        ("works.json", json.dumps(OPENALEX)),
        ("citations.csv", SCHOLAR),
        ("author.json", json.dumps(SEMANTIC)),
        ("dblp.json", json.dumps(DBLP)),
        ("dblp.xml", DBLP_XML),
        ("csl.json", json.dumps(CSL)),
        ("pubs.json", json.dumps(BARE)),
    ],
)
def test_every_export_states_the_same_publication(name: str, text: str) -> None:
    first = papers(name, text)[0]
    assert first.title == "Whales in Harbours"
    assert first.authors[0] == "Mira Okonjo"
    assert len(first.authors) == 2
    assert (first.venue, first.status) == ("Journal of Sound", "published")
    assert first.date is not None
    assert first.date.year == 2021
    assert is_taken(name, text)


def test_an_export_keeps_what_only_it_knows() -> None:
    openalex = page("works.json", json.dumps(OPENALEX))
    (paper,) = of(openalex, Publication)
    assert not paper.authors_complete
    assert paper.abstract is not None
    assert openalex.quote(paper.abstract) == "They sing all night."
    assert "12, 45–67" in openalex.text
    author = page("author.json", json.dumps(SEMANTIC))
    assert author.text.startswith("Mira Okonjo\n\n")
    assert "Index: 3" in author.text
    whales, cut, thesis = papers("a.ris", RIS)
    assert (whales.date, cut.title, thesis.form) == (PartialDate(2021, 3, 1), "Cut off before its end", "thesis")
    assert papers("pubs.json", json.dumps(BARE))[0].date == PartialDate(2021, 3)
    assert papers("pubs.json", json.dumps(BARE))[1].authors == ("Bo Li", "Mira Okonjo")


def test_software_data_and_talks_are_shown_but_are_no_publications() -> None:
    kinds = ["article", "software", "dataset", "lecture-speech"]
    rows = [{"title": f"Whales by {k}", "authors": ["Mira Okonjo"], "year": 2021, "doctype": k} for k in kinds]
    document = page("pubs.json", json.dumps(rows))
    check(document)
    assert [p.title for p in of(document, Publication)] == ["Whales by article"]
    assert [(i.kind, i.title) for i in of(document, Item)] == [("talk", "Whales by lecture-speech")]
    assert "Other works\n\nMira Okonjo. Whales by software. 2021. (software)" in document.text
    assert "Whales by dataset" in document.text


def test_what_stands_beside_a_list_of_publications_is_kept() -> None:
    text = json.dumps({"name": "Mira Okonjo", "papers": BARE, "articles": BARE[1:], "talks": ["On Ports, Oslo, 2020"]})
    document = page("me.json", text)
    assert [p.title for p in of(document, Publication)].count("Ports") == 2
    assert [i.kind for i in of(document, Item)] == ["talk"]


def test_the_first_of_january_of_an_index_is_a_year_alone() -> None:
    text = json.dumps(OPENALEX).replace("2021-03-01", "2021-01-01")
    assert papers("works.json", text)[0].date == PartialDate(2021)


def affiliation(kind: str, organisation: str, role: str, start: str, end: str | None) -> dict[str, object]:
    def date(text: str | None) -> object:
        parts = text.split("-") if text else []
        names = ("year", "month", "day")
        return {n: {"value": parts[i]} if i < len(parts) else None for i, n in enumerate(names)} if text else None

    summary = {
        "put-code": 1,
        "department-name": "Acoustics",
        "role-title": role,
        "start-date": date(start),
        "end-date": date(end),
        "organization": {"name": organisation, "address": {"city": "Bergen", "region": None, "country": "NO"}},
    }
    return {"affiliation-group": [{"summaries": [{f"{kind}-summary": summary}]}]}


ORCID = {
    "orcid-identifier": {"uri": "https://orcid.example/0000-0001", "path": "0000-0001", "host": "orcid.example"},
    "history": {"last-modified-date": {"value": 1700000000000}},
    "person": {
        "name": {"given-names": {"value": "Mira"}, "family-name": {"value": "Okonjo"}, "credit-name": None},
        "biography": {"content": "Listens to whales."},
        "keywords": {"keyword": [{"content": "Sound"}]},
        "researcher-urls": {"researcher-url": [{"url-name": "Home", "url": {"value": "https://mira.example"}}]},
        "emails": {"email": []},
    },
    "activities-summary": {
        "employments": affiliation("employment", "Harbour Institute", "Researcher", "2021-03", None),
        "educations": affiliation("education", "University of Bergen", "PhD", "2014", "2018-06-01"),
        "distinctions": affiliation("distinction", "Sound Board", "Golden Hydrophone", "2023", "2023"),
        "fundings": {
            "group": [
                {
                    "funding-summary": [
                        {
                            "title": {"title": {"value": "Deep Listening"}},
                            "organization": {"name": "Sea Fund"},
                            "start-date": {"year": {"value": "2022"}},
                            "end-date": {"year": {"value": "2025"}},
                        }
                    ]
                }
            ]
        },
        "works": {
            "group": [
                {
                    "work-summary": [
                        {
                            "title": {"title": {"value": "Whales in Harbours"}},
                            "journal-title": {"value": "Journal of Sound"},
                            "type": "journal-article",
                            "publication-date": {"year": {"value": "2021"}, "month": {"value": "03"}, "day": None},
                        },
                        {"title": {"title": {"value": "whales in harbours"}}},
                    ]
                }
            ]
        },
    },
}


def test_an_orcid_record_states_the_person_and_every_activity_once() -> None:
    document = page("orcid.json", json.dumps(ORCID))
    check(document)
    assert document.text.startswith("Mira Okonjo\n\nContact\n\n")
    (position,) = of(document, Position)
    assert (position.organisation, position.role, position.group) == ("Harbour Institute", "Researcher", "Acoustics")
    assert position.period == Period(PartialDate(2021, 3), None, current=True)
    (degree,) = of(document, Degree)
    assert degree.period == Period(PartialDate(2014), PartialDate(2018, 6, 1))
    assert [(h.title.split(",")[0], h.dates) for h in of(document, Honour)] == [
        ("Golden Hydrophone", (PartialDate(2023),))
    ]
    assert [(i.kind, i.title) for i in of(document, Item)] == [("grant", "Deep Listening, Sea Fund")]
    assert [i.topic for i in of(document, Interest)] == ["Sound"]
    (paper,) = of(document, Publication)
    assert (paper.title, paper.venue, paper.date) == ("Whales in Harbours", "Journal of Sound", PartialDate(2021, 3))
    assert "1700000000000" not in document.text
    assert is_taken("orcid.json", json.dumps(ORCID))


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("all.bib", "% nothing yet\n"),
        ("all.bib", "@string{a = {b}}"),
        ("a.ris", "no tags at all"),
        ("a.csv", ""),
        ("a.xml", "<dblpperson/>"),
    ],
)
def test_an_empty_list_says_what_to_do(name: str, text: str) -> None:
    with pytest.raises(SourceUnreadable, match=r"take it out of profile\.toml"):
        page(name, text)


def test_the_names_at_the_head_of_a_summary_are_the_authors_and_prose_is_none() -> None:
    """JSON Resume has no field for them."""
    rows = [
        {"name": "Tides in Words", "publisher": "Alpine Letters", "releaseDate": "2021", "summary": summary}
        for summary in ("A. Byron, M. Okonjo, T. ter Braak. We measured tides.", "Measured tides. In words.")
    ]
    resume = {"basics": {"name": "Mira Okonjo"}, "work": [], "education": [], "publications": rows}
    signed, unsigned = papers("resume.json", json.dumps(resume))
    assert signed.authors == ("A. Byron", "M. Okonjo", "T. ter Braak")
    assert unsigned.authors == ()
