# One image for web, worker and beat; docker-compose.yml says which of them a container is.
FROM python:3.13-slim-bookworm

# WeasyPrint's libraries, and fonts that cover most scripts: Noto Naskh Arabic is in fonts-noto-core.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0 fonts-dejavu-core \
        fonts-noto-core fonts-droid-fallback \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --create-home --uid 10001 evenhand

ENV PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 EVENHAND_DATA=/data STATIC_ROOT=/app/static-collected BIND=0.0.0.0:8000
WORKDIR /app
# S3=1 adds what S3-compatible storage needs.
ARG S3=0
COPY requirements-server.lock requirements-s3.lock ./
RUN if [ "$S3" = 1 ]; then lock=requirements-s3.lock; else lock=requirements-server.lock; fi \
    && pip install --no-cache-dir --require-hashes -r "$lock"
COPY . .
# The folder first, and as it has to be whether or not something has made it already.
RUN install -d -m 0700 -o evenhand /data && python manage.py collectstatic --noinput

# The commit that the image is built from: the footer and `manage.py version` show it.
ARG EVENHAND_COMMIT=
ENV EVENHAND_COMMIT=$EVENHAND_COMMIT

USER evenhand
VOLUME /data
EXPOSE 8000
CMD ["gunicorn", "-c", "config/gunicorn.py", "config.wsgi"]
