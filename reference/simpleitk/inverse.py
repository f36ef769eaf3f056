"""Writes inverse.json: index-to-physical matrices of random grids, and the inverse that ITK holds for them (seen by mapping unit vectors)."""

import json
import pathlib

import numpy
import SimpleITK as sitk

rng = numpy.random.default_rng(11)
matrices = []
for i in range(60):
    spacing = [float(numpy.float32(v)) for v in rng.uniform(0.3, 7, 3)] if i % 3 else [0.5, 0.5, 3.0]
    if i % 4 == 3:
        direction = (numpy.eye(3)[rng.permutation(3)] * rng.choice([-1, 1], 3)).ravel().tolist()
    else:
        transform = sitk.Euler3DTransform()
        transform.SetRotation(*rng.uniform(-3, 3, 3) * (0.1 if i % 4 == 1 else 1))
        direction = list(transform.GetMatrix())
    image = sitk.Image([4, 4, 4], sitk.sitkUInt8)
    image.SetSpacing(spacing)
    image.SetDirection(direction)
    columns = [image.TransformPhysicalPointToContinuousIndex([float(row == column) for row in range(3)]) for column in range(3)]
    matrix = numpy.array(direction).reshape(3, 3) * numpy.array(spacing)
    matrices.append({'matrix': matrix.ravel().tolist(), 'inverse': numpy.array(columns).T.ravel().tolist()})
path = pathlib.Path(__file__).parent / 'inverse.json'
path.write_text(json.dumps({'versions': {'SimpleITK': sitk.Version.VersionString()}, 'matrices': matrices}, indent=1) + '\n')
