"""A Rasa server of the project's own environment, for as long as a benchmark needs it."""

import json
import os
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from pathlib import Path

from bot.adapters.rasa.child import ENVIRONMENT

NLU_DATA = Path(__file__).parents[2] / "nlu_data"
START_SECONDS = 120
TRAIN_SECONDS = 7200


class RasaServer:
    """What the benchmark asks of Rasa's HTTP API; one kept-alive connection, one request at a time."""

    def __init__(self, port: int) -> None:
        """Remember where the server listens on this machine."""
        self.url = f"http://127.0.0.1:{port}"
        self._connection = HTTPConnection("127.0.0.1", port, timeout=TRAIN_SECONDS)

    def train(self, project: str) -> bytes:
        """Train on one YAML text (config, intents and examples) and return the model archive."""
        query = "force_training=true&save_to_default_model_directory=false"
        return self._ask("POST", f"/model/train?{query}", project.encode(), "application/yaml")

    def load(self, model: Path) -> None:
        """Answer from this model from now on."""
        self._ask("PUT", "/model", json.dumps({"model_file": str(model)}).encode(), "application/json")

    def parse(self, text: str) -> dict:
        """Return intent, ranking and entities of a text."""
        return json.loads(self._ask("POST", "/model/parse", json.dumps({"text": text}).encode(), "application/json"))

    def wait(self, process: subprocess.Popen) -> None:
        """Return as soon as the server answers; raise when it does not start."""
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline and process.poll() is None:
            try:
                self._ask("GET", "/", b"", "text/plain")
            except OSError:
                self._connection.close()
                time.sleep(0.25)
            else:
                return
        message = "Rasa did not start; `make` installs its environment into nlu_data/.venv."
        raise RuntimeError(message)

    def _ask(self, method: str, path: str, body: bytes, content_type: str) -> bytes:
        self._connection.request(method, path, body, {"Content-Type": content_type})
        response = self._connection.getresponse()
        answer = response.read()
        if response.status >= 400:
            message = f"Rasa answered {response.status} to {method} {path}: {answer[:300]!r}"
            raise RuntimeError(message)
        if response.will_close:
            self._connection.close()
        return answer


@contextmanager
def rasa_server(*options: str) -> Iterator[RasaServer]:
    """Start a server without a model on a free port, as the bot starts its own, and stop it in the end."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [NLU_DATA / ".venv/bin/rasa", "run", "--enable-api", "-i", "127.0.0.1", "-p", str(port), *options]
    output = subprocess.DEVNULL
    process = subprocess.Popen(command, cwd=NLU_DATA, env=os.environ | ENVIRONMENT, stdout=output, stderr=output)
    try:
        server = RasaServer(port)
        server.wait(process)
        yield server
    finally:
        process.terminate()
        process.wait(timeout=30)
