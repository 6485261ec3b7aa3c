"""Is this request from our own add-on, and which person is it for?

Two tokens, both signed by Google and verified with google-auth: the system's (in the `Authorization` header, made
out to the very URL that was called, by exactly our project's add-on account) and the person's (in the event, made
out to our OAuth client). Any project's add-on account can get a token for our URL, so the e-mail must be *equal*.
What is wrong with a token goes into the log; the token never does.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any

import requests
from cachecontrol import CacheControl
from google.auth import exceptions
from google.auth.transport import Request as Transport
from google.auth.transport.requests import Request
from google.oauth2 import id_token

from addon.settings import Settings

GOOGLE_CERTIFICATES = "https://www.googleapis.com/oauth2/v1/certs"
ISSUERS = frozenset({"accounts.google.com", "https://accounts.google.com"})
CLOCKS_MAY_DIFFER = 10
"""seconds between Google's clock and ours"""
CERTIFICATES_TIMEOUT = 5
"""seconds"""
AT_HAND = 60
"""seconds for which certificates are used without asking even the HTTP cache, which costs more than the signature"""
BEARER = "Bearer "


class NotOurs(Exception):
    """A token that is not good enough; the text is a short reason without anything of the token in it."""


class NoCertificates(Exception):
    """Google's signing certificates cannot be had just now: nobody can be let in, and it is nobody's fault."""


class Certificates(Transport):
    """The way to the signing certificates, kept for as long as their server says they hold."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._session = CacheControl(requests.Session())
        self._request = Request(session=self._session)
        self._kept: tuple[float, Any] | None = None

    def __call__(
        self,
        url: str,
        method: str = "GET",
        body: bytes | None = None,
        headers: Mapping[str, str] | None = None,
        timeout: float | None = CERTIFICATES_TIMEOUT,
        **options: Any,
    ) -> Any:
        kept, now = self._kept, time.monotonic()
        if kept is not None and now < kept[0]:
            return kept[1]
        answer = self._request(url, method=method, body=body, headers=headers, timeout=timeout, **options)
        if answer.status == HTTPStatus.OK:
            self._kept = (now + AT_HAND, answer)
        return answer

    def close(self) -> None:
        self._session.close()


class Guard:
    """Verifies tokens against one set of settings."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        local = settings.workspace_emulator
        self.certificates = Certificates(f"{local}/oauth2/v1/certs" if local else GOOGLE_CERTIFICATES)

    def check_system(self, authorization: str, path: str, query: str = "") -> None:
        """Let Google's call to `path` pass, or raise `NotOurs`: it was signed for this URL and by our add-on."""
        self._check_account(authorization, self._settings.addon_service_account, path, query)

    def check_task(self, authorization: str, path: str, account: str) -> None:
        """Let a scheduled call pass whose token is our own service account's, or raise `NotOurs`."""
        self._check_account(authorization, account, path, "")

    def person(self, token: str) -> str:
        """The e-mail, in lower case, of the person whose token this is. Raises `NotOurs`."""
        if not self._settings.oauth_client_id:
            raise NotOurs("OAUTH_CLIENT_ID is not set, so no person can be let in")
        return _verified_email(self._claims(token, [self._settings.oauth_client_id])).lower()

    def audiences(self, path: str, query: str = "") -> list[str]:
        """The ways in which Google may write the URL that was called: all of them our own."""
        url = self._settings.public_base_url + path.rstrip("/")
        bare = [url, url + "/"]
        return bare + [f"{way}?{query}" for way in bare] if query else bare

    def _check_account(self, authorization: str, account: str, path: str, query: str) -> None:
        if not account:
            raise NotOurs("the account that may call is not set")
        if not authorization.startswith(BEARER):
            raise NotOurs("no token")
        claims = self._claims(authorization[len(BEARER) :].strip(), self.audiences(path, query))
        if not hmac.compare_digest(_verified_email(claims).encode(), account.encode()):
            raise NotOurs("another account's token")

    def _claims(self, token: str, audience: Sequence[str]) -> Mapping[str, Any]:
        if not token.isascii():
            raise NotOurs("not a token")
        try:
            claims = id_token.verify_token(
                token,
                self.certificates,
                audience=list(audience),
                certs_url=self.certificates.url,
                clock_skew_in_seconds=CLOCKS_MAY_DIFFER,
            )
        except (exceptions.TransportError, requests.RequestException) as error:
            raise NoCertificates("the signing certificates cannot be reached") from error
        except (ValueError, TypeError, AttributeError, KeyError, exceptions.GoogleAuthError) as error:
            raise NotOurs(_reason(error)) from None
        if not isinstance(claims, Mapping) or claims.get("iss") not in ISSUERS:
            raise NotOurs("not issued by Google")
        return claims


def _verified_email(claims: Mapping[str, Any]) -> str:
    email = claims.get("email")
    if not isinstance(email, str) or not email or claims.get("email_verified") is not True:
        raise NotOurs("no verified e-mail in the token")
    return email


def _reason(error: Exception) -> str:
    """google-auth's errors quote the token now and then; say which kind it was, and no more."""
    text = str(error).lower()
    for sign, reason in (
        ("expired", "expired"),
        ("too early", "not valid yet"),
        ("audience", "made out to another audience"),
        ("certificate for key id", "signed with an unknown key"),
        ("signature", "the signature does not fit"),
    ):
        if sign in text:
            return reason
    return "not a token"
