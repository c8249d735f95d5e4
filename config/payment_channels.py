"""The payment channels that the environment sets up: their keys, where they live, and what production refuses.

A channel is on when its first variable is set; then all of the others must be there. docs/settings.md lists them.
"""

from pathlib import Path
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

# variable: the address that is the channel's own. Another one is for tests and test stands only.
ALIPAY = "https://openapi.alipay.com/gateway.do"
WECHATPAY = "https://api.mch.weixin.qq.com"
STRIPE = "https://api.stripe.com"
UNIONPAY = "https://gateway.95516.com"
REAL = {
    "ALIPAY_GATEWAY": {ALIPAY},
    "WECHATPAY_BASE": {WECHATPAY, "https://api2.mch.weixin.qq.com"},
    "STRIPE_API_BASE": {STRIPE},
    "UNIONPAY_BASE": {UNIONPAY},
}
# Where a form of ours may lead to in the end: a browser holds form-action against redirects, too.
FORM_TARGETS = {
    "alipay": ["https://*.alipay.com"],
    "wechatpay": ["https://wx.tenpay.com"],
    "stripe": ["https://checkout.stripe.com"],
    "unionpay": ["https://*.95516.com"],
}


def read(env):
    """The channels that are set up: name → their facts. Raises ``ImproperlyConfigured`` for a half set up one."""
    found = {
        "alipay": _alipay(env),
        "wechatpay": _wechatpay(env),
        "stripe": _stripe(env),
        "unionpay": _unionpay(env),
    }
    return {name: facts for name, facts in found.items() if facts}


def form_targets(channels):
    """The sources of ``form-action`` that the channels need, each with the origin where it really lives."""
    targets = []
    for name, facts in channels.items():
        targets += FORM_TARGETS[name]
        if not facts["real"]:
            place = urlsplit(facts["base"])
            targets.append(f"{place.scheme}://{place.netloc}")
    return targets


def problems(channels):
    """What must not be in production: (variable, wrong or not, what it must be)."""
    bases = {"alipay": "ALIPAY_GATEWAY", "wechatpay": "WECHATPAY_BASE"}
    bases |= {"stripe": "STRIPE_API_BASE", "unionpay": "UNIONPAY_BASE"}
    rows = [(bases[name], not facts["real"], "the channel's own https address") for name, facts in channels.items()]
    stripe = channels.get("stripe")
    if stripe:
        rows.append(("STRIPE_SECRET_KEY", "_test_" in stripe["key"], "a live key"))
    return rows


def _alipay(env):
    if not env.str("ALIPAY_APP_ID", ""):
        return None
    base = env.str("ALIPAY_GATEWAY", ALIPAY)
    return {
        "base": base,
        "real": base in REAL["ALIPAY_GATEWAY"],
        "app_id": env.str("ALIPAY_APP_ID"),
        "seller_id": _needed(env, "ALIPAY_SELLER_ID"),
        "private_key": _secret(env, "ALIPAY_PRIVATE_KEY"),
        "public_key": _secret(env, "ALIPAY_PUBLIC_KEY"),
        "instalments": _rates(env, "ALIPAY_INSTALMENTS"),
    }


def _wechatpay(env):
    if not env.str("WECHATPAY_MCHID", ""):
        return None
    base = env.str("WECHATPAY_BASE", WECHATPAY).rstrip("/")
    api_key = _secret(env, "WECHATPAY_API_V3_KEY").strip()
    if len(api_key.encode()) != 32:
        raise ImproperlyConfigured("WECHATPAY_API_V3_KEY must be 32 bytes long.")
    return {
        "base": base,
        "real": base in REAL["WECHATPAY_BASE"],
        "mchid": env.str("WECHATPAY_MCHID"),
        "app_id": _needed(env, "WECHATPAY_APP_ID"),
        "serial": _needed(env, "WECHATPAY_SERIAL"),
        "private_key": _secret(env, "WECHATPAY_PRIVATE_KEY"),
        "api_key": api_key,
        # The first one is what we ask to be answered with; the others are believed while they are being replaced.
        "public_keys": _platform_keys(env),
    }


def _stripe(env):
    if not env.str("STRIPE_SECRET_KEY", ""):
        return None
    base = env.str("STRIPE_API_BASE", STRIPE).rstrip("/")
    return {
        "base": base,
        "real": base in REAL["STRIPE_API_BASE"],
        "key": env.str("STRIPE_SECRET_KEY"),
        "account": _needed(env, "STRIPE_ACCOUNT"),
        "webhook_secrets": env.list("STRIPE_WEBHOOK_SECRETS", default=[]) or _missing("STRIPE_WEBHOOK_SECRETS"),
    }


def _unionpay(env):
    if not env.str("UNIONPAY_MERCHANT", ""):
        return None
    base = env.str("UNIONPAY_BASE", UNIONPAY).rstrip("/")
    return {
        "base": base,
        "real": base in REAL["UNIONPAY_BASE"],
        "merchant": env.str("UNIONPAY_MERCHANT"),
        "key": _file(env, "UNIONPAY_KEY_FILE"),
        "key_password": env.str("UNIONPAY_KEY_PASSWORD", ""),
        "roots": _file(env, "UNIONPAY_ROOT_FILE"),
        "signer": env.str("UNIONPAY_SIGNER", "中国银联股份有限公司"),
        "instalments": _rates(env, "UNIONPAY_INSTALMENTS"),
    }


def _needed(env, name):
    return env.str(name, "") or _missing(name)


def _missing(name):
    raise ImproperlyConfigured(f"{name} must be set, or the channel that it belongs to switched off.")


def _secret(env, name):
    """A key from the variable itself or from the file that ``<name>_FILE`` names."""
    text = env.str(name, "", multiline=True)
    return text or _file(env, f"{name}_FILE").decode()


def _file(env, name):
    try:
        return Path(_needed(env, name)).read_bytes()
    except OSError as error:
        raise ImproperlyConfigured(f"{name} must be a file that can be read: {error.strerror}.") from error


def _platform_keys(env):
    """``PUB_KEY_ID_1=/path/one.pem,PUB_KEY_ID_2=/path/two.pem`` → id → text of the key."""
    keys = {}
    for entry in env.list("WECHATPAY_PUBLIC_KEYS", default=[]):
        name, _found, path = entry.partition("=")
        try:
            keys[name.strip()] = Path(path.strip()).read_text()
        except OSError as error:
            raise ImproperlyConfigured(f"WECHATPAY_PUBLIC_KEYS: {path} cannot be read: {error.strerror}.") from error
    return keys or _missing("WECHATPAY_PUBLIC_KEYS")


def _rates(env, name):
    """``3=230,6=450`` → months → fee of the shopper in basis points; empty when the contract offers none."""
    try:
        return {int(months): int(rate) for months, rate in (part.split("=") for part in env.list(name, default=[]))}
    except ValueError as error:
        raise ImproperlyConfigured(f"{name} is months=basis points, such as 3=230,6=450.") from error
