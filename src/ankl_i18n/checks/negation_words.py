"""Where English says not and denies nothing, or denies without a not; in small letters."""

from __future__ import annotations

import re
from typing import Final

# Where English says not and other languages need not.
ENGLISH_IDIOMS: Final = re.compile(
    r"not limited to|not (?:only|merely|simply|solely)|not to mention|not un\w+|not in\w+ly"
    r"|no matter|whether or not|or not|why not|why (?:do|does|is|are|ca)n['’]t"
    r"|no doubt|without (?:a )?doubt|(?:don['’]t|do not|never) (?:hesitate|worry"
    r"|forget)|can(?:['’]t|not) wait (?:to|for)|nothing but|no\. ?\d"
    r"|yes or no|(?:no|not) (?:more|less|fewer|later|earlier|sooner|longer|older|younger"
    r"|lower|higher|larger|smaller|greater) than|(?:not|n['’]t) exceed(?:ing)?"
    r"|without (?:having|needing|changing)|no (?:problem|worries)"
    r"|before\b[^.,;:]*?\bnot yet|not until"
    r"|until\b(?! \d)[^.,;:]{0,60}?\b(?:d(?:id|o|oes)|ha[sd]|have) not"
    r"|never[- ]before|never (?:been |yet )?\w+ before"
    r"|careful (?:that )?(?:you|they|we|it) (?:do not|don['’]t|will not|won['’]t)"
    r"|ing\b[^.,;:]*\b(?:does not|doesn['’]t|do not|don['’]t|will not|won['’]t) hurt"
    r"|(?:is|are|do|does|did|was|were|has|have|would|should|could)n['’]t (?:it|they"
    r"|you|we|that|there)\b",
)
# Words that say a "not" within: "unsafe", "avoid", "lack". Other languages have words for them
# that deny, or deny in part.
ENGLISH_NEGATIVE: Final = re.compile(
    r"\b(?:un(?!der(?!report)|it|ic|iq|ion|ivers|til)-?\w+|non\w*"
    r"|in(?:ability|accessible|accura|action|activ|adequ|advertent|animate|appropriate|aud|capa"
    r"|comp(?!ut)|congru|consist|conven|correct|curable|defin|depend|directly|effec|effic|elig"
    r"|evitab|exact|exhaust|expens|experien|explic|fallib|fertil|finite|flex|formal|frequen|hum"
    r"|hospit|numer|operab|sane|secur|sensitiv|separ|signif|sol(?:ub|v)|stab|suffic|suit|tact"
    r"|tang|tention|toler|tract|valid|variab|visib|volunt|vulner)\w*"
    r"|im(?:balance|matur|mob|mutab|patien|perfect|permea|person|possib|practical|precise"
    r"|probab|proper|pure)\w*"
    r"|ir(?:re|ra)\w+|il(?:leg|licit|liter|log)\w+|mis(?!s?ion)\w+|de(?:activ|hydr|nied|priv)\w*"
    r"|dis(?:able|abil|advant|agree|appear|approv|belie|comfort|connect|content|continu|courage"
    r"|hon|inclin|like|loyal|obey|order|organi|orient|parag|please|proport|prove|qualif|regard"
    r"|satis|similar|trust|use)\w*"
    r"|a(?:bnorm|morph|naem|nem|nonym|sept|sympt|symm|synchron|typic)\w*|async"
    r"|(?!stain|never|none)\w{3,}less(?<!regardless)|\w+-free|except\w*|instead|rather"
    r"|other than|fail\w*|lack\w*|miss(?:ing|ed|es)?"
    r"|prevent\w*|avoid\w*|stop\w*|free|refus\w*|reject\w*|forbid\w*|prohibit\w*"
    r"|zero|null|void|absen\w+|den(?:y|ie\w+)|ignor\w+|omit\w*|skip\w*|bann?(?:s|ed|ing)?"
    r"|unless|exclu\w+|oppos\w+|halt\w*|dysfunc\w*|insomn\w*|out of|out-of-\w+"
    r"|shortage\w*|refrain\w*|exempt\w*|nowhere|remains? to be|still being"
    r"|continu\w* to have|still (?:require|need|await|lack)\w*"
    r"|hardly|rarely|seldom|barely|little|right(?=\s*[?]|\s*$)"
    r"|otherwise|despite|regardless|wrong|trivial\w*|bare|run out"
    r"|under-?(?:perform|rep|estim)\w*|lesser|substandard|ambigu\w*|false\w*|left (?:behind|out)"
    r"|erroneous\w*|\w+-neutral|irregul\w*|scarce\w*|cleared|persist\w*|resistan\w*"
    r"|blind\w*|deaf\w*|vacan\w*|steril\w*|spotless|\w*dont\w+|await\w*"
    r"|less (?:severe|\w+(?:able|ible|ant|ent|ed|ful|al|ic|ive|ly|ous|ust))"
    r"|(?:advis|caution|recommend|urg|warn)\w* against|los[est]\w*|poor\w*|negative)\b",
)
# What a word that perhaps denies may say besides: "in addition to", "immune".
ENGLISH_BESIDES: Final = re.compile(r"\b(?:in addition|besides|apart from|aside from|immun\w*)\b")
# Other languages may deny with a word for "stop": here that word is denied itself.
ENGLISH_STOPPING: Final = re.compile(
    r"\b(?:not|n['’]t|never|without)(?: \w+)? stop(?:s|ped|ping)?\b"
)
# What other languages say with a word that denies, or perhaps denies, without an English "not".
ENGLISH_AVOID: Final = re.compile(r"(?:^|(?<=[.;:!?] ))avoid\b", re.I)
# Not "unless it is unavailable", which is "if it is available".
ENGLISH_UNLESS: Final = re.compile(
    r"\bunless\b(?![^.,;:]*\b(?:un(?!der|til|it)\w+|not|no|in\w+ble)\b)", re.I
)
# What other languages say with a word for "must": "your doctor tells you to".
ENGLISH_ADVICE: Final = re.compile(
    r"\b(?:t(?:old|ells?)|sa(?:ys?|id)|advi[cs]\w*|ask\w*|recommend\w*|prescrib\w*|order\w*)\b",
    re.I,
)
# A limit, which the checks of bounds compare: "do not take more than 4".
ENGLISH_LIMIT: Final = re.compile(
    r"\b(?:(?:do|did|does|must|should|can|may|will) ?(?:not|n['’]t)|don['’]t|cannot|can['’]t|never)"
    r" (?:(?!(?:if|when|who|that|and|or|but|as|unless|to)\b)\w+ ){1,4}?"
    r"(?:more|longer|later|older|higher) than (?=\d)",
    re.I,
)
# Words beside which other languages may say "not": "only", "too".
ENGLISH_TURNING: Final = re.compile(
    r"\b(?:until|continu\w*|stay\w*|shortness|\w+-friendly|forgot\w*"
    r"|only|just|mere\w*|few|less|else|differ\w*|too|yet"
    r"|beyond|outside|leav\w+|errors?|bugs?|raw|limit\w*|ensure\w*|hid\w+|bad\w*"
    r"|difficult\w*|awkward\w*|confus\w*|restrict\w*|protest\w*|keep\w*|soon|protect\w*"
    r"|delay\w*|endanger\w*|against|in case|inhibit(?:s|ed|ing|ion)?|arrhythm\w*|forget\w*"
    r"|cancel\w*|declin\w*|indirect\w*|over-the-counter|overwhelm\w*|low rates?"
    r"|novel|new|healthy|allow\w*|permit\w*|clos(?:e|ed|es|ing)|empti\w+|rough\w*"
    r"|waiv\w+|all but|short notice|young|ok(?:ay)?|fine|immediate\w*|instant\w*|easy|easily|simple"
    r"|essential\w*|vital\w*|alone|single|clear|pass(?:es|ed)?|at odds|orthogonal|arbitrary"
    r"|garbage|skeptic\w*|obscur\w*|conservativ\w*|drop(?:s|ped|ping)?|will work"
    r"|empty|away|volatil\w*|vague\w*|chronic\w*|challeng\w*)\b",
)
# What a translation may well say with words that deny nothing: others, few, closed, alone.
ENGLISH_SOFT: Final = re.compile(
    r"\bthose (?:who|that|which) (?:do|does|did)(?: not|n['’]t)|\bif not\b"
    r"|\bnot (?:many|possible|exclusively|proportionate|a substitute|a replacement)\b"
    r"|\bcannot be (?:seen|understood|heard|read)\b"
    r"|\bnot (?:used )?(?:consistent|clear|complete|correct|natural|how|be translated)\w*",
    re.IGNORECASE,
)
# Beside these, another language may say what it is for: "so that it does not spread".
ENGLISH_PREVENTING: Final = re.compile(r"\b(?:protect|prevent|avoid|contain|stay|keep)\w*\b")
# The name of what these find: other languages deny what is kept from happening, or preferred.
PHRASE: Final = "…"
ENGLISH_PHRASES: Final = re.compile(
    r"\b(?:keep|prevent|protect|stop|inhibit|hinder|spar|sav)\w* (?:[\w-]+ ){0,8}?"
    r"from(?= [\"“]*(?:\w+ )?[\w-]+ing)|\bspared from\b|\bfree of\b|\bloss of\b"
    r"|\blittle (?=(?:is|was|are|or no|to no|notice|chance|evidence|use)\b)"
    r"|\bfail\w* to(?= \w)|\bstop(?:s|ped|ping)? (?=\w+ing)"
    r"|\b(?:trouble|difficulty|avoid\w*) (?=[\w-]+ing)|\b(?:too|so) \w+ (?:for|to|that)\b"
    r"|\b(?:recommend|prefer)\w* [\w -]+ over\b"
    r"|\b(?:advi[cs]e|recommend|warn|guidance)\w*\b.{0,40}? against\b"
    r"|\btest(?:s|ed|ing)? (?:\w+ )?negative|\b(?:be|is|are|was|were) negative"
    r"|\bnegative(?= for)|\bremain\w* (?=free)|\ball but (?=an? |one |few)"
    r"|\b(?:what|when|where|who)ever\b|\b(?:left|leaves?|leaving|let) (?:\w+ )?alone\b"
    r"|\b(?:no|not|without)\b[^.,;]* or\b|\bright(?=\s*\?)",
)
# How often translations deny beside words that ENGLISH_NEGATIVE and ENGLISH_TURNING find, counted
# in the 16 translations of TICO-19 whose sources deny nothing; beside others, seldom. An idiom (see
# ENGLISH_IDIOMS) is an empty word here.
_SELDOM: Final = 0.012
_CHANCES: Final = (
    (_SELDOM / 2, re.compile(r"against")),
    (0.35, re.compile(
        r"(?:)|…|un(?!mask|til\b)-?\w[\w-]*|non[\w-]*|im(?!med)\w+"
        r"|in(?!expens|activ|depend|formal|direct|stan|hibit)\w+|ir\w+|asympt\w*|asymm\w*"
        r"|atyp\w*|abn\w*|(?!regard|less)\w{3,}less|\w+-free|lack\w*"
        r"|absen\w*|yet|exclu\w+|fail(?:ed|ing|s)|\w+ against|nowhere|remains? to be|restrictive"
        r"|volatile|missing|cleared|ambigu\w*|vague\w*|wrong|erron\w*|awkward\w*|zero|omit\w*"
        r"|skip\w*|\w*dont\w+|left out|continu\w* to have|rather|instead|\w+-neutral"
        r"|\w+-friendly")),
    (0.12, re.compile(
        r"differ|challeng\w*|difficult|other than"
        r"|otherwise|except\w*|until|less \w+|lesser|rarely|seldom|hardly|barely"
        r"|scarce\w*|shortages?|shortness|low rates?|poor\w*|substandard|bad|bare|free"
        r"|dis(?!order)\w+|mis\w+|il\w+|a[bns]\w+|in(?:dep|direct|expens)\w*|under-?\w+|dysfunc\w*"
        r"|insomn\w*|bann?\w*|prohib\w*|forbid\w*|refus\w*|den(?:y|ied)\w*|waiv\w*|overwhelm\w*"
        r"|stop(?:s|ped|ping)|prevented|keeping|passed|hid\w+|ignor\w+|obscur\w*|lose|los\w+ing"
        r"|left behind|out-of-\w+|over-the-counter|short notice|at odds|fine|ok(?:ay)?|rough\w*"
        r"|trivial\w*|orthogonal|skeptic\w*|arbitrary|vacan\w*|steril\w*|persist\w+"
        r"|outside|still (?:being|requ\w+)")),
    (0.06, re.compile(
        r"avoid\w*|few|less|little|alone|too|despite|keep|stay\w*|stop|leav\w+|clos\w+"
        r"|restrict\w*|limit\w*|allow\w*|permit\w*|difficult\w*|simple|easily|single|young|healthy"
        r"|chronic\w*|empt\w+|away|out of|forg\w+|missed|failures?|false\w*|awaited"
        r"|inactiv\w*|negative|resistant")),
)  # fmt: skip


def chance(word: str) -> float:
    """Return how often, 0 to 1, another language denies beside an English word that does not."""
    return next((often for often, words in _CHANCES if words.fullmatch(word)), _SELDOM)
