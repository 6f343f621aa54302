r"""LaTeX as a person would read it: macros expanded, hidden text gone, entries laid out so that facts are found."""

import re
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingest.domain import Document, Section, Source
from ingest.errors import SourceUnreadable
from ingest.extract import facts_in
from ingest.facts import Degree, Position, Publication
from ingest.profile import read_profile
from ingest.readers import read

BEGIN, END = "\\documentclass{article}\n\\begin{document}\n", "\n\\end{document}\n"
SNIPPETS = re.findall(
    r"\S+",
    r"""
\ { } [ ] $ $$ & # #1 ## % ~ ^ _ " ' ` - * = , ; ( ) 1 a é 漢 \\ \\[2pt] \begin{ \end{ \begin{itemize} \end{itemize} \item
\begin{tabular}{ll} \end{tabular} \def\x \x \newcommand{\x}[2][a] \newcommand \renewenvironment{y} \begin{y} \end{y} \section \href
\url{ \verb \ifx \ifnum \iffalse \else \fi \ifthenelse \equal \csname \endcsname \let \input \foreach \loop \textcolor{white} \color
\fontsize \hspace \vspace \rule \cventry \footnote \marginpar \' \c \frac \( \[ \begin{tikzpicture} \node \begin{minipage}{
\begin{equation} \NewDocumentCommand{\x}{som} \maketitle \title \name \end{document} \parindent
""",
)


def document(tmp_path: Path, text: str, **files: str) -> Document:
    for name, content in files.items():
        path = tmp_path / name.replace("__", "/")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.with_suffix(path.suffix or ".tex").write_text(content, encoding="utf-8")
    tmp_path.mkdir(exist_ok=True)
    (tmp_path / "cv.tex").write_text(text, encoding="utf-8")
    return read(tmp_path, Source("cv.tex", "CV"))


def shown(tmp_path: Path, body: str, preamble: str = "", **files: str) -> list[tuple[str, str]]:
    found = document(
        tmp_path, f"\\documentclass{{article}}\n{preamble}\n\\begin{{document}}\nTop.\n\n{body}{END}", **files
    )
    blocks = [(b.kind.value, found.quote(b.span)) for b in found.blocks]
    assert blocks[0] == ("paragraph", "Top.") or blocks[0][1].startswith("Top.")
    return blocks[1:] if blocks[0][1] == "Top." else blocks


