"""The twins that are data: résumé formats, person records and bibliographies."""

import json
from typing import Any

import yaml

from tests.ingest.twins.person import (
    AWARDS,
    DEGREES,
    EMAIL,
    GRANTS,
    INTERESTS,
    LANGUAGES,
    NAME,
    PAPERS,
    POSTS,
    SERVICE,
    SITE,
    SKILLS,
    TALKS,
    TEACHING,
    Line,
    Paper,
    Post,
)

RECORD = "https://orcid.org/0000-0000-0000-0000"
_LISTS: dict[str, tuple[Line, ...]] = {"service": SERVICE, "teaching": TEACHING, "talks": TALKS, "grants": GRANTS}


def _yaml(tree: Any) -> str:
    return str(yaml.safe_dump(tree, allow_unicode=True, sort_keys=False))


def _names(paper: Paper) -> list[str]:
    return [*paper.authors, *(["et al."] if paper.is_open else [])]


def _work(paper: Paper, venue: str = "journal") -> dict[str, Any]:
    where = {venue: paper.venue} if paper.venue else {"note": "Under review", "type": "unpublished"}
    return {"title": paper.title, "authors": _names(paper), **where, "date": str(paper.year)}


def _state(paper: Paper) -> dict[str, str]:
    return {} if paper.venue else {"type": "unpublished", "note": "Under review"}


def _listed(paper: Paper) -> str:
    return ", ".join(paper.authors) + (" et al." if paper.is_open else "")


def _schooling(degree: Post) -> dict[str, str]:
    kind, _, area = degree.title.partition(" in ")
    return {"kind": kind, "area": area}


def json_resume() -> str:
    """JSON Resume 1.0.0: a key of its own for what the schema has no list for."""
    tree: dict[str, Any] = {
        "basics": {"name": NAME, "email": EMAIL, "url": SITE},
        "work": [
            {"name": p.organisation, "position": p.title, "location": p.place, "startDate": p.start, **({"endDate": p.end} if p.end else {})}
            for p in POSTS
        ],
        "education": [
            {"institution": d.organisation, "studyType": d.title, "startDate": d.start, "endDate": d.end} for d in DEGREES
        ],
        "publications": [
            {"name": p.title, "authors": _names(p), "publisher": p.venue or "", "releaseDate": str(p.year), **_state(p)}
            for p in PAPERS
        ],
        "awards": [{"title": title, "date": str(year)} for title, year in AWARDS],
        "skills": [{"name": skill} for skill in SKILLS],
        "languages": [{"language": name, "fluency": level} for name, level in LANGUAGES],
        "interests": [{"name": topic} for topic in INTERESTS],
        **{key: [{"title": title, "date": str(year)} for title, year in listed] for key, listed in _LISTS.items()},
    }  # fmt: skip
    return json.dumps(tree, ensure_ascii=False)


def rendercv() -> str:
    """RenderCV: entries told by their keys."""
    sections: dict[str, Any] = {
        "research_interests": [{"bullet": topic} for topic in INTERESTS],
        "experience": [
            {"company": p.organisation, "position": p.title, "location": p.place, "start_date": p.start, "end_date": p.end or "present"}
            for p in POSTS
        ],
        "education": [
            {"institution": d.organisation, "area": _schooling(d)["area"], "degree": _schooling(d)["kind"], "start_date": d.start, "end_date": d.end}
            for d in DEGREES
        ],
        "publications": [_work(p) for p in PAPERS],
        "awards": [{"bullet": f"{title}, {year}"} for title, year in AWARDS],
        **{key: [{"name": title, "date": year} for title, year in listed] for key, listed in _LISTS.items()},
        "skills": [{"label": "Tools", "details": ", ".join(SKILLS)}],
        "languages": [f"{name} ({level})" for name, level in LANGUAGES],
    }  # fmt: skip
    return _yaml(
        {"cv": {"name": NAME, "email": EMAIL, "website": SITE, "sections": sections}, "design": {"theme": "classic"}}
    )


def alfolio() -> str:
    """The ``cv.yml`` of al-folio: titled sections with typed contents."""

    def times(posts: tuple[Post, ...]) -> list[dict[str, Any]]:
        return [
            {
                "title": p.title,
                "institution": p.organisation,
                "year": f"{p.start} - {p.end or 'present'}",
                "location": p.place,
            }
            for p in posts
        ]

    def years(listed: tuple[Line, ...]) -> list[dict[str, Any]]:
        return [{"year": year, "items": [title]} for title, year in listed]

    general = [
        {"name": "Full Name", "value": NAME},
        {"name": "Email", "value": EMAIL},
        {"name": "Website", "value": SITE},
    ]
    general += [{"name": "Languages", "value": ", ".join(f"{n} ({v})" for n, v in LANGUAGES)}]
    sections = [
        {"title": "General Information", "type": "map", "contents": general},
        {"title": "Experience", "type": "time_table", "contents": times(POSTS)},
        {"title": "Education", "type": "time_table", "contents": times(DEGREES)},
        {"title": "Honors and Awards", "type": "time_table", "contents": years(AWARDS)},
        *({"title": key.title(), "type": "time_table", "contents": years(listed)} for key, listed in _LISTS.items()),
        {"title": "Research Interests", "type": "list", "contents": list(INTERESTS)},
        {"title": "Skills", "type": "list", "contents": list(SKILLS)},
        {"title": "Publications", "type": "list", "contents": [_work(p) for p in PAPERS]},
    ]  # fmt: skip
    return _yaml(sections)


