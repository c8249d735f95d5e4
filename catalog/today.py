"""What waits in the catalogue: low stock, imports to look at, pictures that cannot be used, reviews to read."""

from django.db.models import Count, F, Min, Q, Sum
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Merchant
from accounts.roles import is_global
from accounts.today_card import Card
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


def _mine(rows, path, user):
    if is_global(user):
        return rows
    return rows.filter(**{f"{path}__in": Merchant.objects.staffed_by(user).values("pk")})


def low_stock(user):
    skus = _mine(Sku.objects.buyable(), "merchant", user).order_by()
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
    runs = _mine(ImportRun.objects.all(), "merchant", user)
    wanting = runs.filter(Q(status__in=["previewed", "refused"]) | ~Q(given_up_at=None)).order_by()
    broken = ImportRow.objects.filter(run__in=wanting, action=ImportRow.Action.REFUSE).order_by()
    seen = wanting.aggregate(count=Count("pk"), oldest=Min("created_at"))
    refused = broken.count()
    return Card(
        key="imports",
        title=_("Imports to look at"),
        count=seen["count"],
        oldest_at=seen["oldest"],
        url=reverse("admin:catalog_importrun_changelist"),
        note=_("%(n)d products refused") % {"n": refused} if refused else "",
        order=40,
        urgent=bool(refused),
    )


def pictures(user):
    rows = _mine(Picture.objects.filter(status=Picture.Status.FAILED), "product__merchant", user).order_by()
    waiting = _mine(Picture.objects.filter(status=Picture.Status.WAITING), "product__merchant", user).order_by()
    count, still = rows.count(), waiting.count()
    return Card(
        key="pictures",
        title=_("Pictures that cannot be used"),
        count=count,
        url=reverse("admin:catalog_picture_changelist") + "?status__exact=failed",
        note=_("%(n)d are still being fetched") % {"n": still} if still else "",
        order=41,
    )


def reviews(user):
    rows = _mine(Review.objects.filter(status=Review.Status.PENDING), "product__merchant", user).order_by()
    seen = rows.aggregate(count=Count("pk"), oldest=Min("created_at"))
    return Card(
        key="reviews",
        title=_("Reviews to read"),
        count=seen["count"],
        oldest_at=seen["oldest"],
        url=reverse("admin:catalog_review_changelist") + "?status__exact=pending",
        order=35,
        urgent_after_hours=48,
    )
