from unittest.mock import patch

import mid

with patch("mid.inc", lambda x: "patched"):
    print(mid.f(1))
