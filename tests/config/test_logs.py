from structlog.contextvars import merge_contextvars
from structlog.testing import capture_logs

from config.logs import hide_personal_data


def test_telling_names_are_hidden():
    event = {"event": "sent", "phone": "13800001234", "receiver_name": "林", "order": "ZG1", "status_code": 200}
    hidden = hide_personal_data(None, "info", event)
    assert hidden["phone"] == hidden["receiver_name"] == "[hidden]"
    assert (hidden["order"], hidden["status_code"]) == ("ZG1", 200)


def test_a_request_writes_one_line_with_its_id_its_sender_and_its_reader(client, alice):
    client.force_login(alice)
    with capture_logs(processors=[merge_contextvars]) as seen:
        assert client.get("/cart/", headers={"x-forwarded-for": "9.9.9.9"}).status_code == 200
        assert client.get("/nowhere/").status_code == 404
    found, lost = seen
    assert (found["event"], found["request"], found["code"]) == ("request_finished", "GET /cart/", 200)
    assert (found["ip"], found["user_id"]) == ("127.0.0.1", alice.pk)
    assert lost["code"] == 404
    assert found["request_id"] != lost["request_id"]
