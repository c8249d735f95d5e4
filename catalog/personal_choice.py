"""What shoppers say about recommendations: an answer to one of them, and whether they may be personal at all."""

from django.utils import timezone

from catalog import shopper_events
from catalog.models import RecommendationFeedback, ShopperChoice

Answer = RecommendationFeedback.Answer


class NoSuchAnswer(ValueError):
    """Something that nobody may answer."""


def answer(user, product, said):
    """Keep what ``user`` says of ``product``; the last answer counts. Raises ``NoSuchAnswer``."""
    if said not in Answer.values:
        raise NoSuchAnswer(said[:20])
    RecommendationFeedback.objects.update_or_create(
        user=user, product=product, defaults={"answer": said, "at": timezone.now()}
    )


def take_back(user, product_id):
    """Forget what ``user`` said of a listing; False when they said nothing."""
    return bool(user.recommendation_feedback.filter(product=product_id).delete()[0])


def is_personal(user):
    """Whether recommendations may be personal; so it is until they say otherwise."""
    return not ShopperChoice.objects.filter(user=user, personalised=False).exists()


def allow(user):
    """Let recommendations be personal from now on."""
    ShopperChoice.objects.update_or_create(user=user, defaults={"personalised": True})


def refuse(user):
    """Nothing personal from now on, and what was noted for it is forgotten; the answers stay, unread, until taken back."""
    ShopperChoice.objects.update_or_create(user=user, defaults={"personalised": False})
    shopper_events.forget(user)


def noted(user):
    """Kind → how many events are kept of ``user``, every kind named."""
    counts = dict.fromkeys(shopper_events.Kind, 0)
    for kind in user.shopper_events.order_by().values_list("kind", flat=True):
        counts[shopper_events.Kind(kind)] += 1
    return counts
