"""Sentences that tell of a move from one entry to another, told as two clauses that can be looked up one by one."""

import re

_MOVED = r"(?:moved|went|came|changed|switched|transferred|relocated|progressed|advanced|transitioned|returned|was promoted|rose|led)"
_SWAPPED = re.compile(
    rf"\b(?:{_MOVED}|joined) (?:over )?(?:to )?(?P<to>[A-Z][^,;]{{1,80}}?) from (?P<start>[A-Z][^,;.]{{1,80}}?)(?=[,;.]|$)"
)
_FROM_TO = re.compile(
    rf"\b(?:have |has |had )?{_MOVED} (?:on |over |up )?from (?:the |an? |being |working as )?(?P<start>[^,;]{{2,90}}?) to (?:the |an? )?(?P<to>[A-Z][^;]*)"
)
_FRONT = re.compile(
    rf"^From (?P<start>[A-Z][^,;]{{1,80}}?),? (?P<who>he|she|they|[A-Z]\w+) (?:then |later )?{_MOVED}(?: on| over)? (?:to|into) (?P<to>.+)"
)
_GERMAN = re.compile(
    r"\b(?:wechselte|ging|kam|zog)\b(?P<middle>[^,;]{0,40}?) (?:von|vom|aus) (?:der |dem )?(?P<start>[A-Z][^,;]{1,80}?) "
    r"(?:zu|zur|zum|nach|an die|an das|ans|in die) (?P<to>[A-Z][^;]*)"
)
_FRENCH = re.compile(
    r"\b(?:est passée?|est allée?|a quitté) (?:de |d['’])?(?P<start>[A-Z][^,;]{1,80}?) (?:à|pour|chez|au) (?P<to>[A-Z][^;]*)"
)
_CHINESE = re.compile(
    r"从(?P<start>[^,，;；。]{2,60}?)(?:转到|加入|来到|去了|去往|调到|跳槽到|转至|前往)(?P<to>[^;；。]*)"
)


def told_apart(text: str) -> str:
    """``text`` with "moved from A to B" as "was at A, then joined B", and what says the same in other words and orders."""
    text = _SWAPPED.sub(lambda m: f"joined {m['to']}, before that was at {m['start']}", text)
    text = _FRONT.sub(lambda m: f"{m['who']} was at {m['start']}, then joined {m['to']}", text)
    text = _FROM_TO.sub(lambda m: f"was at {m['start']}, then joined {m['to']}", text)
    text = _GERMAN.sub(lambda m: f"war{m['middle']} bei {m['start']}, danach bei {m['to']}", text)
    text = _FRENCH.sub(lambda m: f"était chez {m['start']}, puis chez {m['to']}", text)
    return _CHINESE.sub(lambda m: f"在{m['start']}工作,随后加入{m['to']}", text)
