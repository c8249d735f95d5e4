"""Makes coupon templates for tests."""

from django.utils import timezone

from loyalty.models import CouponTemplate


def make_template(**fields):
    """A published coupon of ¥15 from ¥199 for 7 days, 100 of them, one a member."""
    fields = {
        "name": "满199减15",
        "name_en": "¥15 off ¥199",
        "status": "published",
        "threshold_fen": 19_900,
        "amount_fen": 1_500,
        "valid_days": 7,
        "quota": 100,
        "published_at": timezone.now(),
    } | fields
    if fields.get("valid_until"):
        fields["valid_days"] = None
    return CouponTemplate.objects.create(**fields)
