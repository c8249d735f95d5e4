"""Pictures of listings: fetched, made safe and drawn in all sizes by a worker."""


def leave_to_the_worker(storage, file_name, new=(), old=()):
    """django-pictures' processor: drawing waits in the picture's own row (see ``catalog.models.Picture``)."""
