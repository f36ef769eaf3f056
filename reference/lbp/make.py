"""Writes answers for the LBP and pointwise filters, made by PyRadiomics's own functions from small synthetic images.

    python reference/lbp/make.py

- icospheres.json: trimesh's vertices.
- lbp3D.json, lbp2D.json, pointwise.json: images as PyRadiomics yields them. LBP3D is undefined outside the ROI, so that only
  the ROI's values are kept, in the order z slowest, x fastest; not-a-number is null.

Numbers are the shortest that read back as the same double.
"""
import json
import math
import pathlib
import warnings

import numpy
import scipy
import SimpleITK as sitk
import skimage
import trimesh
import radiomics
from radiomics import imageoperations

warnings.simplefilter('ignore')
here = pathlib.Path(__file__).parent
versions = {module.__name__: str(module.__version__) for module in (numpy, scipy, skimage, trimesh, radiomics)}
versions['SimpleITK'] = sitk.Version_VersionString()


def write(name, key, entries):
    lines = ',\n'.join(json.dumps(entry) for entry in entries)
    (here / name).write_text(f'{{"versions": {json.dumps(versions)}, "{key}": [\n{lines}\n]}}\n')


def plain(array):
    return [None if math.isnan(value) else value for value in numpy.asarray(array).ravel().tolist()]