@pytest.mark.parametrize(
    ("body", "blocks"),
    [
        ("Text % a comment\n goes on.", [("paragraph", "Text goes on.")]),
        ("One.\n\nTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("One.\n   \nTwo.", [("paragraph", "One."), ("paragraph", "Two.")]),
        ("\\section*{Work \\& \\textbf{Play}}\nText.", [("heading", "Work & Play"), ("paragraph", "Text.")]),
        ("Line one\\\\[2pt]\nLine two", [("paragraph", "Line one\nLine two")]),
        ("Role \\hfill 2019--2021", [("paragraph", "Role\t2019–2021")]),
        ("\\begin{itemize}\\item one \\item two\\end{itemize}", [("item", "one"), ("item", "two")]),
        ("\\begin{itemize}\\item one\n\nmore\\end{itemize}", [("item", "one\nmore")]),
        ("\\begin{description}\\item[2020] Prize\\end{description}", [("item", "2020\tPrize")]),
        ("\\begin{enumerate}\\item[{\\bf J12.}] Paper\\item[$\\bullet$] Other\\end{enumerate}", [("item", "Paper"), ("item", "Other")]),
        ("\\begin{itemize}\\item Job\\begin{itemize}\\item did\\end{itemize}\\end{itemize}", [("paragraph", "Job"), ("item", "did")]),
        ("``Quoted'' `one' it's --- a--b~c \\ldots", [("paragraph", "“Quoted” ‘one’ it’s — a–b c …")]),
        (r"\'Etienne Bo\v{s}kovi\'c, Stra\ss e, \O ystein, na\"{\i}ve, fa\c{c}ade", [("paragraph", "Étienne Bošković, Straße, Øystein, naïve, façade")]),
        (r"$4.4\times$ and $10^{-3}$ and 5$^{th}$, CO$_2$", [("paragraph", "4.4× and 10⁻³ and 5th, CO2")]),
        (r"A. Byron$^*$, B. Li\textsuperscript{*}, C. Ode$^\dagger$", [("paragraph", "A. Byron*, B. Li*, C. Ode†")]),
        (r"\href{https://a.example/x%20y_z}{a link}", [("paragraph", "a link")]),
        (r"\href{https://a.example/x\%20y\_z}{\faGithub}", [("paragraph", "https://a.example/x%20y_z")]),
        (r"\href{mailto:ada@b.example}{Write me}", [("paragraph", "Write me ada@b.example")]),
        (r"\href{mailto:ada@b.example?subject=x}{\faEnvelope}", [("paragraph", "ada@b.example")]),
        (r"\href{mailto:ada@b.example}{ada@b.example}", [("paragraph", "ada@b.example")]),
        (r"\url{https://a.example/~ada/?a=1&b=2%20} end", [("paragraph", "https://a.example/~ada/?a=1&b=2%20 end")]),
        ("\\verb|a_b{%| text", [("paragraph", "a_b{% text")]),
        ("Text\\footnote{An aside.} goes on.", [("paragraph", "Text goes on."), ("paragraph", "An aside.")]),
        ("\\marginpar{1999}Clerk\\\\\n\\marginpar{2001}Don", [("paragraph", "1999\tClerk"), ("paragraph", "2001\tDon")]),
        ("Known\\unknown{one}{two} text", [("paragraph", "Known\none\ttwo\ntext")]),
        ("A\\mystery[noitemsep]{0.5cm}{shown} B", [("paragraph", "Ashown B")]),
        ("\\begin{mystery}[key=val]{2}inside\\end{mystery}", [("paragraph", "inside")]),
        ("\\parindent=0pt \\parskip 5pt plus 2pt\\itemsep-3pt Text", [("paragraph", "Text")]),
        ("\\setlength{\\parskip}{1em}\\vspace*{-2ex}\\label{a}Text\\hspace{1cm}here \\cite{key}\\nocite{*}", [("paragraph", "Text here")]),
        ("\\begin{tabular}{l r}Role & 2019\\\\ Lab & Oslo\\end{tabular}", [("paragraph", "Role\t2019\nLab\tOslo")]),
        (
            "\\begin{longtable}{p{2cm}|l}2019 & \\textbf{Prize}\\\\\\hline 2018 & Medal \\\\ & of silver\\end{longtable}",
            [("row", "2019\tPrize"), ("paragraph", "2018\tMedal\nof silver")],
        ),
        (
            "\\begin{minipage}{.5\\textwidth}Role\\end{minipage}\\hfill\\begin{minipage}{3cm}2019\\end{minipage}",
            [("paragraph", "Role\t2019")],
        ),
        ("Education\n\\hrule\nText.", [("heading", "Education"), ("paragraph", "Text.")]),
        ("\\MakeUppercase{loud}, \\enquote{said}", [("paragraph", "LOUD, “said”")]),
        ("\\begin{thebibliography}{9}\\bibitem{a} A. Byron. One.\\end{thebibliography}", [("heading", "References"), ("item", "A. Byron. One.")]),
        ("\\begin{itemize}\\item Languages: Rust\\\\Tools: perf\\end{itemize}", [("item", "Languages: Rust"), ("item", "Tools: perf")]),
        ("\\begin{tikzpicture}\\draw (0,0)--(1,1);\\node[right] at (1,1) {Seen};\\end{tikzpicture}", [("paragraph", "Seen")]),
        ("中文\n换行 and\nmore", [("paragraph", "中文换行 and more")]),
    ],
)  # fmt: skip
def test_blocks_are_what_a_reader_sees(tmp_path: Path, body: str, blocks: list[tuple[str, str]]) -> None:
    assert shown(tmp_path, body) == blocks


@pytest.mark.parametrize(
    "body",
    [
        "\\iffalse SECRET \\ifx a b \\else SECRET \\fi SECRET \\fi Text.",
        "\\begin{comment} SECRET { \\fi \\end{comment} Text.",
        "\\textcolor{white}{SECRET} Text.",
        "\\textcolor[rgb]{1,1,1}{SECRET} Text.",
        "{\\color{white} SECRET} Text.",
        "\\definecolor{snow}{HTML}{FEFEFE}\\textcolor{snow}{SECRET} Text.",
        "\\colorlet{ghost}{black!0}{\\color{ghost}SECRET} Text.",
        "{\\fontsize{0}{0}\\selectfont SECRET} Text.",
        "{\\fontsize{0.1pt}{1pt}\\selectfont SECRET {\\bf SECRET}} Text.",
        "\\scalebox{0.001}{SECRET} Text.",
        "\\phantom{SECRET}\\hphantom{SECRET} Text.",
        "\\texttransparent{0}{SECRET} Text.",
        "\\textpdfrender{TextRenderingMode=Invisible}{SECRET} Text.",
        "\\newif\\ifdraft \\ifdraft SECRET \\fi Text.",
        "\\newcommand{\\unused}{SECRET} Text.",
        "\\begin{filecontents}{a}SECRET\\end{filecontents} Text.",
        "Text.\\end{document} SECRET",
    ],
)
def test_what_nobody_sees_on_the_page_is_gone(tmp_path: Path, body: str) -> None:
    assert shown(tmp_path, body) == [("paragraph", "Text.")]


def test_white_on_a_dark_ground_is_seen(tmp_path: Path) -> None:
    assert shown(tmp_path, "\\colorbox{blue}{\\textcolor{white}{Name}}") == [("paragraph", "Name")]


@pytest.mark.parametrize(
    ("preamble", "body", "text"),
    [
        ("\\newcommand{\\me}{Ada \\textbf{Byron}}", "\\me, \\me{} and \\me", "Ada Byron, Ada Byron and Ada Byron"),
        ("\\newcommand{\\job}[4]{\\textbf{#1}\\hfill #2\\\\ \\textit{#3}, #4}", "\\job{Clerk}{1902}{Office}{Bern}", "Clerk\t1902\nOffice, Bern"),
        ("\\newcommand*\\at[2][Oslo]{#2 in #1}", "\\at{Lab}; \\at[Rome]{Bar}", "Lab in Oslo; Bar in Rome"),
        ("\\def\\pair#1-#2;{#2 before #1}", "\\pair one-two;", "two before one"),
        ("\\newcommand{\\a}[1]{(#1)}\\newcommand{\\b}[1]{\\a{\\a{#1}}}", "\\b{x}", "((x))"),
        ("\\newcommand{\\maker}[1]{\\newcommand{\\made}[1]{#1 makes ##1}}\\maker{She}", "\\made{it}", "She makes it"),
        ("\\NewDocumentCommand{\\x}{s m O{d} o}{\\IfBooleanTF{#1}{S}{N}#2#3\\IfNoValueTF{#4}{-}{#4}}", "\\x*{m}[e][f] \\x{m}", "Smef Nmd-"),
        ("\\newcommand{\\maybe}[1]{\\ifx\\\\#1\\\\none\\else got #1\\fi}", "\\maybe{} and \\maybe{it}", "none and got it"),
        ("\\usepackage{ifthen}\\newcommand{\\m}[1]{\\ifthenelse{\\equal{#1}{}}{none}{got #1}}", "\\m{} and \\m{it}", "none and got it"),
        ("\\newif\\iflong\\longtrue", "\\iflong long\\else short\\fi", "long"),
        ("\\newtoggle{long}\\toggletrue{long}", "\\iftoggle{long}{long}{short}", "long"),
        ("\\def\\withpubs{}", "\\ifdefined\\withpubs yes\\else no\\fi{} \\ifdefined\\nope yes\\else no\\fi", "yes no"),
        ("\\def\\n{2}", "\\ifnum\\n>1 more\\else less\\fi", "more"),
        ("\\let\\old\\textbf\\renewcommand{\\emph}[1]{HIDDEN}", "\\old{a} \\emph{b}", "a b"),
        ("\\makeatletter\\newcommand{\\my@name}{Ada}\\newcommand{\\me}{\\my@name}\\makeatother", "\\me", "Ada"),
        ("\\expandafter\\def\\csname who\\endcsname{Ada}", "\\who", "Ada"),
        ("\\makeatletter\\newcommand{\\opt}{\\@ifnextchar[{with }{without}}\\makeatother", "\\opt", "without"),
        ("\\usepackage[ngerman]{babel}", 'M"uller, "`Stra"se"\'', "Müller, „Straße“"),
    ],
)  # fmt: skip
def test_macros_of_the_document_are_expanded(tmp_path: Path, preamble: str, body: str, text: str) -> None:
    assert shown(tmp_path, body, preamble) == [("paragraph", text)]


def test_an_environment_of_the_document_is_expanded(tmp_path: Path) -> None:
    preamble = (
        "\\newenvironment{job}[2]{\\textbf{#1}\\hfill #2\\begin{itemize}}{\\end{itemize}}"
        "\\newcommand{\\s}{\\begin{itemize}}\\newcommand{\\e}{\\end{itemize}}"
    )
    body = "\\begin{job}{Clerk}{1902}\\item Read\\end{job}\n\\s\\item Wrote\\e\nEnd"
    expected = [("paragraph", "Clerk\t1902"), ("item", "Read"), ("item", "Wrote"), ("paragraph", "End")]
    assert shown(tmp_path, body, preamble) == expected


def test_a_macro_that_is_called_a_heading_is_one(tmp_path: Path) -> None:
    preamble = "\\newcommand{\\cvheading}[1]{\\addvspace{1ex}\\par\\textbf{#1}\\vspace{-0.4em}}\\newcommand{\\jobheading}[2]{#1 \\hfill #2}"
    assert shown(tmp_path, "\\cvheading{Honors}\nMedal", preamble) == [("heading", "Honors"), ("paragraph", "Medal")]
    assert shown(tmp_path, "\\jobheading{Clerk}{1902}", preamble) == [("paragraph", "Clerk\t1902")]


def test_inputs_are_read_in_their_place(tmp_path: Path) -> None:
    body = "\\input{parts/work}\\include{parts/more.tex}\n\\import{parts/}{last}\\input{glyphtounicode}"
    files = {
        "parts__work": "Work \\who.\n\n",
        "parts__more": "More.\n\n% not\n",
        "parts__last": BEGIN + "Last." + END,
        "style": "\\def\\who{Ada}",
    }
    assert [text for _, text in shown(tmp_path, body, "\\input style \n", **files)] == ["Work Ada.", "More.", "Last."]


def test_a_package_of_the_profile_lends_its_macros(tmp_path: Path) -> None:
    files = {"mine.sty": "\\newcommand{\\job@line}[2]{#1\\hfill #2}\\newcommand{\\job}[2]{\\job@line{#1}{#2}}"}
    assert shown(tmp_path, "\\job{Clerk}{1902}", "\\usepackage{mine}", **files) == [("paragraph", "Clerk\t1902")]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        (BEGIN + "\\def\\a{\\a}\\a" + END, "expands into itself"),
        (BEGIN + "\\def\\a{x\\a}\\a" + END, "expands to more than"),
        (BEGIN + "\\def\\a#1{\\a{#1#1}}\\a{xx}" + END, "expands to more than"),
        (BEGIN + "\\def\\a#1{\\footnote{\\a{#1}}}\\a{x}" + END, "inside of one another"),
        (BEGIN + "{" * 1000 + "x" + "}" * 1000 + END, "stand open"),
        (BEGIN + "\\input{cv}" + END, "inputs itself"),
        (BEGIN + "\\input{../secret}" + END, "outside the profile's folder"),
        (BEGIN + "\\newcommand{\\x}{nothing shown}" + END, "holds no text"),
    ],
)
def test_what_cannot_be_read_says_what_to_do(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / "secret.tex").write_text("SECRET")
    with pytest.raises(SourceUnreadable, match=says) as caught:
        document(tmp_path / "ada", text)
    assert "\n" not in str(caught.value)


