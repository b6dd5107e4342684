"""Writing catalogs: what did not change stays byte for byte, the rest is as msgcat writes it."""

from __future__ import annotations

import random
import subprocess
import sys
import unicodedata
from pathlib import Path

import polib
import pytest
import uniseg
from hypothesis import given, settings
from hypothesis import strategies as st
from uniseg.linebreak import line_break

from ankl_i18n.catalogs import po
from ankl_i18n.catalogs.po import State, wrap
from ankl_i18n.errors import CatalogError

CASES = Path(__file__).parents[1] / "cases" / "po"
HEADERS = {"Language": "de", "Content-Type": "text/plain; charset=UTF-8"}


def msgcat(data: bytes, *options: str) -> bytes:
    """Return the file as GNU gettext writes it; the tests need gettext installed."""
    ran = subprocess.run(["msgcat", *options, "-"], input=data, capture_output=True, check=True)
    return ran.stdout


# -- what GNU writes -----------------------------------------------------------------------

SCRIPTS = {
    "en": "Take 2.5–5 mg once/day (at 8:00), not more — see https://example.org/a-b/c?d=e#f! ",
    "de": "Nehmen Sie „5 Tropfen“ (höchstens 10) – nicht mehr; s. § 3 bzw. 37,5 °C/Tag. ",
    "fr": "Prenez « 5 gouttes » : pas plus ! Est-ce l’heure ? 37,5\u202f°C ; 100\u00a0% ",
    "ru": "Принимайте «не более» 10–20 капель в день — не управляйте автомобилем! ",
    "el": "Μην οδηγείτε· πάρτε 5 σταγόνες (το πολύ 10)· ρωτήστε τον γιατρό σας; ",
    "ar": "لا تقُد السيارة، وتناول ٥ قطرات (١٠ على الأكثر)؛ هل فهمت؟ ",
    "he": "אל תנהגו. קחו 5-10 טיפות (לא יותר), רופא/ה: 03-123-4567 ב־8:00! ",
    "fa": "رانندگی نکنید؛ می‌توانید ۵ قطره بخورید. ",
    "hi": "गाड़ी न चलाएँ। दिन में ५ बूँदें लें — ज़्यादा नहीं! क्या? ",
    "th": "ห้ามขับรถ รับประทานครั้งละ ๕ หยด ไม่เกิน 10 หยด/วัน ",
    "ja": "1日5滴を服用してください（10滴まで）。「車」を運転しないで！ータッチ、ゃゅょ…〜々 ",
    "zh": "每日服用5滴，最多10滴。请勿驾驶！“头痛”、《说明书》——见第3页；37.5℃／天 ",
    "ko": "하루에 5방울을 복용하십시오(최대 10방울). 운전하지 마세요! “두통” ",
    "vi": "Không lái xe. Uống 5 giọt/ngày (tối đa 10), hỏi bác sĩ! ",
    "am": "መኪና አትንዱ። በቀን 5 ጠብታ ውሰዱ፤ ከ10 በላይ አይደለም፡፡ ",
    "bo": "ཉིན་རེར་ཐིགས་པ་ལྔ་འཐུང་རོགས། ",
    "my": "ကားမမောင်းပါနှင့်။ တစ်နေ့ ၅ စက် သောက်ပါ။ ",
    "emoji": "👩‍⚕️👍🏽 ☝🏿 🇩🇪🇯🇵🇫 ❤️‍🩹 a😀b ⌚️… ",
    "marks": "a\u0301e\u0308 \u0301x n\u0303o (\u0302 漢\u0301字 \u200b\u0301b a\u200db ",
    "space": "a  b   c\u00a0d\u2009e\u3000f\u200bg\u2060h\u00adi\tj ",
    "code": "`x = \"C:\\path\\n\"` <a href='x'>1,000.50%</a> {name} %(n)d $5 #1 a|b a&b @x 1/2-3 ",
    "long": "https://example.org/" + "very/" * 20 + "x " + "wordwithoutanybreak" * 6 + " ",
    "lines": "one\ntwo two\n\nthree “four”\n",
}


SCRIPTS["mixed"] = "".join(random.Random(14).sample(sorted(set("".join(SCRIPTS.values()))), k=300))


