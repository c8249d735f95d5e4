"""Strike-through prices that pages do not show, and why. What is lawful is reckoned in ``catalog.dealt_prices``."""

from catalog.listing_rules.finding import WARN, Finding
from catalog.money import yuan

LAW = "明码标价和禁止价格欺诈规定 16"


def check(sheet, book):
    for sku, claimed, lawful in sheet.strikes:
        facts = {"sku": sku, "claimed": yuan(claimed)}
        if lawful:
            yield Finding(
                rule="strike_through", severity=WARN, field="price", law=LAW, facts=facts | {"lawful": yuan(lawful)}
            )
        else:
            yield Finding(rule="strike_through_unproved", severity=WARN, field="price", law=LAW, facts=facts)
