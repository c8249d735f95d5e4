"""Kombu's filesystem transport, made safe for readers that are faster than writers.

Kombu writes a message into the folder that others watch, so a worker that looks in between reads half a message and
stops for good. Here a message is written aside and renamed: it is whole, or not there.
"""

import fcntl
import os
import time
import uuid
from contextlib import contextmanager
from pathlib import Path

from kombu.transport import TRANSPORT_ALIASES, filesystem
from kombu.utils.encoding import str_to_bytes
from kombu.utils.json import dumps


class Channel(filesystem.Channel):
    def _put(self, queue, payload, **kwargs):
        folder = Path(self.data_folder_out)
        name = f"{round(time.monotonic() * 1000)}_{uuid.uuid4()}.{queue}.msg"
        partial = folder / f".{name}.partial"
        partial.write_bytes(str_to_bytes(dumps(payload)))
        partial.rename(folder / name)

    def get_table(self, exchange):
        with self._table_lock(fcntl.LOCK_SH):
            return super().get_table(exchange)

    def _queue_bind(self, exchange, routing_key, pattern, queue):
        with self._table_lock(fcntl.LOCK_EX):
            super()._queue_bind(exchange, routing_key, pattern, queue)

    @contextmanager
    def _table_lock(self, kind):
        # Kombu empties a new table before it locks it; one lock for all tables lets nobody see that.
        handle = os.open(Path(self.control_folder) / ".lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, kind)
            yield
        finally:
            os.close(handle)


class Transport(filesystem.Transport):
    Channel = Channel


def install():
    """Make ``filesystem://`` mean this transport."""
    TRANSPORT_ALIASES["filesystem"] = "config.file_broker:Transport"
