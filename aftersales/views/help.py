from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from orders import delivery_rules

# The pages that the foot of every page leads to: slug, title.
PAGES = {
    "delivery": _("Delivery and fees"),
    "returns": _("Returns policy"),
    "privacy": _("Privacy"),
    "accessibility": _("Accessibility statement"),
}


@require_safe
def help_page(request, slug):
    """A short page of the shop's own words on one subject."""
    if slug not in PAGES:
        raise Http404
    context = {"title": PAGES[slug], "slug": slug, "pages": PAGES.items()}
    if slug == "delivery":
        context |= {"delivery": delivery_rules.of_all(), "tiers": delivery_rules.free_by_tier()}
    return render(request, f"aftersales/help/{slug}.html", context)
