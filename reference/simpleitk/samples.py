"""Writes samples.json: hashes of whole arrays that PyRadiomics makes of the two samples, normalised and resampled as in the study.

    python samples.py --images FOLDER

FOLDER holds brain1/ and breast1/ with image.nii.gz and mask.nii.gz. SHA-256 of little-endian values, x fastest, -0 written as 0.
"""

import argparse
import hashlib
import json
import pathlib

import numpy
import SimpleITK as sitk
import radiomics
from radiomics import imageoperations


def digest(image, dtype):
    return hashlib.sha256((sitk.GetArrayFromImage(image).astype(dtype) + dtype(0)).tobytes()).hexdigest()


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--images', type=pathlib.Path, required=True)
    images = parser.parse_args().images
    sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
    options = dict(normalizeScale=100, removeOutliers=3, resampledPixelSpacing=[1.0, 1.0, 1.0], interpolator='sitkBSpline', padDistance=5, label=1)
    cases = []
    for name in ('brain1', 'breast1'):
        original = sitk.ReadImage(str(images / name / 'image.nii.gz'))
        mask = sitk.Cast(sitk.ReadImage(str(images / name / 'mask.nii.gz')), sitk.sitkUInt32)
        image, new_mask = imageoperations.resampleImage(imageoperations.normalizeImage(original, **options), mask, **options)
        whole, _ = imageoperations.resampleImage(original, mask, **options)
        cases.append({
            'name': name,
            'grid': {'size': original.GetSize(), 'spacingMm': original.GetSpacing(), 'originMm': original.GetOrigin(), 'direction': original.GetDirection()},
            'pixelType': str(sitk.GetArrayViewFromImage(original).dtype),
            'newGrid': {'size': image.GetSize(), 'spacingMm': image.GetSpacing(), 'originMm': image.GetOrigin(), 'direction': image.GetDirection()},
            'mask': digest(new_mask, numpy.uint8),
            'image': digest(image, numpy.float64),
            'imageNotNormalised': digest(whole, numpy.float64),
            'laplacianOfGaussian': [
                {'sigmaMm': sigma, 'hash': digest(next(imageoperations.getLoGImage(image, None, sigma=[sigma]))[0], numpy.float64)} for sigma in (1.0, 3.0, 5.0)],
            'gradient': digest(next(imageoperations.getGradientImage(image, None))[0], numpy.float64),
        })
    versions = {'SimpleITK': sitk.Version.VersionString(), 'pyradiomics': radiomics.__version__, 'numpy': numpy.__version__}
    (pathlib.Path(__file__).parent / 'samples.json').write_text(json.dumps({'options': options, 'versions': versions, 'cases': cases}, indent=1) + '\n')


main()
