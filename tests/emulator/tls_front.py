"""A TLS front for clients whose addresses cannot be changed: an HTTPS proxy that is itself what Google's hosts are.

The client is given HTTPS_PROXY and a certificate authority made for the occasion; whatever https host it asks for, the
local Workspace answers.
"""

from __future__ import annotations

import socket
import ssl
import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import TracebackType
from urllib.parse import urlsplit

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOSTS = ("www.googleapis.com", "oauth2.googleapis.com", "sheets.googleapis.com", "docs.googleapis.com")


class TlsFront:
    """with TlsFront(workspace_url, folder) as front: front.environ is what the client's process needs to know."""

    def __init__(self, target: str, folder: Path) -> None:
        place = urlsplit(target)
        self._target = (place.hostname or "127.0.0.1", place.port or 80)
        self.ca_file, self._key_file = folder / "ca.pem", folder / "ca.key"
        _write_certificate(self.ca_file, self._key_file)
        self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        self._tls.load_cert_chain(self.ca_file, self._key_file)
        self._listening = socket.create_server(("127.0.0.1", 0))

    @property
    def environ(self) -> dict[str, str]:
        proxy = f"http://127.0.0.1:{self._listening.getsockname()[1]}"
        return {"HTTPS_PROXY": proxy, "SSL_CERT_FILE": str(self.ca_file), "NODE_EXTRA_CA_CERTS": str(self.ca_file)}

    def __enter__(self) -> TlsFront:
        threading.Thread(target=self._listen, name="tls-front", daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()

    def _listen(self) -> None:
        while True:
            try:
                client, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(client,), daemon=True).start()

    def _serve(self, client: socket.socket) -> None:
        with client, suppress(OSError, ssl.SSLError):
            head = b""
            while b"\r\n\r\n" not in head:
                more = client.recv(4096)
                if not more:
                    return
                head += more
            client.sendall(b"HTTP/1.1 200 Connection established\r\n\r\n")
            inside = self._tls.wrap_socket(client, server_side=True)
            with inside, socket.create_connection(self._target) as behind:
                back = threading.Thread(target=_pump, args=(behind, inside), daemon=True)
                back.start()
                _pump(inside, behind)
                back.join()


def _pump(source: socket.socket, sink: socket.socket) -> None:
    with suppress(OSError, ssl.SSLError):
        while data := source.recv(65536):
            sink.sendall(data)
    with suppress(OSError):
        sink.shutdown(socket.SHUT_WR)


def _write_certificate(file: Path, key_file: Path) -> None:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "local-workspace-front")])
    now = datetime.now(UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=30))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(host) for host in HOSTS]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    pem = serialization.Encoding.PEM
    file.write_bytes(certificate.public_bytes(pem))
    key_file.write_bytes(key.private_bytes(pem, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()))