def online_cv() -> str:
    """The ``data.yml`` of online-cv: a side bar and lists with fixed keys."""
    tree: dict[str, Any] = {
        "sidebar": {
            "name": NAME,
            "email": EMAIL,
            "website": SITE,
            "languages": {"title": "Languages", "info": [{"idiom": n, "level": v} for n, v in LANGUAGES]},
            "interests": {"title": "Interests", "info": [{"item": topic} for topic in INTERESTS]},
        },
        "education": {"title": "Education", "info": [{"degree": d.title, "university": d.organisation, "time": f"{d.start} - {d.end}"} for d in DEGREES]},
        "experiences": {
            "title": "Experiences",
            "info": [{"role": p.title, "company": f"{p.organisation}", "time": f"{p.start} - {p.end or 'Present'}"} for p in POSTS],
        },
        "publications": {
            "title": "Publications",
            "papers": [{"title": p.title, "authors": _listed(p), "conference": f"{p.venue or 'Under review'}, {p.year}"} for p in PAPERS],
        },
        "skills": {"title": "Skills", "toolset": [{"name": skill, "level": "90%"} for skill in SKILLS]},
    }  # fmt: skip
    return _yaml(tree)


def _orcid_date(date: str | None) -> dict[str, Any] | None:
    if date is None:
        return None
    year, _, month = date.partition("-")
    return {"year": {"value": year}, "month": {"value": month} if month else None, "day": None}


def orcid() -> str:
    """The JSON record of the public ORCID API, version 3.0."""

    def affiliation(kind: str, title: str, organisation: str, start: str | None, end: str | None) -> dict[str, Any]:
        inner = {
            "role-title": title,
            "organization": {"name": organisation},
            "start-date": _orcid_date(start),
            "end-date": _orcid_date(end),
        }
        return {"summaries": [{f"{kind}-summary": inner}]}

    def work(paper: Paper) -> dict[str, Any]:
        kind = {"article": "journal-article", "inproceedings": "conference-paper", "unpublished": "working-paper"}.get(
            paper.kind, paper.kind
        )
        summary: dict[str, Any] = {"title": {"title": {"value": paper.title}}, "type": kind}
        summary |= {
            "publication-date": _orcid_date(str(paper.year)),
            "journal-title": {"value": paper.venue} if paper.venue else None,
        }
        return {"work-summary": [summary]}

    tree = {
        "orcid-identifier": {"uri": RECORD, "path": "0000-0000-0000-0000"},
        "person": {
            "name": {"given-names": {"value": "Zoë"}, "family-name": {"value": "Nuñez Bråten"}, "credit-name": None},
            "emails": {"email": [{"email": EMAIL}]},
            "researcher-urls": {"researcher-url": [{"url-name": "Home", "url": {"value": SITE}}]},
            "keywords": {"keyword": [{"content": topic} for topic in INTERESTS]},
        },
        "activities-summary": {
            "employments": {"affiliation-group": [affiliation("employment", p.title, p.organisation, p.start, p.end) for p in POSTS]},
            "educations": {"affiliation-group": [affiliation("education", d.title, d.organisation, d.start, d.end) for d in DEGREES]},
            "distinctions": {"affiliation-group": [affiliation("distinction", title, "", str(year), None) for title, year in AWARDS]},
            "services": {"affiliation-group": [affiliation("service", title, "", str(year), None) for title, year in SERVICE]},
            "fundings": {"group": [{"funding-summary": [{"title": {"title": {"value": t}}, "start-date": _orcid_date(str(y))}]} for t, y in GRANTS]},
            "works": {"group": [work(p) for p in PAPERS]},
        },
    }  # fmt: skip
    return json.dumps(tree, ensure_ascii=False)


_ESCAPES = {
    "ë": '{\\"e}',
    "ñ": "{\\~n}",
    "å": "{\\aa}",
    "ö": '{\\"o}',
    "ü": '{\\"u}',
    "Ł": "{\\L}",
    "ó": "{\\'o}",
    "é": "{\\'e}",
    "ø": "{\\o}",
}


def escaped(text: str) -> str:
    """``text`` with the letters of other languages as LaTeX wrote them for decades."""
    return "".join(_ESCAPES.get(char, char) for char in text)


