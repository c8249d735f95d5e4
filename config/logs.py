"""Structured logs: one event a line, with the request id on every line of a request."""

import logging.config

import structlog

# Personal data must not reach a log even when somebody passes it along.
HIDDEN_KEYS = ("password", "phone", "receiver", "address", "detail", "email", "code", "token", "secret", "card")


def hide_personal_data(logger, method, event):
    """A structlog processor: values under telling names are replaced, whatever they hold."""
    if event.get("event") == "request_finished":
        event["status_code"] = event.pop("code", None)  # the answer's status, not a secret code
    for key in event:
        if any(word in key.lower() for word in HIDDEN_KEYS) and key != "status_code":
            event[key] = "[hidden]"
    return event


def configure(*, json_lines, level):
    """Set up logging: JSON lines for machines, short coloured lines for people."""
    before = [
        structlog.contextvars.merge_contextvars,
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso", utc=False),
        hide_personal_data,
        structlog.processors.StackInfoRenderer(),
        structlog.stdlib.PositionalArgumentsFormatter(),
    ]
    renderer = (
        [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)]
        if json_lines
        else [structlog.dev.ConsoleRenderer(colors=False)]
    )
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "lines": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": before,
                    "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *renderer],
                }
            },
            "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
            "root": {"handlers": ["console"], "level": level},
            "loggers": {
                "django.server": {"level": "WARNING"},
                "django.request": {"level": "ERROR"},
                "django_structlog": {"level": "INFO"},
                "celery.app.trace": {"level": "WARNING"},
                "celery.beat": {"level": "WARNING"},
                "fontTools": {"level": "WARNING"},
            },
        }
    )
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            *before[1:],
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
