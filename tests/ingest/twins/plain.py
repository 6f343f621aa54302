"""The twins that are text by themselves: Markdown and its dialects, plain text, HTML."""

import calendar

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

MONTHS = list(calendar.month_name)[1:]
LISTS: tuple[tuple[str, tuple[Line, ...]], ...] = (
    ("Awards", AWARDS),
    ("Service", SERVICE),
    ("Teaching", TEACHING),
    ("Talks", TALKS),
    ("Grants", GRANTS),
)


def when(date: str | None) -> str:
    """A date as people write it: "September 2021"."""
    if date is None:
        return "Present"
    year, _, month = date.partition("-")
    return f"{MONTHS[int(month) - 1]} {year}" if month else year


def span(post: Post) -> str:
    """From when to when."""
    return f"{when(post.start)} – {when(post.end)}"


def cited(paper: Paper, own: str = "", venue: str = "") -> str:
    """A citation: authors, title, venue, year; ``own`` and ``venue`` are marks set around the person's name and the venue."""
    names = ", ".join(f"{own}{name}{own}" if name == NAME else name for name in paper.authors) + (
        " et al" if paper.is_open else ""
    )
    where = f"{venue}{paper.venue}{venue}, " if paper.venue else "Under review, "
    return f"{names}. {paper.title}. {where}{paper.year}."


def markdown() -> str:
    """The twin that all others are held against."""
    lines = [
        f"# {NAME}",
        f"{EMAIL} | <{SITE}>",
        "## Research interests",
        *(f"- {topic}" for topic in INTERESTS),
        "## Experience",
    ]
    for post in POSTS:
        lines += [f"### {post.title}, {post.organisation}, {post.place}", span(post)]
    lines += ["## Education", *(f"- **{d.title}**, {d.organisation}, {d.place}, {span(d)}" for d in DEGREES)]
    lines += ["## Publications", *(f"- {cited(paper, '**', '*')}" for paper in PAPERS)]
    for heading, listed in LISTS:
        lines += [f"## {heading}", *(f"- {title}, {year}" for title, year in listed)]
    lines += [
        "## Skills",
        ", ".join(SKILLS),
        "## Languages",
        ", ".join(f"{name} ({level})" for name, level in LANGUAGES),
    ]
    return "\n\n".join(lines).replace("\n\n- ", "\n- ") + "\n"


def jekyll() -> str:
    """The CV page of academicpages: kramdown, with the layout's tags around it."""
    lines = [
        '---\nlayout: archive\ntitle: "CV"\npermalink: /cv/\nauthor_profile: true\n---',
        "{% include base_path %}",
        f"{NAME}\n{{: .lead}}",
    ]
    lines += [f"[{EMAIL}](mailto:{EMAIL}) · <{SITE}>"]
    lines += ["Research interests\n======", *(f"* {topic}" for topic in INTERESTS)]
    lines += ["Education\n======", *(f"* {d.title}, {d.organisation}, {d.start}--{d.end}" for d in DEGREES)]
    lines += ["Work experience\n======", *(f"* {span(p)}: {p.title}\n  * {p.organisation}\n" for p in POSTS)]
    lines += ["Publications\n======", *(f"* {cited(paper)}" for paper in PAPERS)]
    for heading, listed in LISTS:
        lines += [f"{heading}\n======", *(f"* {year}: {title}" for title, year in listed)]
    lines += [
        "Skills\n======",
        *(f"* {skill}" for skill in SKILLS),
        "Languages\n======",
        *(f"* {n} ({v})" for n, v in LANGUAGES),
    ]
    return "\n\n".join(lines).replace("\n\n* ", "\n* ") + "\n"


def hugo() -> str:
    """A Hugo page: TOML in front, shortcodes, definition lists, tables."""
    lines = [f'+++\ntitle = "{NAME}"\ndate = 2025-01-01\n+++', f"{{{{< icon mail >}}}} {EMAIL} {SITE}"]
    lines += ["## Research Interests", *(f"- {topic}" for topic in INTERESTS), "## Positions"]
    lines += [f"**{p.title}**, {p.organisation}\n: {span(p)}" for p in POSTS]
    lines += [
        "## Education",
        "| When | Degree | Where |\n|---|---|---|\n"
        + "\n".join(f"| {span(d)} | {d.title} | {d.organisation} |" for d in DEGREES),
    ]
    lines += ["## Publications {#pubs}", *(f"{n}. {cited(paper, '__', '_')}" for n, paper in enumerate(PAPERS, 1))]
    for heading, listed in LISTS:
        lines += [f"## {heading}", "\n".join(f"- **{year}** {title}" for title, year in listed)]
    lines += ["## Skills", ", ".join(SKILLS), "## Languages", "; ".join(f"{n} ({v})" for n, v in LANGUAGES)]
    return "\n\n".join(lines) + "\n"


