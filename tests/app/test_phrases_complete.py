"""The phrases, cues and examples fit the code that uses them, and the code fits them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest
import yaml

from app.answer.offline import COMPOSERS
from app.answer.phrase import say
from app.domain import Language
from app.question.cue import cue, word_list, word_stems
from app.question.names import Kind
from prompts import load_examples, prompt_hashes
from tests.conftest import TOP

PHRASES: dict[Language, dict[str, str]] = {
    language: yaml.safe_load((TOP / "app" / "answer" / "phrases" / f"{language}.yaml").read_text(encoding="utf-8"))
    for language in get_args(Language)
}
GRAMMAR: dict[str, Any] = yaml.safe_load(
    (TOP / "app" / "answer" / "phrases" / "grammar.yaml").read_text(encoding="utf-8")
)
INTENTS: dict[str, dict[str, list[str]]] = load_examples("intents.yaml")
CUES: dict[str, list[str]] = load_examples("cues.yaml")
WORDS: dict[str, list[Any]] = load_examples("words.yaml")
CODE = sorted(
    p for p in (TOP / "app").rglob("*.py") if not p.is_relative_to(TOP / "app" / "web")
)  # whose words are its own

INTERNAL = {
    "unknown_thing",
    "unclear",
    "other_person",
    "stranger",
    "unknown",
    "unknown_venue",
    "paper_more",
    "section",
    "job_role",
}
"""Intents that the planner gives and no example question has."""
PARTS = {f"cond_class_{kind}" for kind in ("conference", "journal", "workshop")}
PARTS |= {f"cond_{name}" for name in ("equal", "marked", "not_printed", "rank_last")}
PARTS |= {f"cond_rank_{n}" for n in range(1, 5)} | {f"rank_{n}" for n in range(1, 9)}
PARTS |= {f"{key}_bare" for key in ("job_current", "job_past")}
PARTS |= {f"month_{n}" for n in (*range(1, 13), *range(21, 25))}
PARTS |= {f"{case}_{sort}" for case in ("source", "in") for sort in ("cv", "page", "documents")}
PARTS |= {"date_year", "date_month", "date_month_year", "date_day_month", "date_day_month_year"}
"""Keys that the code puts together."""
PLACED = ("at_org", "at_school", "at_venue")
"""Keys that a language may have once more for each gender of the noun in them."""
VARIANTS = {f"{key}_{gender}" for key in PLACED for gender in "fm"}
ALWAYS = {"name", "possessive", "source", "source_cap", "in_source"}
"""Values that every phrase of a scene may use."""
GIVEN_WITH = {
    "job_": {"role", "organisation", "group", "place", "at", "where", "period"},
    "summary_now": {"organisation", "group", "place"},
    "degree_": {"title", "institution", "where"},
    "entry_degree": {"institution", "where"},
    "worked_under": {"organisation", "at"},
    "paper_did_position": {"n"},
    "paper_position_": {"n"},
    "paper_venue": {"venue"},
    "in_group": {"at"},
}
"""Values that the code gives to all phrases that begin so, although the English one does not need them all."""
QUOTES: dict[Language, str] = {"en": "“”", "zh": "“”", "de": "„“", "fr": "«»", "es": "«»", "pt": "“”", "it": "«»"}
BRACKETS = ("[]", "{}", "()", "（）")


def strings(path: Path) -> set[str]:
    """Every string in the code of ``path`` that could be a key."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return {n.value for n in ast.walk(tree) if isinstance(n, ast.Constant) and isinstance(n.value, str)}


