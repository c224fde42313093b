"""What can go wrong, in sentences that name what is wrong and what to do."""


class WegweiserError(Exception):
    """Anything we raise on purpose. The message is fit for the person or operator who caused it."""


class SettingError(WegweiserError):
    """A setting is missing or wrong; the program cannot start."""


class KnowledgeError(WegweiserError):
    """The knowledge or the catalogues hold faults; each line of the message names a file and what to mend."""


class NotAvailableError(WegweiserError):
    """Something outside (NLU server, database, Bot API) does not answer at the moment."""


class ConflictError(WegweiserError):
    """Somebody else changed the same thing in the meantime; do the step again on fresh state."""


class NotReadableError(WegweiserError):
    """Stored data cannot be decrypted with the keys at hand, or was tampered with."""


class RetryLaterError(WegweiserError):
    """The other side asks to wait."""

    def __init__(self, seconds: float) -> None:
        """Say how long to wait, in seconds."""
        super().__init__(f"Asked to wait {seconds:g} seconds.")
        self.seconds = seconds


class UnreachableError(WegweiserError):
    """The person cannot be reached any more: they blocked the bot or deleted the chat."""


class NotAllowedError(WegweiserError):
    """What was asked for goes against a rule; the sentence says which one."""