def test_parts_and_styles_are_no_sources_by_themselves(tmp_path: Path) -> None:
    home = tmp_path / "ada"
    style = "\\newcommand{\\x}{y}\n\\setlength{\\parskip}{1ex}\n\\titlespacing{\\section}{0pt}{2pt}{0pt}"
    document(home, BEGIN + "\\input{work}" + END, work="Work.", style=style, talk="\\item A talk.")
    (home / "profile.toml").write_text('name = "Ada Byron"')
    assert [s.path for s in read_profile(tmp_path, "ada").sources] == ["cv.tex", "talk.tex"]


SB2NOV = r"""
\newcommand{\resumeItem}[2]{\item\small{\textbf{#1}{: #2 \vspace{-2pt}}}}
\newcommand{\resumeSubheading}[4]{\vspace{-1pt}\item
  \begin{tabular*}{0.97\textwidth}[t]{l@{\extracolsep{\fill}}r}
    \textbf{#1} & #2 \\ \textit{\small#3} & \textit{\small #4} \\
  \end{tabular*}\vspace{-5pt}}
\newcommand{\resumeSubHeadingListStart}{\begin{itemize}[leftmargin=*]}
\newcommand{\resumeSubHeadingListEnd}{\end{itemize}}
\newcommand{\resumeItemListStart}{\begin{itemize}}
\newcommand{\resumeItemListEnd}{\end{itemize}\vspace{-5pt}}
\begin{document}
\begin{tabular*}{\textwidth}{l@{\extracolsep{\fill}}r}
  \textbf{\href{https://o.example/}{\Large Mira Okonjo}} & Email: \href{mailto:mira@o.example}{mira@o.example}\\
\end{tabular*}
\section{Experience}
\resumeSubHeadingListStart
  \resumeSubheading{Norrland University}{Umeå, Sweden}{Research Engineer}{Oct 2016 -- Present}
  \resumeItemListStart
    \resumeItem{Beams}{Built a parser in 2019}
  \resumeItemListEnd
  \resumeSubheading{Vattenlab}{Oslo}{Software Developer}{2012 -- 2016}
\resumeSubHeadingListEnd
\section{Education}
\resumeSubHeadingListStart
  \resumeSubheading{University of Bergen}{Bergen}{PhD in Physics}{Aug 2008 -- July 2012}
\resumeSubHeadingListEnd
\end{document}"""
MODERNCV = r"""\name{Mira}{Okonjo}
\title{Dr.~rer.~nat.}
\address{Gate 3}{Oslo}{}
\phone[mobile]{+47~22~22~22}
\email{mira@o.example}
\social[github]{mokonjo}
\photo[64pt][0.4pt]{picture}
\begin{document}
\makecvtitle
\section{Berufserfahrung}
\cventry{Oct 2016 -- Present}{Research Engineer}{Norrland University}{Umeå, Sweden}{}{\begin{itemize}\item Built a parser\end{itemize}}
\cventry{2012--2016}{Software Developer}{Vattenlab}{Oslo}{}{}
\section{Ausbildung}
\cventry{Aug 2008--July 2012}{PhD in Physics}{University of Bergen}{Bergen}{}{Thesis on water}
\end{document}"""
AWESOME = r"""\name{Mira}{Okonjo}
\position{Engineer}
\email{mira@o.example}
\github{mokonjo}
\begin{document}
\makecvheader[C]
\makecvfooter{\today}{Mira Okonjo~~~·~~~Résumé}{\thepage}
\cvsection{Experience}
\begin{cventries}
  \cventry
    {Research Engineer} % Job title
    {Norrland University} % Organization
    {Umeå, Sweden}
    {Oct 2016 - Present}
    {\begin{cvitems}\item {Built a parser}\end{cvitems}}
  \cventry{Software Developer}{Vattenlab}{Oslo}{2012 - 2016}{}
\end{cventries}
\cvsection{Education}
\begin{cventries}\cventry{PhD in Physics}{University of Bergen}{Bergen}{Aug 2008 - July 2012}{}\end{cventries}
\end{document}"""
ALTACV = r"""\begin{document}
\name{Mira Okonjo}
\tagline{Engineer}
\photoR{2.8cm}{Globe}
\personalinfo{\email{mira@o.example}\github{mokonjo}\location{Umeå}\printinfo{\faPaw}{Hey}[https://a.example/]}
\makecvheader
\begin{paracol}{2}
\cvsection{Experience}
\cvevent{Research Engineer}{Norrland University}{Oct 2016 -- Present}{Umeå, Sweden}
\begin{itemize}\item Built a parser\end{itemize}
\divider
\cvevent{Software Developer}{Vattenlab}{2012 -- 2016}{Oslo}
\switchcolumn
\cvsection{Education}
\cvevent{PhD in Physics}{University of Bergen}{Aug 2008 -- July 2012}{Bergen}
\end{paracol}
\end{document}"""
DEEDY = r"""\begin{document}
\namesection{Mira}{Okonjo}{\urlstyle{same}\href{mailto:mira@o.example}{mira@o.example} | 607.555.0189}
\begin{minipage}[t]{0.33\textwidth}
\section{Education}
\subsection{University of Bergen}
\descript{PhD in Physics}
\location{Aug 2008 – July 2012 | Bergen}
\sectionsep
\end{minipage}
\hfill
\begin{minipage}[t]{0.66\textwidth}
\section{Experience}
\runsubsection{Norrland University}
\descript{| Research Engineer}
\location{Oct 2016 – Present | Umeå, Sweden}
\vspace{\topsep}
\begin{tightemize}\item Built a parser\end{tightemize}
\sectionsep
\runsubsection{Vattenlab}
\descript{| Software Developer}
\location{2012 – 2016 | Oslo}
\end{minipage}
\end{document}"""
CURVE = r"""\leftheader{{\LARGE Mira Okonjo}\makefield{\faEnvelope[regular]}{\texttt{mira@o.example}}}
\begin{document}
\makeheaders[c]
\begin{rubric}{Postes}
\entry*[Oct 2016 -- Present]% comment
  \textbf{Research Engineer,} Norrland University, Umeå
\entry*[2012 -- 2016] \textbf{Software Developer,} Vattenlab, Oslo
\end{rubric}
\begin{rubric}{Formation}
\entry*[Aug 2008 -- July 2012] \textbf{PhD in Physics}, University of Bergen
\end{rubric}
\end{document}"""
RESUME = r"""\name{Mira Okonjo}
\address{+47 22 22 \\ Umeå}
\begin{document}
\begin{rSection}{Experience}
\begin{rSubsection}{Norrland University}{Oct 2016 -- Present}{Research Engineer}{Umeå, Sweden}\item Built a parser\end{rSubsection}
\textbf{Software Developer} \hfill 2012 -- 2016\\
Vattenlab \hfill \textit{Oslo}
\end{rSection}
\begin{rSection}{Education}
{\bf PhD in Physics}, University of Bergen \hfill {Aug 2008 -- July 2012}
\end{rSection}
\end{document}"""
CLASSES = {
    "article": SB2NOV,
    "moderncv": MODERNCV,
    "awesome-cv": AWESOME,
    "altacv": ALTACV,
    "deedy-resume-openfont": DEEDY,
    "curve": CURVE,
    "resume": RESUME,
}


