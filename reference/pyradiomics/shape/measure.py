"""Shape features of made masks by PyRadiomics 3.0.1, and when a whole extraction has shape2D.

Run with an interpreter that has PyRadiomics:  python measure.py
Writes masks.json (each mask as one line of text a slice, rows apart), shape.csv, shape2D.csv and shape2D_applicability.json
beside this file. All features are asked for by name, so that deprecated ones are there too.
"""
import csv, json, logging, platform
from pathlib import Path

import numpy as np
import pywt, scipy
import SimpleITK as sitk
import radiomics
from radiomics import featureextractor, getFeatureClasses, shape, shape2D

radiomics.logger.setLevel(logging.CRITICAL)
here = Path(__file__).parent
versions = {'pyradiomics': radiomics.__version__, 'python': platform.python_version(), 'numpy': np.__version__,
            'SimpleITK': sitk.Version.VersionString(), 'PyWavelets': pywt.__version__, 'scipy': scipy.__version__}


def ball(r, n, squash=(1, 1, 1)):
    g = np.indices((n, n, n)) - (n - 1) / 2
    return sum((g[a] * squash[a]) ** 2 for a in range(3)) <= r * r


def crop(mask):
    return mask[tuple(slice(i.min(), i.max() + 1) for i in np.nonzero(mask))]


rng = np.random.default_rng(20200917)
box = np.ones((3, 4, 5), bool)
hollow = box.copy(); hollow[1, 1:3, 1:4] = False
twins = np.zeros((2, 2, 2), bool); twins[0, 0, 0] = twins[1, 1, 1] = True
beside = np.zeros((1, 2, 2), bool); beside[0, 0, 0] = beside[0, 1, 1] = True
stair = np.zeros((5, 5, 5), bool)
for i in range(5): stair[i, i, :i + 1] = True
parts = np.zeros((6, 7, 9), bool); parts[:2, :2, :3] = True; parts[4:, 5:, 6:] = True
# (mask in z, y, x; spacing in x, y, z)
masks = {
    'voxel': (np.ones((1, 1, 1), bool), (1.0, 2.0, 3.0)),
    'line_x': (np.ones((1, 1, 7), bool), (0.5, 2.0, 3.0)),
    'line_diagonal': (np.eye(6, dtype=bool)[None], (0.8, 1.1, 4.0)),
    'slice_z': (crop(ball(6.2, 15)[7:8]), (0.7, 0.9, 3.0)),
    'slice_y': (crop(ball(6.2, 15)[:, 7:8]), (0.7, 0.9, 3.0)),
    'slice_x': (crop(ball(6.2, 15, (1, 2, 1))[:, :, 7:8]), (0.7, 0.9, 3.0)),
    'box': (box, (1.0, 1.5, 2.0)),
    'hollow': (hollow, (1.0, 1.5, 2.0)),
    'corner_twins': (twins, (1.0, 1.0, 1.0)),
    'edge_twins': (beside, (1.0, 1.0, 1.0)),
    'stair': (stair, (1.0, 1.0, 1.0)),
    'parts': (parts, (1.0, 0.6, 2.2)),
    'ball': (crop(ball(9.3, 23)), (1.0, 1.0, 1.0)),
    'ellipsoid': (crop(ball(9.7, 23, (1, 1.5, 2.1))), (0.9375, 0.9375, 4.2)),
    'noise_50': (crop(rng.random((6, 7, 8)) < 0.5), (0.7, 0.9, 3.0)),
    'noise_85': (crop(rng.random((7, 8, 19)) < 0.85), (1.0, 1.0, 1.0)),
    'noise_15': (crop(rng.random((9, 8, 21)) < 0.15), (1.3, 0.4, 2.0)),
    'noise_slice': (crop(rng.random((1, 13, 19)) < 0.5), (0.6, 1.7, 2.0)),
    'noise_slice_y': (crop(rng.random((9, 1, 17)) < 0.6), (0.6, 1.7, 2.0)),
}


def image_of(mask, spacing):
    out = sitk.GetImageFromArray(mask.astype('uint8'))
    out.SetSpacing(spacing)
    return out


def features(cls, mask, spacing, **settings):
    out = image_of(mask, spacing)
    calculator = cls(out, out, label=1, **settings)
    names = sorted(cls.getFeatureNames())
    for name in names:
        calculator.enableFeatureByName(name)
    return {name: float(value) for name, value in calculator.execute().items()}


def write(name, rows):
    with open(here / name, 'w', newline='') as file:
        csv.writer(file, lineterminator='\n').writerows(rows)


rows = [['mask', 'feature', 'value']]
rows2 = [['mask', 'force2Ddimension', 'feature', 'value']]
for name, (mask, spacing) in masks.items():
    rows += [[name, feature, repr(value)] for feature, value in features(shape.RadiomicsShape, mask, spacing).items()]
    for dimension in range(3):
        if mask.shape[dimension] == 1:
            values = features(shape2D.RadiomicsShape2D, mask, spacing, force2D=True, force2Ddimension=dimension)
            rows2 += [[name, dimension, feature, repr(value)] for feature, value in values.items()]
write('shape.csv', rows)
write('shape2D.csv', rows2)

# When does a whole extraction have shape2D? (The check before the class looks along x, y, z, not z, y, x.)
extents = {'slice_z': (1, 5, 6), 'slice_y': (5, 1, 6), 'slice_x': (5, 6, 1), 'line_x': (1, 1, 6), 'line_y': (1, 6, 1), 'line_z': (6, 1, 1), 'thick': (4, 5, 6)}
outcomes = []
for name, extent in extents.items():
    for force2D in (False, True):
        for dimension in range(3):
            mask = np.zeros((9, 9, 9), bool)
            mask[tuple(slice(1, 1 + e) for e in extent)] = True
            picture = sitk.GetImageFromArray(rng.random((9, 9, 9)))
            extractor = featureextractor.RadiomicsFeatureExtractor(
                {'setting': {'force2D': force2D, 'force2Ddimension': dimension, 'additionalInfo': False, 'minimumROIDimensions': 1}, 'featureClass': {'shape2D': None}})
            try:
                found = extractor.execute(picture, image_of(mask, (1, 1, 1)))
                outcome = 'computed' if len(found) else 'skipped'
            except ValueError as error:
                outcome = f'error: {error}'
            outcomes.append({'extent_zyx': extent, 'force2D': force2D, 'force2Ddimension': dimension, 'outcome': outcome})
json.dump({'versions': versions, 'rows': outcomes}, open(here / 'shape2D_applicability.json', 'w'), indent=1)

text = {name: {'size_xyz': mask.shape[::-1], 'spacing_xyz_mm': spacing,
               'slices': [' '.join(''.join('#' if v else '.' for v in row) for row in plane) for plane in mask]} for name, (mask, spacing) in masks.items()}
json.dump({'versions': versions, 'masks': text}, open(here / 'masks.json', 'w'), indent=1)
