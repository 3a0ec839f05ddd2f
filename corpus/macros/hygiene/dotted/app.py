# `import a`, `import a.b` and `import a.b as c`, in the macro's module and here.
import pkg
import pkg.impl
import lib

print(lib.base("a/b"), lib.parse("<p/>"), lib.named(1), lib.inner(2), pkg.impl.m(3))


def shadows(os, xml, dom, pkg):
    return lib.base(os), lib.parse(xml), lib.named(pkg), lib.inner(dom)


print(shadows("c/d", "<q/>", 4, 5))
