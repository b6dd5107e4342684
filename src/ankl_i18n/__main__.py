"""`python -m ankl_i18n` is the command `ankl-i18n`."""

from ankl_i18n.cli import main

if __name__ == "__main__":
    main()
