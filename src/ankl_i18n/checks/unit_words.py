"""The units that leaflets use, as they are written in many languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: its name, the kind of quantity, and regular expressions of how it is written.

    `signs` are abbreviations, where case matters and no letter may follow; `words` go on
    freely (plurals, endings); `before` is how languages write it before the number.
    """

    name: str
    kind: str
    signs: str = ""
    words: str = ""
    before: str = ""


_LANGUAGES: Final = "en fr es pt de uk ru zh ja ko vi ar fa ur hi pa ta th fil"
# The languages whose words for units stand below; of others there are a few.
KNOWN: Final = frozenset(_LANGUAGES.split())

# Longer names come first: "mcg" before "m", "mg" before "g".
UNITS: Final = (
    Unit(
        "°C",
        "temperature",
        "°\u00a0?C|º ?C|° C|°\u202fC|℃|°С|oC",
        r"degrees? (?:celsius|centigrade)|degrés? celsius|grados (?:celsius|centígrados)"
        r"|grad celsius|gradi celsius"
        r"|градус\w* (?:за )?цельс|摄氏度|攝氏度|도\(섭씨\)|độ C|degree celsius"
        r"|डिग्री सेल्सियस|डिग्री सेंटीग्रेड"
        r"|ਡਿਗਰੀ ਸੈਲਸੀਅਸ|°?\s?سانتی\u200c?گراد|درجه\w* (?:سانتی\u200c?گراد|سلسیوس)"
        r"|ڈگری سینٹی گریڈ|ڈگری سیلسیس"
        r"|درجة مئوية|درجات مئوية|درجة سيليزية|° ?م\b|டிகிரி செல்சியஸ்|องศาเซลเซียส"
        r"|digri celsius|°\s?c\b",
        "(?:摄氏|攝氏)(?:零下)?|섭씨(?: 영하)?",
    ),
    Unit(
        "°F",
        "temperature",
        "°\u00a0?F|º ?F|° F|°\u202fF|℉|oF",
        r"degrees? fahrenheit|degrés? fahrenheit|grados fahrenheit|grad fahrenheit"
        r"|gradi fahrenheit|градус\w* (?:за )?фаренгейт"
        r"|华氏度|華氏度|độ F|डिग्री फ़ारेनहाइट|डिग्री फारेनहाइट|ਡਿਗਰੀ ਫਾਰਨਹੀਟ"
        r"|ਡਿਗਰੀ ਫਾਰਨਹਾਈਟ|درجه\w* فارنهایت|ڈگری فارن ہائیٹ"
        r"|درجة فهرنهايت|درجات فهرنهايت|° ?ف\b|டிகிரி ஃ?பாரன்ஹீட்|டிகிரி ஃபாரன்ஹைட்"
        r"|องศาฟาเรนไฮต์|°\s?f\b",
        "(?:华氏|華氏)(?:零下)?|화씨(?: 영하)?",
    ),
    Unit(
        "percent",
        "ratio",
        "%|％|٪|﹪",
        r"per ?cent|pour ?cent|por ciento|por cento|prozent|відсотк|процент|パーセント"
        r"|퍼센트|phần trăm|في المئة|بالمئة|في المائة|بالمائة|درصد|فی ?صد|प्रतिशत|फ़?ीसदी"
        r"|ਪ੍ਰਤੀਸ਼ਤ|ਫੀਸਦੀ|சதவீதம்|சதவிகிதம்|เปอร์เซ็นต์|porsiyento",
        "百分之|ร้อยละ|%|٪",
    ),
    Unit(
        "µg",
        "mass",
        "µg|μg|mcg|ug|мкг",
        r"micrograms?|microgrammes?|microgramos?|mikrogramm|мікрограм|微克"
        r"|マイクログラム|마이크로그램|ميكروغرام|میکروگرم|مائیکروگرام|माइक्रोग्राम"
        r"|ਮਾਈਕ੍ਰੋਗ੍ਰਾਮ|மைக்ரோகிராம்|ไมโครกรัม"
        r"|מיקרוגרם|מק[\x22״]ג|មីក្រូក្រាម",
    ),
    Unit(
        "mg",
        "mass",
        "mg|MG|мг|㎎",
        r"milligrams?|milligrammes?|miligramos?|milligramm|міліграм|毫克|ミリグラム"
        r"|밀리그램|ملغ|ملجم|مجم|مغ\b|مليغرام|ملليجرام|ملیگرم|میلی\u200c?گرم|ملی ?گرام"
        r"|मि\.?ग्रा|मिग्रा|मिलीग्राम|मि\.?लीग्राम|ਮਿਲੀਗ੍ਰਾਮ|மி\.?கி|மில்லிகிராம்|มก\.?"
        r"|มิลลิกรัม|miligramo"
        r"|מיליגרם|מ[\x22״]ג|មីលីក្រាម|миллиграмм",
    ),
    Unit(
        "kg",
        "mass",
        "kg|KG|кг|㎏",
        r"kilograms?|kilogrammes?|kilos?\b|kilogramos?|kilogramm|кілограм|公斤|千克"
        r"|キログラム|キロ|킬로그램|كيلوغرام|كيلو|كجم|كغ|کیلوگرم|کیلو|کلوگرام|कि\.?ग्रा"
        r"|किलोग्राम|किलो|ਕਿਲੋਗ੍ਰਾਮ|ਕਿਲੋ|கிலோ|กก\.?|กิโลกรัม"
        r"|קילוגרם|קילו|ק[\x22״]ג|គីឡូក្រាម|килограмм",
    ),
    Unit(
        "mL",
        "volume",
        "mL|ml|ML|мл|㎖|cc",
        r"millilit(?:er|re)s?|mililitros?|milliliter|мілілітр|毫升|ミリリットル|밀리리터"
        r"|مل\b|مليلتر|ملليلتر|میلی\u200c?لیتر|ملی ?لیٹر|मि\.?ली|मिली|मिलीलीटर|ਮਿਲੀਲੀਟਰ"
        r"|மி\.?லி|மில்லிலிட்டர்|มล\.?|มิลลิลิตร|mililitro"
        r"|מיליליטר|מ[\x22״]ל|មីលីលីត្រ|миллилитр",
    ),
    Unit(
        "mm",
        "length",
        "mm|мм|㎜",
        r"millimet(?:er|re)s?|milímetros?|毫米|公釐|ミリメートル|ミリ|밀리미터|مليمتر"
        r"|میلی\u200c?متر|मिलीमीटर|มิลลิเมตร",
    ),
    Unit(
        "cm",
        "length",
        "cm|см|㎝",
        r"centimet(?:er|re)s?|centímetros?|厘米|公分|センチ|센티미터|سنتيمتر"
        r"|سانتی\u200c?متر|سینٹی ?میٹر|सेंटीमीटर|सेमी|ਸੈਂਟੀਮੀਟਰ|சென்டிமீட்டர்|செ\.?மீ"
        r"|เซนติเมตร|ซม\.?|sentimetro",
    ),
    Unit(
        "km",
        "length",
        "km|км|㎞",
        r"kilomet(?:er|re)s?|kilómetros?|公里|千米|キロメートル|킬로미터|كيلومتر|كم\b"
        r"|کیلومتر|کلومیٹر|किलोमीटर|กิโลเมตร|กม\.?|kilometro",
    ),
    Unit(
        "milliseconds",
        "time",
        "ms|мс",
        r"milliseconds?|millisecondes?|milisegundos?|мілісекунд|毫秒|ミリ秒|밀리초"
        r"|مللي ?ثانية|میلی\u200c?ثانیه",
    ),
    Unit(
        "seconds",
        "time",
        "sec|(?<=[ \u00a0\u202f])s|с",
        r"seconds?|secondes?|segundos?|sekunde|секунд|秒|초|giây|ثانية|ثواني|ثوان|ثانیه"
        r"|سیکنڈ|सेकंड|सेकेंड|ਸਕਿੰਟ|விநாடி|வினாடி|நொடி|วินาที|segundo",
    ),
    Unit(
        "minutes",
        "time",
        "min|mins|хв|мин",
        r"minutes?|minutos?|minuten|хвилин|минут|分(?!之)|분|phút|دقيقة|دقائق|دقیقه|منٹ"
        r"|मिनट|ਮਿੰਟ|நிமிட|นาที|minuto",
    ),
    Unit(
        "hours",
        "time",
        r"h|hr|hrs|год\.|ч",
        r"hours?|heures?|horas?|stunden?|годин|часа?|часов|小时|小時|钟头|鐘頭|時間|시간"
        r"|giờ|tiếng|ساعة|ساعات|ساعت|گھنٹ|घंट|घण्ट|ਘੰਟ|மணி|ชั่วโมง|oras",
    ),
    Unit(
        "days",
        "time",
        "",
        r"days?|jours?|d[ií]as?|tage?n?\b|дні|днів|ден|дня|дней|天|日(?!時)|일|ngày|يوم"
        r"|أيام|ایام|روز|دن|दिन|दिवस|ਦਿਨ|நாள்|நாட்கள|วัน|araw",
    ),
    Unit(
        "weeks",
        "time",
        "",
        r"weeks?|semaines?|semanas?|wochen?|тижн|недел|周|週|星期|礼拜|禮拜|주|tuần"
        r"|أسبوع|أسابيع|هفته|ہفت|हफ़्त|हफ्त|सप्ताह|ਹਫ਼ਤ|ਹਫਤ|வார|สัปดาห์|อาทิตย์|linggo",
    ),
    Unit(
        "months",
        "time",
        "",
        r"months?|mois|meses|mes\b|monate?|місяц|месяц|个月|個月|個月|か月|ヶ月|カ月"
        r"|ヵ月|月|개월|달|tháng|شهر|أشهر|شهور|ماه|مہین|ماہ|महीन|माह|ਮਹੀਨ|மாத(?!்திர)|เดือน"
        r"|buwan",
    ),
    Unit(
        "years",
        "time",
        "",
        r"years?|ans?\b|années?|a[ñn]os?\b|jahre?n?|рок|років|лет|год(?!ин)|年|岁|歲|歳|才|년"
        r"|세|살|năm|tuổi|سنة|سنوات|عام|أعوام|سال|برس|वर्ष|साल|ਸਾਲ|ਵਰ੍ਹ|ஆண்டு|வயது|வருட|ปี"
        r"|taon",
    ),
    Unit(
        "g",
        "mass",
        "g|г|克",
        r"grams?|grammes?|gramos?|gramm|грам|公克|克|グラム|그램|غرام|جرام|جم|غ\b|گرم|گرام"
        r"|ग्राम|ਗ੍ਰਾਮ|கிராம்|กรัม|gramo"
        r"|גרם|ក្រាម",
    ),
    Unit(
        "L",
        "volume",
        "L|l|л",
        r"lit(?:er|re)s?|litros?|літр|升|公升|リットル|리터|لتر|لیتر|لیٹر|लीटर|ਲੀਟਰ"
        r"|லிட்டர்|ลิตร|litro"
        r"|ליטר|លីត្រ",
    ),
    Unit(
        "m",
        "length",
        "m|м",
        r"met(?:er|re)s?|metros?|米|公尺|メートル|미터|متر|میٹر|मीटर|ਮੀਟਰ|மீட்டர்|เมตร"
        r"|metro",
    ),
)

