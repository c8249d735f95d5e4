"""A line that brings pages in pieces: what a browser draws of the first must not move when the next arrives."""

import re
import threading
import time
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

PIECES = re.compile(rb".{1,700}>|.+", re.DOTALL)  # to the end of a tag: half a word moves for everybody
PAUSE = 0.05  # seconds, several frames
PASSED_ON = ("accept-language", "accept", "cookie", "user-agent")


@contextmanager
def slow_line(to):
    """The address of a line to the server at ``to``: pages come in pieces, everything else whole."""

    class Line(BaseHTTPRequestHandler):
        def do_GET(self):
            headers = {name: value for name, value in self.headers.items() if name.lower() in PASSED_ON}
            with urllib.request.urlopen(urllib.request.Request(to + self.path, headers=headers)) as answer:
                body, kind = answer.read(), answer.headers["Content-Type"]
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.end_headers()
            if "html" not in kind:
                self.wfile.write(body)
                return
            for piece in PIECES.findall(body):
                self.wfile.write(piece)
                self.wfile.flush()
                time.sleep(PAUSE)

        def log_message(self, *args):
            """Silent."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Line)
    server.daemon_threads = True
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
