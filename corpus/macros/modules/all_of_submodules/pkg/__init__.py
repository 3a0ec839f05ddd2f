__all__ = ["lib", "sub"]
