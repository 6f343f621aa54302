"""Questions in other languages, read as English by the dictionaries."""

import re
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.language.gloss import gloss, language_of
from app.language.glossary import LANGUAGES, glossary, split
from prompts import load_examples

FILES = {code: load_examples(f"glossary-{code}.yaml") for code in LANGUAGES}
PHRASES = [
    (code, str(english), str(phrase))
    for code, data in FILES.items()
    for part in ("frames", "terms")
    for english, phrases in data[part].items()
    for phrase in phrases
]

DETECTED = [
    ("de", "Wo arbeitet er?"),
    ("de", "Und 2023?"),
    ("de", "wer war sein doktorvater"),
    ("de", "Publikationen?"),
    ("de", "Forschungsschwerpunkte"),
    ("de", "Hat Ada Rossi in Harvard promoviert?"),
    ("de", "Was hat er bei Google Research gemacht?"),
    ("de", "Hat er papers zu reinforcement learning?"),
    ("de", "Welche Paper hat sie auf der NeurIPS?"),
    ("de", "Worum geht es in Attention Is All You Need?"),
    ("de", "Wie viele Veroeffentlichungen gibt es?"),
    ("de", "hallo"),
    ("fr", "Où travaille-t-il ?"),
    ("fr", "Et en 2023 ?"),
    ("fr", "Qui est-elle ?"),
    ("fr", "ou a-t-il etudie"),
    ("fr", "Quels articles a-t-elle publiés avec John Smith ?"),
    ("fr", "Qu'a-t-il fait chez Deep Mind ?"),
    ("fr", "Parle-t-il anglais ?"),
    ("fr", "merci"),
    ("es", "¿Dónde trabaja?"),
    ("es", "donde trabaja"),
    ("es", "¿Y en 2023?"),
    ("es", "y en 2023"),
    ("es", "cuantos articulos tiene"),
    ("es", "¿Está casado?"),
    ("es", "Háblame de machine learning en su trabajo"),
    ("pt", "Onde ela trabalha?"),
    ("pt", "E em 2023?"),
    ("pt", "quantos artigos publicou"),
    ("pt", "Quais são as publicações dele na Nature?"),
    ("pt", "Ele já trabalhou no Google?"),
    ("it", "Dove lavora?"),
    ("it", "E nel 2023?"),
    ("it", "Chi è?"),
    ("it", "Ha scritto qualcosa con Mary Jones?"),
    ("it", "perche"),
    ("it", "Qual è il suo indirizzo e-mail?"),
    ("nl", "Waar werkt hij?"),
    ("nl", "En in 2023?"),
    ("nl", "Wie is zij?"),
    ("nl", "Heeft hij aan reinforcement learning gewerkt?"),
    ("nl", "Hoeveel artikelen zijn er?"),
    ("zh", "他在哪里工作？"),
    ("zh", "她会英语吗"),
    ("zh", "他有哪些 reinforcement learning 的 paper？"),
    ("zh", "他在 Google 做什么"),
    ("zh", "他會說德語嗎？"),
    ("ja", "彼はどこで働いていますか？"),
    ("ja", "論文は？"),
    ("ja", "学歴"),
    ("ja", "Googleでは何をしていましたか"),
    ("en", "Where does he work?"),
    ("en", "And in 2023?"),
    ("en", "Publications?"),
    ("en", "curriculum"),
    ("en", "hobbies"),
    ("en", "Patents"),
    ("en", "ICLR"),
    ("en", "NeurIPS 2023"),
    ("en", "Transformer"),
    ("en", "van Gogh"),
    ("en", "Jean de la Fontaine"),
    ("en", "papers with Juan de la Cierva"),
    ("en", "Who is Ludwig van der Berg?"),
    ("en", "What did she publish in Die Zeit?"),
    ("en", "Did she study at El Colegio de México?"),
    ("en", "What is Auf dem Weg zur Einheit about?"),
    ("en", "What does “Les Misérables et la ville” say?"),
    ("en", "Who is 中村太郎?"),
    ("en", "Has she worked with 刘洋 before?"),
    ("en", "any work on compilers"),
    ("en", "list his solo papers"),
    ("en", "was he in Rome"),
    ("en", "no"),
    ("en", ""),
    ("en", "?"),
    ("en", "12345"),
    ("en", "Gdzie on pracuje?"),
    ("en", "Var arbetar han nu?"),
    ("en", "Где он работает?"),
]


