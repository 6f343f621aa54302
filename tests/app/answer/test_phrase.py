"""The phrase engine: values, optional parts, plurals, lists, dates and durations."""

from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.answer.phrase import (
    date_text,
    duration_text,
    joined,
    period_phrase,
    period_text,
    placed,
    say,
    series,
    with_article,
    words,
)
from app.domain import Language
from ingest.domain import PartialDate, Period

NOVEMBER = PartialDate(2024, 11)
JULY = PartialDate(2022, 7)


@pytest.mark.parametrize(
    ("key", "values", "text"),
    [
        (
            "email",
            {"in_source": "in the CV", "value": "a@b.org", "cite": "[1]"},
            "The e-mail address in the CV is a@b.org [1].",
        ),
        ("job_item", {"role": "Engineer", "cite": "[1]"}, "Engineer [1]"),
        ("job_item", {"role": "Engineer", "where": "at Ports", "cite": "[1]"}, "Engineer at Ports [1]"),
        (
            "job_item",
            {"role": "Engineer", "where": "at Ports", "period": "2020", "cite": "[1]"},
            "Engineer at Ports (2020) [1]",
        ),
        ("job_item", {"role": "Engineer", "where": "", "period": None, "cite": "[1]"}, "Engineer [1]"),
        ("job_list", {"source_cap": "The CV", "count": 1}, "The CV lists 1 position:"),
        ("job_list", {"source_cap": "The CV", "count": 2}, "The CV lists 2 positions:"),
        ("job_list", {"source_cap": "The CV", "count": 0}, "The CV lists 0 positions:"),
        ("since", {"date": "2020"}, "Since 2020"),
    ],
)
def test_a_phrase_takes_values_leaves_out_what_is_missing_and_counts(
    key: str, values: dict[str, str | int | None], text: str
) -> None:
    assert say("en", key, **values) == text


def test_a_value_that_a_phrase_needs_and_does_not_get_is_an_error() -> None:
    with pytest.raises(KeyError, match="value"):
        say("en", "email", in_source="in the CV", cite="")


def test_a_phrase_that_nobody_wrote_is_an_error() -> None:
    with pytest.raises(KeyError, match="no_such_phrase"):
        say("en", "no_such_phrase")


@pytest.mark.parametrize(
    "value", ["$name", "[optional]", "{count|one|many}", "$cite [$x] {a|b|c}", "50 $", "\\1 \\g<0>"]
)
def test_what_a_value_holds_is_never_read_as_a_template(value: str) -> None:
    assert say("en", "paper_item", title=value, details=value, cite="[1]", count=1) == f"“{value}” ({value}) [1]"


@given(st.text(max_size=40))
def test_any_value_comes_through_unchanged(value: str) -> None:
    assert say("en", "paper_item", title=value, details=None, cite="") == f"“{value}” "


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "The CV gives no phone number."),
        ("zh", "简历没有给出电话号码。"),
        ("de", "Der Lebenslauf nennt keine Telefonnummer."),
        ("fr", "Le CV ne donne pas de numéro de téléphone."),
        ("es", "El CV no da ningún número de teléfono."),
        ("pt", "O currículo não traz nenhum número de telefone."),
        ("it", "Il CV non riporta alcun numero di telefono."),
    ],
)
def test_every_language_has_its_own_phrases(language: Language, text: str) -> None:
    source = words(language, "source_cv")
    assert say(language, "refuse_no_phone", source=source, source_cap=source[:1].upper() + source[1:]) == text


@pytest.mark.parametrize(
    ("language", "counted"),
    [
        ("en", ["0 years", "1 year", "2 years"]),
        ("zh", ["0年", "1年", "2年"]),
        ("de", ["0 Jahre", "1 Jahr", "2 Jahre"]),
        ("fr", ["0 an", "1 an", "2 ans"]),
        ("es", ["0 años", "1 año", "2 años"]),
        ("pt", ["0 ano", "1 ano", "2 anos"]),
        ("it", ["0 anni", "1 anno", "2 anni"]),
    ],
)
def test_what_is_counted_takes_the_number_of_its_language(language: Language, counted: list[str]) -> None:
    assert [words(language, "years", count=n) for n in range(3)] == counted


@pytest.mark.parametrize(
    ("key", "values", "text"),
    [
        ("since", {"date": "2020"}, "since 2020"),
        ("source_cv", {}, "the CV"),
        ("rank_2", {}, "second"),
        ("at_org", {"organisation": "Ports"}, "at Ports"),
    ],
)
def test_a_part_of_a_sentence_begins_small(key: str, values: dict[str, str], text: str) -> None:
    assert words("en", key, **values) == text


