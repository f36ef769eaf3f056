"""Writes texture.json: matrices and features of PyRadiomics for small made arrays, with every setting that texture has.

Run with an interpreter that has PyRadiomics 3.0.1:  python makeTexture.py
"""
import json, logging, math, os, sys
import numpy as np
import SimpleITK as sitk
import radiomics
from radiomics import firstorder, glcm, glrlm, glszm, gldm, ngtdm, imageoperations

radiomics.logger.setLevel(logging.CRITICAL)
logging.getLogger('radiomics').setLevel(logging.CRITICAL)
np.seterr(all='ignore')
classes = {'firstorder': firstorder.RadiomicsFirstOrder, 'glcm': glcm.RadiomicsGLCM, 'glrlm': glrlm.RadiomicsGLRLM,
           'glszm': glszm.RadiomicsGLSZM, 'gldm': gldm.RadiomicsGLDM, 'ngtdm': ngtdm.RadiomicsNGTDM}
rng = np.random.default_rng(20240117)


def number(x):
    x = float(np.asarray(x).reshape(-1)[0]) if np.size(x) else float('nan')
    return x if math.isfinite(x) else str(x)


def blob(shape, keep):
    """A random mask that touches all sides of its box, so that the box is the region's."""
    mask = rng.random(shape) < keep
    for axis in range(3):
        index = [rng.integers(n) for n in shape]
        for side in (0, shape[axis] - 1):
            index[axis] = side
            mask[tuple(index)] = True
    return mask.astype(np.uint8)


def smooth(shape, scale, offset=0.0):
    x = rng.normal(size=shape)
    for axis in range(3):
        if shape[axis] > 1:
            x = x + np.roll(x, 1, axis)
    return x * scale + offset


def case(name, image, mask, spacing=(1.0, 1.0, 1.0), matrices=False, **settings):
    image = np.asarray(image)
    voxels = sitk.GetImageFromArray(image)
    region = sitk.GetImageFromArray(mask)
    voxels.SetSpacing(spacing)
    region.SetSpacing(spacing)
    entry = {'name': name, 'size': list(image.shape[::-1]), 'spacing': list(spacing), 'pixelType': str(image.dtype),
             'image': [number(v) for v in image.reshape(-1)], 'mask': [int(v) for v in mask.reshape(-1)], 'settings': settings,
             'features': {}}
    for className, make in classes.items():
        try:
            c = make(voxels, region, label=1, **settings)
            values = c.execute()
        except Exception as error:
            entry['features'][className] = {'error': str(error)}
            continue
        entry['features'][className] = {key: number(value) for key, value in values.items()}
        if className == 'glcm':
            entry['levels'] = [int(v) for v in c.coefficients['grayLevels']]
            entry['discretised'] = [int(v) for v in c.imageArray[mask > 0]]
        if matrices:
            if className == 'glcm':
                entry['glcm'] = [c.P_glcm[0, :, :, a].tolist() for a in range(c.P_glcm.shape[3])]
            if className == 'glrlm':
                entry['glrlm'] = {'sizes': c.coefficients['jvector'].tolist(),
                                  'matrices': [c.P_glrlm[0, :, :, a].tolist() for a in range(c.P_glrlm.shape[3])]}
            if className in ('glszm', 'gldm'):
                entry[className] = {'sizes': c.coefficients['jvector'].tolist(), 'matrix': getattr(c, 'P_' + className)[0].tolist()}
            if className == 'ngtdm':
                entry['ngtdm'] = c.P_ngtdm[0].tolist()
    return entry


