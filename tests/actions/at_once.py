"""Many people at the same moment, for real: threads, connections and commits of their own (R1, R4)."""

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connection


def together(steps):
    """What each step brings, all of them released together in threads of their own."""
    ready = Barrier(len(steps))

    def take(step):
        try:
            ready.wait(timeout=60)
            return step()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(steps)) as pool:
        return list(pool.map(take, steps))


def at_once(sent):
    """Sends every (client, address, form) at once; how often each status came back."""

    def send(client, address, said):
        return lambda: client.post(address, said).status_code

    return Counter(together([send(*each) for each in sent]))