def sample(language: str, seed: int) -> po.Catalog:
    """Return a catalog of entries of every kind, its texts cut at random from one script."""
    chance = random.Random(f"{language} {seed}")
    script = SCRIPTS[language] * 12

    def text() -> str:
        begin = chance.randrange(len(SCRIPTS[language]))
        cut = script[begin : begin + chance.choice((3, 30, 60, 66, 69, 72, 76, 80, 150, 300))]
        return cut + chance.choice(("", "", "\n", '"'))

    catalog = po.new("sample.po", HEADERS)
    for number in range(40):
        entry = po.Entry(msgid=f"{number} {text()}", msgstr=text())
        entry.obsolete = number % 7 == 6
        if number % 5 == 1:
            entry.msgctxt = text()
        if number % 5 == 2:
            entry.msgid_plural, entry.msgstr = text(), ""
            entry.msgstr_plural = {0: text(), 1: text()}
        if number % 5 == 3:
            entry.previous_msgctxt, entry.previous_msgid = text(), text()
            entry.flags = ["no-wrap", "c-format", "fuzzy"]
        if number % 4 == 1:
            entry.tcomment = entry.comment = text().strip()
            entry.occurrences = [
                (f"source/é{'x' * chance.randrange(25)}.md", str(line or "")) for line in range(7)
            ]
        catalog.entries.append(entry)
    return catalog


@pytest.mark.parametrize("language", SCRIPTS)
@pytest.mark.parametrize("seed", range(3))
def test_format_is_what_msgcat_writes(language: str, seed: int) -> None:
    ours = po.format(sample(language, seed))
    assert ours.decode() == msgcat(ours).decode()


@pytest.mark.parametrize("language", SCRIPTS)
def test_no_wrap_style_is_recognized_and_kept(language: str) -> None:
    catalog = sample(language, 9)
    catalog.wrap = False
    data = po.format(catalog)
    assert data.decode() == msgcat(data, "--no-wrap").decode()
    assert po.format(po.parse(data, "x.po")) == data
    catalog.wrap = True
    wrapped = po.format(catalog)
    assert po.format(po.parse(wrapped, "x.po")) == wrapped


def test_short_lines_of_wide_characters_are_no_long_lines() -> None:
    catalog = po.new("x.po", HEADERS)
    catalog.entries = [po.Entry(msgid="x", msgstr=SCRIPTS["ru"][:70])]
    read = po.parse(po.format(catalog), "x.po")
    read.entries[0].msgstr = SCRIPTS["ru"] * 3
    assert len(po.write(read).splitlines()) > 9


READABLE = sorted(path for path in CASES.glob("*.po"))


@pytest.mark.parametrize("case", READABLE, ids=lambda case: case.stem)
def test_what_we_read_gnu_reads_alike_once_we_wrote_it(case: Path) -> None:
    try:
        catalog = po.parse(case.read_bytes(), case.name)
    except CatalogError:
        return
    catalog.bom, catalog.newline = False, "\n"
    data = po.format(catalog)
    if catalog.charset == "utf-8" and "CHARSET" not in catalog.headers.get("Content-Type", ""):
        known = {e.key(): e for e in catalog.entries if e.msgid or not e.obsolete}
        theirs = po.parse(msgcat(data, "--to-code=UTF-8"), "gnu")
        assert {e.key(): e.forms for e in theirs.entries} == {k: e.forms for k, e in known.items()}


# -- splicing ------------------------------------------------------------------------------


def spliced() -> po.Catalog:
    """Return a catalog in nobody's style: odd wrapping, spaces, line ends and comments."""
    data = (
        '\n#  top\n\nmsgid  ""\nmsgstr "Language: de\\n"\n"X-Odd:   kept \\n"\n\n\n'
        '#:a.md:1   b.md\n#,c-format,  odd-flag\nmsgid "a"  "b"\r\nmsgstr\n  "A"\n\n'
        '# second\nmsgid "c"\nmsgstr ""\n"C "\n"C"\nmsgid "d"\nmsgstr "D"\n\n\n'
        '#~ msgid   "old"\n#~ msgstr "alt"\n\n# the end\n'
    )
    return po.parse(data.encode(), "x.po")


def test_nothing_changed_nothing_written() -> None:
    catalog = spliced()
    assert po.write(catalog) == catalog.data


@pytest.mark.parametrize("number", range(4))
def test_a_changed_entry_changes_its_own_bytes_alone(number: int) -> None:
    catalog = spliced()
    entry = catalog.entries[number]
    begin, end = entry.span or (0, 0)
    entry.msgstr = "neu"
    written = po.write(catalog)
    assert written[:begin] == catalog.data[:begin]
    assert written.endswith(catalog.data[end:])
    assert b'msgstr "neu"' in written[begin : len(written) - len(catalog.data) + end]


