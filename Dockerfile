# ankl-i18n with everything that it needs: Python, Pango, and fonts for all scripts.
#
#   docker build --tag ankl-i18n .
#   docker run --rm --network none --user "$(id -u):$(id -g)" --volume "$PWD:/work" ankl-i18n build
#
# It runs as any user; without --user as one that is not root. docs/automation.md tells more.
FROM debian:bookworm-slim

COPY scripts/system-packages /opt/ankl-i18n/scripts/
RUN /opt/ankl-i18n/scripts/system-packages leaflets \
    && rm -rf /var/lib/apt/lists/*

# Wheels only, each checked against its hash: no package's own code runs during the install.
COPY requirements-workbench.txt /opt/ankl-i18n/
RUN python3 -m venv /opt/ankl-i18n/venv \
    && /opt/ankl-i18n/venv/bin/pip install --no-cache-dir --no-deps --require-hashes \
        --only-binary :all: --requirement /opt/ankl-i18n/requirements-workbench.txt

COPY LICENSE README.md pyproject.toml /opt/ankl-i18n/
COPY src /opt/ankl-i18n/src
COPY locale /opt/ankl-i18n/locale
RUN /opt/ankl-i18n/venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation /opt/ankl-i18n \
    && ln -s /opt/ankl-i18n/venv/bin/ankl-i18n /usr/local/bin/ankl-i18n \
    && useradd --create-home leaflets \
    && mkdir /work \
    && chown leaflets:leaflets /work

# What any user may write to, whoever it is.
ENV XDG_CACHE_HOME=/tmp
USER leaflets
WORKDIR /work
ENTRYPOINT ["ankl-i18n"]
CMD ["--help"]
