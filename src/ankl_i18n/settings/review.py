"""`[tool.ankl_i18n.review]`: what must have been reviewed, by whom, before readers get it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from ankl_i18n.settings.publisher.reader import one_of, wrong_in

# Who reads for what. A `translator` and a `coordinator` have ids, too, but sign nothing.
ROLES: Final = ("reviser", "clinician", "editor", "reader-panel")
OFF, WARN, REQUIRE = "off", "warn", "require"
SIGNATURES: Final = (OFF, WARN, REQUIRE)
NEVER, ALWAYS = "never", "always"
OUTSIDE_REQUIRED: Final = "outside-required"
NOTICE, HOLD = "notice", "hold"
REQUIRED_SECTIONS: Final = "required-sections"
MONTHS: Final = re.compile(r"([1-9]\d{0,2}) (month|year)s?")
MONTHS_A_YEAR: Final = 12


@dataclass(frozen=True, slots=True)
class Policy:
    """What review readers can rely on; without the table (`is_set` is false) there is none.

    `require` are the roles that must have signed each message, `require_required` those for
    messages of required sections. `back_translate` says what must have been translated back,
    `valid_for` for how many months an act counts (0: for ever), `signatures` whether acts must
    be signed with a key, `carried` where an act counts that was carried over a cosmetic change.
    Roles in `four_eyes` may not be those of the translator of the same words. `safety_change` says
    what becomes of a leaflet whose source changed in a way that can harm, until that is translated.
    """

    is_set: bool = False
    require: tuple[str, ...] = ("reviser",)
    require_required: tuple[str, ...] = ("reviser", "clinician")
    back_translate: str = NEVER
    valid_for: int = 36
    signatures: str = OFF
    carried: str = NEVER
    four_eyes: tuple[str, ...] = ROLES
    safety_change: str = OFF

    def roles(self, *, required: bool) -> tuple[str, ...]:
        """Return the roles that must sign a message, in a required section or elsewhere."""
        every = (*self.require, *self.require_required) if required else self.require
        return tuple(dict.fromkeys(every))

    def takes_carried(self, *, required: bool) -> bool:
        """Tell whether an act that was carried over suffices for a message."""
        return self.carried == OUTSIDE_REQUIRED and not required


def policy(table: Mapping[str, Any]) -> Policy:
    """Return the policy of a table in which `review_problems` found nothing."""
    values: dict[str, Any] = {
        name.replace("-", "_"): tuple(value) if isinstance(value, list) else value
        for name, value in table.items()
    }
    if "valid_for" in values:
        values["valid_for"] = months(values["valid_for"])
    return Policy(is_set=True, **values)


def months(text: str) -> int:
    """Return how many months a text such as "36 months" or "2 years" says; 0 for "ever"."""
    match = MONTHS.fullmatch(text)
    if not match:
        return 0
    return int(match[1]) * (MONTHS_A_YEAR if match[2] == "year" else 1)


def review_problems(table: Any) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield what is wrong with the settings' table: where in it, and the message."""
    yield from wrong_in(table, RULES, ())


def _roles(value: Any) -> str:
    if not (isinstance(value, list) and all(isinstance(one, str) for one in value)):
        return "write a list of roles"
    unknown = [one for one in value if one not in ROLES]
    return f"no such role: {unknown[0]}; known roles: {', '.join(ROLES)}" if unknown else ""


def _valid_for(value: Any) -> str:
    good = isinstance(value, str) and (value == "ever" or MONTHS.fullmatch(value))
    return "" if good else 'write how long an act counts: "36 months", "2 years" or "ever"'


RULES: Final[Mapping[str, Any]] = {
    "require": _roles,
    "require-required": _roles,
    "back-translate": one_of(NEVER, REQUIRED_SECTIONS, ALWAYS),
    "valid-for": _valid_for,
    "signatures": one_of(*SIGNATURES),
    "carried": one_of(NEVER, OUTSIDE_REQUIRED),
    "four-eyes": _roles,
    "safety-change": one_of(OFF, NOTICE, HOLD),
}
