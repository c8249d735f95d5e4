"""Django's PostgreSQL backend with what makes short questions cheap: plans that are kept, a health check without a trip."""

import logging
import select
from hashlib import blake2b

from django.db.backends.postgresql import base
from psycopg import ClientCursor, RawCursor, errors
from psycopg.pq import TransactionStatus

logger = logging.getLogger(__name__)

# What a kept plan fails with when tables were altered since, or when a pooler gave the connection to another server process.
LOST = (
    errors.FeatureNotSupported,
    errors.InvalidSqlStatementName,
    errors.DuplicatePreparedStatement,
    errors.InternalError_,
)


class PlanCursor(base.CursorMixin, RawCursor):
    """Has statements with ``$1``, ``$2`` prepared by the connection: the server plans them once and not for each request.

    A statement whose plan is lost has done nothing and is asked a second time, without any. Inside a transaction nothing
    is prepared: there a lost plan would take the transaction with it. Nor is it without the option ``prepare_threshold``.
    """

    planned = False

    def execute(self, query, params=None):
        try:
            return super().execute(query, params)
        except LOST as error:
            if not self.planned:
                raise
            logger.warning("A prepared statement was lost: %s", error.diag.message_primary)
            ClientCursor(self.connection).execute("DEALLOCATE ALL")
            return super().execute(query, params, prepare=False)

    def _get_prepared(self, pgq, prepare=None):
        idle = self.connection.pgconn.transaction_status == TransactionStatus.IDLE
        wanted, name = super()._get_prepared(pgq, idle and prepare is not False)
        self.planned, self._query = bool(name), pgq  # what Django's log of statements reads
        # Named after its text: a careless pooler's other server process has no such statement or the very same.
        return wanted, _name_of(pgq) if name.startswith(b"_pg3_") else name


def _name_of(pgq):
    return b"zg_" + blake2b(pgq.query + repr(pgq.types).encode(), digest_size=12).hexdigest().encode()


def _is_silent(socket):
    poll = select.poll()
    poll.register(socket, select.POLLIN | select.POLLPRI)
    return not poll.poll(0)


class DatabaseWrapper(base.DatabaseWrapper):
    def close_if_health_check_failed(self):
        """Asks ``SELECT 1`` as Django does, but only when the socket has something to say.

        A server that goes away or ends the session closes its end, and that can be read. One that vanishes with its
        network says nothing; there ``SELECT 1`` would have waited as long as the page does.
        """
        if self.connection is not None and not self.health_check_done and _is_silent(self.connection.pgconn.socket):
            self.health_check_done = True
        super().close_if_health_check_failed()

    def planned_cursor(self):
        """As ``cursor()``, for statements written with ``$1``; see ``PlanCursor``."""
        self.close_if_health_check_failed()
        self.ensure_connection()
        with self.wrap_database_errors:
            return self._prepare_cursor(PlanCursor(self.connection))
