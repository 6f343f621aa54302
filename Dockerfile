# Vivavoce as an image: everything that is needed to answer, nobody's documents and no key. How to run it: README.md, "Hosting it".
# The base is what the tests run on, Debian 12 with Python 3.11; the tag goes on receiving security updates.
FROM python:3.11-slim-bookworm AS build
WORKDIR /src
RUN python -m venv /srv/vivavoce
COPY requirements.txt ./
RUN /srv/vivavoce/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
        --require-hashes --only-binary :all: --requirement requirements.txt
COPY pyproject.toml README.md LICENSE ./
COPY prompts prompts
COPY ingest ingest
COPY app app
COPY evals evals
# What builds it is among the pins, so nothing unpinned is fetched.
RUN /srv/vivavoce/bin/python -m pip install --no-cache-dir --disable-pip-version-check \
        --no-index --no-deps --no-build-isolation .

FROM python:3.11-slim-bookworm
RUN groupadd --gid 1000 vivavoce \
    && useradd --uid 1000 --gid 1000 --no-create-home --home-dir /tmp --shell /usr/sbin/nologin vivavoce \
    && install --directory --owner=1000 --group=1000 --mode=0750 /data \
    && install --directory --mode=0755 /profiles
# It belongs to root, so that the one who answers cannot change what it runs.
COPY --from=build /srv/vivavoce /srv/vivavoce
ENV PATH=/srv/vivavoce/bin:$PATH \
    HOME=/tmp \
    PYTHONDONTWRITEBYTECODE=1 \
    VIVAVOCE_DATA=/data \
    VIVAVOCE_PROFILES=/profiles \
    VIVAVOCE_HOST=0.0.0.0 \
    VIVAVOCE_PORT=7860
# Written to: /data, where the index and what was spent are kept, and /tmp; the rest may be read-only.
VOLUME ["/data"]
WORKDIR /data
USER 1000:1000
EXPOSE 7860
HEALTHCHECK --interval=30s --timeout=10s --start-period=180s --retries=3 CMD ["python", "-m", "app.deploy.health"]
ENTRYPOINT ["vivavoce"]
# Brings the index up to date with /profiles first.
CMD ["serve"]
