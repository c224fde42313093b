"""Tell Python that what has been read stays: its collector then no longer looks through all of it again and again."""

import gc


def keep_for_good() -> None:
    """To be called after reading much. Looking through 500 entries takes a third of a second, in which nobody is answered."""
    gc.freeze()
