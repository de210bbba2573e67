"""How mentions, or reports, are joined to groups by how alike they are."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def joined(similarity: NDArray[np.floating], threshold: float) -> list[int]:
    """The group of each row: groups are joined, the most alike first, while their mean likeness is ``threshold``."""
    from scipy.cluster.hierarchy import fcluster, linkage

    if len(similarity) < 2:
        return [0] * len(similarity)
    distance = 1.0 - similarity[np.triu_indices(len(similarity), 1)].astype(np.float64)
    tree = linkage(np.maximum(distance, 0.0), "average")
    return [int(number) - 1 for number in fcluster(tree, 1.0 - threshold, "distance")]
