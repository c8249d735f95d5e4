FROM python:3.12-slim AS build
WORKDIR /app
COPY requirements.txt ./
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes -r requirements.txt

FROM python:3.12-slim
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 PYTHONDONTWRITEBYTECODE=1 HOST=0.0.0.0
RUN useradd --system --create-home --uid 10001 zhanggui
WORKDIR /app
COPY --from=build /venv /venv
COPY . .
RUN ZHANGGUI_BUILD=1 python manage.py collectstatic --noinput -v 0 && mkdir -p /data media && chown -R zhanggui /data media
USER zhanggui
ENV DATA_DIR=/data MEDIA_ROOT=/app/media
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s CMD python -c "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/healthz', timeout=2)"
CMD ["granian", "--interface", "wsgi", "--host", "0.0.0.0", "--port", "8000", "--workers", "2", "--blocking-threads", "1", "--no-ws", "--respawn-failed-workers", "config.wsgi:application"]
