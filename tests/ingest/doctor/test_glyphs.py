"""What conversion and encoding leave behind."""

import pytest

from ingest.doctor.glyphs import unscrambled
from tests.ingest.doctor.examined import examined, kinds, quotes, with_text


@pytest.mark.parametrize(
    ("text", "kind", "quote"),
    [
        ("A lost \ufffd\ufffd character", "lost-character", "\ufffd\ufffd"),
        ("A bell \x07 rings", "control-character", "\x07"),
        ("Ada wrote to RenÃ© in Paris", "mojibake", "Ã©"),
        ("It wasnâ€™t hers", "mojibake", "â€™"),
        ("An icon \ue0a1 stands here", "private-glyph", "\ue0a1"),
        ("An e\ufb03cient loom", "ligature", "\ufb03"),
        ("♣ Ada Byron", "ornament", "♣"),
        ("She wove a contex-\ntual pattern", "torn-word", "contex-\ntual"),
        ("An exam- ple of weaving, and another example", "torn-word", "exam- ple"),
        ("Weaving\nE D U C A T I O N\nat home", "spaced-letters", "E D U C A T I O N"),
        ("As \\citet{byron1843} shows", "latex-command", "\\citet{byron1843}"),
        ("Looms &amp; numbers", "html-entity", "&amp;"),
        ("{% include base_path %} Welcome", "template-code", "{% include base_path %}"),
        ("See {cite}`byron1843` for more", "template-code", "{cite}`byron1843`"),
        ("A line %#@!&* of noise", "odd-signs", "%#@!&*"),
        ("Word" * 12 + " ran together", "run-together", "Word" * 12),
    ],
)
def test_debris_is_found_and_quoted(text: str, kind: str, quote: str) -> None:
    assert quotes(with_text(text), kind) == [quote]


@pytest.mark.parametrize(
    "text",
    [
        "Müller, Čapek & Ó Súilleabháin – “Über Webstühle”, 刘乾, Σίσυφος",
        "CAFÉ” and Weiß’ and Ö–",
        "a state-of-the-\nart loom, context-\ndependent and self-\nsupervised",
        "pre- and post-war looms, Ein- und Ausgang",
        "The value $\\alpha_{i}$ and $\\frac{a}{b}$ of $x$",
        "Byron A B C D E F, Li B",
        "I love this 🎉 and that ★ ★ ★",
        "-------- ======== ******** ........",
        "https://loom.net/" + "a" * 220,
        "الحروف والنول",
    ],
)
def test_good_text_gives_no_finding(text: str) -> None:
    assert with_text(text) == []


@pytest.mark.parametrize(
    ("wrong", "right"),
    [("Ã©", "é"), ("â€œ", "“"), ("Ä\u0178", "ğ"), ("æˆ‘", "我"), ("é", None), ("ß’", None), ("—", None)],
)
def test_what_was_read_in_the_wrong_encoding_is_read_again(wrong: str, right: str | None) -> None:
    assert unscrambled(wrong) == right


def test_one_finding_a_kind_and_document_names_all_places() -> None:
    found = with_text("An e\ufb03cient loom, a \ufb01ne \ufb02oor")
    assert [(f.kind, len(f.others)) for f in found] == [("ligature", 2)]
    assert "in 3 places" in found[0].message


def test_emoji_beside_ornaments_are_debris_too() -> None:
    assert len([f for f in with_text("♦ Loom Institute 🌲 Lisbon") if f.kind == "ornament" and f.others]) == 1


def test_a_bullet_and_an_ordinary_dash_are_no_debris() -> None:
    assert kinds(examined("- one loom – two looms\n- three looms — four • five\n")) == []
