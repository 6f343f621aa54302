"""Other forms of what an entry prints, which a claim may take: own names, years, leads, labels, names of things, results."""

import pytest

from app.answer.claim.implied import Statement
from app.answer.claim.retold import is_retold


@pytest.mark.parametrize("own", [{"ada", "a", "noor"}, {"ada", "de", "la", "cruz"}])
def test_an_initial_or_a_particle_alone_names_nobody(own: set[str]) -> None:
    line = Statement("I run a lab de la Sierra in Lima; I hold no shares.", "sentence", 3)
    assert is_retold("She runs a lab de la Sierra in Lima; she holds no shares.", [line], frozenset(own))
    assert is_retold(
        "Ada runs a lab de la Sierra in Lima.", [Statement("I run a lab de la Sierra in Lima.")], frozenset(own)
    )


@pytest.mark.parametrize(
    ("claim", "is_told"),
    [
        ("“Does peat drift?” is a preprint, in review since Nov 2024.", True),
        ("“Does peat drift?” is a preprint 2024, in review.", True),
        ("“Does peat drift?” is in review.", False),
    ],
)
def test_a_year_may_be_left_out_before_a_comma(claim: str, is_told: bool) -> None:
    row = Statement("“Does peat drift?” (preprint 2024, in review since Nov 2024)", "row")
    assert is_retold(claim, [row], frozenset()) is is_told


@pytest.mark.parametrize(
    ("claim", "is_told"),
    [
        ("Her positions include Keeper at the Harbour Library (2014 – 2019).", True),
        ("Her awards include Keeper at the Harbour Library (2014 – 2019).", False),
    ],
)
def test_posts_may_be_led_in_to_in_other_words(claim: str, is_told: bool) -> None:
    rows = [
        Statement("Earlier positions", "lead"),
        Statement("Archivist at Lowmere (2010 – 2014)", "row"),
        Statement("Keeper at the Harbour Library (2014 – 2019)", "row"),
    ]
    assert is_retold(claim, rows, frozenset({"ada"})) is is_told


@pytest.mark.parametrize(
    ("claim", "is_told"),
    [
        ("The supervisor of her PhD in Maps, Northlab University, was Prof. Jon Brix.", True),
        ("For her PhD in Maps, Northlab University, the supervisor was Prof. Jon Brix.", True),
        ("The supervisor of her PhD in Maps, Northlab University, was Prof. Ute Kern.", False),
        ("For her PhD in Maps, Northlab University, the supervisor was Prof. Ute Kern.", False),
    ],
)
def test_the_full_stop_of_a_title_parts_no_name_from_its_label(claim: str, is_told: bool) -> None:
    entry = "PhD in Maps, Northlab University, 2018\nSupervisor: Prof. Jon Brix. External examiner: Prof. Ute Kern."
    assert is_retold(claim, [Statement(entry, "degree", 3)], frozenset({"ada"})) is is_told


@pytest.mark.parametrize(
    ("claim", "is_told"),
    [
        ("The thesis was “Sorting peat by ear”.", True),
        ("The thesis of the PhD was “Sorting peat by ear”.", True),
        ("The book was “Sorting peat by ear”.", False),
        ("The thesis was “Hearing bogs”.", False),
        ("The prize was “Sorting peat by ear”.", False),
    ],
)
def test_what_a_quoted_name_is_the_name_of(claim: str, is_told: bool) -> None:
    entry = "PhD, Northlab University, 2018. Thesis: “Sorting peat by ear”. Book: “Hearing bogs”"
    assert is_retold(claim, [Statement(entry, "degree", 3)], frozenset({"ada"})) is is_told


@pytest.mark.parametrize(
    ("claim", "line", "is_told"),
    [
        ("For 301 patients there was no difference (RR 0.93).", "For 301 patients, no difference (RR 0.93).", True),
        ("Chez 301 patients, il n'y avait pas de différence.", "Chez 301 patients, pas de différence.", True),
        ("For 301 patients there was a difference (RR 0.93).", "For 301 patients, no difference (RR 0.93).", False),
    ],
)
def test_a_result_without_a_verb(claim: str, line: str, is_told: bool) -> None:
    assert is_retold(claim, [Statement(line, "sentence", 3)], frozenset({"ada"})) is is_told


