import django.core.validators
import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

import catalog.own_address
import catalog.videos


class Migration(migrations.Migration):
    dependencies = [
        ("accounts", "0001_initial"),
        ("catalog", "0005_exports"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Topic",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(allow_unicode=True, max_length=60, unique=True, verbose_name="slug")),
                ("name", models.CharField(help_text="Without the #.", max_length=20, unique=True, verbose_name="name")),
                ("name_en", models.CharField(blank=True, max_length=30, verbose_name="name in English")),
                ("text", models.CharField(blank=True, max_length=120, verbose_name="sentence")),
                ("text_en", models.CharField(blank=True, max_length=160, verbose_name="sentence in English")),
            ],
            options={
                "verbose_name": "topic",
                "verbose_name_plural": "topics",
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Banner",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("run_after", models.DateTimeField(default=django.utils.timezone.now, verbose_name="run after")),
                ("attempts", models.PositiveSmallIntegerField(default=0, verbose_name="attempts")),
                ("leased_until", models.DateTimeField(blank=True, null=True, verbose_name="leased until")),
                ("done_at", models.DateTimeField(blank=True, null=True, verbose_name="done at")),
                ("given_up_at", models.DateTimeField(blank=True, null=True, verbose_name="given up at")),
                ("last_error", models.CharField(blank=True, max_length=500, verbose_name="last error")),
                (
                    "file",
                    models.ImageField(
                        height_field="height", upload_to="banners/", verbose_name="file", width_field="width"
                    ),
                ),
                ("width", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                ("height", models.PositiveIntegerField(blank=True, editable=False, null=True)),
                (
                    "status",
                    models.CharField(
                        choices=[("processing", "being drawn"), ("ready", "ready"), ("failed", "cannot be used")],
                        default="processing",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                ("drawn", models.BooleanField(default=False, editable=False, verbose_name="drawn in all sizes")),
            ],
            options={
                "verbose_name": "picture of the shop",
                "verbose_name_plural": "pictures of the shop",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("done_at", None), ("given_up_at", None)),
                        fields=["run_after"],
                        name="banner_due",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Guide",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("slug", models.SlugField(allow_unicode=True, max_length=80, unique=True, verbose_name="slug")),
                ("title", models.CharField(max_length=60, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=100, verbose_name="title in English")),
                ("lead", models.CharField(blank=True, max_length=160, verbose_name="first sentence")),
                ("lead_en", models.CharField(blank=True, max_length=240, verbose_name="first sentence in English")),
                (
                    "body",
                    models.TextField(
                        blank=True, help_text="Simple HTML; scripts and styles are removed.", verbose_name="text"
                    ),
                ),
                ("body_en", models.TextField(blank=True, verbose_name="text in English")),
                ("author", models.CharField(blank=True, max_length=40, verbose_name="author")),
                ("author_en", models.CharField(blank=True, max_length=40, verbose_name="author in English")),
                ("video", models.FileField(blank=True, upload_to="videos/", verbose_name="video")),
                (
                    "video_address",
                    models.CharField(
                        blank=True,
                        help_text="A page of a video site; it opens there.",
                        max_length=300,
                        validators=[catalog.videos.refuse_unsafe_address],
                        verbose_name="address of a video",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "draft"),
                            ("in_review", "in review"),
                            ("published", "published"),
                            ("taken_down", "taken down"),
                        ],
                        default="draft",
                        max_length=12,
                        verbose_name="status",
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True,
                        help_text="Empty: from the moment it is published.",
                        null=True,
                        verbose_name="shown from",
                    ),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True, verbose_name="created at")),
                ("updated_at", models.DateTimeField(auto_now=True, verbose_name="changed at")),
                (
                    "cover",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.banner",
                        verbose_name="cover",
                    ),
                ),
                (
                    "merchant",
                    models.ForeignKey(
                        blank=True,
                        help_text="Nobody: a guide of the shop itself.",
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guides",
                        to="accounts.merchant",
                        verbose_name="merchant",
                    ),
                ),
            ],
            options={
                "verbose_name": "guide",
                "verbose_name_plural": "guides",
                "ordering": ["-published_at", "-pk"],
                "permissions": [("approve_guide", "Can publish guides and take them down")],
            },
        ),
        migrations.CreateModel(
            name="GuideProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "guide",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="shows",
                        to="catalog.guide",
                        verbose_name="guide",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.product",
                        verbose_name="listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "listing of a guide",
                "verbose_name_plural": "listings of a guide",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="guide",
            name="products",
            field=models.ManyToManyField(
                related_name="guides", through="catalog.GuideProduct", to="catalog.product", verbose_name="listings"
            ),
        ),
        migrations.CreateModel(
            name="HomeBlock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("hero", "opening picture"),
                            ("promises", "what we promise"),
                            ("categories", "category icons"),
                            ("campaign", "campaign"),
                            ("hot", "hot"),
                            ("new", "new"),
                            ("for_you", "for you"),
                            ("products", "chosen listings"),
                            ("guides", "guides"),
                            ("story", "story of one listing"),
                        ],
                        max_length=12,
                        verbose_name="kind",
                    ),
                ),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                ("is_active", models.BooleanField(default=True, verbose_name="shown")),
                ("shown_from", models.DateTimeField(blank=True, null=True, verbose_name="from")),
                (
                    "shown_until",
                    models.DateTimeField(
                        blank=True, help_text="From this moment on it is gone.", null=True, verbose_name="until"
                    ),
                ),
                ("title", models.CharField(blank=True, max_length=40, verbose_name="title")),
                ("title_en", models.CharField(blank=True, max_length=60, verbose_name="title in English")),
                ("text", models.CharField(blank=True, max_length=120, verbose_name="sentence")),
                ("text_en", models.CharField(blank=True, max_length=160, verbose_name="sentence in English")),
                ("button", models.CharField(blank=True, max_length=20, verbose_name="words of the link")),
                ("button_en", models.CharField(blank=True, max_length=40, verbose_name="words of the link in English")),
                (
                    "link",
                    models.CharField(
                        blank=True,
                        help_text="An address of this shop, such as /c/teaware/ or /search/?sort=new.",
                        max_length=300,
                        validators=[catalog.own_address.refuse_foreign_address],
                        verbose_name="leads to",
                    ),
                ),
                (
                    "rule",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "those named below"),
                            ("newest", "the newest"),
                            ("best_sold", "the best sold"),
                            ("best_rated", "the best rated"),
                            ("reduced", "with a strike-through price"),
                        ],
                        default="",
                        max_length=12,
                        verbose_name="which listings",
                    ),
                ),
                (
                    "how_many",
                    models.PositiveSmallIntegerField(
                        default=4,
                        validators=[
                            django.core.validators.MinValueValidator(1),
                            django.core.validators.MaxValueValidator(12),
                        ],
                        verbose_name="how many",
                    ),
                ),
                (
                    "category",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.category",
                        verbose_name="only of this category",
                    ),
                ),
                (
                    "picture",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.banner",
                        verbose_name="wide picture",
                    ),
                ),
                (
                    "picture_tall",
                    models.ForeignKey(
                        blank=True,
                        editable=False,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="catalog.banner",
                        verbose_name="tall picture",
                    ),
                ),
            ],
            options={
                "verbose_name": "block of the home page",
                "verbose_name_plural": "home page",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.CreateModel(
            name="HomeBlockProduct",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("position", models.PositiveSmallIntegerField(default=0, verbose_name="position")),
                (
                    "block",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="named",
                        to="catalog.homeblock",
                        verbose_name="block",
                    ),
                ),
                (
                    "product",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="catalog.product",
                        verbose_name="listing",
                    ),
                ),
            ],
            options={
                "verbose_name": "listing of a block",
                "verbose_name_plural": "listings of a block",
                "ordering": ["position", "pk"],
            },
        ),
        migrations.AddField(
            model_name="homeblock",
            name="products",
            field=models.ManyToManyField(
                related_name="+", through="catalog.HomeBlockProduct", to="catalog.product", verbose_name="listings"
            ),
        ),
        migrations.AddField(
            model_name="guide",
            name="topics",
            field=models.ManyToManyField(blank=True, related_name="guides", to="catalog.topic", verbose_name="topics"),
        ),
        migrations.AddConstraint(
            model_name="guideproduct",
            constraint=models.UniqueConstraint(fields=("guide", "product"), name="guide_shows_it_once"),
        ),
        migrations.AddConstraint(
            model_name="homeblockproduct",
            constraint=models.UniqueConstraint(fields=("block", "product"), name="home_block_names_it_once"),
        ),
        migrations.AddConstraint(
            model_name="homeblock",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("shown_from", None),
                    ("shown_until", None),
                    ("shown_until__gt", models.F("shown_from")),
                    _connector="OR",
                ),
                name="home_block_ends_after_it_begins",
            ),
        ),
        migrations.AddIndex(
            model_name="guide",
            index=models.Index(fields=["status", "-published_at"], name="guide_newest"),
        ),
        migrations.AddConstraint(
            model_name="guide",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("status", "published"), _negated=True), ("published_at__isnull", False), _connector="OR"
                ),
                name="published_guide_has_a_time",
            ),
        ),
    ]