@pytest.mark.parametrize(
    ("language", "items", "text"),
    [
        ("en", [], ""),
        ("en", ["a"], "a"),
        ("en", ["a", "b"], "a and b"),
        ("en", ["a", "b", "c"], "a, b and c"),
        ("zh", ["甲"], "甲"),
        ("zh", ["甲", "乙", "丙"], "甲、乙和丙"),
        ("de", ["a", "b", "c"], "a, b und c"),
        ("fr", ["a", "b", "c"], "a, b et c"),
        ("es", ["a", "b", "c"], "a, b y c"),
        ("es", ["Ana", "Inés"], "Ana e Inés"),
        ("es", ["Ana", "Hilda"], "Ana e Hilda"),
        ("es", ["Ana", "Yves"], "Ana e Yves"),
        ("es", ["Ana", "Yara"], "Ana y Yara"),
        ("es", ["Ana", "Ian"], "Ana y Ian"),
        ("es", ["Inés", "Ana", "Luis"], "Inés, Ana y Luis"),
        ("es", ["«Redes»", "«Islas»"], "«Redes» e «Islas»"),
        ("pt", ["a", "b", "c"], "a, b e c"),
        ("it", ["a", "b", "c"], "a, b e c"),
        ("it", ["Ada", "Elio"], "Ada ed Elio"),
    ],
)
def test_lists_are_joined_as_people_say_them(language: Language, items: list[str], text: str) -> None:
    assert joined(language, items) == text


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "a; b; c"),
        ("zh", "a；b；c"),
        ("de", "a; b; c"),
        ("fr", "a\u00a0; b\u00a0; c"),
        ("es", "a; b; c"),
        ("it", "a; b; c"),
    ],
)
def test_parts_with_commas_of_their_own_stand_between_semicolons(language: Language, text: str) -> None:
    assert series(language, ["a", "b", "c"]) == text
    assert series(language, ["a"]) == "a"
    assert series(language, []) == ""


@pytest.mark.parametrize("language", get_args(Language))
@given(items=st.lists(st.text(alphabet="$[]{}|\\ghi«“ 1é", min_size=1), max_size=4))
def test_a_list_holds_each_of_its_items_unchanged(language: Language, items: list[str]) -> None:
    text = joined(language, items)
    for item in items:
        assert item in text
        text = text[text.index(item) + len(item) :]


SPRING, WINTER = PartialDate(2021, 21), PartialDate(2022, 24)
DAY = PartialDate(2022, 11, 9)
FIRST = PartialDate(2019, 10, 1)


@pytest.mark.parametrize(
    ("date", "english", "chinese", "german", "french", "spanish", "portuguese", "italian"),
    [
        (PartialDate(2024), "2024", "2024年", "2024", "2024", "2024", "2024", "2024"),
        (
            NOVEMBER,
            "November 2024",
            "2024年11月",
            "November 2024",
            "novembre 2024",
            "noviembre de 2024",
            "novembro de 2024",
            "novembre 2024",
        ),
        (
            DAY,
            "November 9, 2022",
            "2022年11月9日",
            "9. November 2022",
            "9 novembre 2022",
            "9 de noviembre de 2022",
            "9 de novembro de 2022",
            "9 novembre 2022",
        ),
        (
            FIRST,
            "October 1, 2019",
            "2019年10月1日",
            "1. Oktober 2019",
            "1er octobre 2019",
            "1 de octubre de 2019",
            "1.º de outubro de 2019",
            "1º ottobre 2019",
        ),
        (
            PartialDate(None, 2, 3),
            "February 3",
            "2月3日",
            "3. Februar",
            "3 février",
            "3 de febrero",
            "3 de fevereiro",
            "3 febbraio",
        ),
        (PartialDate(None, 4), "April", "4月", "April", "avril", "abril", "abril", "aprile"),
        (
            SPRING,
            "spring 2021",
            "2021年春季",
            "Frühjahr 2021",
            "printemps 2021",
            "primavera de 2021",
            "primavera de 2021",
            "primavera 2021",
        ),
        (PartialDate(None), "", "", "", "", "", "", ""),
    ],
)
def test_a_date_is_told_to_its_own_precision(
    date: PartialDate, english: str, chinese: str, german: str, french: str, spanish: str, portuguese: str, italian: str
) -> None:
    told = {"en": english, "zh": chinese, "de": german, "fr": french, "es": spanish, "pt": portuguese, "it": italian}
    assert {language: date_text(language, date) for language in get_args(Language)} == told