@pytest.mark.parametrize(
    ("claim", "is_told"),
    [
        ("The paper “Peat by ear” by Kofi Odum & Ada Noor (2021) recommends ears for bogs, not for rivers.", True),
        ("“Peat by ear” (2021) recommends ears for bogs, not for rivers.", True),
        ("“Peat by ear” (2022) recommends ears for bogs, not for rivers.", False),
        ("The paper “Peat by ear” by Ada Noor & Kofi Odum (2021) recommends ears for bogs, not for rivers.", False),
    ],
)
def test_authors_and_year_behind_a_title(claim: str, is_told: bool) -> None:
    lines = [
        Statement("Peat by ear\nKofi Odum & Ada Noor (2021), Bog Letters 3", "row", 4),
        Statement("We recommend ears for bogs, not for rivers.", "sentence", 3),
        Statement("Peat by ear", "head", 3),
    ]
    assert is_retold(claim, lines, frozenset({"ada", "noor"})) is is_told


@pytest.mark.parametrize(
    ("claim", "is_told"),
    [
        ('La tesis "Oír turberas" fue dirigida por Eulalia Brix.', True),
        ('La tesis "Oír turberas" fue dirigida por Ute Kern.', False),
        ("El perfil menciona el Premio Noor 2002, compartido con Tomás Odum.", True),
        ("El perfil menciona el Premio Noor 2004.", False),
    ],
)
def test_spanish_participles_and_articles(claim: str, is_told: bool) -> None:
    lines = [
        Statement('Doctor en Historia, 1988; tesis "Oír turberas", dirigida por Eulalia Brix', "row", 3),
        Statement("Premios. Premio Noor 2002, compartido con Tomás Odum", "row", 4),
    ]
    assert is_retold(claim, lines, frozenset({"ada"})) is is_told


@pytest.mark.parametrize(
    "claim",
    [
        "Der Aufsatz sagt: „Only eleven women were ever listed as observers“.",
        "Weiter heißt es: „Only eleven women were ever listed as observers“.",
        "L'article dit : « Only eleven women were ever listed as observers ».",
        "Il dit aussi : « Only eleven women were ever listed as observers ».",
        "El artículo dice: «Only eleven women were ever listed as observers».",
        "L'articolo dice: «Only eleven women were ever listed as observers».",
        "O artigo diz: «Only eleven women were ever listed as observers».",
        "Im Profil von Ada Noor steht: „Only eleven women were ever listed as observers“.",
        "The profile of Ada Noor says: “Only eleven women were ever listed as observers”.",
    ],
)
def test_quotations_are_led_in_to_in_many_words(claim: str) -> None:
    line = Statement("Only eleven women were ever listed as observers in their own right.", "sentence", 3)
    assert is_retold(claim, [line], frozenset({"ada", "noor"}))
    assert not is_retold(claim.replace("eleven", "seven"), [line], frozenset({"ada", "noor"}))


@pytest.mark.parametrize(
    ("claim", "is_told"),
    [
        ("Er schreibt: „Romane und Gedichte über das Moor“.", True),
        ("Er schreibt Romane und Gedichte über das Moor.", False),
        ("Il écrit « Romane und Gedichte über das Moor ».", True),
        ("Dice «Romane und Gedichte über das Moor».", True),
        ("Dice Romane und Gedichte über das Moor.", False),
    ],
)
def test_what_the_person_may_do_leads_in_to_a_quotation_only(claim: str, is_told: bool) -> None:
    line = Statement("Romane und Gedichte über das Moor", "sentence", 3)
    assert is_retold(claim, [line], frozenset({"ada", "noor"})) is is_told


@pytest.mark.parametrize(
    ("claim", "is_told"),
    [
        ("Le profil mentionne comme refusés l'Appel des Tourbières (2019).", True),
        ("Le profil mentionne comme refusés : l'Appel des Tourbières (2019).", True),
        ("Le profil mentionne comme obtenus l'Appel des Tourbières (2019).", False),
    ],
)
def test_a_list_may_be_led_in_to_by_its_label_in_one_word(claim: str, is_told: bool) -> None:
    line = Statement("Refusés: l'Appel des Tourbières (2019)", "sentence", 3)
    assert is_retold(claim, [line], frozenset({"ada", "noor"})) is is_told


@pytest.mark.parametrize(
    ("claim", "is_told"),
    [
        ("The interests of Ada Noor are peat and tides.", True),
        ("The interests of Kofi Odum are peat and tides.", False),
        ("Contrary to the authors' expectation, age had no effect.", True),
        ("Elle ne fait plus de recherche.", True),
    ],
)
def test_whose_it_is_may_be_said(claim: str, is_told: bool) -> None:
    lines = [
        Statement("The interests are peat and tides.", "sentence", 3),
        Statement("Contrary to our expectation, age had no effect.", "sentence", 4),
        Statement("Je ne fais plus de recherche.", "sentence", 5),
    ]
    assert is_retold(claim, lines, frozenset({"ada", "noor"})) is is_told
