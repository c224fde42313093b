"""What the check of the links finds at the training desk: invented answers, so that nothing is asked over the network."""

from bot.domain.links import LinkAnswer

FOUND = {
    "https://www.gesetze-im-internet.de/kschg/": LinkAnswer(status=404),
    "https://www.hilfetelefon.de/": LinkAnswer(status=200, moved_to="https://www.hilfetelefon.de/startseite.html"),
    "https://www.gesetze-im-internet.de/agg/__20.html": LinkAnswer(status=403),
}
FINE = LinkAnswer(status=200)


class InventedAnswers:
    """Implements LinkAsker."""

    async def ask(self, address: str) -> LinkAnswer:
        """What the story has found there."""
        return FOUND.get(address, FINE)