def quarto() -> str:
    """A Quarto CV: divisions, columns, and the publications out of ``papers.bib``."""
    lines = [
        f"---\ntitle: {NAME}\nformat: html\nbibliography: papers.bib\nnocite: |\n  @*\n---",
        f"::: {{.lead}}\n[{EMAIL}](mailto:{EMAIL}), <{SITE}>\n:::",
    ]
    lines += ["## Interests", *(f"- {topic}" for topic in INTERESTS), "## Appointments"]
    lines += [
        f':::: {{.columns}}\n::: {{.column width="30%"}}\n{span(p)}\n:::\n::: {{.column}}\n**{p.title}**, {p.organisation}, {p.place}\n:::\n::::'
        for p in POSTS
    ]
    lines += [
        "## Education",
        *(f"{d.title}\n: {d.organisation}, {span(d)}" for d in DEGREES),
        "## Publications",
        "::: {#refs}\n:::",
    ]
    for heading, listed in LISTS:
        lines += [f"## {heading}", "\n".join(f"- {title} [{year}]{{.year}}" for title, year in listed)]
    lines += ["## Skills", ", ".join(SKILLS), "## Languages", ", ".join(f"{n} ({v})" for n, v in LANGUAGES)]
    return "\n\n".join(lines) + "\n"


def myst() -> str:
    """A MyST CV: targets, cards, and the publications by its directive out of ``papers.bib``."""
    lines = [
        f"# {NAME}",
        f"(contact)=\n{EMAIL}, <{SITE}>",
        "## Research interests",
        *(f"- {topic}" for topic in INTERESTS),
        "## Experience",
    ]
    lines += [f"{span(p)}: **{p.title}**, {p.organisation}, {p.place}" for p in POSTS]
    lines += [
        "## Education",
        *(f"{span(d)}: {d.title}, {d.organisation}" for d in DEGREES),
        "## Publications",
        "```{bibliography}\n:all:\n```",
    ]
    for heading, listed in LISTS:
        lines += [f"## {heading}", "\n".join(f"- {title} ({year})" for title, year in listed)]
    lines += ["## Skills", ", ".join(SKILLS), "## Languages", "\n".join(f"- {n} ({v})" for n, v in LANGUAGES)]
    return "\n\n".join(lines) + "\n"


def text() -> str:
    """Plain text, as typed: headings in capitals, dates at the right edge, long lines broken."""
    lines = [
        NAME,
        f"{EMAIL} | {SITE}",
        "",
        "RESEARCH INTERESTS",
        *(f"  * {topic}" for topic in INTERESTS),
        "",
        "EXPERIENCE",
        "",
    ]
    for post in POSTS:
        lines += [f"{post.title}, {post.organisation:<30}".ljust(58) + span(post), ""]
    lines += ["EDUCATION", ""]
    for degree in DEGREES:
        lines += [f"{degree.title}, {degree.organisation}".ljust(58) + span(degree), ""]
    lines += ["PUBLICATIONS", ""]
    for number, paper in enumerate(PAPERS, 1):
        words, line = cited(paper).split(), f"[{number}]"
        for word in words:
            if len(line) + len(word) > 76:
                lines.append(line)
                line = "   "
            line += f" {word}"
        lines += [line, ""]
    for heading, listed in LISTS:
        lines += [heading.upper(), *(f"- {title}, {year}" for title, year in listed), ""]
    lines += ["SKILLS", ", ".join(SKILLS), "", "LANGUAGES", ", ".join(f"{n} ({v})" for n, v in LANGUAGES)]
    return "\n".join(lines) + "\n"


def html() -> str:
    """A page of a site, with its navigation, style and script."""

    def entry(post: Post) -> str:
        return f'<div class="entry"><h3>{post.title}, {post.organisation}</h3><p class="date">{span(post)}</p></div>'

    def items(lines: list[str]) -> str:
        return "<ul>" + "".join(f"<li>{line}</li>" for line in lines) + "</ul>"

    parts = [f'<p><a href="mailto:{EMAIL}">{EMAIL}</a> <a href="{SITE}">{SITE}</a></p>']
    parts += ["<h2>Research interests</h2>", items(list(INTERESTS)), "<h2>Experience</h2>", *map(entry, POSTS)]
    parts += ["<h2>Education</h2>", *map(entry, DEGREES), "<h2>Publications</h2>", "<ol>"]
    parts += [f"<li>{cited(paper).replace(NAME, f'<b>{NAME}</b>')}</li>" for paper in PAPERS] + ["</ol>"]
    for heading, listed in LISTS:
        parts += [f"<h2>{heading}</h2>", items([f"{title}, {year}" for title, year in listed])]
    parts += [
        "<h2>Skills</h2>",
        f"<p>{', '.join(SKILLS)}</p>",
        "<h2>Languages</h2>",
        items([f"{n} ({v})" for n, v in LANGUAGES]),
    ]
    body = "\n".join(parts)
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{NAME}</title>"
        "<style>.date{color:#333} @media print{nav,footer{display:none}}</style></head><body>"
        f"<nav><a href='/'>Home</a> <a href='/blog'>Blog</a></nav><main><h1>{NAME}</h1>{body}</main>"
        "<script>document.title = 'Hi'</script><footer>© Zoë</footer></body></html>"
    )
