"""A form field for photos that shoppers upload: proof of a return, pictures of a review."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from catalog.pictures import PictureRefused, made_safe

MOST_PHOTOS = 6
MOST_BYTES = 8 * 1024 * 1024


class ManyFilesInput(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Up to six pictures; its value is a list of safe WebP bytes. What cannot be taken is named."""

    def __init__(self, **kwargs):
        widget = ManyFilesInput(attrs={"accept": "image/jpeg,image/png,image/webp"})
        super().__init__(widget=widget, required=False, **kwargs)

    def clean(self, data, initial=None):
        files = [file for file in (data if isinstance(data, list | tuple) else [data]) if file]
        if len(files) > MOST_PHOTOS:
            raise ValidationError(_("At most %(most)s photos, please."), params={"most": MOST_PHOTOS})
        safe, refused = [], []
        for file in files:
            try:
                safe.append(_safe(file))
            except PictureRefused:
                refused.append(file.name)
        if refused:
            names = ", ".join(refused)
            message = _("Not a JPEG, PNG or WebP photo of at most 8 MB: %(names)s. Please choose the photos again.")
            raise ValidationError(message, params={"names": names})
        return safe


def _safe(file):
    if file.size > MOST_BYTES:
        raise PictureRefused("too large")
    return made_safe(file.read())
