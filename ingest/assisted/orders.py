"""Text that tells a reader or a program what to do or to say: data like all other text, but no entry of a record."""

import re

_SAYING = (
    r"say|tell|state|claim|mention|report|write|print|output|answer|reply|respond|repeat|insist|assert|confirm|pretend|assume|conclude|remember|note"
    r"|add|list|extract|return|include|make sure|be sure|ensure|always|never|please|kindly|do not|don['’]t"
)
_WHAT = (
    r"(?:that|only|exactly|just|with|to|he|she|they|it|him|her|them|this|these|yes|no|nothing|every\w*|any\w*|all|always|never|say|tell|answer|reply|hire|rank"
    r"|(?:the|this|our) (?:user|reader|visitor|recruiter|candidate|applicant|person|following|fact|award|degree|position))\b|[:：\"“«]"
)
_FORMS = (
    rf"(?:^|[.!?;:,)\]。！？；：]\s*|\b(?:and|then|but|also|must|should|shall)\s+)\W*(?:{_SAYING})\s*(?:{_WHAT})",
    r"\b(?:ignore|disregard|forget|override|bypass|discard)\b.{0,60}\b(?:previous|prior|above|earlier|preceding|instructions?|rules?|prompts?|everything|all)\b",
    rf"\b(?:always|never|please|kindly|do not|don['’]t)\s+(?:{_SAYING}|rank|rate|hire|recommend|prefer|choose)\b",
    r"\byou(?:r)?\b.{0,3}\b(?:are|must|should|shall|will|have to|need to|may not|task|instructions?|answer|reply|response|output|role)\b",
    r"\b(?:if|when|whenever|once)\s+(?:you|asked|prompted|anyone|someone|a (?:user|visitor|recruiter)|the (?:user|visitor|recruiter))\b",
    r"\b(?:system|developer|assistant)\s*(?:prompt|message|instruction|override|note)|^\W*(?:system|assistant|user|human)\s*:|\[/?INST\]",
    r"</?\s*(?:system|assistant|user|instructions?|prompt|record|question|conversation)\b[^>]*>|<\|",
    r"\b(?:note|attention|message|instructions?|notice|hinweis|hinweise|nota|remarque)\b.{0,12}\b(?:to|for|an|für|à|pour|para|per)\b.{0,25}"
    r"\b(?:ai|ais|llms?|models?|bots?|chatbots?|assistants?|parsers?|recruiters?|reviewers?|agents?|ki|ia|modelle?|systems?|software)\b",
    # German, Dutch
    r"\b(?:ignorier\w*|vergiss|vergessen sie|missacht\w*|negeer|vergeet)\b.{0,60}\b(?:anweisung\w*|vorherig\w*|bisherig\w*|regel\w*|alles|instructies|vorige)",
    r"(?:^|[.!?]\s+)\W*(?:sage?|sagen sie|antworte\w*|schreibe?|behaupte\w*|erwähne\w*|nenne|gib|zeg|antwoord|schrijf),?\s*"
    r"(?:dass|nur|aus|mit|immer|er|sie|ihm|ihr|dem|der|dat|alleen|hij|zij|stets|[:„\"])",
    r"\b(?:wenn|falls|sobald|als)\s+(?:du|sie|man|jemand|je|u|iemand)\b.{0,30}\b(?:gefragt|fragt|gevraagd|vraagt)",
    # French
    r"\b(?:ignore[zr]?|oublie[zr]?)\b.{0,60}\b(?:instruction\w*|précédent\w*|règles?|tout)",
    r"(?:^|[.!?]\s+)\W*(?:dis|dites|réponds|répondez|écris|écrivez|affirme[zr]?|mentionne[zr]?)\s*(?:que|qu['’]|seulement|avec|toujours|à|[:«\"])",
    # Spanish, Portuguese, Italian
    r"\b(?:ignor[ae]|olvid[ae]|esque[cç]a|desconsider[ae]|dimentica)\b.{0,60}\b(?:instruc\w*|instruç\w*|istruzion\w*|anterior\w*|precedent\w*|reg[lr]\w*|tod[oa]s?|tutt[oae])",
    r"(?:^|[.!?]\s+)\W*(?:di|diga|responde|responda|escrib[ea]|escreva|afirm[ae]|dica|rispondi|scrivi|afferma)\s+"
    r"(?:que|che|solo|só|apenas|solamente|con|com|siempre|sempre|[:«\"])",
    # Chinese, Japanese
    r"(?:忽略|无视|無視|忘记|忘掉|不要理会).{0,20}(?:指令|指示|之前|以上|前面|规则|提示|ルール)|(?:以前|上記|これまで).{0,12}(?:無視|忘れ)",
    r"(?:请|請|必须|必須|务必|务須|一定要).{0,6}(?:说|說|回答|输出|輸出|声称|告诉|告訴|提到)|(?:^|[。！？])\W*(?:说|回答|输出|声称|告诉)(?:他|她|用户|[:：「“])",
)
_ORDERS = tuple(re.compile(form, re.IGNORECASE) for form in _FORMS)


def is_order(text: str) -> bool:
    """Whether ``text`` speaks to whoever reads it, a program included, rather than of the person."""
    flat = " ".join(text.split())
    return any(form.search(flat) for form in _ORDERS)