def _turned(name: str) -> str:
    first, _, rest = name.partition(" ")
    return f"{rest}, {first}"


def bibtex() -> str:
    """A bibliography as people keep it: escapes, braces, surnames first."""
    entries = []
    for paper in PAPERS:
        names = " and ".join(_turned(escaped(name)) for name in paper.authors) + (
            " and others" if paper.is_open else ""
        )
        field = {"inproceedings": "booktitle", "book": "publisher", "preprint": "journal"}.get(paper.kind, "journal")
        where = f"{field} = {{{paper.venue}}}" if paper.venue else "note = {Under review}"
        kind = {"preprint": "misc"}.get(paper.kind, paper.kind)
        if paper.kind == "preprint":
            where = "eprint = {2402.01234}, archiveprefix = {arXiv}"
        entries.append(
            f"@{kind}{{{paper.key},\n  author = {{{names}}},\n  title = {{{{{paper.title}}}}},\n  {where},\n  year = {paper.year}\n}}"
        )
    return "\n\n".join(entries) + "\n"


def ris() -> str:
    """An export of a reference manager."""
    kinds = {"article": "JOUR", "inproceedings": "CONF", "book": "BOOK", "preprint": "UNPB", "unpublished": "UNPB"}
    lines: list[str] = []
    for paper in PAPERS:
        lines += [
            f"TY  - {kinds[paper.kind]}",
            *(f"AU  - {_turned(n)}" for n in paper.authors),
            *(["AU  - et al."] if paper.is_open else []),
        ]
        where = [f"{'PB' if paper.kind == 'book' else 'T2'}  - {paper.venue}"] if paper.venue else []
        lines += [f"TI  - {paper.title}", *where, f"PY  - {paper.year}", "ER  - ", ""]
    return "\n".join(lines)


def csl() -> str:
    """CSL-JSON, as citation tools exchange it."""
    kinds = {
        "article": "article-journal",
        "inproceedings": "paper-conference",
        "preprint": "article",
        "unpublished": "manuscript",
    }

    def named(name: str) -> dict[str, str]:
        given, _, family = name.partition(" ")
        return {"family": family, "given": given}

    rows = [
        {
            "id": p.key,
            "type": "preprint" if p.kind == "preprint" else kinds.get(p.kind, p.kind),
            "title": p.title,
            "author": [*map(named, p.authors), *([{"literal": "et al."}] if p.is_open else [])],
            **({"publisher" if p.kind == "book" else "container-title": p.venue} if p.venue else {}),
            "issued": {"date-parts": [[p.year]]},
        }
        for p in PAPERS
    ]
    return json.dumps(rows, ensure_ascii=False)


def openalex() -> str:
    """A page of works of the OpenAlex API."""
    kinds = {"article": "article", "inproceedings": "article", "unpublished": "preprint"}
    rows = [
        {
            "id": f"W{n}",
            "display_name": p.title,
            "publication_year": p.year,
            "publication_date": f"{p.year}-01-01",
            "type": kinds.get(p.kind, p.kind),
            "authorships": [{"author": {"display_name": name}} for name in p.authors],
            "is_authors_truncated": p.is_open,
            "primary_location": {"source": {"display_name": p.venue}} if p.venue else None,
        }
        for n, p in enumerate(PAPERS)
    ]
    return json.dumps({"meta": {"count": len(rows)}, "results": rows}, ensure_ascii=False)


def semantic_scholar() -> str:
    """An author's papers of the Semantic Scholar API."""
    rows = [
        {
            "paperId": p.key,
            "title": p.title,
            "year": p.year,
            "venue": p.venue or "",
            "publicationTypes": ["Preprint"]
            if p.status == "preprint"
            else ["Book"]
            if p.kind == "book"
            else ["JournalArticle"],
            "authors": [
                *({"authorId": "1", "name": name} for name in p.authors),
                *([{"name": "et al."}] if p.is_open else []),
            ],
        }
        for p in PAPERS
    ]
    return json.dumps({"data": rows}, ensure_ascii=False)


def dblp() -> str:
    """A person's page of DBLP as XML."""
    rows = []
    for p in PAPERS:
        tag = {"inproceedings": "inproceedings", "book": "book"}.get(p.kind, "article")
        kind = ' publtype="informal"' if p.status == "preprint" else ""
        field = {"inproceedings": "booktitle", "book": "publisher"}.get(p.kind, "journal")
        where = f"<{field}>{p.venue}</{field}>" if p.venue else ""
        names = "".join(f"<author>{name}</author>" for name in [*p.authors, *(["et al."] if p.is_open else [])])
        rows.append(
            f'<r><{tag}{kind} key="{p.key}">{names}<title>{p.title}.</title>{where}<year>{p.year}</year></{tag}></r>'
        )
    return f'<?xml version="1.0"?><dblpperson name="{NAME}" pid="0">{"".join(rows)}</dblpperson>'
