@echo off
rem Windows with WSL2: a double click opens the workbench.
wsl.exe --cd ~ --exec sh -c "cd leaflets && exec .venv/bin/ankl-i18n workbench --no-browser"
pause
