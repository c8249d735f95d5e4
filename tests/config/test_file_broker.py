"""The broker of a machine without Redis: messages are whole or not there, however fast the reader is."""

import threading

import pytest
from kombu import Connection, Queue
from kombu.transport import filesystem

from config import file_broker

MESSAGES = 300


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "messages").mkdir()
    (tmp_path / "control").mkdir()
    return tmp_path


def read_while_writing(folder, transport):
    """Numbers that a busy reader got while another thread wrote them, and what the reader choked on."""
    options = {
        "data_folder_in": str(folder / "messages"),
        "data_folder_out": str(folder / "messages"),
        "control_folder": folder / "control",
        "polling_interval": 0.001,
    }
    got, errors = [], []
    writing = threading.Event()

    def write():
        with Connection(transport=transport, transport_options=options) as connection:
            producer = connection.Producer()
            for number in range(MESSAGES):
                producer.publish(
                    {"number": number, "padding": "x" * 5000}, routing_key="q", declare=[Queue("q", routing_key="q")]
                )
        writing.set()

    with Connection(transport=transport, transport_options=options) as connection:
        channel = connection.default_channel
        Queue("q", routing_key="q")(channel).declare()
        thread = threading.Thread(target=write)
        thread.start()
        while len(got) + len(errors) < MESSAGES and not (writing.is_set() and channel._size("q") == 0):
            try:
                message = channel.basic_get("q", no_ack=True)
            except ValueError as error:
                errors.append(error)
            else:
                if message:
                    got.append(message.decode()["number"])
        thread.join()
    return got, errors


def test_every_message_arrives_whole(folder):
    got, errors = read_while_writing(folder, "config.file_broker:Transport")
    assert errors == []
    assert sorted(got) == list(range(MESSAGES))


def test_the_filesystem_scheme_is_ours():
    file_broker.install()
    assert isinstance(Connection("filesystem://").transport, file_broker.Transport)
    assert issubclass(file_broker.Transport, filesystem.Transport)
