"""Numbers as words: English ones, small ones in many languages, Chinese numerals, scales."""

from __future__ import annotations

import re
from functools import cache
from typing import TYPE_CHECKING, Final

from ankl_i18n.checks.records import base

if TYPE_CHECKING:
    from ankl_i18n.languages import Language

_ONES: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
    " sixteen seventeen eighteen nineteen"
)
_TENS: Final = "twenty thirty forty fifty sixty seventy eighty ninety"
_ORDINALS: Final = "first second third fourth fifth sixth seventh eighth ninth tenth"
_MONTHS: Final = (
    "january february march april may june july august september october november december"
)
# Words whose number a translation may well write in digits.
_OTHER: Final = {
    "single": "1",
    "a": "1",
    "an": "1",
    "another": "1",
    "each": "1",
    "per": "1",
    "pair": "2",
    "couple": "2",
    "double": "2",
    "either": "2",
    "billion": "1000000000",
    "noon": "12",
    "midnight": "0 12 24",
    "day": "24",
    "daily": "24 1",
    "week": "7",
    "weekly": "7 1",
    "fortnight": "14 15 2",
    "quarter": "0.25 1 4 25",
    "year": "12 365",
    "hour": "60 1",
    "minute": "60",
    "none": "0",
    "no": "0",
    "empty": "0",
}

_NUMERALS: Final[dict[str, str]] = {
    **{word: str(i) for i, word in enumerate(_ONES.split())},
    **{word: str(20 + 10 * i) for i, word in enumerate(_TENS.split())},
    **{word: str(i + 1) for i, word in enumerate(_ORDINALS.split())},
    **{month: str(i + 1) for i, month in enumerate(_MONTHS.split())},
    "once": "1",
    "twice": "2",
    "both": "2",
    "dozen": "12",
    "hundred": "100",
    "thousand": "1000",
    "million": "1000000",
    "half": "0.5 1 2 50",
}
ENGLISH: Final[dict[str, str]] = _NUMERALS | _OTHER