@pytest.mark.parametrize("name", CLASSES)
def test_a_class_prints_entries_from_which_positions_and_degrees_are_read(tmp_path: Path, name: str) -> None:
    found = document(tmp_path, f"\\documentclass[11pt,a4paper]{{{name}}}\n{CLASSES[name]}")
    facts = facts_in(found)
    positions = [
        (p.role, p.organisation, p.period and p.period.start and p.period.start.edtf)
        for p in facts
        if isinstance(p, Position)
    ]
    degrees = [
        (d.title, d.institution, d.period and d.period.end and d.period.end.edtf)
        for d in facts
        if isinstance(d, Degree)
    ]
    assert positions == [
        ("Research Engineer", "Norrland University", "2016-10"),
        ("Software Developer", "Vattenlab", "2012"),
    ]
    assert degrees == [("PhD in Physics", "University of Bergen", "2012-07")]
    assert found.text.startswith("Mira Okonjo")
    assert not set("\\{}$&%") & set(found.text)
    assert all(
        word not in found.text for word in ("picture", "Globe", "64pt", "regular", "textwidth", "comment", "None")
    )


def test_an_europass_prints_its_lines(tmp_path: Path) -> None:
    text = (
        "\\documentclass[spanish]{europecv}\\ecvname{Okonjo, Mira}\\ecvemail{mira@o.example}\\ecvpicture[width=2cm]{me}\n"
        "\\begin{document}\\begin{europecv}\\ecvpersonalinfo[20pt]\n\\ecvsection{Educaci\\'on}\n"
        "\\ecvitem[10pt]{2004 -- 2008}{Doctorado, Universidad de Sevilla}\n\\ecvlanguage{Ingl\\'es}{\\ecvCOne}{\\ecvBTwo}{}{}{}\\end{europecv}\\end{document}"
    )
    expected = [
        "Okonjo, Mira",
        "mira@o.example",
        "Educación",
        "2004 – 2008\tDoctorado, Universidad de Sevilla",
        "Inglés\tC1\tB2",
    ]
    found = document(tmp_path, text)
    assert [found.quote(b.span) for b in found.blocks] == expected