def synthetic_image(size, dtype, low, high, divisor):
    """Whole numbers in [-1000, 1000] from a linear congruential generator, each averaged with the two voxels before it,
    clipped to [low, high] (flat regions), rounded towards -infinity and divided. size is x, y, z."""
    count = size[0] * size[1] * size[2]
    state, noise = 12345, []
    for _ in range(count + 2):
        state = (state * 1103515245 + 12345) % 2147483648
        noise.append((state >> 16) % 2001 - 1000)
    values = [min(high, max(low, (noise[i] + noise[i + 1] + noise[i + 2]) // 3)) / divisor for i in range(count)]
    return sitk.GetImageFromArray(numpy.array(values).reshape(size[::-1]).astype(dtype))


def every_third_voxel_out(size):
    """A mask with holes and runs of all lengths that touches every border: (x + 2 y + 3 z) mod 7 != 0."""
    z, y, x = numpy.indices(size[::-1])
    return sitk.GetImageFromArray(((x + 2 * y + 3 * z) % 7 != 0).astype('uint8'))


def image_of(case):
    return synthetic_image(case['size'], case['pixelType'], case['low'], case['high'], case['divisor'])


def case(size, pixel_type, low=-1000, high=1000, divisor=1, **settings):
    return {'size': size, 'pixelType': pixel_type, 'low': low, 'high': high, 'divisor': divisor, 'settings': settings}


def lbp3d(entry):
    mask = every_third_voxel_out(entry['size'])
    inside = sitk.GetArrayFromImage(mask) == 1
    images = imageoperations.getLBP3DImage(image_of(entry), mask, **entry['settings'])
    return entry | {'images': [{'name': name, 'values': plain(sitk.GetArrayFromImage(image)[inside])} for image, name, _ in images]}


write('icospheres.json', 'spheres', [
    {'subdivisions': s, 'radius': r, 'vertices': plain(trimesh.creation.icosphere(s, r).vertices)}
    for s, r in ((0, 1), (1, 1), (2, 1), (3, 1), (0, 1.5), (1, 2), (2, 2.7))
])
write('lbp3D.json', 'cases', [lbp3d(entry) for entry in (
    case((9, 7, 6), 'float64', divisor=7),
    case((9, 7, 6), 'float64', low=-150, high=150, divisor=0.7),
    case((9, 7, 6), 'float64', low=100, high=100),
    case((9, 7, 6), 'float64', low=0, high=0),
    case((9, 7, 6), 'float32', low=-150, high=150, divisor=7),
    case((9, 7, 6), 'int16', low=-150, high=150),
    case((9, 7, 6), 'int32'),
    case((9, 7, 6), 'uint8', low=0, high=255),
    case((9, 7, 6), 'int8', low=-128, high=127),
    case((5, 1, 4), 'float64', divisor=7),
    case((2, 3, 2), 'float64', divisor=7),
    case((1, 1, 2), 'float64', divisor=7),
    case((6, 5, 7), 'float64', divisor=7, lbp3DIcosphereSubdivision=0, lbp3DIcosphereRadius=1.5),
    case((6, 5, 7), 'float64', divisor=7, lbp3DIcosphereSubdivision=2, lbp3DIcosphereRadius=2.7, lbp3DLevels=4),
    case((6, 5, 4), 'float32', divisor=7, lbp3DIcosphereSubdivision=2, lbp3DLevels=3),
    case((5, 5, 4), 'float64', divisor=7, lbp3DIcosphereSubdivision=3),
)])


def lbp2d(entry):
    (image, name, _), = imageoperations.getLBP2DImage(image_of(entry), None, **entry['settings'])
    array = sitk.GetArrayFromImage(image)
    return entry | {'image': {'name': name, 'pixelType': str(array.dtype), 'values': plain(array)}}


write('lbp2D.json', 'cases', [lbp2d(entry) for entry in (
    *[case((7, 6, 3), 'float64', low=-150, high=150, divisor=7, lbp2DMethod=m) for m in ('default', 'ror', 'uniform', 'nri_uniform', 'var')],
    *[case((4, 5, 6), 'float64', low=-150, high=150, force2Ddimension=d, lbp2DSamples=9) for d in (0, 1, 2)],
    *[case((4, 5, 3), 'float64', lbp2DSamples=12, lbp2DRadius=r, lbp2DMethod='nri_uniform') for r in (0.5, 1.3, 2, 3.7)],
    *[case((4, 5, 2), 'float64', lbp2DSamples=p, lbp2DMethod=m) for p in (1, 2, 31, 32, 40) for m in ('default', 'ror', 'uniform', 'nri_uniform')],
    case((4, 5, 2), 'float64', low=0, high=0, lbp2DMethod='var'),
    case((4, 5, 2), 'float32', low=-150, high=150, divisor=7, lbp2DMethod='var'),
    case((7, 6, 3), 'int16'),
    case((7, 6, 2), 'int16', low=-150, high=150, lbp2DMethod='var'),
    case((4, 5, 2), 'int16', lbp2DMethod='default', lbp2DSamples=20),
    case((4, 5, 2), 'uint16', low=0, lbp2DMethod='default', lbp2DSamples=20),
    case((4, 5, 2), 'int32', lbp2DMethod='default', lbp2DSamples=32),
    case((4, 5, 2), 'uint8', low=0, high=255, lbp2DMethod='default', lbp2DSamples=9),
    case((4, 5, 2), 'int8', low=-128, high=127, lbp2DMethod='default', lbp2DSamples=9),
    case((1, 5, 2), 'float64'),
)])

pointwise_functions = {name: getattr(imageoperations, f'get{name}Image') for name in ('Square', 'SquareRoot', 'Logarithm', 'Exponential')}


def pointwise(entry):
    images = []
    for filter_name, function in pointwise_functions.items():
        (image, name, _), = function(image_of(entry), None)
        array = sitk.GetArrayFromImage(image)
        images.append({'filter': filter_name, 'name': name, 'pixelType': str(array.dtype), 'values': plain(array)})
    return entry | {'images': images}


write('pointwise.json', 'cases', [pointwise(entry) for entry in (
    case((7, 6, 3), 'float64', divisor=7),
    case((7, 6, 3), 'float64', divisor=1700),
    case((7, 6, 3), 'float32', low=0, divisor=7),
    case((7, 6, 3), 'int16'),
    case((7, 6, 3), 'uint8', low=0, high=255),
    case((2, 2, 1), 'float64', low=-1, high=-1),
)])
