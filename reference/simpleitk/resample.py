"""Writes the references for resampling: made volumes through PyRadiomics's resampleImage (SimpleITK's ResampleImageFilter).

    python resample.py

Arrays are little-endian, x fastest, gzipped; resample.json says what they are.
"""

import gzip
import json
import pathlib

import numpy
import SimpleITK as sitk
import radiomics
from radiomics import imageoperations

here = pathlib.Path(__file__).parent
identity = [1.0, 0, 0, 0, 1, 0, 0, 0, 1]


def save(name, array):
    (here / 'resample' / name).write_bytes(gzip.compress(numpy.ascontiguousarray(array).tobytes(), 9, mtime=0))
    return name


def rotation(ax, ay, az):
    t = sitk.Euler3DTransform()
    t.SetRotation(ax, ay, az)
    return t.GetMatrix()


def geometry(image):
    return {'size': image.GetSize(), 'spacingMm': image.GetSpacing(), 'originMm': image.GetOrigin(), 'direction': image.GetDirection()}


def made(seed, size, spacing, direction, dtype):
    rng = numpy.random.default_rng(seed)
    z, y, x = numpy.meshgrid(*[numpy.arange(n) for n in size[::-1]], indexing='ij')
    array = 300 * numpy.sin(x / 3.1) * numpy.cos(y / 2.3 + z / 4.7) + rng.normal(0, 40, x.shape)
    if dtype == 'uint8':
        array = numpy.clip(array + 120, 0, 255)
    image = sitk.GetImageFromArray(array.astype(dtype))
    image.SetSpacing(spacing)
    image.SetOrigin([12.5, -40.25, 7.125])
    image.SetDirection(direction)
    return image, rng


def region(image, rng, lower, upper):
    """Half of the voxels of a box, at random, and all its corners' faces: every tie of the nearest neighbour shows."""
    array = numpy.zeros(image.GetSize()[::-1], 'uint8')
    box = (rng.random([u - l + 1 for l, u in zip(lower[::-1], upper[::-1])]) < 0.5).astype('uint8')
    box[0, 0, 0] = box[-1, -1, -1] = 1
    array[tuple(slice(l, u + 1) for l, u in zip(lower[::-1], upper[::-1]))] = box
    mask = sitk.GetImageFromArray(array)
    mask.CopyInformation(image)
    return mask


def case(name, image, mask, spacing, pad, interpolators):
    entry = {
        'name': name, 'grid': geometry(image), 'pixelType': str(sitk.GetArrayFromImage(image).dtype),
        'image': save('%s-image.bin.gz' % name, sitk.GetArrayFromImage(image)),
        'mask': save('%s-mask.bin.gz' % name, sitk.GetArrayFromImage(mask)),
        'resampledPixelSpacing': spacing, 'padDistance': pad, 'results': [],
    }
    for interpolator in interpolators:
        result, result_mask = imageoperations.resampleImage(
            image, sitk.Cast(mask, sitk.sitkUInt32), resampledPixelSpacing=spacing, interpolator=interpolator, padDistance=pad, label=1)
        assert result.GetPixelID() == image.GetPixelID()
        entry['newGrid'] = geometry(result)
        array = sitk.GetArrayFromImage(result_mask).astype('uint8')
        entry['newMask'] = save('%s-new-mask.bin.gz' % name, array)
        entry['results'].append({'interpolator': interpolator, 'output': save('%s-%s.bin.gz' % (name, interpolator), sitk.GetArrayFromImage(result))})
    return entry


splines = ['sitkBSpline1', 'sitkBSpline2', 'sitkBSpline3', 'sitkBSpline4', 'sitkBSpline5']
schema = ['sitkNearestNeighbor', 'sitkLinear', 'sitkBSpline', 'sitkGaussian', 'sitkLabelGaussian', 'sitkHammingWindowedSinc',
          'sitkCosineWindowedSinc', 'sitkWelchWindowedSinc', 'sitkLanczosWindowedSinc', 'sitkBlackmanWindowedSinc']


def main():
    sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
    oblique = rotation(0.31, -0.22, 0.57)
    left_handed = [0.0, 0, -1, 1, 0, 0, 0, 1, 0]
    cases = []

    def add(name, made_image, lower, upper, *rest):
        image, rng = made_image
        cases.append(case(name, image, region(image, rng, lower, upper), *rest))

    add('oblique', made(1, [15, 13, 9], [0.8, 1.3, 2.1], oblique, 'float64'), [3, 4, 2], [10, 9, 6], [1.0, 1.0, 1.0], 2, schema + splines)
    add('halves', made(2, [20, 18, 11], [0.5, 0.5, 1.0], identity, 'int16'), [4, 3, 2], [15, 14, 8], [1.0, 1.0, 2.0], 1, schema + splines[3:])
    add('oblique-halves', made(3, [20, 18, 14], [0.5, 0.5, 0.5], oblique, 'int16'), [4, 3, 2], [15, 14, 11], [1.0, 1.0, 1.0], 1, ['sitkLinear', 'sitkBSpline'])
    add('left-handed-halves', made(4, [18, 14, 12], [0.7, 0.35, 0.35], left_handed, 'int16'), [4, 3, 2], [15, 11, 9], [1.4, 0.7, 0.7], 1, ['sitkLinear', 'sitkBSpline'])
    add('finer', made(5, [9, 8, 7], [2.0, 2.0, 3.0], rotation(0.1, 0, 0), 'float32'), [2, 2, 2], [6, 5, 4], [1.0, 1.0, 0.0], 1, ['sitkNearestNeighbor', 'sitkLinear', 'sitkBSpline', 'sitkGaussian'])
    add('border', made(6, [9, 8, 7], [1.0, 1.0, 1.0], identity, 'float64'), [0, 0, 0], [8, 7, 6], [1.3, 0.7, 1.9], 5, ['sitkNearestNeighbor', 'sitkLinear', 'sitkBSpline', 'sitkWelchWindowedSinc'])
    add('one-slice', made(7, [14, 12, 5], [0.9, 0.9, 4.0], identity, 'uint8'), [3, 2, 3], [9, 8, 3], [1.0, 1.0, 1.0], 4, ['sitkLinear', 'sitkBSpline'])
    add('long', made(8, [150, 7, 8], [0.9, 1.0, 1.0], identity, 'float64'), [70, 1, 2], [74, 3, 3], [1.0, 0.8, 1.7], 2, ['sitkBSpline'] + splines)
    add('long-int16', made(8, [150, 7, 8], [0.5, 1.0, 1.0], identity, 'int16'), [70, 1, 2], [74, 3, 3], [0.25, 0.5, 0.5], 2, ['sitkBSpline'] + splines)
    add('same', made(9, [12, 10, 8], [1.0, 1.000001, 0.9999999], oblique, 'float32'), [2, 3, 1], [6, 5, 6], [1.0, 1.0, 1.0], 3, ['sitkBSpline'])
    add('one-plane-image', made(10, [12, 10, 1], [0.8, 0.8, 5.0], identity, 'float64'), [2, 3, 0], [6, 7, 0], [1.0, 1.0, 1.0], 3, ['sitkBSpline', 'sitkLinear'])
    versions = {'SimpleITK': sitk.Version.VersionString(), 'pyradiomics': radiomics.__version__, 'numpy': numpy.__version__}
    (here / 'resample.json').write_text(json.dumps({'versions': versions, 'cases': cases}, indent=1) + '\n')


main()
