"""Where a page that was reached on the way to another leads back to."""

from django.utils.http import url_has_allowed_host_and_scheme


def way_back(request, default=""):
    """``next`` of the form or the address, as far as it is an address of this shop; else ``default``."""
    asked = request.POST.get("next") or request.GET.get("next", "")
    ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if ours else default
