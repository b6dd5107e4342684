"""`review`: who has read which words, and what that is worth today."""

from __future__ import annotations

import click

from ankl_i18n.cli.review import remarks, tasks


@click.group()
def review() -> None:
    """Keep who has read which words, and say what that is worth today.

    \b
    Example:
      ankl-i18n review blind fr
    """


ACTIONS = (
    tasks.blind,
    tasks.judge,
    tasks.packet,
    tasks.import_,
    remarks.remarks,
    remarks.answer,
    remarks.learn,
)
for one in ACTIONS:
    review.add_command(one)
