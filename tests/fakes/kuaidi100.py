"""Kuaidi100 as its documents describe it, on a local port: it checks keys and signatures as the real service does."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from orders.carriers.kuaidi100 import sign_of

KEY, CUSTOMER, SALT = "fake-key-0001", "FAKECUSTOMER", "salt-of-sixteen-and-more"


class FakeKuaidi100:
    """``mode``: "good", "500", "nonsense", "refuses"; ``scans`` is what a query answers; ``heard`` what was asked."""

    def __init__(self):
        self.mode, self.scans, self.heard, self.subscribed = "good", [], [], set()
        fake = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"])).decode()
                form = {name: values[0] for name, values in parse_qs(body).items()}
                status, answer = fake.answer(self.path, form)
                self.send_response(status)
                self.send_header("Content-Type", "application/json")
                self.end_headers()
                self.wfile.write(answer.encode())

            def log_message(self, *args):
                """Silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def close(self):
        self.server.shutdown()
        self.server.server_close()

    def answer(self, path, form):
        self.heard.append((path, form))
        if self.mode == "500":
            return 500, "oops"
        if self.mode == "nonsense":
            return 200, "<html>"
        param = json.loads(form["param"])
        answer = self._subscribe(param) if path == "/poll" else self._query(form, param)
        return 200, json.dumps(answer)

    def _subscribe(self, param):
        if param["key"] != KEY:
            return {"result": False, "returnCode": "600", "message": "key"}
        if self.mode == "refuses":
            return {"result": False, "returnCode": "701", "message": "carrier"}
        again = param["number"] in self.subscribed
        self.subscribed.add(param["number"])
        return {"result": not again, "returnCode": "501" if again else "200", "message": ""}

    def _query(self, form, param):
        if form["sign"] != sign_of(form["param"], KEY + CUSTOMER) or form["customer"] != CUSTOMER:
            return {"result": False, "returnCode": "503", "message": "sign"}
        return {"message": "ok", "status": "200", "com": param["com"], "nu": param["num"], "data": self.scans}