def binning():
    """Levels by imageoperations.binImage for values on and beside edges."""
    entries = []
    for dtype in ('float32', 'float64', 'int16'):
        for setting in ({'binWidth': 25}, {'binWidth': 5}, {'binWidth': 0.1}, {'binWidth': 0.3}, {'binWidth': 7.7}, {'binCount': 8}, {'binCount': 33}):
            for centre, spread in ((0, 3), (100, 40), (-1000, 300), (0.05, 0.4)):
                if dtype == 'int16' and spread < 1:
                    continue
                x = rng.normal(centre, spread, 60)
                if dtype != 'int16':
                    w = setting.get('binWidth', 1)
                    x[:30] = np.round(x[:30] / w) * w
                x = x.astype(dtype)
                binned, _ = imageoperations.binImage(x, np.ones(x.shape, bool), **setting)
                entries.append({'pixelType': dtype, 'setting': setting, 'values': [float(v) for v in x], 'levels': [int(v) for v in binned]})
    return entries


cases = []
base = smooth((6, 7, 5), 12.0, 40.0)
mask = blob((6, 7, 5), 0.75)
for name, settings in {
    'defaults': {}, 'binWidth 5': {'binWidth': 5}, 'binCount 6': {'binCount': 6}, 'distances 1 2': {'binWidth': 10, 'distances': [1, 2]},
    'distance 2': {'binWidth': 10, 'distances': [2]}, 'distances 2 1 1': {'binWidth': 10, 'distances': [2, 1, 1]},
    'force2D 0': {'binWidth': 10, 'force2D': True, 'force2Ddimension': 0}, 'force2D 1': {'binWidth': 10, 'force2D': True, 'force2Ddimension': 1},
    'force2D 2': {'binWidth': 10, 'force2D': True, 'force2Ddimension': 2}, 'asymmetric': {'binWidth': 10, 'symmetricalGLCM': False},
    'manhattan': {'binWidth': 10, 'weightingNorm': 'manhattan'}, 'euclidean': {'binWidth': 10, 'weightingNorm': 'euclidean'},
    'infinity': {'binWidth': 10, 'weightingNorm': 'infinity'}, 'no_weighting': {'binWidth': 10, 'weightingNorm': 'no_weighting'},
    'euclidean asymmetric 2D': {'binWidth': 10, 'weightingNorm': 'euclidean', 'symmetricalGLCM': False, 'force2D': True, 'force2Ddimension': 0},
    'gldm_a 1': {'binWidth': 5, 'gldm_a': 1}, 'gldm_a 3 distances 1 2': {'binWidth': 5, 'gldm_a': 3, 'distances': [1, 2]},
    'voxelArrayShift': {'voxelArrayShift': 300},
}.items():
    cases.append(case(name, base, mask, spacing=(0.8, 0.7, 1.5), matrices=True, **settings))

full = np.ones((4, 5, 6), np.uint8)
cases.append(case('float32', smooth((4, 5, 6), 1.0).astype(np.float32), full, binWidth=0.3, matrices=True))
cases.append(case('float32 binCount', smooth((4, 5, 6), 1.0).astype(np.float32), full, binCount=7))
cases.append(case('int16', smooth((4, 5, 6), 30.0, -200).astype(np.int16), full, binWidth=25, matrices=True))
cases.append(case('many levels', smooth((8, 9, 10), 100.0), blob((8, 9, 10), 0.8), binWidth=2))
cases.append(case('sparse levels', np.where(rng.random((5, 5, 5)) < 0.3, 1000.0, 3.0) + rng.integers(0, 3, (5, 5, 5)) * 25, blob((5, 5, 5), 0.6), binWidth=1, matrices=True))
cases.append(case('few voxels apart', smooth((5, 6, 7), 20.0), blob((5, 6, 7), 0.08), matrices=True))
cases.append(case('two blocks of levels', np.repeat(np.array([[[10.0]], [[10.0]], [[200.0]], [[200.0]]]), 6, axis=1).repeat(6, axis=2)
                  + rng.integers(0, 2, (4, 6, 6)) * 25 * np.array([0, 0, 1, 1])[:, None, None], np.concatenate([np.ones((2, 6, 6)), np.zeros((0, 6, 6)), np.ones((2, 6, 6))]).astype(np.uint8), matrices=True))

