"""RSA keys: the service account's and the one ID tokens are signed with. Real ones, so that clients verify for real."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from google.auth import crypt, jwt


class SigningKey:
    """One RSA key with its id and a self-signed certificate, as /oauth2/v1/certs shows them."""

    def __init__(self, private_pem: str, certificate_pem: str, key_id: str) -> None:
        self.private_pem, self.certificate_pem, self.key_id = private_pem, certificate_pem, key_id
        self._signer = crypt.RSASigner.from_string(private_pem, key_id)  # type: ignore[no-untyped-call]
        self._verifier = crypt.RSAVerifier.from_string(certificate_pem)  # type: ignore[no-untyped-call]

    @classmethod
    def generate(cls) -> SigningKey:
        key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
        name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "local-workspace")])
        start = datetime(2020, 1, 1, tzinfo=UTC)
        certificate = (
            x509.CertificateBuilder()
            .subject_name(name)
            .issuer_name(name)
            .public_key(key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(start)
            .not_valid_after(start + timedelta(days=36500))
            .sign(key, hashes.SHA256())
        )
        private = key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        public = certificate.public_bytes(serialization.Encoding.PEM)
        return cls(private.decode(), public.decode(), f"{certificate.serial_number:x}"[:40])

    def to_json(self) -> dict[str, str]:
        return {"private": self.private_pem, "certificate": self.certificate_pem, "id": self.key_id}

    @classmethod
    def from_json(cls, value: dict[str, str]) -> SigningKey:
        return _read(value["private"], value["certificate"], value["id"])

    def sign(self, claims: dict[str, Any]) -> str:
        """A JWT, RS256."""
        token: bytes = jwt.encode(self._signer, claims)  # type: ignore[no-untyped-call]
        return token.decode()

    def read(self, token: str) -> dict[str, Any] | None:
        """The claims of a JWT this key signed; None if the signature is not ours or it is no JWT."""
        try:
            _, claims, signed, signature = jwt._unverified_decode(token)  # type: ignore[no-untyped-call]
        except ValueError:
            return None
        return dict(claims) if self._verifier.verify(signed, signature) else None


@lru_cache(maxsize=8)
def _read(private_pem: str, certificate_pem: str, key_id: str) -> SigningKey:
    # Checking an RSA key takes tens of milliseconds; a process meets very few different ones.
    return SigningKey(private_pem, certificate_pem, key_id)


def service_account_file(key: SigningKey, email: str, base_url: str) -> dict[str, str]:
    """A service-account key file, as the Cloud console writes it, that points at this Workspace."""
    return {
        "type": "service_account",
        "project_id": email.partition("@")[2].split(".")[0],
        "private_key_id": key.key_id,
        "private_key": key.private_pem,
        "client_email": email,
        "client_id": "100000000000000000001",
        "auth_uri": f"{base_url}/o/oauth2/auth",
        "token_uri": f"{base_url}/token",
        "auth_provider_x509_cert_url": f"{base_url}/oauth2/v1/certs",
        "client_x509_cert_url": f"{base_url}/robot/v1/metadata/x509/{email}",
        "universe_domain": "googleapis.com",
    }


def dumps(value: dict[str, str]) -> str:
    return json.dumps(value, indent=2) + "\n"
