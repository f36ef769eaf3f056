"""Writes mask-comparison.json: a second opinion on mask operations and on how two masks compare.

    python mask-comparison.py --images FOLDER

FOLDER holds brain1/ and breast1/ with image.nii.gz and mask.nii.gz (public/samples of the project).

operations: SHA-256 and voxel count of masks (uint8, x fastest) that scipy.ndimage makes: margins by distance_transform_edt, closing and
opening from them, median as a count of the voxels in a box, holes by binary_fill_holes, parts by label. What lies beyond the volume is
neither inside nor outside for margins, empty for closing, and not counted for the median.
comparisons: the mask against shifted, eroded, dilated and other copies. Overlap and Hausdorff distance by SimpleITK
(LabelOverlapMeasures on the masks, HausdorffDistance on surface voxels by LabelContour); the percentile and the mean over both
surfaces from SimpleITK's exact distance map (SignedMaurerDistanceMap) of the other surface, percentiles by numpy.
"""

import argparse
import hashlib
import json
import pathlib

import numpy
import scipy
import SimpleITK as sitk
from scipy import ndimage

sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
edge = 1e-9


def digest(mask):
    array = numpy.ascontiguousarray(mask.astype(numpy.uint8))
    return {'voxels': int(array.sum()), 'sha256': hashlib.sha256(array.tobytes()).hexdigest()}


def grow(mask, margin, sampling):
    return ndimage.distance_transform_edt(~mask, sampling=sampling) ** 2 <= margin**2 + edge if mask.any() else mask


def shrink(mask, margin, sampling):
    return ndimage.distance_transform_edt(mask, sampling=sampling) ** 2 > margin**2 + edge


