from django.http import Http404
from django.views.static import serve

LONGEST_NAME = 255  # bytes of a file name that file systems take


def own_media(request, path, document_root):
    """The shop's own pictures, for a shop on one machine."""
    if any(len(name.encode(errors="replace")) > LONGEST_NAME for name in path.split("/")):
        raise Http404
    return serve(request, path, document_root)
