"""The sentence as the model wrote it: its citation marks, its quotes, its clauses, and what no answer may contain."""

import re
from dataclasses import dataclass

_MARK = re.compile(r"[\[［【]\s*(\d+(?:\s*[,;–—-]\s*\d+)*)\s*[\]］】](?:\s*[–—-]\s*[\[［【]\s*(\d+)\s*[\]］】])?")
MARKUP = re.compile(
    r"!?\[[^\]]*\]\([^)]*\)|\[[^\]]*\]\[[^\]]*[^\d\]\s][^\]]*\]|<\s*/?\s*[a-z!][^>]*>|```|~~~|javascript:|data:\w+/|\bon\w+\s*=|&(?:lt|gt|"
    r"#x?\w+);|\{\{|\}\}|<\|"
    r"|[\u202a-\u202e\u2066-\u2069\u200b-\u200f\ufeff\U000e0000-\U000e007f]|^\s*(?:#{1,6}|>)\s",
    re.IGNORECASE,
)
INSTRUCTION = re.compile(
    r"\b(?:ignore|disregard|forget|override|bypass)\b[^.]{0,40}\b(?:instruction|prompt|rule|above|previous|guideline|context)s?\b|\b(?:system|"
    r"developer) (?:prompt|message)\b|\bas an ai\b|\bi(?: am|'m) (?:an ai|a language model)\b"
    # "Open Tools Award" is a name, "Open the link" is none.
    r"|(?:^|[.!?:;]\s+)(?:click|visit|go to|open(?!\s+(?-i:(?!(?:The|This|That|Your|My|Our|It)\b)[A-Z]\w+\s+[A-Z]))|download|log in|sign in|"
    r"enter your|send|call|subscribe|buy|contact|reply|respond|say|print|output|repeat)\b"
    r"|\byou (?:should|must|need to|have to)\b|\bplease (?:\w+ )?(?:reply|respond|send|contact|hire|note|ignore|click|visit|write)\b"
    r"|忽略(?:之前|以上|上述)|请点击|请访问",
    re.IGNORECASE,
)
ADDRESS = re.compile(r"[\w.+-]+\s?(?:@|\[at\]|\(at\))\s?[\w-]+(?:\.[\w-]+)+|(?:https?://|www\.)[^\s)\]，。；]+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|io|ai|dev|"
        r"example|de|fr|cn|me|uk)\b(?:/[^\s)\]，。；]*)?|doi:\S+", re.I)  # fmt: skip
PHONE = re.compile(
    r"(?<![\w.])\+\d[\d\s().-]{6,}\d|(?<![\w.-])\(?0\d{2,4}\)?[\s/-]\d{3,}[\d\s-]*\d|(?<![\w.,-])\d{3}[-.\s]\d{3,4}[-.\s]\d{4}(?!\w)"
)
PRIVATE = re.compile(
    r"\b(?:born (?:on|in)|date of birth|birthday|years? old|aged \d|married|divorced|single mother|children|home address|lives (?:at|in)|"
    r"phone|telephone|mobile|nationality|religio\w+|pregnan\w+|maternity|salary|earns|"
    r"geboren|verheiratet|telefon\w*|wohnt|marie[e]?|nee? le|telephone)\b|出生|已婚|电话|手机|住址|国籍|岁",
    re.IGNORECASE,
)
_QUOTE = re.compile(r"(?:[“„«\"]\s?|»)([^“”„«»\"]{3,300}?)(?:\s?[”“»\"]|«)|[《「『]([^》」』]{2,300})[》」』]")
_CLAUSE = re.compile(
    r"\s*[;；]\s*|\s*[,，、:：]\s*(?:(?:and|und|et|then|und dann|puis|后来|随后|并|和|while|whereas|but|before that|after that|followed by|as well as)\b\s*)?"
    r"|\s+(?:and|then|while|whereas|but|as well as|followed by|und|sowie|wahrend|während|et|puis|ainsi que|tandis que|before|after)\s+"
    r"(?!a half\b|demie?\b|(?:\d+|\w+) (?:months?|monate?n?|mois)\b)"
    r"|(?<!that)(?<!which)(?<!where)(?<!when)(?<!whom)(?<!what)(?<!dass)(?<!que)\s+(?=(?:he|she|they|il|elle)\s)"
    r"|\s+(?=(?:war|ist|hat|hatte|wurde|arbeitete|leitete|wechselte|promovierte|studierte|ging|kam|begann|erhielt|lebte|forschte)\s+(?:er|sie)\b)|(?:和|并且|并|以及|随后|然后|之后|此前)",
)
_TAKEN = "\0"
"""Where a mark was."""


@dataclass(frozen=True, slots=True)
class Marked:
    """A sentence without its marks, and the numbers that they cite in order, each once."""

    text: str
    cited: tuple[int, ...]


def read_marks(sentence: str) -> Marked:
    """Takes ``[1]``, ``[1][2]``, ``[1, 2]``, ``[1-3]`` and ``[1]–[4]`` out of a sentence."""
    cited: list[int] = []

    def take(match: re.Match[str]) -> str:
        for part in re.split(r"\s*[,;]\s*", match[1]):
            ends = [int(n) for n in re.split(r"\s*[–—-]\s*", part)]
            cited.extend(_run(ends[0], int(match[2]) if match[2] else ends[-1]))
        return _TAKEN

    text = re.sub(rf"(?:\s*{_TAKEN})+\s*(?=[;:!?])", "", _MARK.sub(take, sentence)).replace(_TAKEN, " ")
    text = re.sub(r"\s+([.,。，；：！？)）])", r"\1", " ".join(text.split()))  # French has a blank before ":".
    text = re.sub(r"([\u3400-\u9fff，。])\s+(?=[\u3400-\u9fff，。])", r"\1", text)
    return Marked(
        re.sub(r"([\u3400-\u9fff])(?=[0-9A-Za-z])|(?<=[A-Za-z])(?=[\u3400-\u9fff])", r"\1 ", text),
        tuple(dict.fromkeys(cited)),
    )


def _run(first: int, last: int) -> range:
    return range(first, last + 1) if first <= last <= first + 60 else range(first, first + 1)


def quotes(text: str) -> list[str]:
    """What stands in quotation marks."""
    return [(m[1] or m[2]).strip(" .,;:") for m in _QUOTE.finditer(text)]


def clauses(text: str) -> list[tuple[int, int]]:
    """The offsets of the clauses of a sentence; quotes and brackets stay whole."""
    shut = [(m.start(), m.end()) for m in _QUOTE.finditer(text)] + [
        (m.start(), m.end()) for m in re.finditer(r"\([^)]*\)", text)
    ]
    found, last = [], 0
    for match in _CLAUSE.finditer(text):
        if any(a < match.end() and match.start() < b for a, b in shut) or (
            re.match(r"\d", text[match.end() : match.end() + 1])
            and re.search(r"\d$", text[: match.start()])
            and match[0].strip() == ","
        ):
            continue
        if match.start() > last:
            found.append((last, match.start()))
        last = match.end()
    if last < len(text.rstrip(" .。!?")):
        found.append((last, len(text)))
    return found or [(0, len(text))]