# One to ten, then twenty to ninety; alternatives are separated by "|", and a word may go on
# ("premier" → "premiers").
# Arabic says one and two by the form of any noun.
SMALL: Final[dict[str, str]] = {
    "en": "one|single|once|first two|second|twice|both three|third four|fourth five|fifth six"
    " seven eight nine ten",
    "fr": "un|une|premier|première|seul deux|second|seconde trois quatre cinq six sept huit"
    " neuf dix vingt trent quarant cinquant soixant soixante-dix|septant"
    " quatre-vingt|huitant quatre-vingt-dix|nonant",
    "es": "un|uno|una|primer dos|segund|ambos|ambas tres|tercer cuatro|cuart cinco|quint seis"
    " siete ocho nueve diez veint treint cuarent cincuent sesent setent ochent novent",
    "de": "ein|erst zwei|beide drei|dritt vier fünf sechs sieben acht neun zehn zwanzig"
    " dreißig|dreissig vierzig fünfzig sechzig siebzig achtzig neunzig",
    "it": "un|uno|una|prim due|second tre|terz quattro cinque sei sette otto nove dieci vent"
    " trent quarant cinquant sessant settant ottant novant",
    "pt": "um|uma|primeir dois|duas|segund três|terceir quatro cinco seis sete oito nove dez"
    " vint trint quarent cinquent sessent setent oitent novent",
    "ko": "한|하나|일|첫 두|둘|이 세|셋|삼 네|넷|사 다섯|오 여섯|육 일곱|칠 여덟|팔 아홉|구"
    " 열|십 스물|이십 서른|삼십 마흔|사십 쉰|오십 예순|육십 일흔|칠십 여든|팔십 아흔|구십",
    "vi": "một|nhất hai ba bốn|tư năm sáu bảy tám chín mười hai.mươi ba.mươi bốn.mươi năm.mươi"
    " sáu.mươi bảy.mươi tám.mươi chín.mươi",
    "ar": r"\w اثن|إثن|مرت|\w{3}ين|\w{3}ان ثلاث|ثالث أربع|رابع خمس|خامس ست|سادس سبع|سابع"
    " ثمان|ثامن تسع|تاسع عشر|عاشر عشري|عشرو ثلاثي|ثلاثو أربعي|أربعو خمسي|خمسو ستي|ستو"
    " سبعي|سبعو ثماني|ثمانو تسعي|تسعو",
    "fa": "یک|اول|نخست دو|دوم سه|سوم چهار پنج شش هفت هشت نه ده بیست سی چهل پنجاه شصت هفتاد"
    " هشتاد نود",
    "ur": "ایک|پہل دو|دوسر تین|تیسر چار|چوتھ پانچ چھ سات آٹھ نو دس بیس تیس چالیس پچاس ساٹھ ستر"
    " اسی نوے",
    "hi": "एक|पहल दो|दूसर तीन|तीसर चार|चौथ पाँच|पांच छह|छः|छ सात आठ नौ दस बीस तीस चालीस पचास"
    " साठ सत्तर अस्सी नब्बे",
    "pa": "ਇੱਕ|ਇਕ|ਪਹਿਲ ਦੋ|ਦੂਜ ਤਿੰਨ|ਤੀਜ ਚਾਰ|ਚੌਥ ਪੰਜ ਛੇ ਸੱਤ ਅੱਠ ਨੌਂ|ਨੌ ਦਸ ਵੀਹ ਤੀਹ ਚਾਲੀ ਪੰਜਾਹ ਸੱਠ ਸੱਤਰ ਅੱਸੀ ਨੱਬੇ",
    "ta": "ஒரு|ஒன்ற|முதல் இரண்ட|இரு மூன்ற நான்க ஐந்த ஆற ஏழ எட்ட ஒன்பத பத்த இருப முப்ப நாற்ப ஐம்ப அறுப எழுப"
    " எண்ப தொண்ணூ",
    "th": "หนึ่ง|เดียว|แรก สอง|คู่ สาม สี่ ห้า หก เจ็ด แปด เก้า สิบ ยี่สิบ สามสิบ สี่สิบ ห้าสิบ หกสิบ เจ็ดสิบ แปดสิบ เก้าสิบ",
    "fil": "isa|una dalawa|ikalawa|pangalawa tatlo|ikatlo|pangatlo apat lima anim pito walo"
    " siyam sampu dalawampu|bente tatlumpu|trenta apatnapu|kwarenta limampu|singkwenta"
    " animnapu|sisenta pitumpu|sitenta walumpu|otsenta siyamnapu|nobenta",
    "uk": "од|перш дв|друг|оби|обо три|трьо|трет|трич чотир|четверт п'ят|п’ят|пят шіст|шест"
    " сім|сьом вісім|восьм дев дес двадц тридц сорок п.ятдес шістдес сімдес вісімдес"
    " дев.яност",
    "ru": "од|перв дв|втор|оба|обе три|трех|трёх|трет четыр|четвёрт|четверт пят шест сем восем"
    " девят десят двадц тридц сорок пятьдес шестьдес семьдес восемьдес девяност",
}
# Scripts without spaces, and languages that join words: the word may stand inside another.
UNSPACED: Final = frozenset({"th", "ko", "ar", "ta"})

# "Half" in many languages: 1½ tablets may be "one tablet and a half".
HALF: Final = re.compile(
    r"\bhalf\b|\bhalve|demi|\bmedi[ao]s?\b|\bmezz[ao]|\bmei[ao]s?\b|halb|\bhalve?\b|\bpół|połow"
    r"|полов|півтор|пів|полтор|半|반|절반|rưỡi|nửa|نصف|نیم|آدھ|ڈیڑھ|आध|डेढ़|डेढ|ਅੱਧ|ਡੇਢ|அரை|ஒன்றரை"
    r"|ครึ่ง|kalahati|polovin|חצי|חצאי|កន្លះ|ពាក់កណ្តាល|хагас",
    re.IGNORECASE,
)

