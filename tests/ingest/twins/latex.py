"""The twins in LaTeX, each as the template of that name has people write."""

from collections.abc import Callable

from tests.ingest.twins.data import escaped
from tests.ingest.twins.person import (
    DEGREES,
    EMAIL,
    INTERESTS,
    LANGUAGES,
    NAME,
    PAPERS,
    POSTS,
    SITE,
    SKILLS,
    Paper,
    Post,
)
from tests.ingest.twins.plain import LISTS, cited, span

_SPOKEN = ", ".join(f"{name} ({level})" for name, level in LANGUAGES)
_GIVEN, _, _FAMILY = NAME.partition(" ")


def _when(post: Post) -> str:
    return span(post).replace("–", "--")


def _cited(paper: Paper) -> str:
    return escaped(cited(paper)).replace(escaped(NAME), "\\me{}").replace(f"{paper.venue}", f"\\emph{{{paper.venue}}}")


def _items(lines: list[str], item: str = "\\item {}", env: str = "itemize") -> str:
    return f"\\begin{{{env}}}\n" + "\n".join(item.format(line) for line in lines) + f"\n\\end{{{env}}}"


def _rest(section: str, line: Callable[[str, int], str], env: str = "itemize") -> str:
    """What every template sets as sections of lines, after the entries."""
    parts = [f"\\{section}{{Publications}}", _items([_cited(p) for p in PAPERS], env="enumerate")]
    for heading, listed in LISTS:
        lines = [line(title, year) for title, year in listed]
        parts += [f"\\{section}{{{heading}}}", "\n".join(lines) if env == "" else _items(lines, env=env)]
    parts += [f"\\{section}{{Research Interests}}", _items(list(INTERESTS))]
    return "\n".join([*parts, f"\\{section}{{Skills}}", ", ".join(SKILLS), f"\\{section}{{Languages}}", _SPOKEN])


def _document(name: str, preamble: str, *body: str, options: str = "11pt,a4paper") -> str:
    me = f"\\newcommand{{\\me}}{{\\textbf{{{escaped(NAME)}}}}}"
    text = "\n".join(body)
    packages = "\\usepackage[utf8]{inputenc}\\usepackage[T1]{fontenc}\\usepackage{mathptmx}"
    return f"\\documentclass[{options}]{{{name}}}\n{packages}\n{me}\n{preamble}\n\\begin{{document}}\n{text}\n\\end{{document}}\n"


def article() -> str:
    """A plain article with tables for the entries."""

    def entry(post: Post) -> str:
        return f"\\textbf{{{post.title}}}, {post.organisation}, {post.place} \\hfill {_when(post)}\n"

    return _document(
        "article",
        "\\usepackage[margin=2.5cm]{geometry}\\usepackage{hyperref}\\pagestyle{empty}\\setlength{\\parindent}{0pt}",
        f"\\begin{{center}}{{\\LARGE {escaped(NAME)}}}\\\\[2pt] \\href{{mailto:{EMAIL}}}{{{EMAIL}}} $\\cdot$ \\url{{{SITE}}}\\end{{center}}",
        "\\section*{Experience}",
        *map(entry, POSTS),
        "\\section*{Education}",
        *map(entry, DEGREES),
        _rest("section*", lambda title, year: f"{title}, {year}"),
    )


def moderncv() -> str:
    """moderncv, in its casual style."""

    def entry(post: Post) -> str:
        return f"\\cventry{{{_when(post)}}}{{{post.title}}}{{{post.organisation}}}{{{post.place}}}{{}}{{}}"

    return _document(
        "moderncv",
        f"\\moderncvstyle{{classic}}\\moderncvcolor{{blue}}\\usepackage[scale=0.8]{{geometry}}\\setlength{{\\hintscolumnwidth}}{{4.6cm}}\n\\name{{{_GIVEN}}}{{{_FAMILY}}}\\email{{{EMAIL}}}\\homepage{{{SITE}}}",
        "\\makecvtitle\n\\section{Experience}",
        *map(entry, POSTS),
        "\\section{Education}",
        *map(entry, DEGREES),
        "\\section{Publications}",
        *(f"\\cvlistitem{{{_cited(p)}}}" for p in PAPERS),
        *(
            f"\\section{{{heading}}}" + "".join(f"\\cvitem{{{year}}}{{{title}}}" for title, year in listed)
            for heading, listed in LISTS
        ),
        "\\section{Research interests}",
        *(f"\\cvlistitem{{{topic}}}" for topic in INTERESTS),
        "\\section{Skills}",
        f"\\cvitem{{Tools}}{{{', '.join(SKILLS)}}}",
        "\\section{Languages}",
        *(f"\\cvitemwithcomment{{{name}}}{{{level}}}{{}}" for name, level in LANGUAGES),
    )


