"""A module below."""
from cython.meta import macro

NAME = "deep"


@macro
def there(x):
    return x + 20