# How many zeros a word after a number adds.
SCALES: Final[tuple[tuple[str, int], ...]] = (
    (r"billion|mil millones|milliard|мільярд|миллиард|tỷ|tỉ|مليار|میلیارد|บิลเลียน|bilyon", 9),
    (r"億|亿|억", 8),
    (r"crore|करोड़|کروڑ|ਕਰੋੜ|கோடி", 7),
    (
        r"million|millón|millones|milione|milh|Million|мільйон|миллион|triệu|مليون"
        r"|ملايين|میلیون|ملین|मिलियन|ล้าน|milyon",
        6,
    ),
    (r"lakh|लाख|لاکھ|ਲੱਖ|லட்சம்|แสน", 5),
    (r"万|萬|만|หมื่น", 4),
    (
        r"thousand|mille\b|mil\b|tausend|тис|тыс|nghìn|ngàn|천|千|ألف|آلاف|هزار|ہزار|हज़ार"
        r"|हजार|ਹਜ਼ਾਰ|ஆயிரம்|พัน|libo",
        3,
    ),
)
SCALE: Final = re.compile(
    r"[\s\u00a0\u202f]?(?:" + "|".join(f"(?P<e{zeros}>{words})" for words, zeros in SCALES) + ")"
)

_DIGITS: Final = {c: i for i, c in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2, "兩": 2}
_UNITS: Final = {"十": 10, "百": 100, "千": 1000}
_CHINESE: Final = re.compile("[〇零一二三四五六七八九十百千万萬两兩]+")
_WORD: Final = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")


def word_values(text: str, language: Language, *, strict: bool) -> set[str]:
    """Return the numbers that words of a text may stand for.

    Unless `strict`, also by words that may mean something else ("a", "per day"), and by
    words that only begin like a number.
    """
    code = base(language)
    if code == "en":
        return english_values(text, strict=strict)
    if code in ("zh", "ja"):
        found = {chinese_value(numerals) for numerals in _CHINESE.findall(text)}
    else:
        patterns = _small(code, strict)
        values = (*range(1, 11), *range(20, 100, 10))
        found = {
            str(value)
            for value, pattern in zip(values, patterns, strict=False)
            if pattern.search(text)
        }
    return found - {"1"} if strict else found


def english_values(text: str, *, strict: bool) -> set[str]:
    """Return the numbers that English words may stand for ("thirty-eight": 30, 8 and 38)."""
    words = [word.lower() for word in _WORD.findall(text)]
    table = _NUMERALS if strict else ENGLISH
    found: set[str] = set()
    for i, word in enumerate(words):
        value = table.get(word) or table.get(word.removesuffix("s"))
        if value:
            found.update(value.split())
            after = table.get(words[i + 1]) if i + 1 < len(words) else None
            if word in _TENS.split() and after and after.isdecimal():
                found.add(str(int(value) + int(after)))
    return found


@cache
def _small(code: str, strict: bool) -> tuple[re.Pattern[str], ...]:
    start = "" if code in UNSPACED and not strict else r"\b"
    end = r"\b" if strict else ""
    return tuple(
        re.compile(f"{start}(?:{words}){end}", re.IGNORECASE)
        for words in SMALL.get(code, "").split()
    )


def chinese_value(numerals: str) -> str:
    """Return the value of Chinese numerals up to 99,999,999 (三十八: 38, 二〇二六: 2026)."""
    if not set(numerals) & {*_UNITS, "万", "萬"}:
        return str(int("".join(str(_DIGITS[c]) for c in numerals)))
    total = section = digit = 0
    for c in numerals:
        if c in _DIGITS:
            digit = _DIGITS[c]
        elif c in _UNITS:
            section += (digit or 1) * _UNITS[c]
            digit = 0
        else:
            total += (section + digit or 1) * 10_000
            section = digit = 0
    return str(total + section + digit)