@pytest.mark.parametrize(("code", "question"), DETECTED, ids=[question for _, question in DETECTED])
def test_a_question_is_known_by_its_language(code: str, question: str) -> None:
    assert language_of(question) == code


GLOSSED = [
    ("de", "Wo arbeitet er jetzt?", "where does he work now?"),
    ("de", "Hat er zu bestärkendem Lernen gearbeitet?", "has he worked on reinforcement learning?"),
    ("de", "Wie viele Artikel hat sie seit 2020 veröffentlicht?", "how many articles has he published since 2020?"),
    ("de", "Wer hat seine Doktorarbeit betreut?", "who has supervised his doctoral thesis?"),
    ("de", "Welche Programmiersprachen beherrscht sie?", "which programming languages does he know?"),
    ("de", "Spricht er Englisch?", "does he speak English?"),
    ("fr", "Où travaille-t-il ?", "where does he work?"),
    ("fr", "Qu'est-ce qu'il a publié sur l'apprentissage automatique ?", "what he has published on the machine learning?"),
    ("fr", "Est-elle mariée ?", "is he married?"),
    ("fr", "Combien de livres a-t-elle écrits ?", "how many books has he written?"),
    ("fr", "Quels sont ses centres d'intérêt ?", "what are his interests?"),
    ("es", "¿Dónde hizo el doctorado?", "where did he do his phd?"),
    ("es", "¿Habla alemán?", "does he speak German?"),
    ("es", "¿Qué premios ha ganado?", "what prizes has he won?"),
    ("es", "¿Quién escribió su tesis doctoral?", "who wrote his doctoral thesis?"),
    ("pt", "Onde ela trabalha?", "where does he work?"),
    ("pt", "Quantos artigos ele publicou em 2023?", "how many articles did he publish in 2023?"),
    ("pt", "Qual é a publicação mais recente dele?", "what is his latest publication?"),
    ("it", "Qual è la sua lingua madre?", "what is his native language?"),
    ("it", "Ha mai lavorato in Germania?", "has he ever worked in Germany?"),
    ("it", "articoli dal 2020", "articles since 2020"),
    ("nl", "Waar heeft hij gestudeerd?", "where has he studied?"),
    ("nl", "Wat zijn haar onderzoeksinteresses?", "what are his research interests?"),
    ("nl", "Hoe oud is ze?", "how old is he?"),
    ("zh", "他会说德语吗？", "he speak German?"),
    ("zh", "她有没有研究过中世纪教会史？", "has he researches middle ages church history?"),
    ("zh", "2019年到2021年之间的论文", "between 2019 and 2021 papers"),
    ("zh", "最近3年", "last 3 years"),
    ("zh", "他現在在哪裡工作？", "where does he work now?"),
    ("ja", "博士論文のタイトルは何ですか？", "what doctoral thesis title?"),
    ("ja", "強化学習に関する論文はありますか？", "has he papers about reinforcement learning?"),
    ("ja", "過去3年間の論文", "past 3 years papers"),
]  # fmt: skip


@pytest.mark.parametrize(("code", "question", "english"), GLOSSED, ids=[question for _, question, _ in GLOSSED])
def test_a_question_reads_as_english(code: str, question: str, english: str) -> None:
    assert gloss(question, code).text == english
    assert gloss(question, code).share == 1


