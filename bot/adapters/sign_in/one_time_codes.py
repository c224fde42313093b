"""One-time codes with pyotp, and their QR code with segno."""

from base64 import b32encode
from datetime import datetime

import pyotp
import segno

from bot.services.desk.people.sign_in_ports import Square

STEP_SECONDS = 30
DIGITS = 6
NEIGHBOURS = (0, -1, 1)
BORDER = 4


class TotpCodes:
    """Implements desk.sign_in_ports.OneTimeCodes."""

    def make_secret(self, seed: bytes) -> str:
        """The secret in base32."""
        return b32encode(seed).decode("ascii")

    def make_address(self, secret: str, account: str, issuer: str) -> str:
        """An otpauth:// address."""
        return pyotp.TOTP(s=secret).provisioning_uri(name=account, issuer_name=issuer)

    def draw(self, address: str) -> Square:
        """The QR code as one path: a bar for every run of dark modules."""
        rows = [bytes(row) for row in segno.make_qr(address).matrix_iter(border=BORDER)]
        bars = [f"M{start} {y}h{end - start}v1h-{end - start}z" for y, row in enumerate(rows) for start, end in find_runs(row)]
        return Square(size=len(rows), path="".join(bars))

    def find_step(self, secret: str, code: str, now: datetime) -> int | None:
        """The time step of a code; compared in constant time."""
        totp, step = pyotp.TOTP(s=secret), int(now.timestamp()) // STEP_SECONDS
        if len(code) != DIGITS or not code.isascii() or not code.isdigit():
            return None
        return next((step + each for each in NEIGHBOURS if pyotp.utils.strings_equal(totp.generate_otp(step + each), code)), None)


def make_code(secret: str, now: datetime) -> str:
    """The code that an app shows at a moment."""
    return pyotp.TOTP(s=secret).at(now)


def find_runs(row: bytes) -> list[tuple[int, int]]:
    """Where ones begin and end.

    >>> find_runs(bytes([0, 1, 1, 0, 1]))
    [(1, 3), (4, 5)]
    """
    edges = [at for at, (before, after) in enumerate(zip(b"\0" + row, row + b"\0", strict=True)) if bool(before) != bool(after)]
    return list(zip(edges[::2], edges[1::2], strict=True))
