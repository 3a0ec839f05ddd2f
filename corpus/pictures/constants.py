[None, ..., True, 10**40, -0.0, 1e309, 2j, "a <b> & \"c\"", "日本語 " "\x00\ud800", b"\xff\n", 'a long text of which the middle is left out, as nobody would read all of it']
