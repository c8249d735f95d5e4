"""What a deed is: something that staff may do on the page of an order while it is lawful."""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.utils.translation import gettext_lazy


@dataclass(frozen=True)
class Deed:
    """``run(target, by, reason)`` does it; ``lawful(target)`` says whether it may be done now; ``question(target)`` is
    asked first when money moves. ``target`` is the order, or one of its parcels, payments or refunds. ``label`` and
    ``done`` may be functions of it, where what the button does, or has done, depends on its state.
    """

    name: str
    label: str | Callable
    permission: str
    run: Callable
    lawful: Callable
    on: str = "order"
    question: Callable | None = None
    amount: Callable | None = None  # of the target: fen that move, for the button
    done: str | Callable = field(default=gettext_lazy("Done."))
    reason_label: str = field(default=gettext_lazy("Reason"))

    @property
    def asks(self):
        return self.question is not None

    def label_of(self, target):
        return self.label(target) if callable(self.label) else self.label

    def done_of(self, target):
        return self.done(target) if callable(self.done) else self.done
