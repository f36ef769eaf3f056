"""Writes what the wavelet filter needs from PyWavelets, and answers to compare it with.

    python reference/pywavelets/make.py

- src/core/image/filters/waveletCoefficients.ts: decomposition filters of every discrete wavelet that PyWavelets names.
- reference/pywavelets/subBands.json: SHA-256 of sub-bands (float64 or float32, little endian, z slowest) that PyRadiomics's
  own function makes of a synthetic image, in its order of output. -0 is hashed as 0.

PyWavelets is MIT-licensed (Copyright 2006-2012 Filip Wasilewski, 2012- The PyWavelets Developers); the coefficients are its.
"""
import hashlib
import json
import pathlib

import numpy
import pywt
import SimpleITK as sitk
import radiomics
from radiomics import imageoperations

here = pathlib.Path(__file__).parent
versions = {module.__name__: str(module.__version__) for module in (numpy, pywt, radiomics)} | {'SimpleITK': sitk.Version_VersionString()}
names = pywt.wavelist(kind='discrete')


def quadrature_mirror(low):
    """High-pass filter of an orthogonal wavelet: the low-pass one reversed, every other sign changed."""
    return [(1 if k % 2 else -1) * value for k, value in enumerate(reversed(low))]


def write_coefficients():
    lines = []
    for name in names:
        wavelet = pywt.Wavelet(name)
        low, high = wavelet.dec_lo, wavelet.dec_hi
        filters = [low] if high == quadrature_mirror(low) else [low, high]
        lines.append(f"  '{name}': [{', '.join('[' + ', '.join(map(repr, f)) + ']' for f in filters)}],")
    target = here.parents[1] / 'src/core/image/filters/waveletCoefficients.ts'
    target.write_text('\n'.join([
        '// Made by reference/pywavelets/make.py from PyWavelets ' + pywt.__version__ + ' (MIT). Do not edit.',
        '// Copyright (c) 2006-2012 Filip Wasilewski, (c) 2012- The PyWavelets Developers',
        '',
        '/**',
        ' * Decomposition filters by PyWavelets name: low-pass, then high-pass where it is not the mirror of the low-pass one',
        ' * (`high[k] = (-1)^(k + 1) low[n - 1 - k]`).',
        ' */',
        'export const waveletCoefficients: Readonly<Record<string, readonly (readonly number[])[]>> = {',
        *lines,
        '}',
        '',
    ]))


def synthetic_image(size, dtype):
    """Whole numbers from a linear congruential generator, divided by 7 for float images: the same bits everywhere. size is x, y, z."""
    count = size[0] * size[1] * size[2]
    state, values = 12345, numpy.empty(count)
    for i in range(count):
        state = (state * 1103515245 + 12345) % 2147483648
        values[i] = (state >> 16) % 2001 - 1000
    if numpy.issubdtype(numpy.dtype(dtype), numpy.floating):
        values = values / 7
    return sitk.GetImageFromArray(values.reshape(size[::-1]).astype(dtype))


def case(size, dtype, **settings):
    image = synthetic_image(size, dtype)
    bands = []
    for band, name, _ in imageoperations.getWaveletImage(image, None, **settings):
        array = numpy.ascontiguousarray(sitk.GetArrayFromImage(band))
        array = numpy.where(array == 0, 0, array).astype(array.dtype)
        bands.append({'name': name, 'pixelType': str(array.dtype), 'sha256': hashlib.sha256(array.tobytes()).hexdigest()})
    return {'size': size, 'pixelType': dtype, 'settings': settings, 'bands': bands}


def write_sub_bands():
    cases = [case((8, 6, 4), 'float64', wavelet=name) for name in names]
    cases += [
        case((13, 11, 7), 'float64', wavelet='coif1'),
        case((13, 11, 7), 'float64', wavelet='coif1', level=3),
        case((12, 9, 10), 'float64', wavelet='db3', level=2, start_level=1),
        case((12, 9, 10), 'float64', wavelet='bior3.3', level=1, start_level=2),
        case((3, 5, 1), 'float64', wavelet='sym5', level=2),
        case((1, 1, 1), 'float64', wavelet='coif1'),
        case((24, 24, 24), 'float64', wavelet='dmey'),
        case((12, 10, 9), 'int16', wavelet='coif1'),
        case((12, 10, 9), 'uint8', wavelet='haar'),
        case((12, 10, 9), 'float32', wavelet='coif1', level=2),
        case((13, 10, 9), 'float32', wavelet='rbio4.4'),
        case((13, 10, 9), 'float32', wavelet='coif3'),
        case((13, 10, 9), 'float32', wavelet='coif17'),
        *[case((13, 10, 7), 'float64', wavelet='coif1', force2D=True, force2Ddimension=d, level=2) for d in (0, 1, 2)],
    ]
    lines = ',\n'.join(json.dumps(entry) for entry in cases)
    (here / 'subBands.json').write_text(f'{{"versions": {json.dumps(versions)}, "cases": [\n{lines}\n]}}\n')


write_coefficients()
write_sub_bands()