def awesome() -> str:
    """Awesome-CV."""

    def entry(post: Post) -> str:
        return (
            f"\\cventry\n  {{{post.title}}}\n  {{{post.organisation}}}\n  {{{post.place}}}\n  {{{_when(post)}}}\n  {{}}"
        )

    def honour(title: str, year: int) -> str:
        return f"\\cvhonor{{{title}}}{{}}{{}}{{{year}}}"

    return _document(
        "awesome-cv",
        f"\\name{{{_GIVEN}}}{{{_FAMILY}}}\\position{{Geophysicist}}\\email{{{EMAIL}}}\\homepage{{{SITE}}}",
        "\\makecvheader\\makecvfooter{\\today}{Zoë~~~·~~~CV}{\\thepage}",
        "\\cvsection{Experience}\\begin{cventries}",
        *map(entry, POSTS),
        "\\end{cventries}\\cvsection{Education}\\begin{cventries}",
        *map(entry, DEGREES),
        "\\end{cventries}\\cvsection{Publications}",
        _items([_cited(p) for p in PAPERS], "\\item {{{}}}", "cvitems"),
        *(
            f"\\cvsection{{{heading}}}\\begin{{cvhonors}}"
            + "\n".join(honour(*line) for line in listed)
            + "\\end{cvhonors}"
            for heading, listed in LISTS
        ),
        f"\\cvsection{{Skills}}\\begin{{cvskills}}\\cvskill{{Tools}}{{{', '.join(SKILLS)}}}\\end{{cvskills}}",
        f"\\cvsection{{Languages}}\\begin{{cvparagraph}}{_SPOKEN}\\end{{cvparagraph}}",
        "\\cvsection{Research Interests}",
        _items(list(INTERESTS), "\\item {{{}}}", "cvitems"),
    )


def altacv() -> str:
    """AltaCV, with its side column and its publications out of ``papers.bib``."""

    def entry(post: Post) -> str:
        return f"\\cvevent{{{post.title}}}{{{post.organisation}}}{{{_when(post)}}}{{{post.place}}}\n\\divider"

    return _document(
        "altacv",
        "\\usepackage{paracol}\\usepackage[backend=biber,sorting=ydnt]{biblatex}\\addbibresource{papers.bib}",
        f"\\name{{{NAME}}}\\tagline{{Geophysicist}}\\personalinfo{{\\email{{{EMAIL}}}\\homepage{{{SITE}}}\\location{{Bergen}}}}\\makecvheader",
        "\\begin{paracol}{2}\\cvsection{Experience}",
        *map(entry, POSTS),
        "\\cvsection{Publications}\\nocite{*}",
        "\\printbibliography[heading=pubtype,title={\\printinfo{\\faBook}{Books}},type=book]\\divider",
        "\\printbibliography[heading=pubtype,title={\\printinfo{\\faFile}{Papers}},nottype=book]",
        "\\switchcolumn\\cvsection{Education}",
        *map(entry, DEGREES),
        *(
            f"\\cvsection{{{heading}}}" + _items([f"{title}, {year}" for title, year in listed])
            for heading, listed in LISTS
        ),
        "\\cvsection{Skills}",
        *(f"\\cvtag{{{skill}}}" for skill in SKILLS),
        f"\\cvsection{{Languages}}\n{_SPOKEN}\n\\cvsection{{Research Interests}}",
        _items(list(INTERESTS)),
        "\\end{paracol}",
        options="10pt,a4paper,ragged2e,withhyper",
    )


def deedy() -> str:
    """The résumé of Debarghya Das: two columns of mini pages."""

    def entry(post: Post) -> str:
        return f"\\runsubsection{{{post.organisation}}}\n\\descript{{| {post.title}}}\n\\location{{{_when(post)} | {post.place}}}\n\\sectionsep"

    def degree(post: Post) -> str:
        return f"\\subsection{{{post.organisation}}}\n\\descript{{{post.title}}}\n\\location{{{_when(post)} | {post.place}}}\n\\sectionsep"

    return _document(
        "deedy-resume-openfont",
        "",
        f"\\namesection{{{_GIVEN}}}{{{_FAMILY}}}{{\\urlstyle{{same}}\\href{{mailto:{EMAIL}}}{{{EMAIL}}} | \\href{{{SITE}}}{{{SITE}}}}}",
        "\\begin{minipage}[t]{0.33\\textwidth}\n\\section{Education}",
        *map(degree, DEGREES),
        f"\\section{{Skills}}\n{', '.join(SKILLS)}\n\\section{{Languages}}\n{_SPOKEN}\n\\end{{minipage}}\n\\hfill",
        "\\begin{minipage}[t]{0.66\\textwidth}\n\\section{Experience}",
        *map(entry, POSTS),
        "\\section{Research Interests}",
        _items(list(INTERESTS), env="tightemize"),
        *(
            f"\\section{{{heading}}}\\begin{{tabular}}{{rl}}"
            + "\\\\\n".join(f"{year} & {title}" for title, year in listed)
            + "\\\\\n\\end{tabular}"
            for heading, listed in LISTS
        ),
        "\\section{Publications}\\renewcommand\\refname{\\vskip -1.5cm}\\bibliographystyle{abbrv}\\nocite{*}\\bibliography{papers}",
        "\\end{minipage}",
    )