def test_a_changed_entry_is_written_as_gnu_does() -> None:
    catalog = spliced()
    catalog.entries[0].msgstr = "Ä"
    entry = '#: a.md:1 b.md\n#, c-format, odd-flag\nmsgid "ab"\nmsgstr "Ä"\n'
    assert entry.encode() in po.write(catalog)


@pytest.mark.parametrize("style", ["\r\n", "\r"])
def test_new_lines_end_like_the_others(style: str) -> None:
    catalog = po.parse(spliced().data.replace(b"\r\n", b"\n").replace(b"\n", style.encode()), "x")
    catalog.entries.append(po.Entry(msgid="n", msgstr="one\ntwo"))
    written = po.write(catalog)
    assert written.count(b"\n") in (0, written.count(b"\r\n"))


def test_entries_move_with_their_comments_and_new_ones_get_a_blank_line() -> None:
    catalog = spliced()
    first, second, _, old = catalog.entries
    catalog.entries = [second, po.Entry(msgid="n", msgstr="N"), first, old]
    written = po.write(catalog).decode()
    assert written.index("# second") < written.index('"n"') < written.index("#:a.md:1")
    assert '\n\nmsgid "n"\nmsgstr "N"\n\n' in written
    assert 'msgid "d"' not in written
    assert written.endswith('\n\n\n#~ msgid   "old"\n#~ msgstr "alt"\n\n# the end\n')


def test_a_file_without_last_line_end_gets_one_when_it_grows() -> None:
    catalog = po.parse(b'msgid "a"\nmsgstr "b"', "x.po")
    catalog.entries.append(po.Entry(msgid="c", msgstr="d"))
    assert po.write(catalog) == b'msgid "a"\nmsgstr "b"\n\nmsgid "c"\nmsgstr "d"\n'


def test_making_an_entry_obsolete_and_back() -> None:
    catalog = po.parse(b'#. n\n#: r\n#, fuzzy\n#| msgid "p"\nmsgid "a"\nmsgstr "b"\n', "x.po")
    catalog.entries[0].obsolete = True
    obsolete = b'#. n\n#: r\n#, fuzzy\n#~| msgid "p"\n#~ msgid "a"\n#~ msgstr "b"\n'
    assert po.write(catalog) == obsolete == msgcat(obsolete)
    back = po.parse(obsolete, "x.po")
    back.entries[0].obsolete = False
    assert po.write(back) == b'#. n\n#: r\n#, fuzzy\n#| msgid "p"\nmsgid "a"\nmsgstr "b"\n'


def test_a_header_field_changes_its_line_alone() -> None:
    catalog = po.parse((CASES / "plural.po").read_bytes(), "x.po")
    catalog.headers["Language"] = "de"
    del catalog.headers["Plural-Forms"]
    catalog.headers["X-Reviewed"] = "yes"
    assert list(catalog.headers) == ["Language", "Content-Type", "X-Reviewed"]
    assert po.write(catalog).endswith(catalog.data[catalog.entries[0].lead :])


def test_setting_a_header_field_to_what_it_is_changes_nothing() -> None:
    catalog = spliced()
    catalog.headers["X-Odd"] = "kept"
    assert po.write(catalog) == catalog.data
    with pytest.raises(ValueError, match="not a header field"):
        catalog.headers["Language"] = "de\nX: y"
    with pytest.raises(KeyError):
        catalog.headers["Nothing"]


def test_text_the_charset_lacks_is_refused() -> None:
    catalog = po.parse((CASES / "latin1.po").read_bytes(), "x.po")
    catalog.entries[0].msgstr = "疲れた"
    with pytest.raises(CatalogError, match="cannot be written in the charset iso8859-1"):
        po.write(catalog)


# -- laws ----------------------------------------------------------------------------------

TEXT = st.text(st.characters(exclude_characters="\0", exclude_categories=["Cs"]), max_size=120)
FILLED = TEXT.filter(bool)
COMMENT = st.text("ab ,.~|:é漢", min_size=1, max_size=30).map(str.strip).filter(bool)


@st.composite
def entries(draw: st.DrawFn) -> po.Entry:
    entry = po.Entry(msgid=draw(FILLED), msgstr=draw(TEXT))
    entry.msgctxt = draw(st.none() | TEXT)
    entry.obsolete = draw(st.booleans())
    entry.tcomment = draw(st.just("") | COMMENT)
    entry.comment = draw(st.just("") | COMMENT)
    entry.flags = draw(st.sampled_from([[], ["fuzzy"], ["fuzzy", "c-format"], ["own"]]))
    entry.previous_msgid = draw(st.none() | TEXT)
    if draw(st.booleans()):
        entry.msgid_plural, entry.msgstr = draw(FILLED), ""
        entry.msgstr_plural = dict(enumerate(draw(st.lists(TEXT, min_size=1, max_size=3))))
    return entry


