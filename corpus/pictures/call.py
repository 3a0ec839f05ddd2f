plot(xs, [y ** 2 for y in ys if y > 0], -1.5, label="squares", *rest)
