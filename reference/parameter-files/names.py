"""Names that PyRadiomics 3.0.1 knows: features of each class (true: deprecated), image types, wavelets, settings.

Run with an interpreter that has PyRadiomics:  python names.py  (writes names.json beside this file)
"""
import json
from pathlib import Path

import pywt
import radiomics
import yaml_versions
from radiomics import getFeatureClasses, getImageTypes, getParameterValidationFiles
from ruamel.yaml import YAML

schema = YAML(typ='safe', pure=True).load(Path(getParameterValidationFiles()[0]).read_text())
json.dump({
    'versions': yaml_versions.versions,
    'features': {name: cls.getFeatureNames() for name, cls in getFeatureClasses().items()},
    'imageTypes': getImageTypes(),
    'wavelets': {kind: pywt.wavelist(kind=kind) for kind in ('discrete', 'continuous')},
    'settings': schema['mapping']['setting']['mapping'],
    'defaults': radiomics.featureextractor.RadiomicsFeatureExtractor._getDefaultSettings(),
}, open(Path(__file__).parent / 'names.json', 'w'), indent=1)
