"""`python -m ankl_i18n` is the command `ankl-i18n`."""

import os
import signal


def _quit(_number: int, _frame: object) -> None:
    """End at once: Ctrl-C while the program is still being loaded has nothing to tidy up."""
    os._exit(128 + signal.SIGINT)


def main() -> None:
    """Run the command line."""
    if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
        signal.signal(signal.SIGINT, _quit)
    from ankl_i18n.cli import main as command

    command()


if __name__ == "__main__":
    main()
