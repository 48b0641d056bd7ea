# One image for web, worker, beat and migrate; docker-compose.yml says which command each runs.

FROM python:3.11-slim-bookworm AS packages
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1 PYTHONDONTWRITEBYTECODE=0
RUN python -m venv /opt/venv
COPY requirements.txt /tmp/requirements.txt
RUN /opt/venv/bin/pip install --only-binary :all: --require-hashes -r /tmp/requirements.txt

FROM python:3.11-slim-bookworm
# Pango draws the PDFs; the PostgreSQL client is for scripts/backup.py.
RUN apt-get update \
    && apt-get install -y --no-install-recommends \
        fonts-dejavu-core \
        fonts-sil-abyssinica \
        libharfbuzz-subset0 \
        libpango-1.0-0 \
        libpangoft2-1.0-0 \
        postgresql-client \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --user-group --home-dir /var/lib/basun --create-home basun
COPY --from=packages /opt/venv /opt/venv
WORKDIR /app
COPY --chown=root:root . .
ENV PATH=/opt/venv/bin:$PATH \
    DJANGO_SETTINGS_MODULE=basun.settings.production \
    BASUN_VAR=/var/lib/basun \
    STATIC_ROOT=/app/staticfiles \
    XDG_CACHE_HOME=/tmp \
    PYTHONUNBUFFERED=1
# Collecting reads production's settings, so they get words that are no secrets; it connects to nothing.
RUN python -m compileall -q accounts basun casework core participants referrals reports \
    && SECRET_KEY=only-while-building-the-image-never-when-it-runs-0123456789 \
       DATABASE_URL=postgres://build@localhost/build REDIS_URL=redis://localhost \
       ALLOWED_HOSTS=localhost CSRF_TRUSTED_ORIGINS=https://localhost \
       python manage.py collectstatic --noinput --verbosity 0
USER basun
EXPOSE 8000
HEALTHCHECK --interval=30s --timeout=5s --start-period=20s --retries=3 \
    CMD ["python", "deploy/healthcheck.py"]
CMD ["gunicorn", "--config", "deploy/gunicorn.conf.py", "basun.wsgi"]