def close(mask, radius, sampling):
    """As if the volume went on empty."""
    margin = [int(radius // mm) + 1 for mm in sampling]
    padded = numpy.pad(mask, [(m, m) for m in margin])
    closed = shrink(grow(padded, radius, sampling), radius, sampling)
    return closed[tuple(slice(m, m + n) for m, n in zip(margin, mask.shape))]


def median(mask, radius):
    box = numpy.ones([2 * r + 1 for r in radius])
    inside = ndimage.convolve(mask.astype(numpy.int64), box.astype(numpy.int64), mode='constant')
    voxels = ndimage.convolve(numpy.ones(mask.shape, numpy.int64), box.astype(numpy.int64), mode='constant')
    return numpy.where(2 * inside == voxels, mask, 2 * inside > voxels)


def fill_slices(mask, axis):
    return numpy.stack([ndimage.binary_fill_holes(part) for part in numpy.moveaxis(mask, axis, 0)], axis)


def islands(mask, connectivity, voxel_mm3, smallest_mm3):
    structure = ndimage.generate_binary_structure(3, 1 if connectivity == 6 else 3)
    labels, parts = ndimage.label(mask, structure)
    sizes = numpy.bincount(labels.ravel(), minlength=parts + 1)
    largest = 1 + int(numpy.argmax(sizes[1:]))
    stays = sizes * voxel_mm3 >= smallest_mm3
    stays[0] = False
    return {'parts': parts, 'largest': digest(labels == largest), 'notSmall': digest(stays[labels])}


def to_image(array, like):
    image = sitk.GetImageFromArray(array.astype(numpy.uint8))
    image.CopyInformation(like)
    return image


def compare(a, b, like):
    image_a, image_b = to_image(a, like), to_image(b, like)
    overlap = sitk.LabelOverlapMeasuresImageFilter()
    overlap.Execute(image_a, image_b)

    def surface(image):
        # LabelContour leaves the border of the image open: a frame of nothing closes it.
        framed = sitk.ConstantPad(image, [1, 1, 1], [1, 1, 1], 0)
        return sitk.LabelContour(framed, fullyConnected=False)

    surface_a, surface_b = surface(image_a), surface(image_b)

    def distances(from_surface, to_surface):
        away = sitk.SignedMaurerDistanceMap(to_surface, insideIsPositive=False, squaredDistance=False, useImageSpacing=True)
        values = numpy.abs(sitk.GetArrayFromImage(away).astype(numpy.float64))
        # The map is 0 on the surface of the surface, which is all of it but where it is thick.
        values[sitk.GetArrayFromImage(to_surface) > 0] = 0
        return values[sitk.GetArrayFromImage(from_surface) > 0]

    from_a, from_b = distances(surface_a, surface_b), distances(surface_b, surface_a)
    hausdorff = sitk.HausdorffDistanceImageFilter()
    hausdorff.Execute(surface_a, surface_b)
    differs = (a != b).sum((1, 2))
    return {
        'voxelsA': int(a.sum()),
        'voxelsB': int(b.sum()),
        'dice': overlap.GetDiceCoefficient(),
        'jaccard': overlap.GetJaccardCoefficient(),
        'hausdorffMm': hausdorff.GetHausdorffDistance(),
        'hausdorff95Mm': float(max(numpy.percentile(from_a, 95), numpy.percentile(from_b, 95))),
        'meanSurfaceDistanceMm': float(numpy.concatenate([from_a, from_b]).mean()),
        'surfaceVoxels': [len(from_a), len(from_b)],
        'volumeDifferenceMm3': float((int(b.sum()) - int(a.sum())) * numpy.prod(like.GetSpacing())),
        'disagreementBySlice': [int(n) for n in differs],
        'worstSlice': int(numpy.argmax(differs)) if differs.any() else None,
    }


def shift(mask, dx, dy, dz):
    moved = numpy.zeros_like(mask)
    z, y, x = numpy.nonzero(mask)
    keep = (z + dz >= 0) & (z + dz < mask.shape[0]) & (y + dy >= 0) & (y + dy < mask.shape[1]) & (x + dx >= 0) & (x + dx < mask.shape[2])
    moved[z[keep] + dz, y[keep] + dy, x[keep] + dx] = True
    return moved


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument('--images', type=pathlib.Path, required=True)
    images = parser.parse_args().images
    cases = []
    for name, threshold in (('brain1', 900), ('breast1', 120)):
        image = sitk.ReadImage(str(images / name / 'image.nii.gz'))
        mask_image = sitk.ReadImage(str(images / name / 'mask.nii.gz'))
        mask = sitk.GetArrayFromImage(mask_image) == 1
        spacing = image.GetSpacing()
        sampling = spacing[::-1]
        # A ragged mask with holes and islands: the bright voxels of the whole image.
        bright = sitk.GetArrayFromImage(image) >= threshold
        operations = {'bright': {'threshold': threshold, **digest(bright)}}
        for margin in (0.7, 1.5, 3.0, 7.0):
            operations[f'grow {margin}'] = digest(grow(mask, margin, sampling))
            operations[f'shrink {margin}'] = digest(shrink(mask, margin, sampling))
            operations[f'grow bright {margin}'] = digest(grow(bright, margin, sampling))
            operations[f'shrink bright {margin}'] = digest(shrink(bright, margin, sampling))
        for radius in (1.5, 3.0):
            operations[f'close bright {radius}'] = digest(close(bright, radius, sampling))
            operations[f'open bright {radius}'] = digest(grow(shrink(bright, radius, sampling), radius, sampling))
        for kernel in (2.0, 4.0, 14.0):
            radius = [max(0, int(numpy.floor((kernel / mm - 1) / 2 + 0.5))) for mm in sampling]
            operations[f'median bright {kernel}'] = digest(median(bright, radius))
        operations['fill 3D'] = digest(ndimage.binary_fill_holes(bright))
        for axis in range(3):
            operations[f'fill {axis}'] = digest(fill_slices(bright, 2 - axis))
        for connectivity in (6, 26):
            operations[f'islands {connectivity}'] = islands(bright, connectivity, float(numpy.prod(spacing)), 100.0)
        copies = {
            'itself': mask,
            'shift 3 -2 1': shift(mask, 3, -2, 1),
            'shift 15 0 0': shift(mask, 15, 0, 0),
            'shrink 0.8': shrink(mask, 0.8, sampling),
            'grow 3.0': grow(mask, 3.0, sampling),
            'grow 7.0': grow(mask, 7.0, sampling),
        }
        cases.append({
            'name': name,
            'size': image.GetSize(),
            'spacingMm': spacing,
            'pixelType': str(sitk.GetArrayViewFromImage(image).dtype),
            'operations': operations,
            'comparisons': {copy: compare(mask, other, mask_image) for copy, other in copies.items()},
        })
    made_by = {'SimpleITK': sitk.Version_VersionString(), 'scipy': scipy.__version__, 'numpy': numpy.__version__}
    text = json.dumps({'madeBy': made_by, 'cases': cases}, indent=1)
    pathlib.Path(__file__).with_suffix('.json').write_text(text + '\n')


main()
