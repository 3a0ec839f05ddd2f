for _ in range(1):
    import first
print("between")
try:
    import second as b
    import absent
except ImportError:
    print(first.m(b.m(1)))
