"""What ``init`` finds in documents: whose they are, how the name is printed elsewhere, links, titles, and the files themselves."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingest.child import Child
from ingest.domain import Source
from ingest.errors import OwnerError
from ingest.profile import read_card
from ingest.propose import Proposal, propose, titled, with_answers
from ingest.propose.gather import Gathered, copy, gather
from ingest.propose.name import is_short, names_in, turned
from ingest.propose.sheet import MOST_LISTED, profile_toml, quoted, with_entries
from ingest.propose.slug import check_slug
from ingest.propose.stated import owner_of

CV = """# Ada Byron

ada.byron@example.org | github.example/adabyron | +44 20 7946 0018

## Experience

Analytical Society, London 2019 – Present

Researcher
"""
BIB = """
@article{one, author = {Byron, Ada and Quill, Tamsin}, title = {Notes on an engine that weaves}, journal = {Looms}, year = {2020}}
@article{two, author = {Byron, A. and Marsh, Odo}, title = {On numbers that repeat}, journal = {Looms}, year = {2021}}
@article{three, author = {Marsh, Odo and Byron, Ada}, title = {Cards for a flute}, journal = {Reeds}, year = {2022}}
"""
MODERNCV = r"""\documentclass{moderncv}
\name{Ada}{Byron}
\begin{document}
\makecvtitle
\section{Work}
Loom
\end{document}"""
PAGE = """<title>Looms</title><script type="application/ld+json">{"@type": "Person", "name": "Ada Byron"}</script>
<h1>Looms</h1><p>Weaving."""


@pytest.fixture(scope="module")
def child() -> Iterator[Child]:
    with Child() as opened:
        yield opened


def found(folder: Path, child: Child, files: dict[str, str], name: str | None = None) -> Proposal | None:
    """What is proposed for a profile of these files."""
    for path, text in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    readings = [child.read(folder, Source(path, Path(path).stem), ("email", "links")) for path in files]
    return propose(folder, readings, name)


# Names in lines


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Ada Byron", ("Ada Byron",)),
        ("LINA HAUG, Ph.D.", ("Lina Haug",)),
        ("QIAO LIN(林乔)", ("Qiao Lin", "林乔")),
        ("林乔 (Qiao Lin)", ("林乔", "Qiao Lin")),
        ("Haruna Mori 森 春菜", ("Haruna Mori", "森 春菜")),
        ("林乔\t个人简历", ("林乔",)),
        ("姓名：林乔", ("林乔",)),
        ("PD Dr. Jonas Weber", ("Jonas Weber",)),
        ("Prof. Dr.-Ing. habil. Max Sturm", ("Max Sturm",)),
        ("Apellidos y nombre: SERRA VIDAL, Inés", ("Inés Serra Vidal",)),
        ("Jean-Luc MERCIER", ("Jean-Luc Mercier",)),
        ("Hi, I'm Ada Byron 👋", ("Ada Byron",)),
        ("Ada Byron's homepage", ("Ada Byron",)),
        ("Curriculum Vitae – Ada M. Byron", ("Ada M. Byron",)),
        ("Ada Byron\tEmail: ada@example.org", ("Ada Byron",)),
        ("Ada Byron, Professor of Mathematics", ("Ada Byron",)),
        ("Ada King, Countess of Lovelace", ("Ada King",)),
        ("Ada Byron (she/her)", ("Ada Byron",)),
        ("Sourav Das", ("Sourav Das",)),
        ("Jun Ma", ("Jun Ma",)),
        ("Ludwig van der Berg", ("Ludwig van der Berg",)),
        ("Curriculum Vitae", ()),
        ("Software Engineer", ()),
        ("University of Harbourton", ()),
        ("I am a community ecologist.", ()),
        ("Selected Publications", ()),
        ("About me", ()),
        ("+44 20 7946 0018", ()),
        ("Ada", ()),
    ],
)
def test_a_line_gives_the_name_in_it_and_nothing_else(line: str, names: tuple[str, ...]) -> None:
    assert names_in(line) == names


@pytest.mark.parametrize(
    ("printed", "given_first", "short"),
    [("Byron, Ada", "Ada Byron", False), ("Byron, A.", "A. Byron", True), ("Serra Vidal I", "I Serra Vidal", True),
     ("BYRON Ada", "Ada Byron", False), ("J. R. R. Vale", "J. R. R. Vale", True)],
)  # fmt: skip
def test_a_printed_name_is_turned_round(printed: str, given_first: str, short: bool) -> None:
    assert turned(printed) == given_first
    assert is_short(printed) == short


# Whose documents


@pytest.mark.parametrize(
    ("files", "name", "is_sure"),
    [
        ({"cv.md": CV}, "Ada Byron", True),
        ({"cv.md": "# Curriculum Vitae\n\nAda Byron\n\n## Experience\n\nSmith, Oak Hall 2010 – 2012\n"}, "Ada Byron", False),
        ({"resume.json": '{"basics": {"name": "Ada Byron"}, "work": [{"name": "Loom", "position": "Weaver"}]}'}, "Ada Byron", True),
        ({"cv.yaml": "cv:\n  name: Ada Byron (艾达)\n  sections:\n    summary:\n      - Weaves numbers on looms."}, "Ada Byron", True),
        ({"cv.tex": MODERNCV}, "Ada Byron", True),
        ({"index.html": PAGE}, "Ada Byron", True),
        ({"index.md": "---\ntitle: Looms\nauthor: Ada Byron\n---\n\nI weave numbers.\n"}, "Ada Byron", True),
        ({"about.md": "# About me\n\nHi, I'm Ada Byron, and I weave numbers.\n", "blog.md": "# Machine Weaving\n\nA text on looms.\n"}, "Ada Byron", True),
        ({"papers.bib": BIB}, "Ada Byron", False),
        ({"papers.bib": BIB, "cv.md": CV.replace("Ada Byron", "ADA BYRON, Ph.D.")}, "Ada Byron", True),
    ],
)  # fmt: skip
def test_the_person_is_found_where_documents_say_who_it_is(
    tmp_path: Path, child: Child, files: dict[str, str], name: str, is_sure: bool
) -> None:
    proposal = found(tmp_path, child, files)
    assert proposal is not None
    assert (proposal.person.name, proposal.person.is_sure) == (name, is_sure)


@pytest.mark.parametrize(
    "files",
    [
        {"cv.md": "# Experience\n\nSmith, Oak Hall 2010 – 2012\n"},
        {"papers.bib": "@article{a, author = {Quill, Tamsin and Marsh, Odo}, title = {On looms}, year = 2020}"},
    ],
)
def test_nobody_is_made_up(tmp_path: Path, child: Child, files: dict[str, str]) -> None:
    assert found(tmp_path, child, files) is None


def test_the_owners_word_wins(tmp_path: Path, child: Child) -> None:
    proposal = found(tmp_path, child, {"cv.md": CV}, name="Augusta Byron")
    assert proposal is not None
    assert (proposal.person.name, proposal.person.is_sure) == ("Augusta Byron", True)


@pytest.mark.parametrize(
    ("path", "settings"),
    [("_config.yml", "title: Looms\nauthor:\n  name: Ada Byron\n"), ("_config.yml", "first_name: Ada\nlast_name: Byron\n"),
     ("hugo.toml", 'title = "Looms"\n[params.author]\nname = "Ada Byron"\n')],
)  # fmt: skip
def test_the_settings_of_a_homepage_name_its_owner(tmp_path: Path, path: str, settings: str) -> None:
    (tmp_path / path).write_text(settings)
    assert owner_of(tmp_path / path) == "Ada Byron"


# Aliases and links


def test_other_forms_of_the_name_are_those_that_are_printed(tmp_path: Path, child: Child) -> None:
    talk = "# Ada Byron (艾达)\n\nada@byron.example\n\n## Talks\n\nA Byron. Looms that count. Harbourton, 2021.\n"
    proposal = found(tmp_path, child, {"cv.md": talk, "papers.bib": BIB})
    assert proposal is not None
    names = [a.name for a in proposal.aliases]
    assert names[0] == "艾达"
    assert {"A Byron", "A. Byron"} & set(names)
    assert not {"Byron", "Ada Byron", "Tamsin Quill"} & set(names)


def test_initials_that_fit_somebody_else_are_no_alias(tmp_path: Path, child: Child) -> None:
    works = "\n".join(
        f"@article{{k{n}, author = {{{who}}}, title = {{Work number {n}}}, year = 2020}}"
        for n, who in enumerate(["Byron, Ada", "Byron, Ada", "Byron, A.", "Byron, Alban", "Byron, Ada", "Byron, Ada"])
    )
    proposal = found(tmp_path, child, {"papers.bib": works})
    assert proposal is not None
    assert proposal.person.name == "Ada Byron"
    assert [a.name for a in proposal.aliases] == []


def test_links_are_found_and_private_data_is_not_among_them(tmp_path: Path, child: Child) -> None:
    cv = CV.replace(
        "github.example/adabyron", "github.example/adabyron | https://wa.me/442079460018 | tel:+442079460018"
    )
    proposal = found(tmp_path, child, {"cv.md": cv})
    assert proposal is not None
    assert [f.value for f in proposal.links] == ["https://github.example/adabyron"]
    assert "7946" not in profile_toml("ada", proposal)


# Titles and the text


@pytest.mark.parametrize(
    ("path", "title"),
    [("ada_byron_cv_2024.pdf", "CV"), ("ByronResume.pdf", "CV"), ("lebenslauf.tex", "CV"), ("个人简历.txt", "CV"), ("all.bib", "Publications"),
     ("papers.txt", "Publications"), ("index.html", "Homepage"), ("site/about.md", "About"), ("talks_2020.md", "Talks 2020"),
     ("_posts/2024-01-09-on-looms.md", "On looms")],
)  # fmt: skip
def test_a_document_gets_a_title_that_visitors_understand(path: str, title: str) -> None:
    assert titled([path], "Ada Byron") == (Source(path, title),)


def test_two_documents_never_share_a_title() -> None:
    assert [s.title for s in titled(["cv.pdf", "cv.tex"], "Ada Byron")] == ["CV", "CV (cv.tex)"]


def test_the_proposed_text_is_a_profile_and_says_where_values_came_from(tmp_path: Path, child: Child) -> None:
    proposal = found(tmp_path, child, {"cv.md": CV, "papers.bib": BIB})
    assert proposal is not None
    tricky = 'What is “Looms \\ and "reeds"” about?'
    proposal = with_answers(proposal, "Hello,\nask me.", [tricky], [("phone", "cv.md")])
    text = profile_toml("ada", proposal)
    home = tmp_path / "profiles" / "ada"
    home.mkdir(parents=True)
    (home / "profile.toml").write_text(text, encoding="utf-8")
    card = read_card(tmp_path / "profiles", "ada")
    assert (card.name, card.questions, card.share) == ("Ada Byron", (tricky,), ("email", "links"))
    assert card.sources == (Source("cv.md", "CV"), Source("papers.bib", "Publications"))
    assert 'name = "Ada Byron"  # from cv.md' in text
    assert "# Found and withheld: phone numbers (cv.md)" in text
    assert card.greeting is None


def test_a_doubt_about_the_name_stands_beside_it(tmp_path: Path, child: Child) -> None:
    proposal = found(tmp_path, child, {"papers.bib": BIB})
    assert proposal is not None
    assert "please check" in next(
        line for line in profile_toml("ada", proposal).splitlines() if line.startswith("name =")
    )


def test_many_documents_are_not_listed_one_by_one(tmp_path: Path, child: Child) -> None:
    files = {f"notes/page{n}.md": f"# Page {n}\n\nText number {n}.\n" for n in range(MOST_LISTED)}
    proposal = found(tmp_path, child, {"cv.md": CV, **files})
    assert proposal is not None
    assert "documents" not in tomllib.loads(profile_toml("ada", proposal))


@pytest.mark.parametrize(
    "value", ['a "quoted" one', "back\\slash", "line\nbreak", "bell\x07", "del\x7f", "刘乾 é", "# no comment", "'''"]
)
def test_any_text_is_written_as_one_toml_string(value: str) -> None:
    shown = "".join(c for c in value if c not in "\x07\x7f")
    assert tomllib.loads(f"value = {quoted(value)}") == {"value": shown}


@pytest.mark.parametrize(
    ("text", "is_listed"),
    [('name = "A"\n[[documents]]\npath = "cv.md"\n[privacy]\nshare = []\n', True), ('name = "A"\ndocuments = [{path = "cv.md"}]\n', False)],
)  # fmt: skip
def test_documents_are_listed_behind_those_that_are_there_or_not_at_all(text: str, is_listed: bool) -> None:
    longer = with_entries(text, [Source("new.md", "New")])
    assert (longer is not None) == is_listed
    if longer is not None:
        assert longer.startswith(text.rstrip())
        assert [d["path"] for d in tomllib.loads(longer)["documents"]] == ["cv.md", "new.md"]


# Files


def gathered(child: Child, *sources: Path | str, profile: Path | None = None) -> Gathered:
    return gather([str(s) for s in sources], child, profile)


def test_of_a_folder_what_readers_take_is_copied_at_its_place(tmp_path: Path, child: Child) -> None:
    home = tmp_path / "home page"
    for path, text in {
        "index.html": "<h1>Ada Byron</h1><p>Weaver of numbers", "css/style.css": ".x{display:none}", "photo.png": "x", ".git/config.md": "# x",
        "node_modules/pkg/README.md": "# pkg", "_publications/2020-looms.md": "---\ntitle: Looms\n---\nText.", "data/settings.json": '{"a": 1}',
        ".hidden.md": "# h", "profile.toml": 'name = "X"', "LICENSE.md": "MIT",
    }.items():  # fmt: skip
        (home / path).parent.mkdir(parents=True, exist_ok=True)
        (home / path).write_text(text)
    (tmp_path / "secret.md").write_text("# secret")
    (home / "link.md").symlink_to(tmp_path / "secret.md")
    (home / "linked").symlink_to(tmp_path)
    result = gathered(child, home)
    assert sorted(c.path for c in result.copies) == ["_publications/2020-looms.md", "css/style.css", "index.html"]
    assert sum(result.left_out.values()) == 3
    assert copy(result, tmp_path / "out") == []
    assert (tmp_path / "out" / "css" / "style.css").read_text() == ".x{display:none}"


def test_a_latex_file_comes_with_what_it_inputs_and_names(tmp_path: Path, child: Child) -> None:
    for path, text in {
        "cv.tex": "\\documentclass{mycv}\n\\begin{document}Ada Byron\\input{parts/work}\\bibliography{refs}\\end{document}",
        "parts/work.tex": "\\section{Work}\\input{parts/more}", "parts/more.tex": "Loom", "mycv.cls": "\\LoadClass{article}",
        "refs.bib": BIB, "other.tex": "other", "unused.bib": BIB + "\n",
    }.items():  # fmt: skip
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    paths = {c.path for c in gathered(child, tmp_path / "cv.tex").copies}
    assert paths == {"cv.tex", "parts/work.tex", "parts/more.tex", "mycv.cls", "refs.bib"}


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("https://ada.example/cv", None, "nothing is fetched"),
        ("nowhere.pdf", None, "is not there"),
        ("photo.png", b"x", "no reader takes '.png'"),
        ("empty.md", b"", "is empty"),
        ("huge.md", b"x" * (10 * 1024 * 1024 + 1), "at most"),
    ],
)
def test_what_is_not_taken_is_told_and_the_others_go_on(
    tmp_path: Path, child: Child, name: str, content: bytes | None, says: str
) -> None:
    (tmp_path / "cv.md").write_text(CV)
    if content is not None:
        (tmp_path / name).write_bytes(content)
    result = gathered(child, name if "://" in name else tmp_path / name, tmp_path / "cv.md")
    assert [c.path for c in result.copies] == ["cv.md"]
    assert len(result.refused) == 1
    assert says in result.refused[0].reason


def test_equal_names_are_kept_apart_and_equal_files_are_taken_once(tmp_path: Path, child: Child) -> None:
    for path, text in {"a/cv.md": CV, "b/cv.md": CV + "\nMore.\n", "c/again.md": CV}.items():
        (tmp_path / path).parent.mkdir(parents=True)
        (tmp_path / path).write_text(text)
    result = gathered(child, tmp_path / "a/cv.md", tmp_path / "b/cv.md", tmp_path / "c/again.md")
    assert [c.path for c in result.copies] == ["cv.md", "cv-2.md"]
    assert dict(result.left_out) == {"the same as another one": 1}


def test_a_folder_whose_paths_are_taken_goes_below_its_name(tmp_path: Path, child: Child) -> None:
    for path, text in {"cv.md": CV, "site/cv.md": CV + "\nMore.\n", "site/about.md": "# About\n\nText."}.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text)
    result = gathered(child, tmp_path / "cv.md", tmp_path / "site")
    assert {c.path for c in result.copies} == {"cv.md", "site/about.md", "site/cv.md"}


# Slugs


@pytest.mark.parametrize("slug", ["ada", "ada-byron", "a1"])
def test_a_slug_is_plain_letters(slug: str) -> None:
    check_slug(slug)


@pytest.mark.parametrize(
    ("slug", "better"),
    [("Ada Byron", "ada-byron"), ("jörn_weber", "jorn-weber"), ("../x", "x"), ("~/My CV.pdf", "my-cv"), ("刘乾", "my-name"), ("", "my-name"),
     ("-a", "a"), (".init-a", "init-a"), ("x" * 80, "x" * 60)],
)  # fmt: skip
def test_a_slug_that_will_not_do_brings_one_that_does(slug: str, better: str) -> None:
    with pytest.raises(OwnerError, match=f"vivavoce init {better} "):
        check_slug(slug)
    check_slug(better)
