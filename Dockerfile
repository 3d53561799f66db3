# The site in one image: gunicorn serves pages and static files; the database and /data live outside.
FROM python:3.13-slim

ENV PYTHONDONTWRITEBYTECODE=1 \
    PYTHONUNBUFFERED=1 \
    PIP_NO_CACHE_DIR=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1

WORKDIR /app

# Apart from the code, so that a change there does not install everything again.
COPY requirements.txt .
RUN pip install --require-hashes -r requirements.txt

COPY . .
# Collected here, because a container should start with nothing left to build. The key is for this one command:
# collecting signs nothing.
RUN TRADEWATCH_VAR=/tmp/build python manage.py collectstatic --noinput --verbosity 0 \
    && rm -r /tmp/build \
    && useradd --system --uid 10001 --home-dir /app --shell /usr/sbin/nologin tradewatch \
    && install -d -o tradewatch -g tradewatch /data

USER tradewatch
ENV TRADEWATCH_VAR=/data \
    TRADEWATCH_ADDRESS=0.0.0.0 \
    PORT=8000
VOLUME /data
EXPOSE 8000

HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --start-interval=2s --retries=3 \
    CMD ["python", "-c", "import os, urllib.request as u; u.urlopen('http://127.0.0.1:' + os.environ['PORT'] + '/healthz', timeout=4)"]

ENTRYPOINT ["python", "start.py"]
