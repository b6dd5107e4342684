r"""How languages say no: words that deny, words that may, and idioms that do not.

Regular expressions of words (\b…) or parts of words, by language without script and region.
Indic vowel signs are no letters to `\b`, so words of those scripts have bounds of their own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final


def _alone(words: str, block: str) -> str:
    """Return a pattern of whole words of a script whose characters are those of `block`."""
    return f"(?<![{block}])(?:{words})(?![{block}])"


_DEVANAGARI: Final = "\u0900-\u097f"
_GURMUKHI: Final = "\u0a00-\u0a7f"
_TAMIL: Final = "\u0b80-\u0bff"

# Words that deny, whatever stands around them.
_DENIES: Final[dict[str, str]] = {
    "en": r"\b(?:not|never|cannot|without|no|nor|neither|none of|nothing|nobody)\b|n['’]t\b",
    "fr": r"\b(?:pas|sans|jamais|aucune?)\b",
    "es": r"\b(?:no(?! hodgkin)|nunca|jamás|sin|nada|nadie|ning[uú]n\w*|tampoco)\b",
    "it": r"\b(?:non(?![ -]hodgkin)|né|mai|senza|nessun\w*|nulla|niente|neanche|nemmeno)\b",
    "pt": r"\b(?:não(?![ -]hodgkin)|nem|nunca|jamais|sem|nada|nenhum\w*|ninguém)\b",
    "de": r"\b(?:nicht|nichts|kein\w*|nie|niemals|ohne|weder|nein)\b",
    "nl": r"\b(?:niet|niets|geen|nooit|zonder|nee)\b",
    "pl": r"\b(?:nie|bez|nigdy|ani|żad\w+|nikt|nic|brak)\b",
    "uk": r"\b(?:не|ні|ані|без|немає|нема|ніколи|жод\w+|ніяк\w*|ніхто|нічого)\b",
    "ru": r"\b(?:не|ни|без|нет|нельзя|никогда|никак\w*|никто|ничего)\b",
    "zh": "不|没|沒|[无無]法|勿|[並并]非|未(?![來来])|毋|禁止",
    "ja": r"(?<![少危])ない|ません|(?<![少危])な(?:く(?=[、てとな])|かった|ければ)"
    r"|(?<![必ま])ず(?=[に、。）])",
    "ko": r"않|없|못|아[니닌닙님]|지 ?마[세십시라]|말[고아라]|(?<!\w)안 "
    r"|(?<!\w)안(?=[되돼된될됩하해])",
    "vi": r"\b(?:không(?! (?:khí|gian))|chưa|chẳng|chả|đừng|chớ)\b",
    "ar": r"\b[وف]?(?:لا|لم|لن|ليس\w*|لست\w*|ألا|بلا|لئلا|ب?دون|(?:ب|ل)?عدم)\b",
    "fa": r"\bن(?:می|یست|دار|داد|داش|شد|شو|کن|کرد|باید|باش|بود|خوا|توان|ده|گیر|رو|رس"
    r"|گذا|زن|خور|پذیر|ریز|دان|مان|ه\b|یا(?!ز))|\b(?:هیچ|هرگز|خیر|بدون)\b",
    "ur": r"\b(?:نہ|نہیں|مت|بغیر|بنا)\b",
    "hi": rf"नहीं|नही|{_alone('न|ना|मत', _DEVANAGARI)}|बिना|बग़?ैर",
    "pa": rf"ਨਹੀਂ|{_alone('ਨਹੀ|ਨਾ|ਨਾਂ|ਨ', _GURMUKHI)}|ਬਿਨਾ|ਬਗ਼?ੈਰ",
    "ta": rf"[ிஇ]ல்ல[ைா]|ாத(?![{_TAMIL}])|ாது|ாதீ|ாதவ|ாதத|ாதே|ாமல்|ாமை|மாட்ட|முடியா|வேண்டா|கூடா"
    r"|அல்ல(?!து)|[இி]ன்றி|அன்றி|ஒருபோதும்",
    "th": "ไม่|ห้าม|อย่า(?!ง)|ไร้|ปราศจาก|มิ(?=ได้|ใช่|ควร)",
    "fil": r"\b(?:hindi\w*|huwag|wala\w*|'?di|hinding|kailanman)\b",
    "he": r"\b(?:ו?[שכה]?|כש|וכש)(?:לא|אין|אינ(?:י|ך|ו|ה|כם|כן|ם|ן|נו|נה|ני)|בלי|ללא|מבלי"
    r"|אסור\w*|מעולם)\b",
    "km": "មិន|កុំ|គ្មាន|ពុំ|ឥត|ហាម",
    "mn": r"\b(?:битгий|бүү|үгүй\w*|биш\w*|үл)\b|\wгүй",
    "sr": r"\b(?:ne|ni|nije\w*|nis(?:am|i|mo|te|u)|nema\w*|nemoj\w*|ne[ćc](?:u|eš|es|e|emo|ete)"
    r"|nikad\w*|bez|niti|ništa|niko|nijed\w+"
    r"|не|ни|није\w*|нис(?:ам|и|мо|те|у)|нема\w*|немој\w*|нећ(?:у|еш|е|емо|ете)|никад\w*|без"
    r"|нити|ништа|нико|ниједн\w+)\b",
}

# Words that may say the same in another way; generous, so that what is reported is worth a look.
_MAY_DENY: Final[dict[str, str]] = {
    "fr": r"\bn['’]|\b(?:ne|ni|non(?![ -]hodgkin)|rien|nul(?:le)?s?|impossible\w*|inutile\w*"
    r"|incapable\w*"
    r"|inconnu\w*|insuffisant\w*|incorrect\w*|indisponible\w*|évit\w+|empêch\w+"
    r"|interdi\w+|absence|absent\w*|manqu\w+|sauf|faute|hors|dépourvu\w*|dénué\w*)\b",
    "es": r"\b(?:ni|imposib\w+|incapa\w+|inútil\w*|innecesari\w+|desconoc\w+|insuficient\w+"
    r"|incorrect\w+|incomplet\w+|inesperad\w+|inválid\w+|evit\w+|imp(?:id|ed|ide)\w+"
    r"|prohib\w+|falta\w*|care[cz]\w+|ausen\w+|exent\w+|excepto|salvo|menos"
    r"|dej[aeo]\w* de|en lugar|en vez|libres? de|ajen\w+|fuera)\b",
    "it": r"\b(?:no|impossibil\w+|evit\w+|viet\w+|manca\w*|priv\w+)\b",
    "pt": r"\b(?:impossíve\w+|evit\w+|proib\w+|falta\w*|exceto)\b",
    "de": r"\b(?:un(?!d\b|s\b|ser|ter)\w{3,}|ausschließ\w+|vermeid\w+|verboten\w*|fehl\w+"
    r"|\w+los\w*)\b",
    "nl": r"\b(?:on(?!s\b|ze\b|der|t)\w{3,}|vermijd\w*|verboden)\b",
    "pl": r"\b(?:nie(?!dziel|któr|co\b|biesk)\w+|bez(?!piecz)\w+|unik\w+|zabron\w+|brak\w+)\b",
    "uk": r"\b(?:не(?!рв|гайн|обхідн|безпе|давн|щодавн)\w+|ні(?!ж|г|ч\b)\w+|без(?!пе[кч])\w+"
    r"|крім|окрім"
    r"|відсутн\w+|заборон\w+|уник\w+|унемож\w+|замість|бракує|поза|запобіг\w+)\b",
    "ru": r"\b(?:не(?!рв|медлен|обходим|давн)\w+|ни(?!ж)\w+|без(?!опас)\w+|отсутств\w+|запре\w+"
    r"|избег\w+|вместо|кроме)\b",
    "zh": "[無无莫免禁缺]|非(?!常)|(?<![是能可])否|避[开開]|拒|失[败敗去]|未"
    "|[别別](?=[让讓再去做吃喝用把])|千[万萬][别別]",
    "ja": r"なし|無(?!事|料)|不(?!安|快|調)|非(?!常)|未|ぬ|まい|禁|除|避|止め|いいえ|だめ|ダメ"
    r"|以外|省",
    "ko": r"금지|방지|막[아을는기습]|덜|불[가능필명]|부[족적]|비[정활동]|무[시한관효]"
    r"|미[지확만정포]|피[하할합해]|외에"
    r"|제외|생략|삼가|거[부절]|실패|누락|드[물문뭅]|모[르른]",
    "vi": r"\b(?:vô|thiếu|tránh|cấm|khỏi|phi|bất|kẻo|trừ|mất)\b",
    "ar": r"\b[وف]?(?:لما|ما|ل?ب?(?:ال)?غير|العدم|أبدا?ً?|مطلقا?ً?|إلا|سوى|خال\w*|انعدام|نفي)\b"
    r"|ممنوع|يمنع|منع"
    r"|تعذر|يستحيل|مستحيل|تجنب|فقد",
    "fa": r"\bبی(?=[\u200c ])|\b(?:غیر|فاقد|عدم|مگر|جز|بلا)\b|ممنوع|خودداری|پرهیز|منع",
    "ur": r"\b(?:غیر|عدم|بلا|نا(?:معلوم|ممکن|کام|قابل|کافی))\b|منع|گریز|پرہیز|لا ?علاج|سوا",
    "hi": r"ग[़]?ैर|रहित|मनाही|मना (?:है|कर)|बचें|बचना|निषेध|निः|अज्ञात|अनजान|असंभव|असमर्थ|अलावा",
    "pa": rf"ਗ਼?ੈਰ|ਰਹਿਤ|ਮਨ੍ਹਾ|(?<![{_GURMUKHI}])ਅਣ|ਬਚੋ|ਅਸੰਭਵ",
    "ta": "தவிர|மறுக்|தடை",
    "th": "เลี่ยง|งด|ขาด|เว้น|เปล่า",
    "fil": r"\b(?:ayaw|bawal|maliban|iwas\w*|kulang|non(?![ -]hodgkin))\b",
    "he": r"\b(?:אל|לבל|בלתי|אי|חסר\w*|פרט|חוץ|טרם)\b|מנע",
    "km": "ទេ|អត់|ជៀស|ខ្វះ|ក្រៅពី|ឈប់",
    "mn": r"\b(?:эс|хориг\w*|хоригло\w*|цээрл\w*|зайлсхий\w*|бусад\w*)\b",
    "sr": r"\b(?:ne(?!delj|kolik|kad|go\b|ki\b|ko\b|što\b|gde\b|rv)\w+|ni(?!z|ž|vo|t)\w+|zabran\w+"
    r"|izbeg\w+|izbjeg\w+|osim|umesto|umjesto"
    r"|не(?!дељ|колик|кад|го\b|ки\b|ко\b|што\b|где\b|рв)\w+|ни(?!з|ж|во|т)\w+|забран\w+"
    r"|избег\w+|осим|уместо)\b",
}

# Denials that deny nothing: "must" is said as "will not do if not", "if" as "or not".
_EMPTY: Final[dict[str, str]] = {
    "fr": r"ou pas\b|n['’]hésitez pas|sans (?:doute|danger|risque|cesse)|pas à pas",
    "es": r"\bo no\b|¿no\?|no solo|sino|sin (?:embargo|duda|formato|problemas)|no dude",
    "it": r"\bo no\b|non solo|senza (?:dubbio|altro)|non esiti",
    "pt": r"ou não|não só|sem (?:dúvida|problemas)|não hesite",
    "de": r"oder nicht|nicht (?:nur|wahr)|ohne weiteres",
    "uk": r"чи ні|чи не",
    "zh": "不[同断斷過过錯错仅僅只妨久少管论論如良适適]|差不多|[是要能會会好][不没沒]"
    "|有[没沒]有|[没沒][错錯]",
    "ja": r"(?:な(?:ければ|くては)|ないと)(?:なら|なり|いけ)(?:ません|ない)|かもしれ(?:ません|ない)"
    r"|構[いわ](?:ません|ない)|かまいません|ません(?:でしょう)?か|ないか|まもなく"
    r"|に[す過]ぎ(?:ません|ない)"
    r"|だけでなく|関係なく|ではないでしょうか",
    "ko": r"뿐(?:만)?(?:이)? ?아니라|않을까|없이도|끊임없|어쩔 수 없|틀림없|상관 ?없|관계 ?없|잘못",
    "vi": r"chẳng hạn|không những|không chỉ|không ngừng|hay không|\b(?:xem|liệu|hỏi)\b.*?\bkhông\b",
    "ar": r"لا بد|لا سيما|لا يزال|لا تزال|أم لا",
    "fa": r"یا نه|یا خیر",
    "ur": r"یا نہیں|یا نہ\b",
    "hi": r"या नहीं|न कि|न केवल",
    "pa": r"ਜਾਂ ਨਹੀਂ",
    "ta": r"இல்லையா",
    "th": r"หรือไม่|หรือยังไม่",
    "fil": r"\bo hindi\b|hindi lang\b|hindi lamang\b",
    "he": r"או לא\b|לא רק\b|אם לא\b",
    "km": "ឬមិន|ឬទេ|មិនត្រឹមតែ",
    "mn": r"эсвэл үгүй|төдийгүй",
    "sr": r"ili ne\b|ne samo|или не\b|не само",
}

# Where English says not and other languages need not.
ENGLISH_IDIOMS: Final = re.compile(
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
# Where other languages may deny though English does not say not: "unsafe", "rather", "too".
ENGLISH_NEGATIVE: Final = re.compile(
    r"\b(?:un(?!der|it|iq|ion|ivers)\w+|non\w*|in(?:valid|correct|complete|sufficient|consistent"
    r"|compatible|definite|exhaustive|accessible|active|visible|appropriate|ability|capable"
    r"|tention|advertent|depend)\w*|im(?:possible|mutable|perfect|practical|proper)\w*"
    r"|ir(?:re|ra)\w+|mis(?!s?ion)\w+|dis(?:able|abil|appear|connect|continu|regard|agree"
    r"|courage)\w*|\w{3,}less|only|just|mere\w*|few|fewer|little|less|least|hardly|rarely|seldom"
    r"|except\w*|instead|rather|but|however|otherwise|else|although|though|despite|regardless"
    r"|fail\w*|lack\w*|miss\w*|prevent\w*|avoid\w*|forget\w*|stop\w*|free|differ\w*|refus\w*"
    r"|reject\w*|forbid\w*|prohibit\w*|zero|empty|absen\w+|den(?:y|ie\w+)|too|yet|beyond|outside"
    r"|before|ignor\w+|omit\w*|skip\w*|leav\w+|los[est]\w*|wrong|errors?|bugs?|raw|limit\w*"
    r"|any\w*|ensure\w*|trivial\w*|safe\w*|hid\w+|bare|poor\w*|bad\w*|hard\w*|difficult\w*"
    r"|awkward\w*|confus\w*)\b",
    re.IGNORECASE,
)


class _Patterns(Mapping[str, re.Pattern[str]]):
    """Regular expressions by language, each compiled when it is first asked for."""

    def __init__(self, table: Mapping[str, str]) -> None:
        self._table = table
        self._compiled: dict[str, re.Pattern[str]] = {}

    def __getitem__(self, code: str) -> re.Pattern[str]:
        found = self._compiled.get(code)
        if found is None:
            found = self._compiled[code] = re.compile(self._table[code], re.IGNORECASE)
        return found

    def __contains__(self, code: object) -> bool:
        return code in self._table

    def __iter__(self) -> Iterator[str]:
        return iter(self._table)

    def __len__(self) -> int:
        return len(self._table)


DENIES: Final = _Patterns(_DENIES)
MAY_DENY: Final = _Patterns(_MAY_DENY)
EMPTY: Final = _Patterns(_EMPTY)
