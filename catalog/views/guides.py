from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from catalog import guides, structured_data
from catalog.head import Head
from catalog.models import Guide, Topic

PER_PAGE = 12


def guide_list(request):
    return _list(request, guides.cards(), {"topics": guides.topics_in_use()})


def topic(request, slug):
    about = get_object_or_404(Topic, slug=slug)
    return _list(request, guides.cards().filter(topics=about), {"topic": about})


def _list(request, found, context):
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page", "1"))
    about = context.get("topic")
    if about and not page.paginator.count:
        raise Http404
    head = Head(
        request.path,
        page=page.number,
        pages=page.paginator.num_pages,
        indexed=page.paginator.count > 0,
        title=str(about or ""),
        text=about.text_local if about else "",
        banner=page[0].cover if page.paginator.count else None,
    )
    return render(request, "catalog/guides/list.html", context | {"page": page, "head": head})


def guide(request, slug):
    shown = Guide.objects.shown().select_related("cover", "merchant")
    here = get_object_or_404(shown, slug=slug)
    products = guides.products_of(here)
    head = Head(request.path, kind="article", title=here.title_local, text=here.lead_local, banner=here.cover)
    context = {
        "guide": here,
        "topics": list(here.topics.all()),
        "products": products,
        "more": [other for other in guides.newest(4) if other.pk != here.pk][:3],
        "head": head,
        "structured_data": structured_data.of_guide(here, products),
    }
    return render(request, "catalog/guides/guide.html", context)
