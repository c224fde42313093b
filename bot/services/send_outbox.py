"""Empty the outbox: send the next due reply, and wait, repeat or give up as the channel asks."""

from collections.abc import Mapping
from datetime import timedelta

import structlog

from bot.domain.errors import ConflictError, NotAvailableError, RetryLaterError, UnreachableError
from bot.domain.messages import Channel
from bot.services.ports import Parcel, Ports, Sender

log = structlog.get_logger()
LEASE = timedelta(seconds=60)
FIRST_PAUSE_SECONDS, LONGEST_PAUSE_SECONDS = 2.0, 900.0
MOST_ATTEMPTS = 20


async def send_outbox(ports: Ports, senders: Mapping[Channel, Sender]) -> bool:
    """Send one reply; False when none is due. No transaction is open while the network is used."""
    async with ports.unit_of_work() as work:
        parcel = await work.outbox.claim(ports.now(), LEASE)
        await work.commit()
    if parcel is None:
        return False
    try:
        await _send(parcel, ports, senders)
    except ConflictError:
        log.info("a reply was taken back, or taken over by another worker", outbox=parcel.id)
    return True


async def _send(parcel: Parcel, ports: Ports, senders: Mapping[Channel, Sender]) -> None:
    try:
        await senders[parcel.message.channel].send(parcel.message)
    except RetryLaterError as error:
        await _postpone(parcel, error.seconds, ports)
    except UnreachableError:
        await _bury(parcel, "blocked", ports)
    except NotAvailableError:
        await _postpone(parcel, min(FIRST_PAUSE_SECONDS * 2 ** (parcel.attempts - 1), LONGEST_PAUSE_SECONDS), ports)
    except Exception as error:  # noqa: BLE001
        log.error("a reply was refused", outbox=parcel.id, attempts=parcel.attempts, error=type(error).__name__)
        await _bury(parcel, "failed", ports)
    else:
        async with ports.unit_of_work() as work:
            await work.outbox.mark_sent(parcel, ports.now())
            await work.commit()


async def _postpone(parcel: Parcel, seconds: float, ports: Ports) -> None:
    if parcel.attempts >= MOST_ATTEMPTS:
        await _bury(parcel, "failed", ports)
        return
    async with ports.unit_of_work() as work:
        await work.outbox.postpone(parcel, ports.now() + timedelta(seconds=seconds))
        await work.commit()


async def _bury(parcel: Parcel, reason: str, ports: Ports) -> None:
    """A dead letter; a failed one is an alarm, a blocked one is somebody's decision, and ends the news to that chat."""
    if reason == "failed":
        log.error("a reply was given up", outbox=parcel.id)
    async with ports.unit_of_work() as work:
        await work.outbox.bury(parcel, reason, ports.now())
        if reason == "blocked":
            await work.subscriptions.delete_conversation(parcel.message.conversation)
        await work.commit()
