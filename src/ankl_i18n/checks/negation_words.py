"""Where English says not and denies nothing, or denies without a not; in small letters."""

from __future__ import annotations

import re
from typing import Final

# Where English says not and other languages need not.
ENGLISH_IDIOMS: Final = re.compile(
    r"not limited to|not many|no-contact"
    r"|not only|not just|not to mention|not un\w+|not in\w+ly|no matter|no longer"
    r"|whether or not|or not|if not|why not|why (?:do|does|is|are|ca)n['’]t"
    r"|no doubt|without (?:a )?doubt|(?:don['’]t|do not|never) (?:hesitate|worry"
    r"|forget)|can(?:['’]t|not) wait (?:to|for)|nothing but|no\. ?\d"
    r"|yes or no|no later than|no (?:more|less|fewer) than|not (?:more|less"
    r"|fewer) than|without (?:having|needing|changing)|no (?:problem|worries)"
    r"|(?:is|are|do|does|did|was|were|has|have|would|should|could)n['’]t (?:it|they"
    r"|you|we|that|there)\b",
)
# Where other languages may deny though English does not say not: "unsafe", "rather", "too".
ENGLISH_NEGATIVE: Final = re.compile(
    r"\b(?:un(?!der(?!report)|it|ic|iq|ion|ivers)\w+|non\w*|in(?:action|adequ|effective|effic|separ|fertil|valid|correct|complete|sufficient|consistent"
    r"|compatible|definite|exhaustive|accessible|active|visible|appropriate|ability|capable"
    r"|tention|advertent|depend)\w*|im(?:possible|mutable|perfect|practical|proper)\w*"
    r"|ir(?:re|ra)\w+|mis(?!s?ion)\w+|dis(?:able|abil|content|appear|connect|continu|regard|agree"
    r"|courage)\w*|\w{3,}less|only|just|mere\w*|few|little|less|hardly|rarely|seldom"
    r"|except\w*|instead|rather|but|however|otherwise|else|although|though|despite|regardless"
    r"|fail\w*|lack\w*|miss\w*|prevent\w*|avoid\w*|forget\w*|stop\w*|free|differ\w*|refus\w*"
    r"|reject\w*|forbid\w*|prohibit\w*|zero|empty|absen\w+|den(?:y|ie\w+)|too|yet|beyond|outside"
    r"|ignor\w+|omit\w*|skip\w*|leav\w+|los[est]\w*|wrong|errors?|bugs?|raw|limit\w*"
    r"|ensure\w*|trivial\w*|hid\w+|bare|poor\w*|bad\w*|difficult\w*"
    r"|awkward\w*|confus\w*|bann?(?:s|ed|ing)?|cancel\w*|restrict\w*|declin\w*"
    r"|asymptom\w*|asymmet\w*|until|unless|barely|run out|exclu\w+|oppos\w+|protest\w*"
    r"|halt\w*|keep\w*|abnorm\w*|dysfunc\w*|atypic\w*|underrep\w*"
    r"|inactiv\w*|insomn\w*|soon|intoler\w*|indirect\w*|overwhelm\w*"
    r"|shortage\w*|protect\w*|delay\w*|refrain\w*|exempt\w*|endanger\w*|absent"
    r"|nowhere|against|in case|over-the-counter|remains? to be|still being|lesser|substandard"
    r"|ambigu\w*|false\w*|left|erroneous\w*|inhibit\w*|underestim\w*|under-\w+|arrhythm\w*"
    r"|low rates?|negative|\w+-neutral)\b",
)
