"""What waits in the catalogue: low stock, imports to look at, pictures that cannot be used, reviews to read."""

from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.today_card import Card, narrowed, waiting
from catalog import today_compliance, today_voices
from catalog.models import ImportRow, ImportRun, Picture, Review, Sku

LOW = 10


def cards(user):
    makers = [
        ("catalog.view_sku", low_stock),
        ("catalog.view_importrun", imports),
        ("catalog.view_picture", pictures),
        ("catalog.change_review", reviews),
        ("catalog.answer_question", today_voices.unanswered),
        ("catalog.change_report", today_voices.reports),
        ("catalog.view_listingreview", today_compliance.queue),
        ("catalog.change_objection", today_compliance.papers),
        ("catalog.view_product", today_compliance.against_the_rules),
    ]
    return [maker(user) for permission, maker in makers if user.has_perm(permission)]


def low_stock(user):
    skus = narrowed(Sku.objects.buyable(), user).order_by()
    low = skus.annotate(left=Sum(F("stocks__on_hand") - F("stocks__reserved"), default=0)).filter(left__lt=LOW)
    count = low.count()
    return Card(
        key="low-stock",
        title=_("Low stock"),
        count=count,
        url=reverse("admin:catalog_sku_changelist") + "?stock=low",
        note=_("fewer than %(n)d units of a SKU on sale") % {"n": LOW},
        order=30,
    )


def imports(user):
    runs = narrowed(ImportRun.objects.all(), user)
    wanting = runs.filter(Q(status__in=["previewed", "refused"]) | ~Q(given_up_at=None)).order_by()
    broken = ImportRow.objects.filter(run__in=wanting, action=ImportRow.Action.REFUSE).order_by()
    refused = broken.count()
    return waiting(
        wanting,
        since="created_at",
        key="imports",
        title=_("Imports to look at"),
        url=reverse("admin:catalog_importrun_changelist"),
        note=_("%(n)d products refused") % {"n": refused} if refused else "",
        order=40,
        urgent=bool(refused),
    )


def pictures(user):
    rows = narrowed(Picture.objects.filter(status=Picture.Status.FAILED), user, "product__merchant").order_by()
    coming = narrowed(Picture.objects.filter(status=Picture.Status.WAITING), user, "product__merchant").order_by()
    count, still = rows.count(), coming.count()
    return Card(
        key="pictures",
        title=_("Pictures that cannot be used"),
        count=count,
        url=reverse("admin:catalog_picture_changelist") + "?status__exact=failed",
        note=_("%(n)d are still being fetched") % {"n": still} if still else "",
        order=41,
    )


def reviews(user):
    rows = narrowed(Review.objects.filter(status=Review.Status.PENDING), user, "product__merchant").order_by()
    return waiting(
        rows,
        since="created_at",
        key="reviews",
        title=_("Reviews to read"),
        url=reverse("admin:catalog_review_changelist") + "?status__exact=pending",
        order=35,
        urgent_after_hours=48,
    )
