"""Writes masks.json: what PyRadiomics and SimpleITK say of grids, regions and grey-level ranges.

geometry: pairs of grids that differ around the tolerance, and whether SimpleITK takes them together.
inside: regions on masks of other grids, and whether PyRadiomics finds them in the image.
resegment: made grey levels and masks, the thresholds (numpy, PyRadiomics's formula) and the mask that PyRadiomics keeps.
"""

import json
import pathlib

import numpy
import SimpleITK as sitk
import radiomics
from radiomics import imageoperations

sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
rng = numpy.random.default_rng(31)


def rotation(*angles):
    transform = sitk.Euler3DTransform()
    transform.SetRotation(*angles)
    return list(transform.GetMatrix())


def grid_image(grid):
    image = sitk.Image(list(grid['size']), sitk.sitkUInt32)
    image.SetSpacing(grid['spacingMm'])
    image.SetOrigin(grid['originMm'])
    image.SetDirection(grid['direction'])
    return image


def geometry():
    records = []
    base = {'size': [4, 5, 6], 'spacingMm': [0.5, 1.0, 3.0], 'originMm': [10.0, -20.0, 30.0], 'direction': rotation(0.2, 0.1, -0.3)}
    changes = [{}, {'size': [4, 5, 7]}]
    for factor in (0.98, 1.02):
        for tolerance in (1e-6, 1e-3):
            for key, scale in (('spacingMm', 0.5), ('originMm', 0.5), ('direction', 1.0)):
                for place in (0, 2):
                    values = list(base[key])
                    values[place] += factor * tolerance * scale
                    changes.append({key: values})
    for change in changes:
        for tolerance in (None, 1e-3):
            other = {**base, **change}
            sitk.ProcessObject.SetGlobalDefaultCoordinateTolerance(tolerance or 1e-6)
            sitk.ProcessObject.SetGlobalDefaultDirectionTolerance(tolerance or 1e-6)
            try:
                sitk.LabelStatisticsImageFilter().Execute(grid_image(base), grid_image(other))
                same = True
            except RuntimeError:
                same = False
            records.append({'image': base, 'mask': other, 'tolerance': tolerance, 'same': same})
    return records


def inside():
    records = []
    image = {'size': [10, 12, 8], 'spacingMm': [1.0, 0.8, 2.0], 'originMm': [5.0, 6.0, 7.0], 'direction': rotation(0.1, 0.2, 0.3)}
    for i in range(40):
        direction = rotation(0.1, 0.2, 0.3) if i % 2 else rotation(*rng.uniform(-0.5, 0.5, 3))
        mask = {'size': [14, 14, 14], 'spacingMm': [0.7, 0.7, 0.9], 'originMm': (rng.uniform(-2, 6, 3) + [5, 6, 7]).tolist(), 'direction': direction}
        if i >= 36:  # exactly on the edge, and more or less than the tolerance over it
            mask = {**image, 'originMm': list(grid_image(image).TransformContinuousIndexToPhysicalPoint([-[0, 0.0009, 0.0011, 0.5][i - 36], 0.0, 0.0]))}
        lower = [0, 0, 0] if i >= 36 else rng.integers(0, 6, 3).tolist()
        upper = (numpy.array(lower) + 4).tolist()
        node = grid_image(mask)
        array = numpy.zeros(node.GetSize()[::-1], 'uint32')
        array[lower[2]:upper[2] + 1, lower[1]:upper[1] + 1, lower[0]:upper[0] + 1] = 1
        filled = sitk.GetImageFromArray(array)
        filled.CopyInformation(node)
        try:
            imageoperations._checkROI(grid_image(image), filled, label=1)
            found = True
        except ValueError:
            found = False
        records.append({'image': image, 'mask': mask, 'lower': lower, 'upper': upper, 'inside': found})
    return records


def resegment():
    records = []
    for dtype in ('int16', 'float32', 'float64'):
        for count, options in (
            (300, {'resegmentRange': [80.0], 'resegmentMode': 'absolute'}),
            (300, {'resegmentRange': [130.0, 70.5], 'resegmentMode': 'absolute'}),
            (300, {'resegmentRange': [0.4], 'resegmentMode': 'relative'}),
            (300, {'resegmentRange': [0.3, 0.7], 'resegmentMode': 'relative'}),
            (7, {'resegmentRange': [-1.0, 1.0], 'resegmentMode': 'sigma'}),
            (100, {'resegmentRange': [-1.5, 0.3], 'resegmentMode': 'sigma'}),
            (1500, {'resegmentRange': [-0.7], 'resegmentMode': 'sigma'}),
        ):
            values = rng.normal(100, 30, (1, 1, count)).astype(dtype)
            mask = (rng.random((1, 1, count)) < 0.9).astype('uint32')
            inside = values[mask == 1]
            ranges = sorted(options['resegmentRange'])
            thresholds = {
                'absolute': lambda: ranges,
                'relative': lambda: [numpy.max(inside) * t for t in ranges],
                'sigma': lambda: [numpy.mean(inside) + numpy.std(inside) * t for t in ranges],
            }[options['resegmentMode']]()
            kept = sitk.GetArrayFromImage(imageoperations.resegmentMask(sitk.GetImageFromArray(values), sitk.GetImageFromArray(mask), label=1, **options))
            records.append({
                'pixelType': dtype, **options, 'thresholds': [float(t) for t in thresholds],
                'values': values.ravel().tolist(), 'mask': mask.ravel().tolist(), 'kept': kept.ravel().tolist()})
    return records


versions = {'SimpleITK': sitk.Version.VersionString(), 'pyradiomics': radiomics.__version__, 'numpy': numpy.__version__}
text = json.dumps({'versions': versions, 'geometry': geometry(), 'inside': inside(), 'resegment': resegment()})
(pathlib.Path(__file__).parent / 'masks.json').write_text(text + '\n')
