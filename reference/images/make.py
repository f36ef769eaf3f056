"""Makes the small images of this folder and simpleitk.json: what SimpleITK reads from each (pixel type, grid, values, and the
physical position of voxel (1, 2, 3)). Run in this folder with a Python that has SimpleITK. The content is random numbers."""
import json
import struct
from pathlib import Path

import numpy as np
import SimpleITK as sitk

here = Path(__file__).parent
rng = np.random.default_rng(20261123)
size = (4, 5, 6)  # z, y, x


def rotation(a, b, c):
    rx = np.array([[1, 0, 0], [0, np.cos(a), -np.sin(a)], [0, np.sin(a), np.cos(a)]])
    ry = np.array([[np.cos(b), 0, np.sin(b)], [0, 1, 0], [-np.sin(b), 0, np.cos(b)]])
    rz = np.array([[np.cos(c), -np.sin(c), 0], [np.sin(c), np.cos(c), 0], [0, 0, 1]])
    return rx @ ry @ rz


def image(array, direction=np.eye(3)):
    made = sitk.GetImageFromArray(array)
    made.SetSpacing((0.7, 0.8, 2.1))
    made.SetOrigin((-10.1, 20.2, 30.3))
    made.SetDirection(np.asarray(direction).ravel().tolist())
    return made


def write(made, *names):
    for name in names:
        sitk.WriteImage(made, str(here / name))


def patch(source, target, *changes):
    content = bytearray((here / source).read_bytes())
    for offset, kind, *values in changes:
        struct.pack_into("<" + kind, content, offset, *values)
    (here / target).write_bytes(content)


grey = (rng.random(size) * 200 - 100)
for kind in ["uint8", "int8", "int16", "uint16", "int32", "uint32", "int64", "float32", "float64"]:
    values = np.abs(grey) if kind.startswith("u") else grey
    write(image(values.astype(kind)), f"{kind}.nii.gz")
whole = image(grey.astype("int16"))
write(whole, "int16.nii", "int16.nrrd", "int16.mha", "int16.mhd", "int16.nhdr", "int16.hdr")
patch("int16.nii", "slope_one.nii", (112, "ff", 1, 0))
patch("int16.nii", "slope_zero.nii", (112, "ff", 0, 0))
patch("int16.nii", "slope_two.nii", (112, "ff", 2, 0))
patch("int16.nii", "slope_tenth.nii", (112, "ff", 0.1, 5))
patch("int16.nii", "intercept.nii", (112, "ff", 1, -1024))
patch("int16.nii", "no_form.nii", (252, "hh", 0, 0))
patch("int16.nii", "qform_only.nii", (252, "hh", 1, 0))
patch("int16.nii", "sform_only.nii", (252, "hh", 0, 1))
patch("int16.nii", "four_axes_one_phase.nii", (40, "hhhhh", 4, 6, 5, 4, 1))
oblique = rotation(0.3, -0.2, 0.5)
for name, direction in [("oblique", oblique), ("left_handed", np.diag([1, 1, -1])), ("oblique_left_handed", oblique @ np.diag([1, 1, -1])),
                        ("sagittal", [[0, 0, 1], [1, 0, 0], [0, -1, 0]])]:
    write(image(grey.astype("float32"), direction), f"{name}.nii.gz", f"{name}.nrrd", f"{name}.mha")
four = sitk.JoinSeries([whole, whole + 1, whole * 2])
write(four, "four_d.nii.gz", "four_d.nrrd", "four_d.mha")
write(sitk.Compose([whole, whole + 1]), "two_channels.nrrd", "two_channels.nii.gz")
write(sitk.Compose([sitk.Cast(sitk.Abs(whole), sitk.sitkUInt8)] * 3), "rgb.nrrd", "rgb.mha")
write(whole[:, :, 1], "flat.nii.gz", "flat.mha")
broken = grey.astype("float32")
broken[1, 2, 3], broken[2, 0, 0] = np.nan, np.inf
write(image(broken), "not_finite.nii.gz", "not_finite.nii", "not_finite.nrrd", "not_finite.mha")
write(image(broken.astype("float64")), "not_finite64.nii.gz")
labels = np.zeros(size)
labels[1:3, 1:3, 1:4] = 0.0039
write(image(labels.astype("float32")), "label_fraction.nii.gz")

answers = {}
for path in sorted(here.iterdir()):
    if path.suffix not in {".gz", ".nii", ".nrrd", ".mha", ".mhd", ".nhdr", ".hdr"}:
        continue
    made = sitk.ReadImage(str(path))
    answers[path.name] = {
        "pixelType": made.GetPixelIDTypeAsString(), "size": made.GetSize(), "spacing": made.GetSpacing(), "origin": made.GetOrigin(),
        "direction": made.GetDirection(),
        "voxels": [None if not np.isfinite(v) else float(v) for v in sitk.GetArrayFromImage(made).ravel()],
        **({"pointOf123": made.TransformIndexToPhysicalPoint((1, 2, 3))} if made.GetDimension() == 3 else {}),
    }
(here / "simpleitk.json").write_text(json.dumps({"versions": {"SimpleITK": sitk.Version_VersionString(), "numpy": np.__version__}, "images": answers}, separators=(",", ":")) + "\n")
