from config.logs import hide_personal_data


def test_telling_names_are_hidden():
    event = {"event": "sent", "phone": "13800001234", "receiver_name": "林", "order": "ZG1", "status_code": 200}
    hidden = hide_personal_data(None, "info", event)
    assert hidden["phone"] == hidden["receiver_name"] == "[hidden]"
    assert (hidden["order"], hidden["status_code"]) == ("ZG1", 200)
