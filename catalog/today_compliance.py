"""What waits about listing rules: reviews of listings, papers to check, objections, listings against the rules."""

from django.db.models import Count, Min
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Merchant
from accounts.roles import is_global
from accounts.today_card import Card, narrowed, waiting
from catalog.models import Licence, ListingCheck, ListingReview, Objection, Product, Proof, SpotCheck


def queue(user):
    """Listings that wait for staff; for a merchant, what was returned lately and is a draft still."""
    rows = ListingReview.objects.order_by()
    if is_global(user):
        checks = SpotCheck.objects.filter(status=SpotCheck.Status.OPEN).count()
        return waiting(
            rows.filter(status=ListingReview.Status.SUBMITTED),
            since="submitted_at",
            key="listing-reviews",
            title=_("Listings to review"),
            url=reverse("admin:catalog_listingreview_changelist") + "?status__exact=submitted",
            note=_("%(n)d spot checks are open") % {"n": checks} if checks else "",
            order=33,
            urgent_after_hours=24,
        )
    mine = Merchant.objects.staffed_by(user).values("pk")
    returned = rows.filter(
        product__merchant__in=mine, product__status=Product.Status.DRAFT, status=ListingReview.Status.RETURNED
    )
    seen = returned.aggregate(n=Count("product", distinct=True), at=Min("decided_at"))
    return Card(
        key="listing-reviews",
        title=_("Returned listings"),
        count=seen["n"],
        oldest_at=seen["at"],
        url=reverse("admin:catalog_listingreview_changelist") + "?status__exact=returned",
        order=33,
    )


def papers(user):
    """Licences and proofs to look at, and objections to answer: the shop's own staff."""
    seen = [
        model.objects.filter(status=model.Status.PENDING).order_by().aggregate(n=Count("pk"), at=Min("created_at"))
        for model in (Licence, Proof)
    ]
    objections = Objection.objects.filter(status=Objection.Status.OPEN).count()
    oldest = [each["at"] for each in seen if each["at"]]
    page = "licence" if seen[0]["n"] else "proof"
    return Card(
        key="papers",
        title=_("Licences and proofs to check"),
        count=seen[0]["n"] + seen[1]["n"],
        oldest_at=min(oldest, default=None),
        url=reverse(f"admin:catalog_{page}_changelist") + "?status__exact=pending",
        note=_("%(n)d objections to answer") % {"n": objections} if objections else "",
        order=34,
        urgent_after_hours=48,
        urgent=bool(objections),
    )


def against_the_rules(user):
    """Listings on sale that the rules would stop today."""
    rows = ListingCheck.objects.filter(product__status=Product.Status.PUBLISHED, blocks__gt=0)
    count = narrowed(rows, user, "product__merchant").count()
    return Card(
        key="against-rules",
        title=_("On sale against the rules"),
        count=count,
        url=reverse("admin:catalog_product_changelist") + "?rules=block&status__exact=published",
        order=34,
        urgent=bool(count),
    )
