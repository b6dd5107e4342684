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
# Words that say a "not" within: "unsafe", "avoid", "lack". Other languages have words for them
# that deny, or deny in part.
ENGLISH_NEGATIVE: Final = re.compile(
    r"\b(?:un(?!der(?!report)|it|ic|iq|ion|ivers)\w+|non\w*|in(?:action|adequ|effective|effic|separ|fertil|valid|correct|complete|sufficient|consistent"
    r"|compatible|definite|exhaustive|accessible|active|visible|appropriate|ability|capable"
    r"|tention|advertent|depend)\w*|im(?:possible|mutable|perfect|practical|proper)\w*"
    r"|ir(?:re|ra)\w+|mis(?!s?ion)\w+|dis(?:able|abil|content|appear|connect|continu|regard|agree"
    r"|courage)\w*|\w{3,}less(?<!regardless)|except\w*|instead|rather|fail\w*|lack\w*|miss\w*"
    r"|prevent\w*|avoid\w*|forget\w*|stop\w*|free|refus\w*|reject\w*|forbid\w*|prohibit\w*"
    r"|zero|absen\w+|den(?:y|ie\w+)|ignor\w+|omit\w*|skip\w*|los[est]\w*|bann?(?:s|ed|ing)?"
    r"|cancel\w*|declin\w*|asymptom\w*|asymmet\w*|unless|exclu\w+|oppos\w+|halt\w*"
    r"|abnorm\w*|dysfunc\w*|atypic\w*|inactiv\w*|insomn\w*|intoler\w*|indirect\w*"
    r"|shortage\w*|refrain\w*|exempt\w*|nowhere|over-the-counter)\b",
)
# Words beside which other languages may say "not": "only", "until", "too".
ENGLISH_TURNING: Final = re.compile(
    r"\b(?:only|just|mere\w*|few|little|less|hardly|rarely|seldom|but|however|otherwise|else"
    r"|although|though|despite|regardless|differ\w*|empty|too|yet|beyond|outside|leav\w+|wrong"
    r"|errors?|bugs?|raw|limit\w*|ensure\w*|trivial\w*|hid\w+|bare|poor\w*|bad\w*|difficult\w*"
    r"|awkward\w*|confus\w*|restrict\w*|until|barely|run out|protest\w*|keep\w*|underrep\w*"
    r"|soon|overwhelm\w*|protect\w*|delay\w*|endanger\w*|against|in case|remains? to be"
    r"|still being|lesser|substandard|ambigu\w*|false\w*|left behind|erroneous\w*"
    r"|inhibit(?:s|ed|ing|ion)?|underestim\w*|under-\w+|arrhythm\w*|low rates?|negative"
    r"|\w+-neutral)\b",
)
