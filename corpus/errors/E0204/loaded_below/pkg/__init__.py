from .inner.core import shape