# Degenerate regions.
cases.append(case('one level', np.full((3, 4, 5), 7.0), np.ones((3, 4, 5), np.uint8)))
cases.append(case('one level after binning', smooth((3, 4, 5), 0.5, 12.0), np.ones((3, 4, 5), np.uint8)))
cases.append(case('flat 0.1', np.full((5, 7, 9), 0.1), np.ones((5, 7, 9), np.uint8)))
cases.append(case('one slice', smooth((1, 8, 7), 40.0), blob((1, 8, 7), 0.8), matrices=True))
cases.append(case('one slice, force2D', smooth((1, 8, 7), 40.0), blob((1, 8, 7), 0.8), force2D=True))
cases.append(case('line along x', smooth((1, 1, 9), 40.0), np.ones((1, 1, 9), np.uint8), matrices=True))
cases.append(case('line with gaps', smooth((1, 9, 1), 40.0), np.array([1, 1, 0, 1, 0, 0, 1, 1, 1], np.uint8).reshape(1, 9, 1), matrices=True))
cases.append(case('line along z, force2D', smooth((6, 1, 1), 40.0), np.ones((6, 1, 1), np.uint8), force2D=True))
cases.append(case('two voxels together', np.array([1.0, 60.0]).reshape(1, 1, 2), np.ones((1, 1, 2), np.uint8), matrices=True))
two = np.zeros((3, 4, 5), np.uint8)
two[0, 0, 0] = two[2, 3, 4] = 1
cases.append(case('two voxels apart', smooth((3, 4, 5), 90.0), two))
cases.append(case('two voxels apart, one level', np.full((3, 4, 5), 3.0), two))
gap = np.zeros((1, 1, 3), np.uint8)
gap[0, 0, 0] = gap[0, 0, 2] = 1
cases.append(case('two voxels apart on a line', np.array([1.0, 5.0, 90.0]).reshape(1, 1, 3), gap))
cases.append(case('all levels differ', np.arange(60.0).reshape(3, 4, 5) * 2, np.ones((3, 4, 5), np.uint8), binWidth=1, matrices=True))
cases.append(case('checkerboard', (np.indices((4, 4, 4)).sum(0) % 2) * 50.0, np.ones((4, 4, 4), np.uint8), matrices=True))
plane = np.zeros((4, 1, 4), np.uint8)
for k in range(4):
    plane[k, 0, (k * 2) % 4] = 1
cases.append(case('no two in a row, force2D', smooth((4, 1, 4), 40.0), plane, force2D=True))
cases.append(case('weights that vanish', smooth((3, 4, 5), 40.0), np.ones((3, 4, 5), np.uint8), spacing=(40.0, 40.0, 40.0), weightingNorm='euclidean'))
missing = smooth((4, 5, 6), 3.0)
missing[1, 2, 3] = missing[3, 4, 0] = np.nan
cases.append(case('NaN inside', missing, full, binWidth=1))

deprecated = {}
for className, make in classes.items():
    c = make(sitk.GetImageFromArray(base), sitk.GetImageFromArray(mask), label=1)
    names = c.getFeatureNames()
    deprecated[className] = {'order': list(names), 'deprecated': {}}
    for name, isDeprecated in names.items():
        if not isDeprecated:
            continue
        c.disableAllFeatures()
        c.enableFeatureByName(name)
        values = c.execute()
        deprecated[className]['deprecated'][name] = number(values[name]) if name in values else None

here = os.path.dirname(os.path.abspath(__file__))
with open(os.path.join(here, 'texture.json'), 'w') as f:
    json.dump({'versions': {'pyradiomics': radiomics.__version__, 'numpy': np.__version__, 'SimpleITK': sitk.Version.VersionString(), 'python': sys.version.split()[0]},
               'order': 'x fastest; matrices[level present][level or size]', 'binning': binning(), 'names': deprecated, 'cases': cases}, f)
