"""How a leaflet in a language stands: computed from the ledger, never stored.

Signed is a message when an act is about today's words, by an active reviewer of that role and
language, not withdrawn, not too old, and not by whoever translated it. The order of acts makes
no difference: a `reject` counts until it is withdrawn or the words are others.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from typing import Final

from ankl_i18n.catalogs import leaflets
from ankl_i18n.catalogs.cosmetic import is_cosmetic
from ankl_i18n.catalogs.project import Project
from ankl_i18n.engine.queries import query
from ankl_i18n.review import authors
from ankl_i18n.review.authors import Authors
from ankl_i18n.review.before import Before
from ankl_i18n.review.content import content
from ankl_i18n.review.counting import bench, withdrawn
from ankl_i18n.review.ledger import ledger
from ankl_i18n.review.problems import errors
from ankl_i18n.review.records import (
    BACK,
    LEAFLET,
    UNKNOWN,
    Act,
    Kind,
    LeafletState,
    MessageState,
    ReviewedMessage,
    ReviewState,
    RoleState,
    Text,
)
from ankl_i18n.settings.review import ALWAYS, NEVER, Policy

# What acts say of a message: what comes first here holds.
FIRST: Final = (
    ReviewState.REJECTED, ReviewState.SIGNED, ReviewState.CARRIED, ReviewState.EXPIRED,
    ReviewState.WITHDRAWN, ReviewState.REFUSED, ReviewState.UNKNOWN,
)  # fmt: skip
CARRIES: Final = 5
"""So many changes of looks are followed back to what was signed."""
Found = tuple[Act, ReviewedMessage]


@query
def state(project: Project, leaflet: str, tag: str) -> LeafletState:
    """Return how a leaflet in a language stands, whether or not there is a policy.

    Raises `SourceError` for a leaflet that cannot be read.
    """
    shown = content(project, leaflet, tag)
    acts = ledger(project, tag).acts
    worth = _Acts(project, tag, acts)
    before = Before(shown.texts, _of_leaflet(project, leaflet, acts))
    states = tuple(MessageState(text, dict(worth.roles(text, before))) for text in shown.texts)
    rearranged = worth.rearranged(leaflet, shown.root, states)
    return LeafletState(shown, states, tuple(_reasons(project, tag, states)), rearranged)


def _of_leaflet(project: Project, name: str, acts: Sequence[Act]) -> list[Act]:
    """Return the acts about a leaflet, and those about leaflets that have another name now."""
    names = set(leaflets.names(project)) - {name}
    return [act for act in acts if act.leaflet not in names]


def is_reviewed(policy: Policy, state: LeafletState) -> bool:
    """Tell whether all that readers get was read by the roles that the policy requires.

    Where it requires none, by any one role.
    """
    shown = [message for message in state.messages if message.text.is_shown]
    return bool(shown) and not state.reasons and all(_is_read(policy, one) for one in shown)


def _is_read(policy: Policy, message: MessageState) -> bool:
    roles = needed(policy, message.text) or tuple(message.roles)
    states = [message.roles[role] for role in roles]
    enough = [suffices(policy, message.text, one) for one in states]
    return all(enough) and any(one.state is not ReviewState.NO_TEXT for one in states)


class _Acts:
    """The acts of a language, by the words that they are about."""

    def __init__(self, project: Project, tag: str, acts: Sequence[Act]) -> None:
        self.policy = project.config.review
        self.bench = bench(project)
        self.acts = acts
        self.withdrawn = withdrawn(project, tag)
        self.by_hash: dict[str, list[Found]] = defaultdict(list)
        for act in acts:
            for message in act.messages:
                self.by_hash[message.hash].append((act, message))
        self.authors = self._authors(project, tag) if self.by_hash else authors.NOBODY

    def _authors(self, project: Project, tag: str) -> Authors:
        return authors.authors(project, tag) if self.policy.four_eyes else authors.NOBODY

    def roles(self, text: Text, before: Before) -> Iterator[tuple[str, RoleState]]:
        """Yield how a message stands with each role that is required or has read it."""
        read = (*self._readers(text.hash, CARRIES), *before.roles(text))
        for role in dict.fromkeys((*needed(self.policy, text), *read)):
            judged = self._judged(text, role) if text.is_shown else None
            if judged is None:
                judged = _unsigned(text, before.of(text, role))
            yield role, judged

    def rearranged(
        self, leaflet: str, root: str, states: Sequence[MessageState]
    ) -> tuple[str, ...]:
        """Return the roles that have signed every text, and the leaflet as another whole."""
        whole: dict[str, set[str]] = defaultdict(set)
        for act in self.acts:
            is_whole = act.act is Kind.SIGN and act.scope == LEAFLET and act.leaflet == leaflet
            if is_whole and act.role and act.name not in self.withdrawn:
                whole[act.role].add(act.root)
        every = {
            role
            for role in whole
            if all(
                role in one.roles and one.roles[role].state is ReviewState.SIGNED
                for one in states
                if one.text.is_shown
            )
        }
        return tuple(role for role, roots in whole.items() if role in every and root not in roots)

    def _readers(self, hash_: str, left: int) -> Iterator[str]:
        """Yield the roles that have read words, or those before changes of looks."""
        for act, message in self.by_hash.get(hash_, ()):
            if act.act in (Kind.SIGN, Kind.REJECT) and act.role:
                yield act.role
            elif act.act is Kind.CARRY and left:
                yield from self._readers(message.before, left - 1)

    def _judged(self, text: Text, role: str, left: int = CARRIES) -> RoleState | None:
        """Return the best that any act says of a message; a rejection is worse than all.

        What is said of these very words comes before what was said before a change of looks.
        """
        states = [*self._rejected(text.hash, role)]
        states += [self._worth(act, message, role) for act, message in self._of(text, role)]
        if not any(one.state in (ReviewState.REJECTED, ReviewState.SIGNED) for one in states):
            states += self._carried(text, role, left)
        return min(states, key=_rank, default=None)

    def _of(self, text: Text, role: str) -> Iterator[Found]:
        """Yield the acts in which a role agreed to the words, or nobody knows who did."""
        for act, message in self.by_hash.get(text.hash, ()):
            kind = Kind.VERDICT if role == BACK else Kind.SIGN
            is_of_role = role in (BACK, act.role) or act.reviewer == UNKNOWN
            if act.act is kind and is_of_role and message.verdict != "error":
                yield act, message

    def _worth(self, act: Act, message: ReviewedMessage, role: str) -> RoleState:
        if act.reviewer == UNKNOWN:
            return RoleState(ReviewState.UNKNOWN, act.name, UNKNOWN, act.date)
        judged = self.bench.judge(act, act.role)
        if act.name in self.withdrawn:
            return replace(judged, state=ReviewState.WITHDRAWN)
        if judged.state is ReviewState.SIGNED and (why := self._same_person(act, message, role)):
            return replace(judged, state=ReviewState.REFUSED, reason=why)
        return judged

    def _rejected(self, hash_: str, role: str) -> Iterator[RoleState]:
        """Yield rejections of the words by a role, and errors that it found in them."""
        for act, message in self.by_hash.get(hash_, ()):
            is_error = act.act in (Kind.SIGN, Kind.VERDICT) and message.verdict == "error"
            is_of_role = act.role == role or (role == BACK and act.act is Kind.VERDICT)
            if not is_of_role or not (is_error or act.act is Kind.REJECT):
                continue
            if act.name not in self.withdrawn and not self.bench.refusal(act, act.role):
                judged = self.bench.judge(act, act.role)
                reason = message.note or act.reason
                yield replace(judged, state=ReviewState.REJECTED, until=None, reason=reason)

    def _carried(self, text: Text, role: str, left: int) -> list[RoleState]:
        """Return what words are worth that were signed before a change of looks."""
        states: list[RoleState] = []
        for act, message in self.by_hash.get(text.hash, ()) if left else ():
            if act.act is not Kind.CARRY or act.name in self.withdrawn or not message.before:
                continue
            for _, old in self.by_hash.get(message.before, ())[:1]:
                if not may_carry(old, message):
                    continue
                was = Text(old.key, old.hash, old.msgid, old.msgstr, old.msgctxt)
                signed = self._judged(was, role, left - 1)
                if signed and signed.state is ReviewState.SIGNED:
                    signed = replace(signed, state=ReviewState.CARRIED)
                if signed:
                    states.append(replace(signed, before=old))
        return states

    def _same_person(self, act: Act, message: ReviewedMessage, role: str) -> str:
        """Return why an act is not that of a second person, "" if it is."""
        who = self._translators(message)
        if role == BACK:
            return self._same_person_back(act, message, who)
        if role not in self.policy.four_eyes:
            return ""
        if not who:
            why = f": {self.authors.why}" if self.authors.why else ""
            return f"who translated it is not known{why}"
        return f"{act.reviewer} translated it" if act.reviewer in who else ""

    def _same_person_back(self, act: Act, message: ReviewedMessage, who: set[str]) -> str:
        """Return why a verdict is not that of a third person, "" if it is.

        The first translated the words, the second translated them back without the source.
        """
        back = list(self._standing(message.hash, Kind.BACK_TRANSLATE))
        people = dict.fromkeys(one.reviewer for one in back if self._is_good(one))
        if act.reviewer in (one.reviewer for one in back):
            return f"{act.reviewer} translated it back"
        if act.reviewer in who:
            return f"{act.reviewer} translated it"
        if not people:
            return "nobody translated it back"
        if who.issuperset(people):
            return f"{next(iter(people))}, who translated it back, translated it"
        return ""

    def _translators(self, message: ReviewedMessage) -> set[str]:
        """Return the ids of those who translated the words, none if that is not known.

        Whoever an act names that does not count may have, too: it makes nobody else known.
        """
        acts = list(self._standing(message.hash, Kind.TRANSLATE))
        named = {act.reviewer for act in acts if self._is_good(act)}
        known = named or authors.ids(self.authors, message.msgstr, self.bench.reviewers)
        return known | {act.reviewer for act in acts} if known else set()

    def _standing(self, hash_: str, kind: Kind) -> Iterator[Act]:
        for act, _ in self.by_hash.get(hash_, ()):
            if act.act is kind and act.name not in self.withdrawn:
                yield act

    def _is_good(self, act: Act) -> bool:
        return self.bench.judge(act, "").state is not ReviewState.REFUSED


def _unsigned(text: Text, before: ReviewedMessage | None) -> RoleState:
    """Return how words stand that nobody of a role has signed."""
    if not text.is_shown:
        return RoleState(ReviewState.NO_TEXT, before=before)
    return RoleState(ReviewState.VOID if before else ReviewState.NONE, before=before)


def _rank(role_state: RoleState) -> tuple[int, int]:
    """Return the rank of what an act says: a rejection, then the best, of these the newest."""
    return FIRST.index(role_state.state), -(role_state.date.toordinal() if role_state.date else 0)


def may_carry(old: ReviewedMessage, new: ReviewedMessage, known: Collection[str] = ()) -> bool:
    """Tell whether nothing but looks changed in the source text, and nothing in the other.

    `known` are words that are no misspelling of others.
    """
    return (
        old.msgctxt == new.msgctxt
        and old.msgstr == new.msgstr
        and is_cosmetic(old.msgid, new.msgid, known)
        and is_cosmetic(old.msgid_plural, new.msgid_plural, known)
    )


def needed(policy: Policy, text: Text) -> tuple[str, ...]:
    """Return the roles that must have signed a message."""
    is_back = policy.back_translate == ALWAYS or (policy.back_translate != NEVER and text.required)
    roles = policy.roles(required=text.required) if policy.is_set else ()
    return (*roles, *([BACK] if is_back else []))


def _reasons(project: Project, tag: str, states: Sequence[MessageState]) -> Iterator[str]:
    """Yield why the policy holds a leaflet back."""
    if not project.config.review.is_set:
        return
    if wrong := errors(project, tag):
        yield f"the ledger of review has errors: {wrong[0].location.path}: {wrong[0].message}"
    yield from reasons(project.config.review, states)


def reasons(policy: Policy, states: Sequence[MessageState]) -> Iterator[str]:
    """Yield for each role what is missing of what the policy requires."""
    missing: dict[str, Counter[ReviewState]] = defaultdict(Counter)
    why: dict[str, dict[str, None]] = defaultdict(dict)
    for one in states:
        for role, role_state in one.roles.items():
            is_needed = role in needed(policy, one.text)
            if role_state.state is ReviewState.REJECTED or (
                is_needed and not suffices(policy, one.text, role_state)
            ):
                missing[role][role_state.state] += 1
                if role_state.state is ReviewState.REFUSED:
                    why[role][role_state.reason] = None
    for role, counts in missing.items():
        total = sum(counts.values())
        texts = "1 text is" if total == 1 else f"{total} texts are"
        states_named = ", ".join(f"{count} {state}" for state, count in counts.most_common())
        what = "not judged after translation back" if role == BACK else f"not signed by a {role}"
        refused = f"; refused: {', '.join(why[role])}" if why[role] else ""
        yield f"{texts} {what} ({states_named}{refused})"


def suffices(policy: Policy, text: Text, state: RoleState) -> bool:
    """Tell whether a message can be published as far as one role goes.

    What is not translated is no matter of review: coverage decides about it.
    """
    if state.state is ReviewState.CARRIED:
        return policy.takes_carried(required=text.required)
    return state.state in (ReviewState.SIGNED, ReviewState.NO_TEXT)