def test_unknown_macros_of_a_chinese_resume_keep_their_texts(tmp_path: Path) -> None:
    text = (
        "\\documentclass{resume-zh}\n\\begin{document}\n\\name{周远禾}\n\\section{\\faGraduationCap\\ 教育背景}\n"
        "\\datedsubsection{\\textbf{上海大学}, 上海}{2013 -- 至今}\n\\textit{硕士}\\ 通信工程,\n预计毕业\n\\end{document}"
    )
    found = document(tmp_path, text)
    assert [found.quote(b.span) for b in found.blocks] == [
        "周远禾",
        "教育背景",
        "上海大学, 上海\t2013 – 至今\n硕士 通信工程, 预计毕业",
    ]
    assert found.blocks[-1].section is Section.EDUCATION


def test_citations_whose_every_name_is_a_macro_are_read(tmp_path: Path) -> None:
    body = (
        "\\section{Publications}\\begin{etaremune}\n"
        "\\item \\me$^*$, \\li\\textsuperscript{*}. \\newblock Parsing ``Everything'' {\\em Twice}. \\newblock \\journal, 2021.\n"
        "\\item \\li, \\me. Slow Trees of the North. \\emph{Journal of Trees}, 12(3):4--5, 2019.\n\\end{etaremune}"
    )
    names = "\\newcommand{\\me}{\\textbf{Mira Okonjo}}\\newcommand{\\li}{Bo~Li}\\newcommand{\\journal}{Nature Trees}"
    found = document(tmp_path, f"\\documentclass{{article}}{names}{BEGIN.partition(chr(10))[2]}{body}{END}")
    papers = [(p.title, p.authors, p.date and p.date.year) for p in facts_in(found) if isinstance(p, Publication)]
    assert papers == [
        ("Parsing “Everything” Twice", ("Mira Okonjo", "Bo Li"), 2021),
        ("Slow Trees of the North", ("Bo Li", "Mira Okonjo"), 2019),
    ]


def unreadable_or_exact(text: str) -> None:
    with TemporaryDirectory() as folder:
        try:
            found = document(Path(folder), text)
        except SourceUnreadable:
            return
    last = 0
    for block in found.blocks:
        assert last <= block.span.start < block.span.end <= len(found.text)
        assert found.quote(block.span).strip()
        last = block.span.end


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from([*SNIPPETS, " ", "\n", "\n\n"]), max_size=40).map("".join))
def test_torn_latex_is_read_or_refused_and_spans_stay_exact(text: str) -> None:
    unreadable_or_exact(BEGIN + text + END)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200))
def test_any_text_is_read_or_refused(text: str) -> None:
    unreadable_or_exact(text)


@given(st.lists(st.text(alphabet=st.sampled_from("abcdé漢0 ,"), min_size=1, max_size=20), min_size=1, max_size=6))
def test_every_visible_word_stays_in_order(paragraphs: list[str]) -> None:
    words = [f"w{n} {p.strip()}" for n, p in enumerate(paragraphs)]
    with TemporaryDirectory() as folder:
        found = document(Path(folder), BEGIN + "\n\n".join(f"\\textbf{{{w}}}\\vspace{{2pt}}" for w in words) + END)
    assert found.text.split() == " ".join(words).split()
