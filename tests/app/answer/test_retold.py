"""A sentence that only repeats true ones, shortened or joined, is told by them; one that mixes them, or leaves out what limits them, is not."""

import pytest

from app.answer.claim.implied import Statement
from app.answer.claim.language import claim_language
from app.answer.claim.retold import is_retold

OWN = frozenset({"lina", "haug"})
POST = Statement("Lina Haug was a Data Engineer at Kitebox, Pune, from May 2016 to July 2019.", "sentence", 1)
ENTRY = Statement("Data Engineer, Kitebox, Pune\n05/2016 – 07/2019", "row", 1)
DUTY = Statement("Moved 3.5 TB of orders to a new store, with two colleagues.", "sentence", 1, ENTRY.text)
HEAD = Statement("Data Engineer, Kitebox", "head", 1)
NOW = Statement("Lina Haug is a Reader at Northsea University, since March 2021.", "sentence", 2)
MENTORS = Statement("Mentor two junior analysts", "sentence", 2, "Reader, Northsea University, since March 2021")
PAPER = Statement(
    "In this paper, we introduce SoftClasp, a gripper that feels its own pressure and bruises 3 % of the fruit.",
    "sentence",
    3,
)
TITLE = Statement("Grasping Soft Fruit", "head", 3)
PRIZE = Statement("Golden Eel Prize, Nordic Society of Ecology, 2020", "honour", 4)
NOMINATED = Statement("Nominated for the Teacher of the Year, 2022", "honour", 5)
LEFT = Statement("MBA, Castle School, 2019 – 2020 (discontinued after two terms)", "degree", 6)
LEAD = Statement("Earlier positions", "lead")
ROWS = (
    Statement("Software Engineer at Tidewater, Chennai (July 2012 – December 2014)", "row"),
    Statement("Intern at Coralworks, Kochi (summer 2011)", "row"),
)
FORMER = Statement("Previously, I was a visiting lecturer at Peat College.", "about", 7)
COURSE = Statement("It was featured on the evening news.", "about", 8)
GRANT = Statement("Lugworm immunity. Shore Foundation. DKK 3,200,000. Role: co-PI (PI: Maja Brandt)", "row", 9)
ABOUT = Statement("Backend engineer with ten years in design and testing of payment systems.", "about", 10)
GERMAN = Statement("Mein zweites Arbeitsgebiet ist die digitale Edition von Briefnetzwerken.", "about", 11)
FIRST = Statement("Zurzeit arbeite ich an einer Sprachkarte, die ich im Herbst einreiche.", "about", 12)
THESIS = Statement("PhD in Physics, Northsea University\nSupervisor: Ada Brix; co-supervisor: Udo Kern", "degree", 13)
RANK = Statement("Mechanical Engineer I, Halyard Pumps, 08/2013 – 05/2016", "row", 14)
HALF = (
    Statement("Postdoctoral researcher at Millbrook (2019 – 2021)", "row"),
    Statement("Postdoctoral researcher (50 %) at Tidewater (2018)", "row"),
)
SHARE = Statement("HAIL-2, co-lead, EUR 2.1 million in all, of which EUR 190,000 for package 3, 2024–2028", "row", 15)
FOUNDERS = Statement("We began with three founders: Ola Kade (now CEO) and two others.", "about", 16)
TALK = Statement("Keynote, Peat Days, Leiden, 2020 (cancelled)", "row", 17)
NOT_FULL = Statement("She is not a full professor of peat.", "about", 18)
REFEREE = Statement("Noa Brandt, main supervisor, Northsea University", "sentence", 19)
MYSELF = Statement("No doctoral students, since I do not hold a doctorate myself.", "about", 21)
SQUARE = Statement("In January 2023 we had calculated 48 hours.", "about", 22)
YEARS = Statement("In normal years 71 % were kept; in dry ones 52 %, at a third of the memory.", "about", 23)
FAMILY = Statement("She studies the family history of millers.", "about", 20)
STARTED = Statement("BSc Chemistry, Peat College, 2001 – 2003, withdrew after two terms", "degree", 24)
FIELD = Statement("Ich arbeite zur Geschichte der Brunnen.", "about", 25)
CELLS = Statement("HX-7 housing\t2020–2021\tTechnical lead\tReturns down", "row", 26)
LABEL = Statement("Reviewer: Peat Letters, Journal of Bogs", "about", 27)
SKILLS, TOOLS = Statement("Skills", "head", 28), Statement("Python, Rust, SQL", "row", 28)
SECOND = Statement("PhD students, second supervisor: Noa Brandt (left the programme in 2019)", "sentence", 29)
MEMORY = Statement("Friction restores memory, whereas noise never does.", "sentence", 3)
HONOURS = (
    Statement("Among the distinctions", "lead"),
    Statement("Bog Medal (2019)", "row"),
    Statement("Fen Prize (2021)", "row"),
)
TOGETHER = Statement("Kade O, Brix A. Sorting peat without labels. Peat Letters 2025.", "sentence")
DECADE = Statement(
    "Postdoctoral fellow, Fen Institute, Umeå",
    "row",
    30,
    "Postdoctoral fellow, Fen Institute, Umeå, May 2015 – August 2019",
)
DECADE_AT = Statement("May 2015 – August 2019", "date", 30)
TERM = Statement("12 loggers installed; one paper submitted in 2019", "about", 31)
OURS = Statement("We failed our audit twice.", "about", 32)
ALL = (
    STARTED, FIELD, CELLS, LABEL, SKILLS, TOOLS, SECOND, MEMORY, *HONOURS, TOGETHER, DECADE, DECADE_AT, TERM, OURS,
    POST, ENTRY, DUTY, HEAD, NOW, MENTORS, PAPER, TITLE, PRIZE, NOMINATED, LEFT, LEAD, *ROWS, FORMER, COURSE, GRANT, ABOUT, GERMAN, FIRST, THESIS, RANK,
    *HALF, SHARE, FOUNDERS, TALK, NOT_FULL, REFEREE, FAMILY, MYSELF, SQUARE, YEARS,
)  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "Lina Haug was a Data Engineer at Kitebox, Pune, from May 2016 to July 2019.",
        "She was a Data Engineer at Kitebox (May 2016 – July 2019).",
        "They were a Data Engineer at Kitebox.",
        "From May 2016 to July 2019 she was a Data Engineer at Kitebox, Pune.",
        "She moved 3.5 TB of orders to a new store.",
        "At Kitebox she moved 3.5 TB of orders to a new store, with two colleagues.",
        "As a Data Engineer at Kitebox, she moved 3.5 TB of orders to a new store.",
        "Since March 2021 she has been a Reader at Northsea University.",
        "She mentors two junior analysts.",
        "The paper introduces SoftClasp, a gripper that feels its own pressure.",
        "SoftClasp is a gripper that feels its own pressure.",
        "“Grasping Soft Fruit” introduces SoftClasp.",
        "She received the Golden Eel Prize of the Nordic Society of Ecology in 2020.",
        "Earlier positions are Software Engineer at Tidewater, Chennai (July 2012 – December 2014) and Intern at Coralworks, Kochi.",
        "The CV lists Nominated for the Teacher of the Year, 2022.",
        "She was nominated for the Teacher of the Year, 2022.",
        "The CV says “Mein zweites Arbeitsgebiet ist die digitale Edition von Briefnetzwerken.”",
        "She is a backend engineer with ten years in design and testing of payment systems.",
        "Zurzeit arbeitet sie an einer Sprachkarte, die sie im Herbst einreicht.",
        "The supervisor of her PhD in Physics, Northsea University, was Ada Brix; the co-supervisor was Udo Kern.",
        "She was a Mechanical Engineer I, Halyard Pumps, from August 2013 to May 2016.",
        "Ola Kade is now CEO.",
        "The CV lists “Golden Eel Prize, Nordic Society of Ecology, 2020” and “Nominated for the Teacher of the Year, 2022”.",
        "She studies the family history of millers.",
        "For the MBA at Castle School the CV says “discontinued after two terms”.",
        "She does not hold a doctorate herself.",
        "In January 2023 they had calculated 48 hours.",
        "She withdrew after two terms.",
        "Sie arbeitet zur Geschichte der Brunnen.",
        "On the HX-7 housing, 2020–2021, she was Technical lead.",
        "As reviewer the CV lists Peat Letters and Journal of Bogs.",
        "Her skills are Python and SQL.",
        "The paper shows that friction restores memory, whereas noise never does.",
        "Among the distinctions: Bog Medal (2019) and Fen Prize (2021).",
        "She was a Postdoctoral fellow, Fen Institute, Umeå, in September 2016.",
        "One paper was submitted in 2019.",
        "They failed their audit twice.",
        "Unter Skills nennt das Profil „Python, Rust, SQL“.",
        "It lists “Bog Medal (2019)”.",
    ],
)
def test_what_is_repeated_shortened_or_joined_is_retold(text: str) -> None:
    assert is_retold(text, ALL, OWN)


