"""The video of the demo shop: the three glazes of the teapot, seven seconds, without a sound."""

from uuid import uuid4

from django.core.files.base import ContentFile

from catalog.demo import shapes
from catalog.models import ListingVideo, Product

VIDEOS = {"jiqing-teapot": ("teapot-glazes.webm", 7)}


def load_videos():
    """Show the videos that are not there yet; returns how many were added."""
    added = 0
    for product in Product.objects.filter(handle__in=VIDEOS, video=None):
        name, seconds = VIDEOS[product.handle]
        video = ListingVideo(product=product, seconds=seconds)
        content = ContentFile((shapes.PICTURES / name).read_bytes())
        video.file.save(f"{uuid4().hex}.webm", content, save=False)
        video.save()
        added += 1
    return added
