"""Publish the knowledge: train the model on it where its phrasings changed, and number both together."""

import hashlib
from collections.abc import Sequence

from bot.services.ports import ModelTrainer, Ports
from bot.services.stored_knowledge import KnowledgeItem, Publication


async def publish_knowledge(ports: Ports, trainer: ModelTrainer) -> Publication:
    """The current publication, made anew only when knowledge, phrasings or our component changed since the last one."""
    async with ports.unit_of_work() as work:
        current = await work.publications.current()
        items = tuple(sorted(await work.knowledge_items.all(), key=lambda item: (item.kind, item.id)))
    model = trainer.model_for(items)
    fingerprint = _fingerprint(items, model)
    if current and current.fingerprint == fingerprint and trainer.has_model(model):
        return current
    await trainer.train(items)
    async with ports.unit_of_work() as work:
        draft = Publication(number=0, fingerprint=fingerprint, model=model, items=items, published_at=ports.now())
        published = await work.publications.add(draft)
        await work.commit()
    return published


def _fingerprint(items: Sequence[KnowledgeItem], model: str) -> str:
    parts = [model, *(f"{item.kind} {item.id} {item.content_hash}" for item in items)]
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]
