"""Which scripts languages are written in, and which characters they do without."""

from __future__ import annotations

import re
from typing import Final

_ARABIC: Final = re.compile(r"[\u0620-\u064a\u066e-\u06d3\u0750-\u077f]")
_CYRILLIC: Final = re.compile(r"[\u0400-\u052f]")
_DEVANAGARI: Final = re.compile(r"[\u0900-\u097f]")

# A letter of the script; languages written in Latin letters are left out.
SCRIPTS: Final = {
    "zh": re.compile(r"[\u3400-\u9fff]"),
    "ja": re.compile(r"[\u3040-\u30ff\u3400-\u9fff]"),
    "ko": re.compile(r"[\uac00-\ud7af]"),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb", "sd", "ug"), _ARABIC),
    **dict.fromkeys(("ru", "uk", "be", "bg", "mk", "kk", "ky", "mn", "tg"), _CYRILLIC),
    **dict.fromkeys(("hi", "mr", "ne"), _DEVANAGARI),
    "bn": re.compile(r"[\u0980-\u09ff]"),
    "pa": re.compile(r"[\u0a00-\u0a7f]"),
    "gu": re.compile(r"[\u0a80-\u0aff]"),
    "ta": re.compile(r"[\u0b80-\u0bff]"),
    "te": re.compile(r"[\u0c00-\u0c7f]"),
    "kn": re.compile(r"[\u0c80-\u0cff]"),
    "ml": re.compile(r"[\u0d00-\u0d7f]"),
    "si": re.compile(r"[\u0d80-\u0dff]"),
    "th": re.compile(r"[\u0e00-\u0e7f]"),
    "lo": re.compile(r"[\u0e80-\u0eff]"),
    "my": re.compile(r"[\u1000-\u109f]"),
    "ka": re.compile(r"[\u10a0-\u10ff]"),
    "am": re.compile(r"[\u1200-\u137f]"),
    "ti": re.compile(r"[\u1200-\u137f]"),
    "km": re.compile(r"[\u1780-\u17ff]"),
    "el": re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]"),
    "he": re.compile(r"[\u05d0-\u05ea]"),
    "yi": re.compile(r"[\u05d0-\u05ea]"),
    "hy": re.compile(r"[\u0530-\u058f]"),
}

# Common characters that only one of the two ways of writing Chinese has.
SIMPLIFIED: Final = (
    "这们说时对会过发经现关开问间见长东车书语话请谁还进远运边选没药医疗热护胀肿细红诊检测验险"
    "严类给应该让认识为从无气电脑脏肾头张师双变术输觉难题项颗须顺预频养饮饭馆马鱼龙门阶队阳阴"
    "际随隐静页顶风飞鸟黄齐龄继续统线组织终结绝络维综绿编缩网罗义习乐买卖亲亿仅价众优伤传体债"
    "儿兰兴军农冲决况冻净减击则刚创剂动劳势区华协单卫历压厅县参启员响园围图圆场块坏处备够奖妇"
    "妈学宁实宝审宽导尔尽层岁帮帐广庆库归录当忆怀态总恶惊惯愿戏执扩扫担择据换损摇数断旧显晓权"
    "条极构标树样桥梦楼欢毕汉沟泪泽洁济润渐湿满滚灭灯灵烧烦爱状独环画疯痒盘确码离积称稳穷竞笔"
    "签简粮纪约级纸练绍缓联聪职肠肤胆胜脸艺节苏获虑虽补装规视览计订讨训议记讲许论设访证评词译"
    "试详误诱读课调谈谢负财责败货质贴费资赛赢转轮软轻较辆辑达迁违连迟适逻邮释针钟钙铁银链销错"
    "键镜闭闻闷阅阵陈陆雾额颜骤"
)
TRADITIONAL: Final = (
    "這們說時對會過發經現關開問間見長東車書語話請誰還進遠運邊選沒藥醫療熱護脹腫細紅診檢測驗險"
    "嚴類給應該讓認識為從無氣電腦臟腎頭張師雙變術輸覺難題項顆須順預頻養飲飯館馬魚龍門階隊陽陰"
    "際隨隱靜頁頂風飛鳥黃齊齡繼續統線組織終結絕絡維綜綠編縮網羅義習樂買賣親億僅價眾優傷傳體債"
    "兒蘭興軍農衝決況凍淨減擊則剛創劑動勞勢區華協單衛歷壓廳縣參啟員響園圍圖圓場塊壞處備夠獎婦"
    "媽學寧實寶審寬導爾盡層歲幫帳廣慶庫歸錄當憶懷態總惡驚慣願戲執擴掃擔擇據換損搖數斷舊顯曉權"
    "條極構標樹樣橋夢樓歡畢漢溝淚澤潔濟潤漸濕滿滾滅燈靈燒煩愛狀獨環畫瘋癢盤確碼離積稱穩窮競筆"
    "簽簡糧紀約級紙練紹緩聯聰職腸膚膽勝臉藝節蘇獲慮雖補裝規視覽計訂討訓議記講許論設訪證評詞譯"
    "試詳誤誘讀課調談謝負財責敗貨質貼費資賽贏轉輪軟輕較輛輯達遷違連遲適邏郵釋針鐘鈣鐵銀鏈銷錯"
    "鍵鏡閉聞悶閱陣陳陸霧額顏驟"
)
_KANA: Final = "\u3041-\u3096\u30a1-\u30fa"
ONLY: Final = {
    "zh-Hans": re.compile(f"[{TRADITIONAL}{_KANA}]"),
    "zh-Hant": re.compile(f"[{SIMPLIFIED}{_KANA}]"),
}

# Where U+200C and U+200D shape letters, and where U+200B marks the words of unspaced text.
_JOINING: Final = "fa ur ar ps ckb sd ug hi mr ne pa bn as gu or ta te kn ml si km my lo th"
JOINER_LANGUAGES: Final = frozenset(_JOINING.split())
WRAPPING_LANGUAGES: Final = frozenset({"th", "km", "lo", "my", "ja", "zh"})
