# Relative imports inside a package: one dot, two dots, and a module by a dot.
from pkg.inner.use import show

print(show(5))
