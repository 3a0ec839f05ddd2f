from .prices import doubled, halved, net
