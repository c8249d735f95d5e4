"""An export from the wish to the file and its removal."""

import tempfile
from datetime import timedelta

from django.core.files import File
from django.db import transaction
from django.utils import timezone

from accounts.bell import ring
from catalog.exporting.files import OurWorkbook, ShopifyFile
from catalog.exporting.lines import lines_of
from catalog.models import Category, ExportRun, Product, Specification

BELL = "catalog.tasks.write_exports"
KEPT = timedelta(days=2)
CHUNK = 200
FILES = {ExportRun.Kind.XLSX: OurWorkbook, ExportRun.Kind.SHOPIFY: ShopifyFile}


def start(merchant, *, kind, language, by=None, product_ids=()):
    """Have a worker write the listings of ``merchant`` (all, or those of ``product_ids`` that are theirs)."""
    with transaction.atomic():
        run = ExportRun(merchant=merchant, kind=kind, language=language, by=by, product_ids=sorted(product_ids))
        run.total = _listings(run).count()
        run.save()
        ring(BELL)
    return run


def write(run):
    """Write the file of ``run``. Safe to repeat: a worker that died left nothing but a temporary file."""
    if run.file:
        return
    names = list(Specification.objects.filter(product__in=_listings(run)).order_by().values_list("name", flat=True))
    path_of = _paths()
    with tempfile.TemporaryFile() as target:
        file = FILES[run.kind](target, sorted(set(names)), run.language)
        for written, product in enumerate(_loaded(run), 1):
            for line in lines_of(product, path_of, only_active=run.kind == ExportRun.Kind.SHOPIFY):
                file.write(line)
            if written % CHUNK == 0:
                _note(run, written)
        file.close()
        target.seek(0)
        run.file.save(f"{run.pk}.{run.kind}", File(target), save=False)
    run.written, run.expires_at = run.total, timezone.now() + KEPT
    run.save(update_fields=["file", "written", "expires_at"])


def tidy():
    """Remove the files that nobody may fetch any more; returns how many."""
    old = list(ExportRun.objects.filter(expires_at__lt=timezone.now()).exclude(file=""))
    for run in old:
        run.file.delete(save=True)
    return len(old)


def template(target, language):
    """An empty workbook to fill in, with the columns explained."""
    OurWorkbook(target, [], language).close()


def _listings(run):
    mine = Product.objects.filter(merchant=run.merchant)
    return mine.filter(pk__in=run.product_ids) if run.product_ids else mine


def _loaded(run):
    loaded = _listings(run).defer("search").select_related("brand", "category").order_by("pk")
    related = ("skus__stocks__warehouse", "skus__picture", "pictures", "specifications")
    return loaded.prefetch_related(*related).iterator(chunk_size=CHUNK)


def _paths():
    names = dict(Category.objects.values_list("pk", "name"))
    return lambda category: " > ".join(names.get(pk, "") for pk in category.ancestor_ids)


def _note(run, written):
    run.hold(written=written)
