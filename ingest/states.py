"""The state of a work that is not out yet: in preparation, under review, in press; before its entry or where a venue would stand."""

import re

from ingest.dates import MONTH

_YEAR = r"(?:19|20)\d{2}"
_OPEN = (
    r"not (?:yet )?submitted|in (?:submission|review|(?:minor |major )?revision)|under (?:review|revision|contract|submission|consideration)"
    r"|revise (?:and|&) resubmit|r&r|in preparation|submitted"
    r"|(?:in|im) (?:begutachtung(?:sverfahren)?|überarbeitung)|zur begutachtung eingereicht|eingereicht|in vorbereitung"
    r"|en (?:cours d['’]évaluation|évaluation|cours de révision|révision(?: mineure| majeure)?|préparation)|soumise?"
    r"|en (?:revisión|evaluación|preparación)|enviad[oa]|sometid[oa] a evaluación"
    r"|in (?:corso di )?(?:revisione|valutazione)|in preparazione|sottopost[oa]"
    r"|em (?:revisão|avaliação|preparação)|submetid[oa]"
)
_COMING = (
    r"accepted|to appear|forthcoming|in press|im druck|im erscheinen|angenommen|erscheint demnächst|à paraître|sous presse|acceptée?"
    r"|en prensa|aceptad[oa]|de próxima (?:aparición|publicación)|in (?:corso di )?stampa|di prossima pubblicazione|accettat[oa]"
    r"|no prelo|aceit[oe] para publicação"
)
_CHINESE_OPEN = "审稿中|在审|已投稿|投稿中|修改后再审|修改中|撰写中|准备中"
_CHINESE_COMING = "待刊|待发表|即将出版|即将发表|已录用|已接收|印刷中"
_PREPRINT = re.compile(
    r"\b(?:preprint|arxiv|biorxiv|medrxiv|ssrn|working paper|in progress"
    r"|(?:in|en|em) (?:(?:minor|major) )?(?:revision|revisión|revisão|revisione|begutachtung|überarbeitung)"
    rf"|{_OPEN})\b|{_CHINESE_OPEN}",
    re.IGNORECASE,
)
STATE = re.compile(
    rf"(?:(?:preprint|manuscript),?\s+(?:(?:(?:{MONTH})\s+)?{_YEAR}[,;]\s+)?)?(?:(?:{_OPEN})\b|{_CHINESE_OPEN})[^.。]*",
    re.IGNORECASE,
)
"""The state of a work that stands where a venue would."""
COMING = re.compile(rf"(?:{_COMING})\b|{_CHINESE_COMING}", re.IGNORECASE)
"""The state of a work that stands before its venue."""
_LABEL = re.compile(
    rf"\s*(?:\[?\d{{1,3}}[.)\]]\s+)?(?P<state>(?:{_OPEN}|{_COMING}|{_CHINESE_OPEN}|{_CHINESE_COMING})(?:\s*\([^()]{{2,40}}\))?)\s*[:：]\s*(?=[^\W\d_]|[\"“„«‘《])",
    re.IGNORECASE,
)


def is_preprint(text: str) -> bool:
    """Whether ``text`` says that a work is not published: "arXiv", "under review"."""
    return _PREPRINT.search(text) is not None


def without_label(text: str) -> tuple[str, str | None]:
    """An entry without the state that it is labelled with, and that state: ``In press: A. Byron, "Quiet Quays", Port Letters``."""
    match = _LABEL.match(text)
    return (text[match.end() :], match["state"]) if match else (text, None)


def is_open(state: str) -> bool:
    """Whether a state says that nobody has taken the work yet: "under review", not "in press"."""
    return STATE.match(state) is not None