def sb2nov() -> str:
    """The sb2nov template: macros of its own over tables."""
    preamble = r"""
\newcommand{\resumeSubheading}[4]{\vspace{-1pt}\item
  \begin{tabular*}{0.97\textwidth}[t]{l@{\extracolsep{\fill}}r}
    \textbf{#1} & #2 \\ \textit{\small#3} & \textit{\small #4} \\
  \end{tabular*}\vspace{-5pt}}
\newcommand{\resumeItem}[1]{\item\small{#1\vspace{-2pt}}}
\newcommand{\resumeSubHeadingListStart}{\begin{itemize}[leftmargin=*]}
\newcommand{\resumeSubHeadingListEnd}{\end{itemize}}"""

    def entry(post: Post) -> str:
        return f"  \\resumeSubheading{{{post.organisation}}}{{{post.place}}}{{{post.title}}}{{{_when(post)}}}"

    def listed(lines: list[str]) -> str:
        return (
            "\\resumeSubHeadingListStart\n"
            + "\n".join(f"\\resumeItem{{{line}}}" for line in lines)
            + "\\resumeSubHeadingListEnd"
        )

    def entries(posts: tuple[Post, ...]) -> str:
        return "\\resumeSubHeadingListStart\n" + "\n".join(map(entry, posts)) + "\n\\resumeSubHeadingListEnd"

    return _document(
        "article",
        preamble,
        f"\\begin{{tabular*}}{{\\textwidth}}{{l@{{\\extracolsep{{\\fill}}}}r}}\n  \\textbf{{\\Large {NAME}}} & \\href{{mailto:{EMAIL}}}{{{EMAIL}}}\\\\\n"
        f"  & \\url{{{SITE}}}\\\\\n\\end{{tabular*}}",
        f"\\section{{Experience}}\n{entries(POSTS)}\n\\section{{Education}}\n{entries(DEGREES)}",
        "\\section{Publications}" + listed([_cited(p) for p in PAPERS]),
        *(
            f"\\section{{{heading}}}" + listed([f"{title} \\hfill {year}" for title, year in lines])
            for heading, lines in LISTS
        ),
        f"\\section{{Skills}}\n{', '.join(SKILLS)}\n\\section{{Languages}}\n{_SPOKEN}",
        f"\\section{{Research Interests}}{_items(list(INTERESTS))}",
    )


def europecv() -> str:
    """The European CV: every line a label and a text."""

    def entry(post: Post) -> str:
        return f"\\ecvitem[10pt]{{{_when(post)}}}{{\\textbf{{{post.title}}}, {post.organisation}, {post.place}}}"

    return _document(
        "europecv",
        f"\\ecvname{{{NAME}}}\\ecvemail{{{EMAIL}}}\\ecvhomepage{{{SITE}}}",
        "\\begin{europecv}\\ecvpersonalinfo[20pt]\n\\ecvsection{Work experience}",
        *map(entry, POSTS),
        "\\ecvsection{Education and training}",
        *map(entry, DEGREES),
        "\\ecvsection{Publications}",
        *(f"\\ecvitem{{{p.year}}}{{{_cited(p)}}}" for p in PAPERS),
        *(
            f"\\ecvsection{{{heading}}}" + "".join(f"\\ecvitem{{{year}}}{{{title}}}\n" for title, year in listed)
            for heading, listed in LISTS
        ),
        f"\\ecvsection{{Skills}}\\ecvitem{{}}{{{', '.join(SKILLS)}}}",
        "\\ecvsection{Languages}",
        *(f"\\ecvitem{{{name}}}{{{level}}}" for name, level in LANGUAGES),
        "\\ecvsection{Research interests}",
        f"\\ecvitem{{}}{{{', '.join(INTERESTS)}}}",
        "\\end{europecv}",
        options="english,a4paper,nologo",
    )