CATALOGS = st.lists(entries(), max_size=5, unique_by=lambda entry: entry.key())


@settings(deadline=None)
@given(CATALOGS)
def test_what_is_written_reads_back(made: list[po.Entry]) -> None:
    catalog = po.new("x.po", HEADERS)
    catalog.entries = made
    read = po.parse(po.write(catalog), "x.po")
    assert [entry.fields() for entry in read.entries] == [entry.fields() for entry in made]
    assert po.write(read) == po.write(catalog)


@settings(deadline=None)
@given(CATALOGS.filter(bool), st.data())
def test_editing_one_msgstr_changes_its_entry_alone(
    made: list[po.Entry], data: st.DataObject
) -> None:
    catalog = po.new("x.po", HEADERS)
    catalog.entries = made
    read = po.parse(po.write(catalog), "x.po")
    entry = data.draw(st.sampled_from(read.entries))
    begin, end = entry.span or (0, 0)
    if entry.msgid_plural:
        entry.msgstr_plural = dict.fromkeys(entry.msgstr_plural, data.draw(TEXT))
    else:
        entry.msgstr = data.draw(TEXT)
    written = po.write(read)
    assert written[:begin] == read.data[:begin]
    assert written.endswith(read.data[end:])
    again = po.parse(written, "x.po")
    assert [e.fields() for e in again.entries] == [e.fields() for e in read.entries]


# -- entries -------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("fields", "state"),
    [
        ({"msgstr": "x"}, State.TRANSLATED),
        ({"msgstr": ""}, State.UNTRANSLATED),
        ({"msgstr": "x", "flags": ["FUZZY"]}, State.FUZZY),
        ({"msgstr": "", "flags": ["fuzzy"]}, State.UNTRANSLATED),
        ({"msgstr": "x", "obsolete": True}, State.OBSOLETE),
        ({"msgid_plural": "s", "msgstr_plural": {0: "x", 1: "y"}}, State.TRANSLATED),
        ({"msgid_plural": "s", "msgstr_plural": {0: "x", 1: ""}}, State.UNTRANSLATED),
        ({"msgid_plural": "s", "msgstr_plural": {0: "x", 1: ""}, "flags": ["fuzzy"]}, State.FUZZY),
        ({"msgid_plural": "s"}, State.UNTRANSLATED),
    ],
)
def test_state(fields: dict[str, object], state: State) -> None:
    entry = po.Entry(msgid="m", **fields)
    assert entry.state() is state
    assert entry.translated() is (state is State.TRANSLATED)


def test_the_fuzzy_property_knows_every_spelling() -> None:
    entry = po.Entry(msgid="m", flags=["Fuzzy", "c-format", "FUZZY"])
    assert entry.fuzzy
    entry.fuzzy = False
    assert entry.flags == ["c-format"]
    entry.fuzzy = True
    assert entry.flags == ["fuzzy", "c-format"]


@given(
    st.text(
        st.sampled_from("ab1 -/.,;:!?()[]{}%$\"'«»“”、。（）「」あ漢가हि—–…\u00a0\u200b\u2060→☎")
    )
)
def test_the_fast_way_to_break_lines_is_the_slow_one(text):
    may_begin = wrap._opportunities(text)
    assert [at for at in range(1, len(text)) if may_begin(at)] == list(wrap._allowed(text))


def test_the_classes_of_characters_are_those_of_unicode():
    table = Path(wrap.__file__).with_name("line_break_classes.txt").read_text(encoding="ascii")
    assert f"# Unicode {uniseg.unidata_version}\n" in table
    for code in range(sys.maxunicode + 1):
        char, name = chr(code), wrap._CLASSES[chr(code)]
        found = line_break(char).name
        found = {"CJ": "NS", "CB": "ID", "VI": "CM", "VF": "CM"}.get(found, found)
        if found == "OP" and unicodedata.east_asian_width(char) in "FWH":
            found = "OW"
        elif found == "AS" and char.isdecimal():
            found = "NU"
        assert name == found or (name == "AL" and found not in {*wrap.COLUMNS, "CM", "ZWJ", "SP"})


def test_an_entry_has_all_that_polib_gives_one():
    assert vars(polib.POEntry()).keys() <= vars(po.Entry()).keys()
    for name, value in vars(polib.POEntry()).items():
        assert getattr(po.Entry(), name) == value
