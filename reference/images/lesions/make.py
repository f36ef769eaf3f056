"""Makes masks of several labels by other programs, and answers.json: the voxels of each label, as x + y * 6 + z * 30.
labels.nii.gz: SimpleITK, three labels side by side. named.seg.nrrd: pynrrd, the same with the names of 3D Slicer's keys.
overlapping.seg.nrrd: pynrrd, two layers, since the segments share voxels. image.nii.gz: their image.
Run in this folder with a Python that has SimpleITK and pynrrd. The content is random numbers and boxes."""
import json

import nrrd
import numpy as np
import SimpleITK as sitk

size = (6, 5, 4)  # x, y, z
spacing, origin = (0.9, 0.8, 2.5), (-20.5, 10.25, 30.0)


def box(x, y, z):
    inside = np.zeros(size[::-1], bool)
    inside[z[0] : z[1] + 1, y[0] : y[1] + 1, x[0] : x[1] + 1] = True
    return inside


parts = {"Tumour": box((0, 2), (0, 1), (0, 1)), "Satellite": box((4, 5), (3, 4), (2, 3)), "Node": box((0, 0), (4, 4), (1, 3))}
shared = {"Tumour": box((0, 3), (0, 3), (1, 2)), "Rim": box((2, 5), (2, 4), (1, 2)), "Node": box((0, 0), (4, 4), (0, 0))}


def save(array, name):
    image = sitk.GetImageFromArray(array)
    image.SetSpacing(spacing)
    image.SetOrigin(origin)
    sitk.WriteImage(image, name, True)


def header(layers, segments):
    directions = [list(np.eye(3)[axis] * spacing[axis]) for axis in range(3)]
    made = {"space": "left-posterior-superior", "kinds": ["domain"] * 3, "space directions": directions, "space origin": list(origin)}
    if layers > 1:
        made["kinds"] = ["list", *made["kinds"]]
        made["space directions"] = [[np.nan] * 3, *directions]
    for i, (name, value, layer) in enumerate(segments):
        for key, text in {"ID": f"Segment_{i + 1}", "Name": name, "LabelValue": value, "Layer": layer, "Color": "0.5 0.7 0.5"}.items():
            made[f"Segment{i}_{key}"] = str(text)
    return made


rng = np.random.default_rng(20261130)
save(rng.integers(0, 500, size[::-1]).astype(np.int16), "image.nii.gz")
labels = sum((value + 1) * part.astype(np.uint8) for value, part in enumerate(parts.values()))
save(labels, "labels.nii.gz")
named = [(name, value + 1, 0) for value, name in enumerate(parts)]
nrrd.write("named.seg.nrrd", labels.transpose(), header(1, named))
layers = np.stack([shared["Tumour"] + 3 * shared["Node"].astype(np.uint8), 2 * shared["Rim"].astype(np.uint8)]).astype(np.uint8)
nrrd.write("overlapping.seg.nrrd", layers.transpose(0, 3, 2, 1), header(2, [("Tumour", 1, 0), ("Rim", 2, 1), ("Node", 3, 0)]))

voxels = lambda part: [int(at) for at in np.flatnonzero(part)]
answers = {"size": size, "apart": {name: voxels(part) for name, part in parts.items()}, "shared": {name: voxels(part) for name, part in shared.items()}}
with open("answers.json", "w") as file:
    json.dump(answers, file)
print(f"SimpleITK {sitk.Version.VersionString()}, pynrrd {nrrd.__version__}, numpy {np.__version__}")
