"""The form of a listing's video: what browsers cannot play, what is too long and what is no caption is refused."""

from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from catalog import video_length, videos
from catalog.forms_back_office import refuse_no_picture
from catalog.models import ListingVideo
from catalog.pictures import PictureRefused, made_safe

MOST_CAPTION_BYTES = 200 * 1024


class ListingVideoForm(forms.ModelForm):
    class Meta:
        model = ListingVideo
        fields = ["file", "poster", "captions", "captions_en"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if not isinstance(file, UploadedFile):
            return file
        videos.accept(file, most_bytes=settings.LISTING_VIDEO_MOST_BYTES)
        seconds = video_length.seconds_of(file, file.name.rpartition(".")[2])
        if seconds is None or not 0 < seconds < 86_400:
            raise ValidationError(_("The video does not say how long it is. Please save it again as MP4 or WebM."))
        most = settings.LISTING_VIDEO_MOST_SECONDS
        if seconds > most + 0.5:
            facts = {"most": most, "found": round(seconds)}
            raise ValidationError(_("A video is at most %(most)s seconds long; this one has %(found)s."), params=facts)
        self.instance.seconds = max(1, round(seconds))
        return file

    def clean_poster(self):
        file = self.cleaned_data.get("poster")
        if not isinstance(file, UploadedFile):
            return file
        refuse_no_picture(file)
        try:
            return ContentFile(made_safe(file.read()), name=f"{uuid4().hex}.webp")
        except PictureRefused:
            name = {"name": file.name}
            raise ValidationError(_("“%(name)s” is not a JPEG, PNG or WebP picture."), params=name) from None

    def clean_captions(self):
        return _caption(self.cleaned_data.get("captions"))

    def clean_captions_en(self):
        return _caption(self.cleaned_data.get("captions_en"))


def _caption(file):
    if not isinstance(file, UploadedFile):
        return file
    body = file.read(MOST_CAPTION_BYTES + 1)
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = ""
    if len(body) > MOST_CAPTION_BYTES or not text.startswith("WEBVTT"):
        facts = {"name": file.name}
        raise ValidationError(_("“%(name)s” is not a WebVTT file of at most 200 KB in UTF-8."), params=facts)
    return ContentFile(text.encode(), name=f"{uuid4().hex}.vtt")
