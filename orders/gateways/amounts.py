"""How channels write money: plain yuan with two decimals. Everything inside the house is fen."""

import re

PLAIN = re.compile(r"-?[0-9]{1,9}(\.[0-9]{1,2})?")


def to_yuan(fen):
    """``123456`` → ``"1234.56"``."""
    return f"{fen // 100}.{fen % 100:02d}"


def fen_of(text):
    """``"1234.56"`` → 123456; negative amounts stay negative. Raises ``ValueError`` for anything else."""
    text = str(text).strip()
    if not PLAIN.fullmatch(text):
        raise ValueError("not an amount in yuan")
    whole, _point, part = text.lstrip("-").partition(".")
    fen = int(whole) * 100 + int(part.ljust(2, "0"))
    return -fen if text.startswith("-") else fen
