import platform

import numpy, pykwalify, pywt, radiomics, ruamel.yaml
import SimpleITK as sitk
from radiomics import featureextractor  # noqa: F401

versions = {'pyradiomics': radiomics.__version__, 'python': platform.python_version(), 'numpy': numpy.__version__,
            'SimpleITK': sitk.Version.VersionString(), 'PyWavelets': pywt.__version__, 'pykwalify': pykwalify.__version__,
            'ruamel.yaml': ruamel.yaml.__version__}
