def apply(target):
    target.K = 9
    target.u = lambda x: "another"
