"""Writes the reference arrays of this folder with SimpleITK and PyRadiomics.

    python filters.py --images FOLDER

FOLDER holds brain1/ and breast1/ with image.nii.gz and mask.nii.gz. Arrays are little-endian, x fastest, gzipped; what they are
stands in filters.json, written beside them.
"""

import argparse
import gzip
import json
import pathlib

import numpy
import SimpleITK as sitk
import radiomics
from radiomics import imageoperations

here = pathlib.Path(__file__).parent
paper = dict(normalize=True, normalizeScale=100, removeOutliers=3, resampledPixelSpacing=[1, 1, 1], interpolator='sitkBSpline', padDistance=5, label=1)


def save(name, array):
    data = numpy.ascontiguousarray(array).tobytes()
    (here / 'filters' / name).write_bytes(gzip.compress(data, 9, mtime=0))
    return name


def load(path):
    return sitk.ReadImage(str(path))


def made(size, spacing, direction, dtype, seed):
    """A smooth volume with noise, on an oblique grid."""
    rng = numpy.random.default_rng(seed)
    z, y, x = numpy.meshgrid(*[numpy.arange(n) for n in size[::-1]], indexing='ij')
    array = 300 * numpy.sin(x / 3.1) * numpy.cos(y / 2.3 + z / 4.7) + rng.normal(0, 40, x.shape)
    image = sitk.GetImageFromArray(array.astype(dtype))
    image.SetSpacing(spacing)
    image.SetOrigin([12.5, -40.25, 7.125])
    image.SetDirection(direction)
    return image


def rotation(ax, ay, az):
    t = sitk.Euler3DTransform()
    t.SetRotation(ax, ay, az)
    return t.GetMatrix()


def paper_crop(folder, corner, size):
    image, mask = load(folder / 'image.nii.gz'), sitk.Cast(load(folder / 'mask.nii.gz'), sitk.sitkUInt32)
    image = imageoperations.normalizeImage(image, **paper)
    image, mask = imageoperations.resampleImage(image, mask, **paper)
    if size is None:
        return image
    return sitk.RegionOfInterest(image, size, corner)


def filters_of(case, image, sigmas):
    array = sitk.GetArrayFromImage(image)
    entry = {
        'name': case,
        'size': image.GetSize(),
        'spacingMm': image.GetSpacing(),
        'pixelType': str(array.dtype),
        'input': save(case + '-input.bin.gz', array),
        'laplacianOfGaussian': [],
        'gradient': [],
    }
    for sigma in sigmas:
        results = list(imageoperations.getLoGImage(image, None, sigma=[sigma]))
        record = {'sigmaMm': sigma, 'skipped': not results}
        for result, name, _ in results:
            assert result.GetPixelID() == sitk.sitkFloat32
            record['output'] = save('%s-%s.bin.gz' % (case, name), sitk.GetArrayFromImage(result))
        entry['laplacianOfGaussian'].append(record)
    for use_spacing in (True, False):
        result, name, _ = next(imageoperations.getGradientImage(image, None, gradientUseSpacing=use_spacing))
        assert result.GetPixelID() == sitk.sitkFloat32
        name = '%s-gradient%s.bin.gz' % (case, '' if use_spacing else '-voxels')
        entry['gradient'].append({'gradientUseSpacing': use_spacing, 'output': save(name, sitk.GetArrayFromImage(result))})
    return entry


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--images', type=pathlib.Path, required=True)
    images = parser.parse_args().images
    sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
    oblique = rotation(0.31, -0.22, 0.57)
    cases = [
        filters_of('brain1-crop', paper_crop(images / 'brain1', [10, 12, 8], [24, 22, 20]), [1.0, 3.0, 5.0]),
        filters_of('breast1-crop', paper_crop(images / 'breast1', None, None), [1.0, 3.0]),
        filters_of('oblique', made([19, 13, 11], [0.8, 1.3, 2.1], oblique, 'float64', 1), [0.5, 1.7, 2.5, 40.0]),
        filters_of('oblique-int16', made([9, 14, 8], [1.1, 0.9, 1.0], oblique, 'int16', 2), [1.0, 2.0]),
        filters_of('oblique-float32', made([8, 4, 10], [0.7, 2.1, 1.0], oblique, 'float32', 3), [1.0, 4.0]),
        filters_of('thin', made([8, 3, 10], [0.7, 2.1, 1.0], oblique, 'float64', 4), [1.0]),
    ]
    versions = {'SimpleITK': sitk.Version.VersionString(), 'pyradiomics': radiomics.__version__, 'numpy': numpy.__version__}
    (here / 'filters.json').write_text(json.dumps({'versions': versions, 'cases': cases}, indent=1) + '\n')


main()
