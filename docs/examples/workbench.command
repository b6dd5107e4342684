#!/bin/sh
# macOS: a double click opens the workbench. The folder is that of this file.
cd "$(dirname "$0")" && exec .venv/bin/ankl-i18n workbench
