# The bot: web chat, HTTP API and Telegram. It needs a database, a Rasa server and keys (docker-compose.yml).
FROM python:3.12-slim AS environment

RUN pip install --no-cache-dir "uv>=0.9,<1"
WORKDIR /app
COPY pyproject.toml uv.lock ./
RUN UV_PYTHON=/usr/local/bin/python3 uv sync --locked --no-dev --no-cache --compile-bytecode

FROM python:3.12-slim

# The NLU server reads the models that the bot writes: the same folder, the same user id in both images.
RUN useradd --create-home --uid 10001 bot && mkdir -p /data/models && chown -R bot:bot /data
WORKDIR /app
COPY --from=environment /app/.venv ./.venv
COPY bot ./bot
COPY knowledge ./knowledge
COPY responses ./responses
COPY nlu_data ./nlu_data
COPY tests/questions ./tests/questions
USER bot

ENV PATH="/app/.venv/bin:$PATH" \
    PYTHONUNBUFFERED=1 \
    PYTHONDONTWRITEBYTECODE=1 \
    WEGWEISER_DATA=/data \
    WEGWEISER_HOST=0.0.0.0 \
    WEGWEISER_PORT=8080

EXPOSE 8080
CMD ["python", "-m", "bot", "run"]
