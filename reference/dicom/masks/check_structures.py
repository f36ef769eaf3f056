"""Opens the structure set that Texel wrote on the oblique series (texel_rtstruct_oblique.dcm; the test writeStructures.test.ts says that
Texel still writes it byte by byte) with pydicom, fills its contours with scikit-image, and compares voxels, planes and references with
the series and the mask put in. Run in this folder with a Python that has pydicom and scikit-image: python check_structures.py > check_structures.txt"""
import io
import zipfile

import numpy as np
import pydicom
import skimage
from skimage.measure import grid_points_in_poly

with zipfile.ZipFile("../oblique.zip") as archive:
    series = [pydicom.dcmread(io.BytesIO(archive.read(name))) for name in archive.namelist()]
row, column = np.array(series[0].ImageOrientationPatient, float).reshape(2, 3)
normal = np.cross(row, column)
series.sort(key=lambda one: np.dot(np.array(one.ImagePositionPatient, float), normal))
shape = (len(series), series[0].Rows, series[0].Columns)
put_in = ((7919 * np.arange(np.prod(shape))) % 13 < 8).reshape(shape)

structures = pydicom.dcmread("texel_rtstruct_oblique.dcm")
print(f"pydicom {pydicom.__version__}, scikit-image {skimage.__version__}")
print(f"{structures.SOPClassUID.name}, {structures.file_meta.TransferSyntaxUID.name}")
[roi] = structures.StructureSetROISequence
[drawn] = structures.ROIContourSequence
print(f"structure {roi.ROINumber}: {roi.ROIName}, {len(drawn.ContourSequence)} contours, colour {list(drawn.ROIDisplayColor)}")

filled = np.zeros(shape, bool)
off_plane = 0.0
by_uid = {one.SOPInstanceUID: k for k, one in enumerate(series)}
for contour in drawn.ContourSequence:
    assert contour.ContourGeometricType == "CLOSED_PLANAR"
    points = np.array(contour.ContourData, float).reshape(-1, 3)
    assert len(points) == contour.NumberOfContourPoints
    [image] = contour.ContourImageSequence
    assert image.ReferencedSOPClassUID == series[0].SOPClassUID
    k = by_uid[image.ReferencedSOPInstanceUID]
    from_first = points - np.array(series[k].ImagePositionPatient, float)
    off_plane = max(off_plane, np.abs(from_first @ normal).max())
    # Rows and columns of the voxels' centres are whole numbers.
    at = np.stack([from_first @ column / float(series[k].PixelSpacing[0]), from_first @ row / float(series[k].PixelSpacing[1])], axis=1)
    filled[k] ^= grid_points_in_poly(shape[1:], at)
differ = int((filled != put_in).sum())
print(f"filled by scikit-image: {int(filled.sum())} voxels inside of {int(put_in.sum())} put in, {differ} differ")
print(f"farthest point from the plane of its slice (mm): {off_plane:.1e}")
[frame] = structures.ReferencedFrameOfReferenceSequence
[study] = frame.RTReferencedStudySequence
[referred] = study.RTReferencedSeriesSequence
same = [structures.PatientID == series[0].PatientID, structures.StudyInstanceUID == series[0].StudyInstanceUID == study.ReferencedSOPInstanceUID,
        referred.SeriesInstanceUID == series[0].SeriesInstanceUID,
        frame.FrameOfReferenceUID == roi.ReferencedFrameOfReferenceUID == series[0].FrameOfReferenceUID,
        {one.ReferencedSOPInstanceUID for one in referred.ContourImageSequence} == set(by_uid)]
print(f"same patient, study, series, frame of reference and slices: {', '.join(map(str, same))}")
assert differ == 0 and off_plane < 1e-4 and all(same)