# What is counted out to patients. These words are too many to miss one, so that such amounts
# are only compared with one another.
COUNTS: Final = (
    Unit(
        "tablets",
        "count",
        "",
        r"tablets?|pills?|capsules?|comprimés?|pilules?|gélules?|comprimidos?|pastillas?|tabletas?"
        r"|cápsulas?|tabletten?|kapseln?|compress[ae]|pillol[ae]|таблет|пігул|капсул|片|粒|錠|锭"
        r"|胶囊|膠囊|カプセル|정(?!도)|알(?!레)|캡슐|viên|حب(?:ة|ات|وب)|قرص|أقراص|كبسول|کپسول|گولی"
        r"|ٹیبلٹ|गोली|गोलिय|टैबलेट|कैप्सूल|ਗੋਲੀ|ਗੋਲੀਆਂ|ਕੈਪਸੂਲ|மாத்திரை|เม็ด|แคปซูล|kapsula",
    ),
    Unit(
        "drops",
        "count",
        "",
        r"drops?|gouttes?|gotas?|tropfen|gocc[ei]|крапл|капл|滴|방울|giọt|قطر|बूँद|बूंद|ਬੂੰਦ|துளி"
        r"|சொட்டு|หยด|patak",
    ),
    Unit(
        "times",
        "count",
        "",
        r"times|fois|veces|vez\b|mal\b|volte|volta\b|vezes|раз|次|回|번|차례|lần|مر(?:ة|ات)|بار\b"
        r"|مرتبہ|دفعہ|बार|ਵਾਰ|முறை|தடவை|ครั้ง|beses",
    ),
)
