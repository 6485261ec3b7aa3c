"""OAuth: tokens for service accounts and refresh tokens, certificates, userinfo, ID tokens."""

from sync.emulator.oauth import endpoints, userinfo

__all__ = ["endpoints", "userinfo"]
