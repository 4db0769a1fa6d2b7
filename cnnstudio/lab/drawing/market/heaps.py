"""How round things lie in a box: in rows, each layer in the hollows of the one below."""

import numpy as np
from numpy.typing import NDArray


def heap(
    rng: np.random.Generator, width: float, depth: float, size: float, layers: int
) -> NDArray[np.float64]:
    """Return where balls of radius `size` lie: across, up from the floor, back.  (n, 3)."""
    places = []
    for layer in range(layers):
        shift = size * (layer % 2)
        lines = np.arange(-depth / 2 + size + 0.58 * shift, depth / 2 - 0.8 * size, 1.74 * size)
        for number, z in enumerate(lines):
            left = -width / 2 + size + (size if (number + layer) % 2 else 0)
            for x in np.arange(left, width / 2 - 0.9 * size, 2.02 * size):
                edge = max(abs(x) / (width / 2), abs(z) / (depth / 2))
                if layer and edge > 1.0 - 0.2 * layer + rng.normal(0, 0.05):
                    continue
                places.append((x, size * (1 + 1.55 * layer), z))
    found = np.array(places)
    return found + rng.normal(0, 0.09 * size, found.shape)
