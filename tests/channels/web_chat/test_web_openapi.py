"""The OpenAPI description is true: schemathesis writes whatever it allows, and more, and gets what it promises."""

import asyncio
import json
from typing import Any
from urllib.request import urlopen

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance, status_code_conformance

from tests.channels.web_chat.conftest import Site

EXAMPLES = 60
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]
MODES = [schemathesis.GenerationMode.POSITIVE, schemathesis.GenerationMode.NEGATIVE]


@pytest.mark.parametrize("mode", MODES)
async def test_what_is_promised_is_kept(site: Site, mode: schemathesis.GenerationMode):
    address = str(site.client.make_url("/openapi.json"))
    await asyncio.to_thread(attack, address, mode)
    answered = await site.count("inbox")
    assert answered > 0 if mode is schemathesis.GenerationMode.POSITIVE else answered < EXAMPLES


def attack(address: str, mode: schemathesis.GenerationMode) -> None:
    with urlopen(address) as response:  # noqa: S310
        schema = schemathesis.openapi.from_dict(json.load(response))
    schema.config.update(base_url=address.removesuffix("/openapi.json"))
    for operation in [each.ok() for each in schema.get_all_operations()]:
        attack_one(operation, mode)


def attack_one(operation: Any, mode: schemathesis.GenerationMode) -> None:
    @settings(max_examples=EXAMPLES, deadline=None, database=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(case=operation.as_strategy(generation_mode=mode))
    def send(case: Any) -> None:
        case.call_and_validate(checks=CHECKS)

    send()


async def test_the_description_names_languages_and_errors(site: Site):
    description = await (await site.client.get("/openapi.json")).json()
    assert description["openapi"] == "3.1.0"
    assert all(language in description["info"]["description"] for language in site.world.ports.wording.languages)
    assert {"200", "400", "413", "415", "429", "503"} <= description["paths"]["/api/v1/messages"]["post"]["responses"].keys()
