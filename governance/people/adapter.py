"""Sign-in, as this product has it."""

from allauth.account.adapter import DefaultAccountAdapter


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up: accounts are made by the administrator."""
