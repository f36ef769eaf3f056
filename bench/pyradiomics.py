"""Seconds that PyRadiomics takes from a loaded image and mask to its features, on one thread: IMAGE MASK PARAMETERS RUNS.

Prints JSON: {"seconds": [...], "features": n, "version": "..."}; reading the files and starting Python are left out.
"""
import json
import logging
import os
import sys
import time
import warnings

os.environ.update(OMP_NUM_THREADS="1", OPENBLAS_NUM_THREADS="1", ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS="1")
warnings.simplefilter("ignore")

import SimpleITK
import radiomics
from radiomics import featureextractor

SimpleITK.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
logging.getLogger("radiomics").setLevel(logging.CRITICAL)
image_path, mask_path, parameters, runs = sys.argv[1:5]
extractor = featureextractor.RadiomicsFeatureExtractor(parameters)
image, mask = SimpleITK.ReadImage(image_path), SimpleITK.ReadImage(mask_path)
seconds = []
for _ in range(int(runs)):
    start = time.perf_counter()
    result = extractor.execute(image, mask)
    seconds.append(time.perf_counter() - start)
features = sum(not name.startswith("diagnostics") for name in result)
print(json.dumps({"seconds": seconds, "features": features, "version": radiomics.__version__}))
