"""When humans answer in chats, per municipality."""

from sqlalchemy import delete, insert, select

from bot.adapters.database.staff_tables import OfficeHoursRow
from bot.adapters.database.transaction import Transaction
from bot.domain.knowledge import MunicipalityId
from bot.domain.office_hours import OfficeHours, Span


class StoredOfficeHours:
    """Implements desk.stored_chats.StoredHours."""

    def __init__(self, transaction: Transaction) -> None:
        """Work within one transaction."""
        self._transaction = transaction

    async def of(self, municipality: MunicipalityId | None) -> OfficeHours:
        """The hours of a city; empty where there are none."""
        rows = await self._transaction.read(select(OfficeHoursRow.hours).where(OfficeHoursRow.municipality == municipality))
        spans = rows[0].hours if rows else []
        return tuple(Span(weekday=weekday, opens=opens, closes=closes) for weekday, opens, closes in spans)

    async def put(self, municipality: MunicipalityId, hours: OfficeHours) -> None:
        """Store them in place of the former ones."""
        await self._transaction.write(delete(OfficeHoursRow).where(OfficeHoursRow.municipality == municipality))
        spans = [[span.weekday, span.opens, span.closes] for span in hours]
        await self._transaction.write(insert(OfficeHoursRow).values(municipality=municipality, hours=spans))
