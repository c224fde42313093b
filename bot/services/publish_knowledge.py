"""Publish at the start of the program: whatever the files or our component brought since the last publication."""

import hashlib
from collections.abc import Collection, Sequence
from contextlib import suppress

from bot.domain.errors import ConflictError
from bot.services.ports import ModelTrainer, Ports
from bot.services.stored_knowledge import ItemKey, KnowledgeItem, Publication

TRIES = 3


async def publish_knowledge(ports: Ports, trainer: ModelTrainer, imported: Collection[ItemKey] = ()) -> Publication:
    """The current publication, made anew when the files brought something new, or when its model is lost or would be another one today.

    What editors have accepted since the last publication is not published by a restart: it waits for their button and its proof.
    `imported` names the items that the files have just changed. Raises ConflictError when others published three times meanwhile.
    """
    for _ in range(TRIES - 1):
        with suppress(ConflictError):
            return await _publish(ports, trainer, imported)
    return await _publish(ports, trainer, imported)


async def _publish(ports: Ports, trainer: ModelTrainer, imported: Collection[ItemKey]) -> Publication:
    async with ports.unit_of_work() as work:
        current = await work.publications.current()
        accepted = await work.knowledge_items.all()
    items = choose_items(current, accepted, imported)
    model = trainer.model_for(items)
    fingerprint = fingerprint_items(items, model)
    if current and current.fingerprint == fingerprint and trainer.has_model(model):
        return current
    await trainer.train(items)
    async with ports.unit_of_work() as work:
        draft = Publication(number=0, fingerprint=fingerprint, model=model, items=items, published_at=ports.now())
        published = await work.publications.add(draft, after=current.number if current else 0)
        await work.commit()
    return published


def choose_items(
    current: Publication | None, accepted: Sequence[KnowledgeItem], imported: Collection[ItemKey]
) -> tuple[KnowledgeItem, ...]:
    """What a start publishes: items as they stand in the files, and as they are published already where somebody edited them.

    After somebody went back to an earlier publication, only what the files have just changed is taken over it.
    """
    known = {_key(item): item for item in accepted}
    if current is None:
        return tuple(known[key] for key in sorted(known))
    published = {_key(item): item for item in current.items}
    as_in_files = {key for key, item in known.items() if item.content_hash == item.imported_hash}
    renewed = set(imported) if current.restores else as_in_files | (published.keys() - known.keys())
    chosen = {key: item for key, item in published.items() if key not in renewed} | {key: known[key] for key in renewed & known.keys()}
    return tuple(chosen[key] for key in sorted(chosen))


def fingerprint_items(items: Sequence[KnowledgeItem], model: str = "") -> str:
    """What changes when an item or the model does; who looks after an item does not count."""
    parts = [model, *(f"{item.kind} {item.id} {item.content_hash}" for item in sorted(items, key=_key))]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def _key(item: KnowledgeItem) -> ItemKey:
    return item.kind, item.id
