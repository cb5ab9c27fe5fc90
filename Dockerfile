# The web server, the worker and beat: one image, three commands (see compose.yaml). Needs no root to run.
FROM python:3.13-slim-bookworm AS build
WORKDIR /custodian
RUN python -m venv /venv
ENV PATH=/venv/bin:$PATH
COPY requirements.txt .
RUN pip install --no-cache-dir --require-hashes -r requirements.txt
COPY . .
RUN python static/build.py && rm -rf static/node_modules
# Only for collecting static files: nothing of it stays in the image.
RUN CUSTODIAN_ENV=production SECRET_KEY=building-the-image ALLOWED_HOSTS=localhost BROKER_URL=memory:// \
    DATABASE_URL=postgres://nobody@localhost/none python manage.py collectstatic --no-input

FROM python:3.13-slim-bookworm
RUN apt-get update \
    && apt-get install -y --no-install-recommends libpangoft2-1.0-0 \
    && rm -rf /var/lib/apt/lists/* \
    && useradd --system --uid 10001 --no-create-home custodian
WORKDIR /custodian
COPY --from=build /venv /venv
COPY --from=build /custodian /custodian
RUN mkdir -p var/beat var/evidence && chown custodian var var/beat var/evidence
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 CUSTODIAN_ENV=production
USER custodian
EXPOSE 8000
# The check says so in the log when the application runs as the owner of its tables.
CMD ["sh", "-c", "python manage.py check --database default && exec gunicorn governance.wsgi --bind 0.0.0.0:8000 --workers 3 --threads 4 --no-control-socket --access-logfile -"]
