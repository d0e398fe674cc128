# SPDX-License-Identifier: MIT
"""Runs what stands between a client and a server: nginx as the reverse proxy, tinyproxy and
squid as HTTP proxies. Each has its own configuration in a temporary folder, listens on
loopback, and stays in the foreground.
"""
from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType

from tests.interop.server import HANG
from tests.ports import dead_port, free_port

USER, PASSWORD = "user", "secret"
PASSWORD_HASH = "$1$QdHbw5r8$d6JmGWFUZAqNsFwFbTiIb."  # openssl passwd -1
NCSA_AUTH = "/usr/lib/squid/basic_ncsa_auth"  # where Debian puts it


def found(program: str) -> str:
    """These live in /usr/sbin, which is not in everyone's PATH."""
    where = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert where is not None, f"{program} is not installed (see scripts/bootstrap)"
    return where


def nginx_location(path: str, server: int) -> str:
    return f"""
        location {path} {{
            proxy_pass http://127.0.0.1:{server}/;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
            proxy_set_header Host $http_host;
        }}"""


def nginx_configuration(folder: Path, port: int, server: int, dead: int) -> str:
    """/redirect/STATUS leads to /report, /loop to itself; /private/ wants a password, /absent
    is 404, /dead/ leads to a server that is not there."""
    redirects = "\n".join(
        f"        location = /redirect/{status} {{ return {status} /report; }}"
        for status in (301, 302, 303, 307, 308)
    )
    temporary = "\n".join(
        f"    {kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    return f"""
daemon off;
master_process off;
pid {folder}/pid;
error_log {folder}/error.log;
events {{ worker_connections 64; }}
http {{
    access_log off;
{temporary}
    server {{
        listen 127.0.0.1:{port};
        {nginx_location("/", server)}
        {nginx_location("/dead/", dead)}
{redirects}
        location = /loop {{ return 302 /loop; }}
        location = /absent {{ return 404; }}
        location /private/ {{
            auth_basic "tests";
            auth_basic_user_file {folder}/passwords;
            proxy_pass http://127.0.0.1:{server}/;
            proxy_http_version 1.1;
            proxy_set_header Upgrade $http_upgrade;
            proxy_set_header Connection "upgrade";
        }}
    }}
}}
"""


def tinyproxy_configuration(folder: Path, port: int, private: bool) -> str:
    return f"""
Port {port}
Listen 127.0.0.1
Timeout 600
MaxClients 20
LogFile "{folder}/log"
LogLevel Connect
{f"BasicAuth {USER} {PASSWORD}" if private else ""}
"""


def squid_configuration(folder: Path, port: int, private: bool) -> str:
    password = f"""
auth_param basic program {NCSA_AUTH} {folder}/passwords
auth_param basic children 1 startup=1
acl known proxy_auth REQUIRED
http_access deny !known
"""
    return f"""
http_port 127.0.0.1:{port}
pid_filename {folder}/pid
cache_log {folder}/cache.log
access_log stdio:{folder}/log
buffered_logs off
coredump_dir {folder}
cache deny all
netdb_filename none
pinger_enable off
max_filedescriptors 1024
shutdown_lifetime 0 seconds
{"cache_effective_user nobody" if os.geteuid() == 0 else ""}
{password if private else ""}
http_access allow all
"""


class Gateway:
    """One of them, running; a context manager that stops it."""

    def __init__(self, program: str, server: int = 0, private: bool = False) -> None:
        self.program = program
        self._held = ExitStack()
        self.folder = Path(tempfile.mkdtemp(prefix="wss-gateway-"))
        self.folder.chmod(0o777)  # squid gives its rights up when root starts it
        self.port = free_port()
        self.log = self.folder / "log"
        (self.folder / "passwords").write_text(f"{USER}:{PASSWORD_HASH}\n")
        file = self.folder / "configuration"
        file.write_text(self.configuration(server, private))
        self.process = subprocess.Popen(
            [found(program), *self.arguments(file)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        )
        self.wait_until_it_listens()

    def configuration(self, server: int, private: bool) -> str:
        if self.program == "nginx":
            dead = self._held.enter_context(dead_port())
            return nginx_configuration(self.folder, self.port, server, dead)
        write = {"tinyproxy": tinyproxy_configuration, "squid": squid_configuration}[self.program]
        return write(self.folder, self.port, private)

    def arguments(self, file: Path) -> list[str]:
        return {
            "nginx": ["-p", str(self.folder), "-e", "error.log", "-c", str(file)],
            "tinyproxy": ["-d", "-c", str(file)],
            "squid": ["-N", "-n", self.squid_name, "-f", str(file)],
        }[self.program]

    def wait_until_it_listens(self) -> None:
        deadline = time.monotonic() + HANG
        while time.monotonic() < deadline and self.process.poll() is None:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.01)
        self.stop()
        raise AssertionError(f"{self.program} does not listen")

    def logged(self, words: str) -> bool:
        """Waits until the log has the words."""
        deadline = time.monotonic() + HANG
        while time.monotonic() < deadline:
            if self.log.exists() and words in self.log.read_text():
                return True
            time.sleep(0.01)
        return False

    def url(self, user: str = "") -> str:
        return f"http://{user}127.0.0.1:{self.port}"

    def stop(self) -> None:
        self.process.kill()  # squid takes two seconds to end by itself
        self.process.communicate(timeout=HANG)
        self._held.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        for segment in Path("/dev/shm").glob(f"{self.squid_name}-*"):
            segment.unlink(missing_ok=True)

    @property
    def squid_name(self) -> str:
        """Of its shared memory: one by another user's hand would be in the way."""
        return f"wss{self.port}"

    def __enter__(self) -> Gateway:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.stop()
