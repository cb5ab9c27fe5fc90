"""The steps of changing many assets at once, as a person takes them."""

import re

from assets.models import Asset
from tests.cast import signed_in

REASON = {"change_reason": "The service was reorganised"}


def start(person, **query):
    return signed_in(person).get("/assets/change-many/", query)


def check(person, field, typed, **query):
    address = "/assets/change-many/check/?" + "&".join(
        f"{name}={value}"
        for name, values in {**query, "field": field}.items()
        for value in (values if isinstance(values, list) else [values])
    )
    return signed_in(person).post(address, REASON | typed)


def token(response):
    return re.search(r'name="token" value="([^"]+)"', response.content.decode())[1]


def do(person, response):
    return signed_in(person).post("/assets/change-many/do/", {"token": token(response)})


def versions():
    return Asset.history.count()