TOPICS = [
    ("machine translation", "maschinelle Übersetzung", "traduction automatique", "traducción automática", "tradução automática",
     "traduzione automatica", "machinevertaling", "机器翻译", "機械翻訳"),
    ("partial differential equations", "partielle Differentialgleichungen", "équations aux dérivées partielles", "ecuaciones en derivadas parciales",
     "equações diferenciais parciais", "equazioni alle derivate parziali", "partiële differentiaalvergelijkingen", "偏微分方程", "偏微分方程式"),
    ("climate change", "Klimawandel", "changement climatique", "cambio climático", "mudanças climáticas", "cambiamento climatico",
     "klimaatverandering", "气候变化", "気候変動"),
    ("criminal law", "Strafrecht", "droit pénal", "derecho penal", "direito penal", "diritto penale", "strafrecht", "刑法", "刑法"),
    ("catalysis", "Katalyse", "catalyse", "catálisis", "catálise", "catalisi", "katalyse", "催化", "触媒"),
    ("middle ages", "Mittelalter", "Moyen Âge", "Edad Media", "Idade Média", "Medioevo", "middeleeuwen", "中世纪", "中世"),
    ("surgery", "Chirurgie", "chirurgie", "cirugía", "cirurgia", "chirurgia", "chirurgie", "外科", "外科"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("code", "topic", "english"),
    [(code, topic, row[0]) for row in TOPICS for code, topic in zip(LANGUAGES, row[1:], strict=True)],
)
def test_a_subject_has_its_english_name_in_every_language(code: str, topic: str, english: str) -> None:
    assert gloss(topic, code).text == english


@pytest.mark.parametrize(
    ("code", "written"),
    [
        ("de", "Veroeffentlichungen"),
        ("de", "VERÖFFENTLICHUNG"),
        ("fr", "publiees"),
        ("es", "articulos"),
        ("it", "universita"),
        ("pt", "publicacoes"),
    ],
)
def test_missing_accents_capitals_and_endings_do_not_matter(code: str, written: str) -> None:
    assert gloss(written, code).share == 1
    assert gloss(written, code).text != written


@pytest.mark.parametrize(
    ("code", "compound", "english"),
    [
        ("de", "Migrationsforschung", "migration research"),
        ("de", "Klimamodelle", "climate models"),
        ("de", "Kirchenrecht", "church law"),
        ("nl", "klimaatmodellen", "climate models"),
        ("de", "Blockflötenbau", "Blockflötenbau"),
    ],
)
def test_a_compound_of_two_known_parts_is_taken_apart(code: str, compound: str, english: str) -> None:
    assert gloss(compound, code).text == english


@pytest.mark.parametrize(
    ("code", "question", "name"),
    [
        ("de", "Hat er mit Ottilie Zwirner gearbeitet?", "Ottilie Zwirner"),
        ("fr", "A-t-il travaillé à la Société Zéphyr de Brest ?", "Société Zéphyr de Brest"),
        ("es", "¿Estudió en la Universidad de Zarza?", "Universidad de Zarza"),
        ("nl", "Studeerde hij aan de Universiteit van Zwaag?", "Universiteit van Zwaag"),
        ("it", "Ha lavorato con Ugo dell'Orto?", "Ugo dell'Orto"),
        ("pt", "Ele conhece WMT21?", "WMT21"),
        ("zh", "她研究瞿罡吗？", "瞿罡"),
        ("ja", "シュレディンガーについて教えて", "シュレディンガー"),
    ],
)
def test_what_the_dictionary_does_not_know_stays(code: str, question: str, name: str) -> None:
    found = gloss(question, code)
    assert name in found.text
    assert found.share < 1 or not name.isalpha()


@pytest.mark.parametrize(
    ("code", "question", "english"),
    [
        ("de", "Worum geht es in „Der Weg zur Arbeit“?", 'tell me about "Der Weg zur Arbeit"?'),
        ("fr", "De quoi parle « La ville et la guerre » ?", 'tell me about "La ville et la guerre"?'),
        ("zh", "谁写了《机器学习的历史》？", 'who wrote "机器学习的历史"?'),
        ("ja", "「機械学習の歴史」の著者は誰ですか？", 'who "機械学習の歴史" authors?'),
    ],
)
def test_what_stands_in_quotes_stays_in_english_quotes(code: str, question: str, english: str) -> None:
    assert gloss(question, code).text == english
    assert gloss(question, code).share == 1


def test_a_name_of_the_record_stays_where_the_dictionary_knows_its_words() -> None:
    question = "Wer hat Arbeit und Recht in Berlin geschrieben?"
    start = question.index("Arbeit")
    assert gloss(question, "de").text == "who has written work and law in Berlin?"
    kept = gloss(question, "de", [(start, start + len("Arbeit und Recht"))])
    assert kept.text == "who has written Arbeit und Recht in Berlin?"


def test_the_share_counts_what_is_to_be_rendered() -> None:
    assert gloss("Wo arbeitet Zwirner 2023?", "de").share == pytest.approx(2 / 3)
    assert gloss("Wo arbeitet Zwirner 2023?", "de", [(12, 19)]).share == 1
    assert gloss("她研究瞿罡", "zh").share == pytest.approx(3 / 5)
    assert gloss("Zwirner", "de", [(0, 7)]).share == 1
    assert gloss("Zwirner", "de").share == 0


@pytest.mark.parametrize("language", ["en", "pl", ""])
def test_a_question_in_english_or_an_unknown_language_stays(language: str) -> None:
    assert gloss("Where does  he work ?", language).text == "Where does  he work ?"
    assert gloss("Where does  he work ?", language).share == 1


WORDS = [phrase for _, _, phrase in PHRASES[::41]] + [
    "Google",
    "2023",
    "?",
    ",",
    "l'",
    "“",
    "»",
    "\U000f0001",
    "Zwirner-Brot",
]


@given(
    language=st.sampled_from([*LANGUAGES, "en"]),
    parts=st.lists(st.sampled_from(WORDS) | st.text(max_size=8), max_size=9),
    marks=st.data(),
)
def test_kept_ranges_survive_verbatim_and_once(language: str, parts: list[str], marks: st.DataObject) -> None:
    text = " ".join(parts)
    starts = sorted(marks.draw(st.sets(st.integers(0, max(0, len(text) - 1)), max_size=3)))
    keep = [
        (start, end)
        for start, after in zip(starts, [*starts[1:], len(text)][: len(starts)], strict=True)
        if start < (end := min(after, start + 6))
    ]
    found = gloss(text, language, keep)
    kept = Counter(text[start:end] for start, end in keep)
    assert all(found.text.count(piece) >= times for piece, times in kept.items())
    assert 0 <= found.share <= 1


@given(st.text(max_size=40))
def test_every_text_has_a_language(text: str) -> None:
    assert language_of(text) in {*LANGUAGES, "en"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_glossary_has_words_under_every_key(code: str) -> None:
    data = FILES[code]
    assert all(
        phrases and all(str(p).strip() for p in phrases)
        for part in ("frames", "terms")
        for phrases in data[part].values()
    )
    assert all(str(english).strip() for english in data["terms"])
    assert len(data["terms"]) > 600
    assert (LANGUAGES[code] is None) or len(data["function"]) > 50


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_phrase_has_one_meaning_in_its_language(code: str) -> None:
    elisions = glossary(code).elisions
    phrases = [tuple(w.lower() for w, _, _ in split(p, elisions)) or p for c, _, p in PHRASES if c == code]
    assert [phrase for phrase, times in Counter(phrases).items() if times > 1] == []


def test_the_glossaries_speak_of_the_same_things() -> None:
    """What is missing is what the language says as English does, or does not tell apart."""
    times = Counter(english for data in FILES.values() for english in data["terms"])
    assert len(times) > 700
    assert sorted(english for english, count in times.items() if count < 3) == []
    assert sum(times.values()) > 0.97 * len(times) * len(FILES)


@pytest.mark.parametrize("code", LANGUAGES)
def test_rules_of_order_use_the_groups_they_have(code: str) -> None:
    for pattern, words in glossary(code).order:
        assert all(int(group) <= pattern.groups for group in re.findall(r"\\(\d)", words))


@pytest.mark.parametrize(("code", "english", "phrase"), PHRASES[::29])
def test_a_phrase_of_a_glossary_is_found(code: str, english: str, phrase: str) -> None:
    assert gloss(phrase, code).share == 1
