from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Merchant
from catalog.models.sku import Sku


class Warehouse(models.Model):
    """A place where a merchant keeps stock; every merchant has one default warehouse."""

    merchant = models.ForeignKey(Merchant, models.PROTECT, related_name="warehouses", verbose_name=_("merchant"))
    name = models.CharField(_("name"), max_length=60)
    region_code = models.CharField(_("region code"), max_length=6, blank=True)
    is_default = models.BooleanField(_("default"), default=False)

    class Meta:
        verbose_name = _("warehouse")
        verbose_name_plural = _("warehouses")
        constraints = [
            models.UniqueConstraint(
                fields=["merchant"], condition=models.Q(is_default=True), name="one_default_warehouse"
            )
        ]

    def __str__(self):
        return self.name


class Stock(models.Model):
    """How much of a SKU lies in a warehouse: ``reserved`` of it is promised, ``pooled`` set aside for sales with a stock of
    their own. Of units that are to come ``waiting`` are promised, ``presale`` more may be. The numbers are caches of the
    movements and reservations; only catalog.stock, stock_bookings, stock_pools and presale write them.
    """

    sku = models.ForeignKey(Sku, models.PROTECT, related_name="stocks", verbose_name=_("SKU"))
    warehouse = models.ForeignKey(Warehouse, models.PROTECT, related_name="stocks", verbose_name=_("warehouse"))
    on_hand = models.IntegerField(_("on hand"), default=0)
    reserved = models.IntegerField(_("reserved"), default=0)
    pooled = models.IntegerField(_("set aside for sales"), default=0, db_default=0)
    # Units that are still to come: how many may still be sold, how many were, and from when on they are sent.
    presale = models.IntegerField(_("open pre-sale quantity"), default=0, db_default=0)
    waiting = models.IntegerField(_("sold in pre-sale"), default=0, db_default=0)
    presale_on = models.DateField(_("pre-sale is sent from"), null=True, blank=True)

    class Meta:
        verbose_name = _("stock")
        verbose_name_plural = _("stock")
        constraints = [
            models.UniqueConstraint(fields=["sku", "warehouse"], name="one_stock_row_a_place"),
            models.CheckConstraint(
                condition=models.Q(reserved__gte=0)
                & models.Q(pooled__gte=0)
                & models.Q(on_hand__gte=models.F("reserved") + models.F("pooled")),
                name="reserved_within_on_hand",
            ),
            models.CheckConstraint(
                condition=models.Q(waiting__gte=0) & models.Q(presale__gte=0), name="sold_within_presale"
            ),
            models.CheckConstraint(
                condition=models.Q(presale=0, waiting=0) | models.Q(presale_on__isnull=False), name="presale_has_a_day"
            ),
        ]

    def __str__(self):
        return f"{self.sku_id}: {self.available}"

    @property
    def available(self):
        """Units that somebody can have, those of sales and those to come included."""
        return max(0, self.on_hand - self.reserved - self.waiting) + self.presale

    @property
    def free(self):
        """Units that are neither promised nor set aside."""
        return self.on_hand - self.reserved - self.pooled


class StockMovement(models.Model):
    """One line of the stock ledger. Append-only; a source moves a stock row once per kind."""

    class Kind(models.TextChoices):
        RECEIVE = "receive", _("received")
        ADJUST = "adjust", _("stock-take")
        RESERVE = "reserve", _("reserved")
        RELEASE = "release", _("released")
        SHIP = "ship", _("shipped")
        RETURN = "return", _("came back")
        POOL = "pool", _("set aside for a sale")
        UNPOOL = "unpool", _("back from a sale")

    stock = models.ForeignKey(Stock, models.PROTECT, related_name="movements", verbose_name=_("stock"))
    kind = models.CharField(_("kind"), max_length=10, choices=Kind)
    on_hand_change = models.IntegerField(_("change on hand"), default=0)
    reserved_change = models.IntegerField(_("change of reserved"), default=0)
    pooled_change = models.IntegerField(_("change of what is set aside"), default=0, db_default=0)
    source = models.CharField(_("source"), max_length=80, help_text=_("such as order-line:12 or import:3"))
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("who")
    )
    at = models.DateTimeField(_("at"), auto_now_add=True)

    class Meta:
        verbose_name = _("stock movement")
        verbose_name_plural = _("stock movements")
        ordering = ["-pk"]
        constraints = [models.UniqueConstraint(fields=["source", "kind", "stock"], name="stock_source_moves_once")]

    def __str__(self):
        return f"{self.get_kind_display()} {self.on_hand_change:+d}/{self.reserved_change:+d}"


class Reservation(models.Model):
    """Units promised to a source (an order line). ``quantity`` is what is still promised; 0 means it has ended."""

    source = models.CharField(_("source"), max_length=80)
    stock = models.ForeignKey(Stock, models.PROTECT, related_name="reservations", verbose_name=_("stock"))
    quantity = models.PositiveIntegerField(_("quantity"))
    # Of units that are to come: the first day of sending that was promised. None once they are here.
    presale_on = models.DateField(_("pre-sale is sent from"), null=True, blank=True)
    created_at = models.DateTimeField(_("created at"), auto_now_add=True)

    class Meta:
        verbose_name = _("reservation")
        verbose_name_plural = _("reservations")
        constraints = [models.UniqueConstraint(fields=["source", "stock"], name="one_reservation_a_source")]
        indexes = [
            models.Index(fields=["stock"], condition=models.Q(presale_on__isnull=False), name="reservation_waiting")
        ]

    def __str__(self):
        return f"{self.source}: {self.quantity}"