@pytest.mark.parametrize(
    "text",
    [
        "She has been a Data Engineer at Kitebox since May 2016.",
        "She is a Data Engineer at Kitebox, Pune.",
        "She was a Data Engineer at Kitebox, Pune, from May 2016 to December 2014.",
        "She was a Software Engineer at Tidewater, Chennai (summer 2011).",
        "She was an Intern at Tidewater, Chennai.",
        "At Northsea University she moved 3.5 TB of orders to a new store.",
        "She is a visiting lecturer at Peat College.",
        "Lina Haug was featured on the evening news.",
        "She received the Teacher of the Year, 2022.",
        "She took an MBA at Castle School.",
        "She was PI of Lugworm immunity, Shore Foundation.",
        "Maja Brandt was co-PI of Lugworm immunity.",
        "She is a backend engineer with ten years in testing of payment systems.",
        "The paper introduces SoftClasp, a gripper that bruises 3 % of the fruit more.",
        "She has never been a Reader at Northsea University.",
        "The CV says “Mein zweites Arbeitsgebiet ist die digitale Edition von Briefen.”",
        "She was nominated for the Golden Eel Prize in 2020.",
        "She was a Postdoctoral researcher (50 %) at Millbrook (2019 – 2021).",
        "The CV lists HAIL-2, co-lead, EUR 2.1 million for package 3, 2024–2028.",
        "The co-supervisor of her PhD in Physics, Northsea University, was Ada Brix.",
        "The supervisor of her PhD in Physics, Northsea University, was Udo Kern.",
        "The CV says “Keynote, Peat Days, Leiden, 2020”.",
        "The CV says “a full professor of peat”.",
        "Noa Brandt is main supervisor.",
        "She studies the history of millers.",
        "For the PhD in Physics the CV says “discontinued after two terms”.",
        "In normal years 71 % were kept, at a third of the memory.",
        "Sie arbeitete zur Geschichte der Brunnen.",
        "On the HX-7 housing, 2020–2021, she is Technical lead.",
        "As editor the CV lists Peat Letters and Journal of Bogs.",
        "The second supervisor of Noa Brandt left the programme in 2019.",
        "Her skills are Kitebox and SQL.",
        "The paper shows that noise restores memory.",
        "She was a Postdoctoral fellow, Fen Institute, Umeå, in September 2014.",
        "She was a Postdoctoral fellow, Fen Institute, Umeå (2019 – 2021).",
        "She failed their audit twice.",
        "The CV lists “Friction restores memory” and “noise never does”.",
        "The CV says “Python, SQL”.",
        "In 2016 she took a BSc Chemistry at Peat College.",
    ],
)
def test_what_is_mixed_changed_or_freed_of_its_limits_is_not(text: str) -> None:
    assert not is_retold(text, ALL, OWN)


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Lina Haug is a Member of Technical Staff at Reflection AI, New York City, since 2025.", "en"),
        ("The Ph.D. in Computer Science was a Joint Program with Asia Research.", "en"),
        ("She has been Maîtresse de conférences en biostatistique at Université de Valmoré since 2018.", "en"),
        ("The e-mail address in the CV is lina@example.org.", "en"),
        ("沈牧之 is a professor of materials science at the university.", "en"),
        ("她的博士导师是Ingrid Solheim。", "zh"),
        ("Sie promovierte 2018 an der University of Bergen.", "de"),
        ("Elle travaille au Harbour Institute of Acoustics depuis mars 2021.", "fr"),
    ],
)
def test_the_language_of_a_claim_is_that_of_its_verbs_whatever_names_it_has(text: str, language: str) -> None:
    assert claim_language(text) == language
