"""Means of n equal values by numpy, n from 1 to 3000, in units in the last place from the value itself.

They are not 0, as sums round; PyRadiomics's moments of a flat region are made of what is left.

    python reference/python/equalMeans.py
"""
import json
from pathlib import Path

import numpy


def bits(x):
    return int(numpy.float64(x).view(numpy.int64))


means = [
    {"value": value, "ulps": [bits(numpy.nanmean(numpy.full((1, n), value), 1)[0]) - bits(value) for n in range(1, 3001)]}
    for value in (0.1, 2.3774437510817346, -7.3)
]
file = Path(__file__).with_suffix(".json")
file.write_text(json.dumps({"numpy": numpy.__version__, "means": means}, separators=(",", ":")) + "\n")
