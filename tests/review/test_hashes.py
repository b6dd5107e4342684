"""`ankl-review-1` is for ever: test vectors, and a second implementation that agrees."""

from __future__ import annotations

import datetime
import json
import subprocess
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Annotated

import pytest

from ankl_i18n.review import hashes
from ankl_i18n.review.content import signed_front
from ankl_i18n.source.frontmatter import FIELDS, Field, FrontMatter, Text

CASES = Path(__file__).parents[1] / "cases" / "review" / "hashes"
SECOND = Path(__file__).with_name("second.mjs")
GIVEN = json.loads((CASES / "cases.json").read_text(encoding="utf-8"))
EXPECTED = json.loads((CASES / "expected.json").read_text(encoding="utf-8"))


def result(case: dict) -> dict[str, str]:
    if case["of"] == "root":
        return {"root": hashes.root_of(map(tuple, case["messages"]))}
    if case["of"] == "leaflet":
        parts = (case["front"], case["body"], case["pictures"])
        root = hashes.leaflet_root(case["source"], case["language"], *parts)
        return {"root": root, "code": hashes.code_of(root)}
    text = (case["msgctxt"], case["msgid"], case["msgid_plural"], case["msgstr"])
    return {
        "key": hashes.message_key(case["msgctxt"], case["msgid"]),
        "hash": hashes.message_hash(case["source"], case["language"], *text),
    }


@pytest.mark.parametrize("number", range(len(GIVEN)), ids=[case["name"] for case in GIVEN])
def test_the_vectors(number: int) -> None:
    assert result(GIVEN[number]) == EXPECTED[number]


def test_no_two_vectors_are_the_same() -> None:
    found = [one.get("hash") or one["root"] for one in EXPECTED]
    assert len(set(found)) == len(found) == len(GIVEN)


def test_a_second_implementation_agrees() -> None:
    command = ["node", str(SECOND)]
    done = subprocess.run(command, input=json.dumps(GIVEN), capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout) == EXPECTED


def test_codes_are_read_as_people_type_them() -> None:
    assert hashes.typed_code(" abcde-fgh1j ") == "ABCDEFGHIJ"
    assert hashes.typed_code("a0c8e fghij") == "AOCBEFGHIJ"


DAY = datetime.date(2026, 1, 31)
FRONT = {"title": Text("Fever", 2), "version": "1", "updated": DAY}
SIGNED = [("version", "1"), ("published", ""), ("updated", "2026-01-31"), ("review_by", "")]


def test_the_fields_of_the_front_matter_are_for_ever() -> None:
    front = FrontMatter(**FRONT)
    assert [*signed_front(front)] == SIGNED
    unseen = replace(front, withdrawn=DAY, danger="first", summary=Text("Translated.", 3))
    assert [*signed_front(unseen)] == SIGNED


@dataclass(frozen=True, slots=True)
class Longer(FrontMatter):
    """A table with two rows more, which pages show as they are."""

    ward: Annotated[Text | None, Field(FIELDS["title"].read, required=False)] = None
    tested: Annotated[datetime.date | None, Field(FIELDS["updated"].read, required=False)] = None


def test_a_new_field_is_signed_where_it_stands() -> None:
    assert [*signed_front(Longer(**FRONT))] == SIGNED
    longer = Longer(**FRONT, ward=Text("Ward 7", 9), tested=DAY)
    assert [*signed_front(longer)] == [*SIGNED, ("ward", "Ward 7"), ("tested", "2026-01-31")]
