"""Opens the label maps that Texel wrote of the lesions in answers.json (texel_lesions.nii.gz, texel_lesions.seg.nrrd; the test
lesionFiles.test.ts says that Texel still writes them byte by byte) with SimpleITK and pynrrd, and compares voxels, places and names with
what was put in. Run in this folder: python check.py > check.txt"""
import json

import nrrd
import numpy as np
import SimpleITK as sitk

answers = json.load(open("answers.json"))
image = sitk.ReadImage("image.nii.gz")
print(f"SimpleITK {sitk.Version.VersionString()}, pynrrd {nrrd.__version__}")
for name in ("texel_lesions.nii.gz", "texel_lesions.seg.nrrd"):
    read = sitk.ReadImage(name)
    array = sitk.GetArrayFromImage(read).ravel()
    wrong = sum(int(((array == i + 1) != np.isin(np.arange(array.size), voxels)).sum()) for i, voxels in enumerate(answers["apart"].values()))
    away = max(np.abs(np.array(read.TransformIndexToPhysicalPoint(at)) - image.TransformIndexToPhysicalPoint(at)).max() for at in [(0, 0, 0), (5, 4, 3)])
    print(f"{name}: {read.GetPixelIDTypeAsString()}, {wrong} voxels differ, corners at most {away:.1e} mm from those of the image")
data, header = nrrd.read("texel_lesions.seg.nrrd")
for i in range(3):
    value = int(header[f"Segment{i}_LabelValue"])
    inside = np.argwhere(data == value)
    extent = " ".join(str(int(v)) for axis in range(3) for v in (inside[:, axis].min(), inside[:, axis].max()))
    print(f"segment {i}: label {value}, layer {header[f'Segment{i}_Layer']}, {header[f'Segment{i}_Name']}, extent as drawn: {header[f'Segment{i}_Extent'] == extent}")
