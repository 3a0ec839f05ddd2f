# -*- coding: latin-1 -*-
# Bytes of latin-1.
name = "café"
