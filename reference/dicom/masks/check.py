"""Opens the segmentation that Texel wrote on the oblique series (texel_oblique.dcm; the test writeSegmentation.test.ts says that Texel still
writes it byte by byte) with highdicom, and compares voxels, orientation, positions and references with the series and the mask put in.
Run in this folder with a Python that has highdicom: python check.py > check.txt"""
import io
import json
import zipfile

import highdicom as hd
import numpy as np
import pydicom

with zipfile.ZipFile("../oblique.zip") as archive:
    series = [pydicom.dcmread(io.BytesIO(archive.read(name))) for name in archive.namelist()]
image = hd.get_volume_from_series(series)
answers = json.load(open("answers.json"))
put_in = np.zeros(np.prod(answers["size"]), bool)
put_in[answers["cases"]["seg_overlapping"][0]["voxels"]] = True
put_in = put_in.reshape(answers["size"][::-1])

segmentation = hd.seg.segread("texel_oblique.dcm")
volume = segmentation.get_volume(segment_numbers=[1])
described = segmentation.get_segment_description(1)
kind = described.segmented_property_type
print(f"highdicom {hd.__version__}, pydicom {pydicom.__version__}")
print(f"segment 1: {described.segment_label}, {kind.value} {kind.scheme_designator} {kind.meaning}")
print(f"frames {segmentation.NumberOfFrames} of {len(series)} slices; highdicom's volume {volume.shape[:3]}")

# highdicom orders slices of a volume its own way: both are laid on the grid of the series as it reads it.
whole = volume.match_geometry(image)
difference = np.abs(whole.affine - image.affine).max()
print(f"largest difference of the affine matrices (mm): {difference:.1e}")
normal = np.cross(*(np.array(series[0].ImageOrientationPatient, float).reshape(2, 3)))
along = sorted(series, key=lambda one: np.dot(one.ImagePositionPatient, normal))
read = segmentation.get_pixels_by_source_instance([one.SOPInstanceUID for one in along], segment_numbers=[1], ignore_spatial_locations=True,
                                                  assert_missing_frames_are_empty=True)[..., 0]
print(f"by source instance: {int(read.sum())} voxels inside, {int((read.astype(bool) != put_in).sum())} differ from the mask put in")

wrong = 0
for k, j, i in np.argwhere(put_in):
    at = np.array(along[k].ImagePositionPatient, float) + i * float(along[k].PixelSpacing[1]) * np.array(along[k].ImageOrientationPatient[:3], float) \
        + j * float(along[k].PixelSpacing[0]) * np.array(along[k].ImageOrientationPatient[3:], float)
    index = whole.map_reference_to_indices(at[None], round_output=True)[0]
    wrong += whole.array[tuple(index)].item() != 1
print(f"by position in the patient: {int(whole.array.sum())} voxels inside, {wrong} of {int(put_in.sum())} not where they were drawn")
print(f"same patient, study and frame of reference: {segmentation.PatientID == series[0].PatientID}, "
      f"{segmentation.StudyInstanceUID == series[0].StudyInstanceUID}, {segmentation.FrameOfReferenceUID == series[0].FrameOfReferenceUID}")
assert not wrong and difference < 1e-4 and (read.astype(bool) == put_in).all()
