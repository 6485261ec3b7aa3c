"""Gmail: sending only; what is sent can be read in the outbox."""

from sync.emulator.gmail import send

__all__ = ["send"]
