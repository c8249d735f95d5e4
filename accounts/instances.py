"""Model instances of rows that were just read, made in few steps.

``Model.from_db`` looks at every field and sends two signals; a page of cards makes fifty instances that way. What is left
out here is only what no model of ours has (a signal before the making) or what was composed once.
"""

from django.db import DEFAULT_DB_ALIAS
from django.db.models.base import Model, ModelState
from django.db.models.query import get_related_populators
from django.db.models.signals import post_init, pre_init


def maker(model, names, db=DEFAULT_DB_ALIAS):
    """A function from the values of the fields ``names`` to an instance of ``model``; other fields are deferred."""
    own = model.__init__ is not Model.__init__ or model.from_db.__func__ is not Model.from_db.__func__
    if own or pre_init.has_listeners(model):
        return lambda values: model.from_db(db, names, values)
    told = post_init.has_listeners(model)

    def make(values):
        new = model.__new__(model)
        state = ModelState()
        state.adding, state.db, state.fields_cache = False, db, {}
        new.__dict__.update(zip(names, values, strict=True), _state=state)
        if told:
            post_init.send(sender=model, instance=new)
        return new

    return make


class Instances:
    """``Instances(compiler)(rows)``: the instances of a compiled queryset, as its own iteration would give them."""

    def __init__(self, compiler):
        select, about = compiler.select, compiler.klass_info
        first, last = about["select_fields"][0], about["select_fields"][-1] + 1
        converters = compiler.get_converters([column[0] for column in select])
        self.compiler, self.converters = compiler, converters
        self.own = slice(first, last)
        self.make = maker(about["model"], [column[0].target.attname for column in select[first:last]])
        self.beside = list((compiler.annotation_col_map or {}).items())
        self.related = [_Related(one) for one in get_related_populators(about, select, DEFAULT_DB_ALIAS)]

    def __call__(self, rows):
        if self.converters:
            rows = self.compiler.apply_converters(rows, self.converters)
        return [self._of(row) for row in rows]

    def _of(self, row):
        instance = self.make(row[self.own])
        for related in self.related:
            related.populate(row, instance)
        for name, position in self.beside:
            setattr(instance, name, row[position])
        return instance


class _Related:
    # What django.db.models.query.RelatedPopulator does.
    def __init__(self, told):
        self.told, self.make = told, maker(told.model_cls, told.init_list)
        self.values = told.reorder_for_init or (lambda row: row[told.cols_start : told.cols_end])
        self.related = [_Related(one) for one in told.related_populators]

    def populate(self, row, instance):
        values = self.values(row)
        if values[self.told.pk_idx] is None:
            return self.told.local_setter(instance, None)
        found = self.make(values)
        for related in self.related:
            related.populate(row, found)
        self.told.local_setter(instance, found)
        return self.told.remote_setter(found, instance)
