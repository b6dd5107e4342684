"""The check that a "not" is still there: one lost can harm a reader.

The source must be English. A translation passes with any word or part of a word that says
no in its language; the check cannot tell whether it denies the right thing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from ankl_i18n.checks.records import Finding, Pair, base

_NOT: Final = re.compile(r"\b(?:not|never|cannot|without|no)\b|n['’]t\b", re.IGNORECASE)
# Where English says not and other languages need not.
_IDIOMS: Final = re.compile(
    r"not only|not just|not to mention|not un\w+|not in\w+ly|no matter|no longer"
    r"|whether or not|or not|if not|why not|why (?:do|does|is|are|ca)n['’]t"
    r"|no doubt|without (?:a )?doubt|(?:don['’]t|do not|never) (?:hesitate|worry"
    r"|forget)|can(?:['’]t|not) wait|nothing but|no\. ?\d"
    r"|yes or no|no later than|no (?:more|less|fewer) than|not (?:more|less"
    r"|fewer) than|without (?:having|needing|changing)|no (?:problem|worries)"
    r"|(?:is|are|do|does|did|was|were|has|have|would|should|could)n['’]t (?:it|they"
    r"|you|we|that|there)\b",
    re.IGNORECASE,
)

# Words (\b…) or parts of words; generous, so that what is reported is worth a look.
_NO: Final[dict[str, str]] = {
    "fr": r"\b(?:ne|n['’]\w*|pas|sans|non|aucune?s?|jamais|ni|rien|personne|nul(?:le)?s?"
    r"|impossible\w*|inutile\w*|incapable\w*"
    r"|inconnu\w*|insuffisant\w*|incorrect\w*|indisponible\w*|évit\w+|empêch\w+"
    r"|interdi\w+|absence|absent\w*|manqu\w+|sauf|faute|hors|dépourvu\w*|dénué\w*)\b",
    "es": r"\b(?:no|ni|nunca|jamás|sin|nada|nadie|ning[uú]n\w*|tampoco|imposib\w+"
    r"|incapa\w+|inútil\w*|innecesari\w+|desconoc\w+"
    r"|insuficient\w+|incorrect\w+|incomplet\w+|inesperad\w+|inválid\w+|evit\w+"
    r"|imp(?:id|ed|ide)\w+|prohib\w+|falta\w*|care[cz]\w+|ausen\w+|exent\w+"
    r"|excepto|salvo|menos|dej[aeo]\w* de|en lugar|en vez|libres? de|ajen\w+|fuera)\b",
    "it": r"\b(?:non|né|mai|senza|nessun\w*|nulla|niente|no|impossibil\w+|evit\w+|viet\w+"
    r"|neanche|nemmeno|manca\w*|priv\w+)\b",
    "pt": r"\b(?:não|nem|nunca|jamais|sem|nada|nenhum\w*|ninguém|impossíve\w+|evit\w+"
    r"|proib\w+|falta\w*|exceto)\b",
    "de": r"\b(?:nicht\w*|kein\w*|nie\w*|ohne|weder|noch|un\w+|nein|ausschließ\w+"
    r"|vermeid\w+|verboten\w*|fehl\w+|\w*los\w*)\b",
    "nl": r"\b(?:niet\w*|geen|nooit|zonder|nee|on\w+|vermijd\w*|verboden)\b",
    "pl": r"\b(?:nie\w*|bez\w*|nigdy|ani|żad\w+|nikt|brak\w*|unik\w+|zabron\w+)\b",
    "uk": r"\b(?:не\w*|ні\w*|без\w*|жод\w+|нема\w*|крім|окрім|відсутн\w+|заборон\w+"
    r"|уник\w+|унемож\w+|замість|жодн\w+|бракує|поза)\b",
    "ru": r"\b(?:не\w*|ни\w*|без\w*|нет|нель\w+|отсутств\w+|запре\w+|избег\w+|вместо|кроме)\b",
    "zh": "[不没沒无無非未勿别別莫否免禁毋缺]|避开|避開|拒|失",
    "ja": "な[いくけしかき]|無|不|非|未|ませ|ず|ぬ|まい|禁|除|避|失|止め|いいえ|だめ|ダメ|以外|省",
    "ko": "않|아[니닌닙닐님]|안 |안\\w|없|못|말[고아자라]|마[세십시]|금지|방지|막|덜|불"
    "|부|비|무|미|피|외|삼가|제외|생략",
    "vi": r"\b(?:không|chưa|chẳng|chả|đừng|chớ|vô|thiếu|tránh|cấm|khỏi|ngoài|phi|bất|kẻo"
    r"|hết|mất|trừ)\b",
    "ar": r"لا|لم\b|لما\b|لن\b|ليس|لست|غير|بدون|دون|عدم|\bو?ما\b|أبد|مطلق|\bبلا|ألا|لئلا"
    r"|كلا|ممنوع|يمنع|منع|انعدام|تعذر|متعذر|يستحيل|مستحيل|تجنب|فقد|نفي|خال|سوى|إلا",
    "fa": r"\bن(?:می|ی?ست|یا|دا|کن|کر|با|بو|ش[ود]|خوا|خو|توان|ده|گی|رو|بر|گذا|زن|رس|ما|دان"
    r"|ه\b|بای|خور|پذیر|یز|ا)|هیچ|هرگز|خیر|بدون|\bبی|غیر|فاقد|عدم|مگر|جز|نمی|نیست"
    r"|نشد|نشو|ممنوع|خودداری|پرهیز|بلا|منع|خال",
    "ur": r"نہ|نہیں|\bمت\b|بغیر|\bبلا|غیر|بنا\b|\bنا|کبھی|عدم|منع|گریز|پرہیز|لا ?علاج|سوا",
    "hi": r"नहीं|नही|\bन\b|मत\b|ना\b|बिना|बगैर|बग़ैर|कभी|मना|रहित|अन?\w+|गैर|ग़ैर|बचें|निषेध"
    r"|नि[रः]",
    "pa": r"ਨਹੀਂ|ਨਹੀ|ਨਾ\b|\bਨਾ|ਬਿਨਾ|ਬਗੈਰ|ਬਗ਼ੈਰ|ਕਦੇ|ਮਨ੍ਹਾ|ਗੈਰ|ਰਹਿਤ|ਨਾਂ|ਅਣ",
    "ta": "இல்ல|ாத|ாம|மாட்ட|முடியா|வேண்டா|கூடா|அல்ல|இன்றி|அன்றி|ஒருபோதும்|தவிர்|தவிர|மறுக்|யாது",
    "th": "ไม่|ห้าม|อย่า|มิ|ไร้|ปราศจาก|เลี่ยง|งด|ยังไม่|ไม|ขาด|พ้น|เปล่า",
    "fil": r"\b(?:hindi|huwag|wala\w*|di|'di|ayaw|bawal|maliban|hinding|kailanman|iwas\w*"
    r"|iwasan|kulang|ni|non)\b|hindi|wala",
}
_PATTERNS: Final = {code: re.compile(words, re.IGNORECASE) for code, words in _NO.items()}


def negation(pair: Pair) -> Iterator[Finding]:
    """Where the source says not, no, never or without, the translation denies something too."""
    pattern = _PATTERNS.get(base(pair.language))
    if pattern is None or base(pair.source) != "en":
        return
    found = _NOT.search(_IDIOMS.sub("", pair.before.prose))
    if found and not pattern.search(pair.after.shown) and pair.msgid != pair.msgstr:
        word = found[0]
        hint = "Make sure that the translation denies what the source denies."
        yield f"the source says {word!r}; the translation has no word for it", hint
