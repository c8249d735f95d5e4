from django.contrib.postgres.fields import ArrayField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.bilingual import local
from catalog import tax_rates


class CategoryQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(is_active=True)

    def top(self):
        return self.filter(parent=None)


class Category(models.Model):
    """A place in the category tree. ``path`` holds the ids from the root ("3/17/"), so a subtree is one prefix."""

    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("parent")
    )
    name = models.CharField(_("name"), max_length=40)
    name_en = models.CharField(_("name in English"), max_length=60, blank=True)
    slug = models.SlugField(_("slug"), max_length=80, unique=True, allow_unicode=True)
    path = models.CharField(max_length=120, editable=False, db_index=True)
    position = models.PositiveSmallIntegerField(_("position"), default=0)
    is_active = models.BooleanField(_("shown"), default=True)
    image = models.ImageField(_("picture"), upload_to="categories/", blank=True)
    review_tags = ArrayField(
        models.CharField(max_length=20),
        default=list,
        blank=True,
        verbose_name=_("tags for reviews"),
        help_text=_("What buyers may tick; nothing means the tags of the category above."),
    )

    tax_bp = models.PositiveSmallIntegerField(
        _("tax in prices"),
        null=True,
        blank=True,
        choices=tax_rates.CHOICES,
        help_text=_("Empty: as the category above; without any 13 %."),
    )

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name = _("category")
        verbose_name_plural = _("categories")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["parent", "name"], nulls_distinct=False, name="category_name_once")
        ]
        indexes = [models.Index(fields=["path"], name="category_subtree", opclasses=["varchar_pattern_ops"])]

    def __str__(self):
        return self.name_local

    def get_absolute_url(self):
        return reverse("category", args=[self.slug])

    @property
    def name_local(self):
        return local(self.name, self.name_en)

    @property
    def ancestor_ids(self):
        return [int(part) for part in self.path.split("/") if part]

    def clean(self):
        if self.pk and self.parent and self.pk in self.parent.ancestor_ids:
            raise ValidationError({"parent": _("A category cannot be moved below itself.")})

    def save(self, *args, **kwargs):
        # Whoever saves without a form: a ring would make every walk up the tree endless.
        self.clean()
        with transaction.atomic():
            super().save(*args, **kwargs)
            path = f"{self.parent.path if self.parent else ''}{self.pk}/"
            if path != self.path:
                before, self.path = self.path, path
                type(self).objects.filter(pk=self.pk).update(path=path)
                self._move_subtree(before)

    def _move_subtree(self, before):
        for child in self.children.all() if before else []:
            child.save()
