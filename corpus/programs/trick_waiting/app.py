"""Calls over a bad line."""
import asyncio
import inspect

from waits import pauses, waiting


@waiting(0.001, 0.002)
def greet(name, /, greeting="Hello", *, mark="!"):
    """Says hello to somebody."""
    # The line is bad enough without shouting.
    return f"{greeting}, {name}{mark}"


@waiting(0, 0.001)
async def fetch(key: str) -> str:
    """Fetches a value."""
    await asyncio.sleep(0)
    return key.upper()


class Client:
    """Somebody at the other end."""

    retries = 0

    @waiting(high=0.003, low=0.002)
    def send(self, *parts, **options):
        self.retries += 1
        return parts, options

    @staticmethod
    @waiting(0.001, 0.001)
    def ping():
        """Pings."""
        return "pong"


print(greet("Ada"), greet("Bob", "Bye", mark="."))
print(asyncio.run(fetch("key")))
client = Client()
print(client.send(1, 2, sep="-"), client.retries, Client.ping(), client.ping())
for function in greet, fetch, Client.send, Client.ping:
    print(function.__qualname__, function.__doc__, inspect.signature(function))
print(inspect.iscoroutinefunction(fetch), fetch.__annotations__)
print(pauses)
