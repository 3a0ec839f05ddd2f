# `pkg.bm` is there when `late` runs, and not yet where `pkg` is imported.
import pkg
print(pkg.am(1), pkg.bm(2), pkg.a.late(3))