@pytest.mark.parametrize(
    ("period", "short", "phrase", "chinese"),
    [
        (Period(NOVEMBER, current=True), "since November 2024", "since November 2024", "自2024年11月起"),
        (
            Period(JULY, NOVEMBER),
            "July 2022 – November 2024",
            "from July 2022 to November 2024",
            "2022年7月 – 2024年11月",
        ),
        (Period(PartialDate(2017), PartialDate(2017)), "2017", "in 2017", "2017年"),
        (Period(DAY, DAY), "November 9, 2022", "on November 9, 2022", "2022年11月9日"),
        (Period(JULY), "July 2022", "in July 2022", "2022年7月"),
        (Period(None, JULY), "until July 2022", "until July 2022", "至2022年7月"),
        (Period(None, current=True), "to the present", "to the present", "至今"),
    ],
)
def test_a_period_reads_alone_and_inside_a_sentence(period: Period, short: str, phrase: str, chinese: str) -> None:
    assert period_text("en", period) == short
    assert period_phrase("en", period) == phrase
    assert period_text("zh", period) == chinese


@pytest.mark.parametrize(
    ("language", "period", "phrase"),
    [
        ("zh", Period(JULY, NOVEMBER), "2022年7月至2024年11月"),
        ("de", Period(NOVEMBER, current=True), "seit November 2024"),
        ("de", Period(FIRST, current=True), "seit dem 1. Oktober 2019"),
        ("de", Period(JULY, NOVEMBER), "von Juli 2022 bis November 2024"),
        ("de", Period(FIRST, DAY), "vom 1. Oktober 2019 bis zum 9. November 2022"),
        ("de", Period(PartialDate(2016), PartialDate(2017)), "von 2016 bis 2017"),
        ("de", Period(PartialDate(2017), PartialDate(2017)), "im Jahr 2017"),
        ("de", Period(JULY, JULY), "im Juli 2022"),
        ("de", Period(DAY, DAY), "am 9. November 2022"),
        ("de", Period(SPRING), "im Frühjahr 2021"),
        ("de", Period(None, JULY), "bis Juli 2022"),
        ("de", Period(None, current=True), "bis heute"),
        ("fr", Period(NOVEMBER, current=True), "depuis novembre 2024"),
        ("fr", Period(FIRST, current=True), "depuis le 1er octobre 2019"),
        ("fr", Period(SPRING, current=True), "depuis le printemps 2021"),
        ("fr", Period(WINTER, current=True), "depuis l’hiver 2022"),
        ("fr", Period(JULY, NOVEMBER), "de juillet 2022 à novembre 2024"),
        ("fr", Period(PartialDate(2020, 8), PartialDate(2021, 4)), "d’août 2020 à avril 2021"),
        ("fr", Period(FIRST, DAY), "du 1er octobre 2019 au 9 novembre 2022"),
        ("fr", Period(SPRING, WINTER), "du printemps 2021 à l’hiver 2022"),
        ("fr", Period(PartialDate(2017), PartialDate(2017)), "en 2017"),
        ("fr", Period(DAY, DAY), "le 9 novembre 2022"),
        ("fr", Period(SPRING), "au printemps 2021"),
        ("fr", Period(None, JULY), "jusqu’en juillet 2022"),
        ("fr", Period(None, DAY), "jusqu’au 9 novembre 2022"),
        ("fr", Period(None, current=True), "jusqu’à aujourd’hui"),
        ("es", Period(NOVEMBER, current=True), "desde noviembre de 2024"),
        ("es", Period(FIRST, current=True), "desde el 1 de octubre de 2019"),
        ("es", Period(SPRING, current=True), "desde la primavera de 2021"),
        ("es", Period(JULY, NOVEMBER), "de julio de 2022 a noviembre de 2024"),
        ("es", Period(FIRST, DAY), "del 1 de octubre de 2019 al 9 de noviembre de 2022"),
        ("es", Period(SPRING, WINTER), "de la primavera de 2021 al invierno de 2022"),
        ("es", Period(PartialDate(2017), PartialDate(2017)), "en 2017"),
        ("es", Period(DAY, DAY), "el 9 de noviembre de 2022"),
        ("es", Period(None, JULY), "hasta julio de 2022"),
        ("es", Period(None, DAY), "hasta el 9 de noviembre de 2022"),
        ("es", Period(None, current=True), "hasta hoy"),
        ("pt", Period(NOVEMBER, current=True), "desde novembro de 2024"),
        ("pt", Period(JULY, NOVEMBER), "de julho de 2022 a novembro de 2024"),
        ("pt", Period(SPRING, WINTER), "da primavera de 2021 ao inverno de 2022"),
        ("pt", Period(JULY, JULY), "em julho de 2022"),
        ("pt", Period(None, JULY), "até julho de 2022"),
        ("pt", Period(None, current=True), "até hoje"),
        ("it", Period(NOVEMBER, current=True), "da novembre 2024"),
        ("it", Period(PartialDate(2019), current=True), "dal 2019"),
        ("it", Period(FIRST, current=True), "dal 1º ottobre 2019"),
        ("it", Period(JULY, NOVEMBER), "da luglio 2022 a novembre 2024"),
        ("it", Period(PartialDate(2016), PartialDate(2017)), "dal 2016 al 2017"),
        ("it", Period(JULY, PartialDate(2023, 8)), "da luglio 2022 ad agosto 2023"),
        ("it", Period(FIRST, DAY), "dal 1º ottobre 2019 al 9 novembre 2022"),
        ("it", Period(SPRING, WINTER), "dalla primavera 2021 all’inverno 2022"),
        ("it", Period(PartialDate(2017), PartialDate(2017)), "nel 2017"),
        ("it", Period(PartialDate(2020, 8)), "nell’agosto 2020"),
        ("it", Period(DAY, DAY), "il 9 novembre 2022"),
        ("it", Period(None, PartialDate(2017)), "fino al 2017"),
        ("it", Period(None, current=True), "fino a oggi"),
    ],
)
def test_a_period_takes_the_prepositions_of_its_language(language: Language, period: Period, phrase: str) -> None:
    assert period_phrase(language, period) == phrase


