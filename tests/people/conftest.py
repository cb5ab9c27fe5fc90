"""What the tests of people and sign-in share."""

import pytest


@pytest.fixture
def quick_passwords(settings):
    """Passwords hashed in no time: for tests that try many, where the time taken is not the matter."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
