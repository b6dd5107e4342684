"""`review`: who has read which words, and what that is worth today."""

from __future__ import annotations

from pathlib import Path

import click

from ankl_i18n.cli.review import audit, pack, remarks, sign, status, tasks, verify, withdraw
from ankl_i18n.cli.session import shared_options


@click.group()
@shared_options
@click.pass_context
def review(context: click.Context, root: Path | None, quiet: bool) -> None:
    """Record who has read which texts, and show which of these reviews still count.

    \b
    Example:
      ankl-i18n review status
      ankl-i18n review sign fr ankl --reviewer r-7f3a --role reviser
      ankl-i18n review blind fr --required
      ankl-i18n review audit --since v1.0
      ankl-i18n review verify FTR6F-DDCVD
    """
    before, was_quiet = context.obj or (None, False)
    context.obj = (root or before, quiet or was_quiet)


ACTIONS = (
    status.status,
    sign.sign,
    sign.tested,
    withdraw.reject,
    withdraw.withdraw,
    withdraw.publish,
    withdraw.migrate,
    withdraw.allow,
    audit.audit,
    verify.verify,
    pack.pack,
    tasks.blind,
    tasks.judge,
    tasks.packet,
    tasks.import_,
    tasks.sheet,
    remarks.remarks,
    remarks.answer,
    remarks.learn,
)
for one in ACTIONS:
    review.add_command(one)
