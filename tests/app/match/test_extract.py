"""What a job description asks for is found in any layout, and what is not for evaluating is set apart."""

import pytest

from app.match.domain import Importance
from app.match.extract import MOST, read_posting


def asked(text: str) -> list[str]:
    return [r.text for r in read_posting(text).requirements]


def protected(text: str) -> list[str]:
    return [p.attribute for p in read_posting(text).protected]


@pytest.mark.parametrize(
    ("item", "parts"),
    [
        ("PhD in NLP and 3+ years of industry experience", ["PhD in NLP", "3+ years of industry experience"]),
        ("PyTorch or JAX", ["PyTorch or JAX"]),
        ("Experience with Python, SQL and Docker", ["Experience with Python", "SQL", "Docker"]),
        ("Excellent written and spoken English", ["Excellent written and spoken English"]),
        ("PhD in biology, genetics or a related field", ["PhD in biology, genetics or a related field"]),
        ("Publications at ACL, EMNLP and NAACL", ["Publications at ACL, EMNLP and NAACL"]),
        ("Computer vision, ideally with infrared images", ["Computer vision, ideally with infrared images"]),
        ("Teaching at Bachelor's and Master's level", ["Teaching at Bachelor's and Master's level"]),
        ("German (C1); driving licence", ["German (C1)", "driving licence"]),
        ("熟悉机器翻译、语音识别", ["熟悉机器翻译", "语音识别"]),
    ],
)
def test_a_compound_demand_is_taken_apart_where_all_of_it_is_asked_for(item: str, parts: list[str]) -> None:
    assert asked(f"# Requirements\n- {item}\n") == parts


@pytest.mark.parametrize("bullet", ["- ", "* ", "• ", "1. ", "2) ", "(a) "])
def test_every_kind_of_list_is_read(bullet: str) -> None:
    assert asked(f"Requirements:\n{bullet}Knowledge of Kafka\n") == ["Knowledge of Kafka"]


@pytest.mark.parametrize(
    ("required", "preferred", "ignored"),
    [
        ("Requirements", "Nice to have", "About us"),
        ("What you bring", "Bonus", "What we offer"),
        ("Ihr Profil", "Von Vorteil", "Wir bieten"),
        ("Profil recherché", "Serait un plus", "Nous offrons"),
        ("Requisitos", "Se valorará", "Ofrecemos"),
        ("任职要求", "加分项", "福利待遇"),
        ("应聘条件：", "优先考虑：", "学院概况："),
    ],
)
def test_headings_of_five_languages_say_what_their_part_is(required: str, preferred: str, ignored: str) -> None:
    posting = read_posting(f"## {ignored}\n- Yoga\n## {required}\n- Kafka\n## {preferred}\n- Flink\n")
    told = [(r.text, r.importance) for r in posting.requirements]
    assert told == [("Kafka", Importance.REQUIRED), ("Flink", Importance.PREFERRED)]


@pytest.mark.parametrize("item", ["担任过团队负责人", "研究方向为代码生成", "在国际会议发表论文十篇以上"])
def test_a_chinese_demand_without_a_heading_is_one(item: str) -> None:
    assert asked(f"（一）{item}\n") == [item]


def test_prose_gives_the_sentences_that_ask_and_leaves_the_company_out() -> None:
    text = (
        "Tern Ltd was founded in 1990. You have experience with sonar. We offer a pension and lunch. "
        "Knowledge of whales is a plus."
    )
    assert asked(text) == ["experience with sonar", "Knowledge of whales is a plus"]


def test_a_table_gives_its_first_cells_and_how_much_each_matters() -> None:
    posting = read_posting("| Skill | Level |\n|---|---|\n| Terraform | must |\n| MongoDB | nice |\n")
    assert [(r.text, r.importance.value) for r in posting.requirements] == [
        ("Terraform", "required"),
        ("MongoDB", "preferred"),
    ]


def test_one_line_is_a_list() -> None:
    assert asked("Engineer, Go, 5+ years, Kafka, fluent English.") == [
        "Engineer",
        "Go",
        "5+ years",
        "Kafka",
        "fluent English",
    ]


@pytest.mark.parametrize(
    ("item", "attribute"),
    [
        ("Under 35 years of age", "age"),
        ("年龄35岁以下", "age"),
        ("Male candidates only", "gender"),
        ("限女性", "gender"),
        ("EU citizenship", "origin"),
        ("Deutsche Staatsangehörigkeit", "origin"),
        ("Célibataire", "family"),
        ("Member of the Christian church", "belief"),
        ("Körperlich belastbar", "health"),
        ("CV with photo", "photo"),
        ("No criminal record", "record"),
    ],
)
def test_what_may_not_be_evaluated_is_no_requirement(item: str, attribute: str) -> None:
    text = f"Requirements:\n- {item}\n- Kafka\n"
    assert asked(text) == ["Kafka"]
    assert protected(text) == [attribute]


@pytest.mark.parametrize(
    "item", ["Aged care experience", "Image processing of photos of leaves", "Managing databases over 40 years of data"]
)
def test_a_word_that_looks_like_an_attribute_is_none(item: str) -> None:
    assert protected(f"Requirements:\n- {item}\n") == []


def test_an_equal_opportunity_statement_asks_for_nothing() -> None:
    text = "Requirements:\n- Kafka\nWe welcome applicants regardless of age, gender or religion.\n"
    assert asked(text) == ["Kafka"]
    assert protected(text) == []


def test_a_requirement_points_at_its_words() -> None:
    text = "Requirements:\n-   Knowledge\n    of  Kafka\n"
    (found,) = read_posting(text).requirements
    assert " ".join(text[found.start : found.end].split()) == found.text == "Knowledge of Kafka"


def test_two_hundred_pages_give_no_more_than_can_be_looked_at() -> None:
    posting = read_posting("Requirements:\n" + "".join(f"- Knowledge of topic number{n}\n" for n in range(4_000)))
    assert len(posting.requirements) == MOST
    assert posting.left_out == 4_000 - MOST
