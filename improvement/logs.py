"""The log: one escaped line per event, whatever text a request brought, and never the values of variables."""

import logging
import re

import structlog

# The part of an address that lets in whoever knows it.
SECRET_PART = re.compile(r"/(owner|calendar|reset/key)/[^/\s?'\"]+")


class LineFormatter(logging.Formatter):
    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        line = SECRET_PART.sub(r"/\1/…", super().format(record))
        if record.exc_info or record.stack_info:
            return line
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)


def configure() -> None:
    """Events of structlog go out through the standard log, as key=value pairs."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.stdlib.filter_by_level,
            structlog.processors.format_exc_info,
            structlog.processors.KeyValueRenderer(key_order=["event"], drop_missing=True),
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