def spoken(path: Path) -> Iterator[str]:
    """The keys that the code of ``path`` gives to ``say`` and ``words``, in either branch of a condition."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        name = getattr(node.func, "attr", getattr(node.func, "id", "")) if isinstance(node, ast.Call) else ""
        if isinstance(node, ast.Call) and name in {"say", "words"} and node.args:
            first = node.args[0] if getattr(node.func, "attr", "") else node.args[min(1, len(node.args) - 1)]
            branches = [first.body, first.orelse] if isinstance(first, ast.IfExp) else [first]
            yield from (b.value for b in branches if isinstance(b, ast.Constant) and isinstance(b.value, str))


EVERY_STRING = set().union(*map(strings, CODE))
SAID = {key for path in CODE for key in spoken(path)}


def values_of(template: str) -> set[str]:
    """The names of the values in ``template``."""
    return set(re.findall(r"\$([a-z_]+)", template)) | set(re.findall(r"\{(\w+)\|", template))


def test_the_code_says_many_things() -> None:
    assert len(SAID) > 80


@pytest.mark.parametrize("key", sorted(SAID | PARTS))
def test_every_phrase_that_the_code_says_is_written(key: str) -> None:
    assert key in PHRASES["en"]


@pytest.mark.parametrize("language", PHRASES)
def test_every_language_says_what_english_says(language: Language) -> None:
    assert set(PHRASES[language]) - VARIANTS == set(PHRASES["en"])


@pytest.mark.parametrize("language", PHRASES)
def test_a_phrase_needs_no_value_that_the_english_one_does_not_have(language: Language) -> None:
    for key, template in PHRASES[language].items():
        given = values_of(PHRASES["en"][key[:-2] if key in VARIANTS else key]) | ALWAYS
        given |= {v for start, more in GIVEN_WITH.items() if key.startswith(start) for v in more}
        given |= {"count"} if key.startswith("cond_") and key != "cond_year" else set()
        assert values_of(template) <= given, key


@pytest.mark.parametrize("language", PHRASES)
def test_a_phrase_cites_where_the_english_one_does(language: Language) -> None:
    cites = {"cite", "cites", "first_cite", "last_cite", "other_cites"}
    for key, template in PHRASES["en"].items():
        assert values_of(PHRASES[language][key]) & cites == values_of(template) & cites, key


@pytest.mark.parametrize("language", PHRASES)
@pytest.mark.parametrize("count", [0, 1, 2])
def test_every_phrase_is_whole_with_all_its_values(language: Language, count: int) -> None:
    for key, template in PHRASES[language].items():
        values: dict[str, str | int | None] = dict.fromkeys(values_of(template), "Ω")
        text = say(language, key, **(values | {"count": count}))
        assert not re.search(r"[$\[\]{}|]", text), key
        assert text == text.strip(), key
        assert "Ω" in text or not set(values) - {"count"}, key


@pytest.mark.parametrize("language", PHRASES)
def test_every_phrase_is_whole_without_its_optional_values(language: Language) -> None:
    for key, template in PHRASES[language].items():
        needed = values_of(re.sub(r"\[[^\[\]]*\]", "", template))
        values: dict[str, str | int | None] = dict.fromkeys(needed, "Ω")
        text = say(language, key, **(values | {"count": 2}))
        assert not re.search(r"[$\[\]{}|]|  | [,;.]|\( ?\)|（）", text), key


@pytest.mark.parametrize("language", PHRASES)
def test_brackets_braces_and_quotes_of_every_phrase_are_closed(language: Language) -> None:
    for key, template in PHRASES[language].items():
        for pair in (*BRACKETS, QUOTES[language]):
            assert template.count(pair[0]) == template.count(pair[1]), key


@pytest.mark.parametrize("language", PHRASES)
def test_a_language_quotes_in_its_own_marks_only(language: Language) -> None:
    foreign = set("“”„«»") - set(QUOTES[language])
    assert not foreign & set("".join(PHRASES[language].values()))
    assert PHRASES[language]["quoted"].startswith(QUOTES[language][0])


def test_french_sets_its_double_marks_apart() -> None:
    for key, template in PHRASES["fr"].items():
        assert not re.search(r"(?<!\u00a0)[:;?!»]|«(?!\u00a0)", template), key


@pytest.mark.parametrize("language", PHRASES)
def test_every_month_has_a_name_of_its_own(language: Language) -> None:
    names = [PHRASES[language][f"month_{n}"] for n in (*range(1, 13), *range(21, 25))]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("language", PHRASES)
def test_every_word_that_changes_before_a_value_stands_before_one_in_some_phrase(language: Language) -> None:
    before = {word for template in PHRASES[language].values() for word in re.findall(r"([\w’]+) \$", template)}
    assert {word for words in GRAMMAR["seams"][language].values() for word in words} <= before


def test_no_noun_has_two_genders() -> None:
    feminine, masculine = (set(GRAMMAR["nouns"][gender]) for gender in "fm")
    assert feminine
    assert masculine
    assert not feminine & masculine


def test_every_intent_has_examples_and_a_composer() -> None:
    assert set(COMPOSERS) - INTERNAL == set(INTENTS)
    assert set(COMPOSERS) >= INTERNAL


@pytest.mark.parametrize("intent", sorted(INTENTS))
def test_an_intent_has_english_and_chinese_examples_and_none_twice(intent: str) -> None:
    assert INTENTS[intent]["en"]
    assert INTENTS[intent]["zh"]
    every = [text for texts in INTENTS[intent].values() for text in texts]
    assert len(every) == len(set(every))
    assert all(isinstance(text, str) and text == text.strip() for text in every)


def test_no_question_is_an_example_of_two_intents() -> None:
    owners: dict[str, str] = {}
    for intent, languages in INTENTS.items():
        for text in (text for texts in languages.values() for text in texts):
            assert owners.setdefault(text.lower(), intent) == intent


def test_every_intent_that_the_code_names_exists() -> None:
    named = {
        s for s in strings(TOP / "app" / "question" / "plan.py") if re.match(r"(?:job|paper|degree|project)_\w+$", s)
    }
    assert named
    assert named <= set(COMPOSERS)


@pytest.mark.parametrize("name", sorted(CUES))
def test_every_cue_is_a_regular_expression_that_does_not_match_nothing(name: str) -> None:
    assert cue(name).search("") is None
    for alternative in CUES[name]:
        re.compile(alternative)


@pytest.mark.parametrize("name", sorted(CUES))
def test_every_cue_is_used(name: str) -> None:
    assert name in EVERY_STRING


def test_every_cue_and_word_list_that_the_code_asks_for_exists() -> None:
    asked: dict[str, set[str]] = {"cue": set(), "word_list": set(), "word_stems": set()}
    for path in CODE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in asked:
                asked[node.func.id] |= {str(a.value) for a in node.args if isinstance(a, ast.Constant)}
    assert asked["cue"] == set(CUES)
    assert asked["word_list"] | asked["word_stems"] == set(WORDS)


@pytest.mark.parametrize("name", sorted(WORDS))
def test_every_word_list_holds_words_in_small_letters(name: str) -> None:
    """YAML reads a bare ``yes`` or ``on`` as a truth value, which would then be the word "True"."""
    assert all(isinstance(word, str) for word in WORDS[name])
    assert word_list(name)
    assert word_stems(name)
    assert all(word == word.lower() for word in word_list(name))


def test_the_general_words_of_the_examples_are_those_that_the_planner_puts_in() -> None:
    named = re.compile(r"\bthis (?:paper|project|company|university|person|conference|label)\b")
    used = {word for texts in INTENTS.values() for text in texts["en"] for word in named.findall(text)}
    assert used
    assert used <= {kind.value for kind in Kind}


def test_a_prompt_file_is_known_by_its_hash() -> None:
    hashes = prompt_hashes()
    assert {"cues.yaml", "intents.yaml", "words.yaml", "lexicon-zh.tsv"} <= set(hashes)
    assert all(re.fullmatch(r"[0-9a-f]{64}", value) for value in hashes.values())