@pytest.mark.parametrize(
    ("language", "name", "text"),
    [
        ("fr", "Bo Lind", "de Bo Lind"),
        ("fr", "Ada Lind", "d’Ada Lind"),
        ("fr", "Élise Roy", "d’Élise Roy"),
        ("fr", "Yves Roy", "d’Yves Roy"),
        ("fr", "Yan Roy", "de Yan Roy"),
        ("de", "Ada Lind", "von Ada Lind"),
        ("es", "Ada Lind", "de Ada Lind"),
        ("pt", "Ada Lind", "de Ada Lind"),
        ("it", "Ada Lind", "di Ada Lind"),
        ("en", "Ada Lind", "Ada Lind’s"),
        ("zh", "林达", "林达的"),
    ],
)
def test_whose_something_is_stands_as_the_language_says_it(language: Language, name: str, text: str) -> None:
    assert words(language, "possessive", name=name) == text


@pytest.mark.parametrize(
    ("noun", "german", "french", "spanish"),
    [
        ("Ports Ltd", "bei Ports Ltd", "chez Ports Ltd", "en Ports Ltd"),
        ("Northlight Labs", "bei Northlight Labs", "chez Northlight Labs", "en Northlight Labs"),
        (
            "University of Bergen",
            "an der University of Bergen",
            "à l’University of Bergen",
            "en la University of Bergen",
        ),
        ("Ports University", "an der Ports University", "à la Ports University", "en la Ports University"),
        ("Institut für Meereskunde", "am Institut für Meereskunde", "à l’Institut für Meereskunde", None),
        ("Centre océanique", "am Centre océanique", "au Centre océanique", "en el Centre océanique"),
        ("École navale", "an der École navale", "à l’École navale", "en la École navale"),
        ("Forschungszentrum Küste", "am Forschungszentrum Küste", None, None),
        ("Ports University Hospital", "am Ports University Hospital", None, "en el Ports University Hospital"),
        ("Institute of Ice, Ports University", "am Institute of Ice, Ports University", None, None),
        ("The Ice Institute", "am Ice Institute", "à l’Ice Institute", "en el Ice Institute"),
        ("ETH Zürich", "an der ETH Zürich", "à l’ETH Zürich", "en la ETH Zürich"),
        ("Mit Ports", "bei Mit Ports", "chez Mit Ports", "en Mit Ports"),
    ],
)
def test_a_place_takes_the_preposition_and_article_of_its_noun(
    noun: str, german: str, french: str | None, spanish: str | None
) -> None:
    told: dict[Language, str | None] = {"de": german, "fr": french, "es": spanish, "en": f"at {noun}"}
    for language, text in told.items():
        if text:
            assert placed(language, "at_org", noun, place=None) == text


