"""Writes normalise.json: made voxels, and what PyRadiomics's normalizeImage (SimpleITK's Normalize) makes of them."""

import json
import pathlib

import numpy
import SimpleITK as sitk
import radiomics
from radiomics import imageoperations

sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
rng = numpy.random.default_rng(21)
cases = []
for dtype in ('uint8', 'int16', 'float32', 'float64'):
    array = numpy.clip(rng.normal(120, 40, (4, 5, 6)), 0, 255).astype(dtype)
    array[0, 0, 0] = 255
    for options in ({'normalizeScale': 100, 'removeOutliers': 2}, {'normalizeScale': 1, 'removeOutliers': None}, {'normalizeScale': 0.5, 'removeOutliers': 0.7}):
        image = sitk.GetImageFromArray(array)
        result = sitk.GetArrayFromImage(imageoperations.normalizeImage(image, **options))
        cases.append({'pixelType': dtype, **options, 'voxels': array.ravel().tolist(), 'resultType': str(result.dtype), 'result': result.ravel().tolist()})
versions = {'SimpleITK': sitk.Version.VersionString(), 'pyradiomics': radiomics.__version__}
(pathlib.Path(__file__).parent / 'normalise.json').write_text(json.dumps({'versions': versions, 'cases': cases}) + '\n')
