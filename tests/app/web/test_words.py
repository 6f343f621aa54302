"""The page's own words: the same keys and values in both languages, and every key that is used is there."""

import re
from pathlib import Path
from string import Template

import pytest

from app.web.words import LANGUAGES, words

WEB = Path(__file__).resolve().parents[3] / "app" / "web"
USED = re.compile(
    r"""(?:\bsaid|vv\.word|WORDS|said\.count)\(\s*"(\w+)"|data-word(?:-label)?="(\w+)"|"(reason_\w+)"|title: "(\w+)"|privacy: "(\w+)"|tool\("(\w+)\""""
)


def test_both_languages_have_the_same_keys_but_for_plurals() -> None:
    english, chinese = words("en").table, words("zh").table
    assert english.keys() - chinese.keys() == {k for k in english if k.endswith("_one") and k not in chinese}
    assert chinese.keys() <= english.keys()


@pytest.mark.parametrize("key", sorted(words("zh").table))
def test_a_phrase_takes_the_same_values_in_both_languages(key: str) -> None:
    english, chinese = (set(Template(words(language).table[key]).get_identifiers()) for language in LANGUAGES)
    assert english == chinese


def test_what_the_page_says_is_there_to_be_said() -> None:
    sources = [*WEB.rglob("*.py"), *(WEB / "static").glob("*.js")]
    used = {
        key for path in sources for groups in USED.findall(path.read_text(encoding="utf-8")) for key in groups if key
    }
    assert len(used) > 50
    assert used - words("en").table.keys() - {"key"} == set()


def test_one_is_said_apart_where_the_language_does() -> None:
    assert words("en").count("sources", 1) == "1 source"
    assert words("en").count("sources", 2) == "2 sources"
    assert words("zh").count("sources", 1) == "1 处出处"