@pytest.mark.parametrize(
    ("language", "key", "noun", "text"),
    [
        ("de", "at_school", "Stanford", "in Stanford"),
        ("fr", "at_school", "Stanford", "à Stanford"),
        ("de", "at_venue", "International Conference on Ice", "auf der International Conference on Ice"),
        ("fr", "at_venue", "International Conference on Ice", "à l’International Conference on Ice"),
        ("es", "at_venue", "Workshop on Ice", "en el Workshop on Ice"),
        ("de", "at_venue", "ICE", "bei ICE"),
        ("pt", "at_org", "Ports University", "na Ports University"),
        ("pt", "at_org", "Centro do Gelo", "no Centro do Gelo"),
        ("pt", "at_venue", "Workshop on Ice", "no Workshop on Ice"),
        ("it", "at_org", "Ports Ltd", "presso Ports Ltd"),
        ("it", "at_org", "Università del Mare", "presso l’Università del Mare"),
        ("it", "at_org", "Scuola navale", "presso la Scuola navale"),
        ("it", "at_org", "Istituto del Ghiaccio", "presso l’Istituto del Ghiaccio"),
        ("it", "at_org", "Centro del Ghiaccio", "presso il Centro del Ghiaccio"),
        ("it", "at_venue", "International Conference on Ice", "all’International Conference on Ice"),
        ("it", "at_venue", "Workshop on Ice", "al Workshop on Ice"),
        ("en", "at_venue", "Workshop on Ice", "at Workshop on Ice"),
    ],
)
def test_a_school_a_venue_and_an_employer_have_prepositions_of_their_own(
    language: Language, key: str, noun: str, text: str
) -> None:
    assert placed(language, key, noun, place=None) == text


@pytest.mark.parametrize(
    ("months", "english", "chinese", "german", "french", "spanish", "portuguese", "italian"),
    [
        (0, "0 months", "0个月", "0 Monate", "0 mois", "0 meses", "0 mês", "0 mesi"),
        (1, "1 month", "1个月", "1 Monat", "1 mois", "1 mes", "1 mês", "1 mese"),
        (11, "11 months", "11个月", "11 Monate", "11 mois", "11 meses", "11 meses", "11 mesi"),
        (12, "1 year", "1年", "1 Jahr", "1 an", "1 año", "1 ano", "1 anno"),
        (
            13,
            "1 year and 1 month",
            "1年零1个月",
            "1 Jahr und 1 Monat",
            "1 an et 1 mois",
            "1 año y 1 mes",
            "1 ano e 1 mês",
            "1 anno e 1 mese",
        ),
        (
            29,
            "2 years and 5 months",
            "2年零5个月",
            "2 Jahre und 5 Monate",
            "2 ans et 5 mois",
            "2 años y 5 meses",
            "2 anos e 5 meses",
            "2 anni e 5 mesi",
        ),
        (
            34,
            "2 years and 10 months",
            "2年10个月",
            "2 Jahre und 10 Monate",
            "2 ans et 10 mois",
            "2 años y 10 meses",
            "2 anos e 10 meses",
            "2 anni e 10 mesi",
        ),
        (36, "3 years", "3年", "3 Jahre", "3 ans", "3 años", "3 anos", "3 anni"),
    ],
)
def test_a_duration_is_told_in_years_and_months(
    months: int, english: str, chinese: str, german: str, french: str, spanish: str, portuguese: str, italian: str
) -> None:
    told = {"en": english, "zh": chinese, "de": german, "fr": french, "es": spanish, "pt": portuguese, "it": italian}
    assert {language: duration_text(language, months) for language in get_args(Language)} == told


@pytest.mark.parametrize(
    ("noun", "text"),
    [
        ("Researcher", "a Researcher"),
        ("Engineer", "an Engineer"),
        ("Assistant Professor", "an Assistant Professor"),
        ("Ph.D. in Physics", "a Ph.D. in Physics"),
        ("M.Sc. in Physics", "an M.Sc. in Physics"),
        ("MSc in Physics", "an MSc in Physics"),
        ("B.S. in Physics", "a B.S. in Physics"),
        ("Undergraduate Assistant", "an Undergraduate Assistant"),
        ("University Lecturer", "a University Lecturer"),
        ("Head of Group", "a Head of Group"),
        ("AI Researcher", "an AI Researcher"),
        ("NLP Engineer", "an NLP Engineer"),
        ("Intern", "an Intern"),
        ("the Director", "the Director"),
        ("An Aide", "An Aide"),
    ],
)
def test_a_noun_gets_the_article_that_is_spoken(noun: str, text: str) -> None:
    assert with_article(noun) == text
