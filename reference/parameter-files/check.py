"""What PyRadiomics 3.0.1 makes of the parameter files in valid/ and invalid/.

Run with an interpreter that has PyRadiomics:  python check.py  (writes answers.json beside this file)
outcome: 'refused' by its parameter check, 'fails' when features of a small image are computed, else 'computes'.
numpy writes NaN for a feature that failed alone; that counts as 'fails' too.
"""
import json, logging, math, warnings
from pathlib import Path

import numpy as np
import pykwalify.core
import SimpleITK as sitk
from radiomics import featureextractor
from ruamel.yaml import YAML
from yaml_versions import versions

warnings.filterwarnings('ignore')
logging.disable(logging.CRITICAL)
here = Path(__file__).parent

rng = np.random.default_rng(20200917)
voxels = rng.normal(100, 30, (12, 13, 14))
image = sitk.GetImageFromArray(voxels)
image.SetSpacing((1.0, 1.2, 1.5))
inside = np.zeros(voxels.shape, 'uint8')
inside[4:8, 3:9, 4:10] = 1
inside[5, 5, 5] = 0
mask = sitk.GetImageFromArray(inside)
mask.CopyInformation(image)


def plain(value):
    """JSON has no infinity."""
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v) for v in value]
    return repr(value) if isinstance(value, float) and not math.isfinite(value) else value


def ask(path):
    # A new reader each time: after one file with %YAML 1.1 it would read the next ones by 1.1 too.
    pykwalify.core.yml = YAML(typ='safe', pure=True)
    try:
        extractor = featureextractor.RadiomicsFeatureExtractor(str(path))
    except Exception as error:
        return {'outcome': 'refused', 'reason': f'{type(error).__name__}: {error}'.replace(str(here) + '/', '').split('\n')[0]}
    parsed = {'settings': plain(extractor.settings), 'imageTypes': plain(extractor.enabledImagetypes),
              'featureClasses': plain(extractor.enabledFeatures)}
    try:
        features = {k: v for k, v in extractor.execute(image, mask).items() if not k.startswith('diagnostics')}
        undefined = [k for k, v in features.items() if math.isnan(float(v))]
        if undefined:
            return {'outcome': 'fails', 'reason': f'NaN: {", ".join(undefined)}', **parsed}
    except Exception as error:
        return {'outcome': 'fails', 'reason': f'{type(error).__name__}: {error}'.split('\n')[0], **parsed}
    return {'outcome': 'computes', **parsed}


answers = {f'{folder}/{path.name}': ask(path) for folder in ('valid', 'invalid') for path in sorted((here / folder).glob('*.yaml'))}
json.dump({'versions': versions, 'answers': answers}, open(here / 'answers.json', 'w'), indent=1)
