import re

from django.http import Http404, HttpResponse
from django.views.static import serve

LONGEST_NAME = 255  # bytes of a file name that file systems take
RANGE = re.compile(r"^bytes=(\d{0,18})-(\d{0,18})$")


def own_media(request, path, document_root):
    """The shop's own pictures and videos, for a shop on one machine. A part of a file is sent to whom asks for a part."""
    if any(len(name.encode(errors="replace")) > LONGEST_NAME for name in path.split("/")):
        raise Http404
    response = serve(request, path, document_root)
    if response.status_code != 200 or not response.streaming:
        return response
    response["Accept-Ranges"] = "bytes"
    asked = RANGE.match(request.headers.get("Range", ""))
    # Safari plays no video from a server that cannot send parts.
    return _part(response, *asked.groups()) if asked and any(asked.groups()) else response


def _part(response, first, last):
    size = int(response["Content-Length"])
    begin = int(first) if first else max(0, size - int(last))
    end = min(int(last), size - 1) if first and last else size - 1
    file = response.file_to_stream
    if begin > end:
        response.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    file.seek(begin)
    response.streaming_content = _read(file, end - begin + 1)
    response.status_code = 206
    response["Content-Range"] = f"bytes {begin}-{end}/{size}"
    response["Content-Length"] = str(end - begin + 1)
    return response


def _read(file, left):
    while left > 0 and (chunk := file.read(min(left, 65_536))):
        left -= len(chunk)
        yield chunk
