"""The least that a correct order may cost: one transaction of nine statements on tables of its own.

Three guarded decrements, the order, its three lines, a payment and a ledger row. Nothing here reads a row of the shop.
"""

import random
import time

from django.db import connection, transaction

SKUS = 100_000
SCHEMA = """
DROP SCHEMA IF EXISTS floor CASCADE;
CREATE SCHEMA floor;
CREATE TABLE floor.stock (
    sku_id bigint PRIMARY KEY, available int NOT NULL CHECK (available >= 0), reserved int NOT NULL DEFAULT 0
) WITH (fillfactor=70);
INSERT INTO floor.stock SELECT i, 1000000000, 0 FROM generate_series(1, {skus}) i;
CREATE TABLE floor.orders (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, number text NOT NULL UNIQUE, member_id bigint NOT NULL,
    status smallint NOT NULL DEFAULT 1, total_fen bigint NOT NULL, address jsonb NOT NULL,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON floor.orders (member_id, created_at);
CREATE TABLE floor.line (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id bigint NOT NULL REFERENCES floor.orders,
    sku_id bigint NOT NULL, title text NOT NULL, quantity int NOT NULL, price_fen bigint NOT NULL
);
CREATE INDEX ON floor.line (order_id);
CREATE TABLE floor.payment (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id bigint NOT NULL REFERENCES floor.orders,
    method text NOT NULL, amount_fen bigint NOT NULL, status smallint NOT NULL DEFAULT 0, key uuid NOT NULL UNIQUE,
    created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON floor.payment (order_id);
CREATE TABLE floor.ledger (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, order_id bigint NOT NULL, account smallint NOT NULL,
    amount_fen bigint NOT NULL, created_at timestamptz NOT NULL DEFAULT now()
);
CREATE INDEX ON floor.ledger (order_id);
"""
TAKE = (
    "UPDATE floor.stock SET available = available - 1, reserved = reserved + 1"
    " WHERE sku_id = %s AND available >= 1 RETURNING available"
)
ADDRESS = '{"name": "张三", "phone": "13800000000", "city": "湖州市", "street": "织里镇 1 号"}'
ORDER = (
    "INSERT INTO floor.orders (number, member_id, total_fen, address)"
    " VALUES (gen_random_uuid()::text, %s, 99900, %s) RETURNING id"
)
LINES = (
    "INSERT INTO floor.line (order_id, sku_id, title, quantity, price_fen) VALUES"
    " (%s, %s, '真丝连衣裙 M 黑', 1, 33300), (%s, %s, '真丝连衣裙 L 黑', 1, 33300),"
    " (%s, %s, '真丝连衣裙 S 黑', 1, 33300)"
)
PAYMENT = (
    "INSERT INTO floor.payment (order_id, method, amount_fen, key) VALUES (%s, 'alipay', 99900, gen_random_uuid())"
)
LEDGER = "INSERT INTO floor.ledger (order_id, account, amount_fen) VALUES (%s, 1, 99900)"


def make():
    """The tables of the floor, new and empty."""
    with connection.cursor() as cursor:
        cursor.execute(SCHEMA.format(skus=SKUS))
        for table in ("stock", "orders", "line", "payment", "ledger"):
            cursor.execute(f"VACUUM ANALYZE floor.{table}")


def order(dice):
    """One order of three lines; returns the milliseconds from BEGIN to the end of COMMIT."""
    third = SKUS // 3
    skus = [dice.randint(1, third), dice.randint(third + 1, 2 * third), dice.randint(2 * third + 1, SKUS)]
    member = dice.randint(1, 1_000_000)
    connection.ensure_connection()
    started = time.perf_counter()
    with transaction.atomic(), connection.cursor() as cursor:
        for sku in skus:
            cursor.execute(TAKE, [sku])
            cursor.fetchone()
        cursor.execute(ORDER, [member, ADDRESS])
        pk = cursor.fetchone()[0]
        cursor.execute(LINES, [value for sku in skus for value in (pk, sku)])
        cursor.execute(PAYMENT, [pk])
        cursor.execute(LEDGER, [pk])
    return (time.perf_counter() - started) * 1000


def dice(seed):
    return random.Random(seed)  # noqa: S311 (a figure, not a secret)
