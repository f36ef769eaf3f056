"""Makes DICOM segmentations (highdicom) and structure sets (pydicom) on the series ../oblique.zip, random and drawn regions without
any patient, and answers.json: the voxels of every region, x fastest, slices along the normal of the series.
Run in this folder with a Python that has highdicom, pydicom, numpy and scikit-image."""
import io
import json
import zipfile
from pathlib import Path

import highdicom as hd
import numpy as np
import pydicom
import skimage
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.sr.codedict import codes
from pydicom.uid import ExplicitVRLittleEndian, ImplicitVRLittleEndian
from skimage.measure import points_in_poly

here = Path(__file__).parent
ROOT = "1.2.826.0.1.3680043.10.9999.7"
answers = {}


def series(name):
    with zipfile.ZipFile(here.parent / f"{name}.zip") as archive:
        slices = [pydicom.dcmread(io.BytesIO(archive.read(member))) for member in archive.namelist()]
    for image in slices:
        for keyword in ("PatientName", "PatientBirthDate", "PatientSex", "StudyDate", "StudyTime", "StudyID", "AccessionNumber", "ReferringPhysicianName"):
            if keyword not in image:
                setattr(image, keyword, "")
        image.PatientID, image.SeriesNumber = "PHANTOM", 1
    row, column = np.array(slices[0].ImageOrientationPatient[:3], float), np.array(slices[0].ImageOrientationPatient[3:], float)
    normal = np.cross(row, column)
    return sorted(slices, key=lambda image: np.dot(image.ImagePositionPatient, normal))


source = series("oblique")
size = (len(source), source[0].Rows, source[0].Columns)
rng = np.random.default_rng(6)


def voxels(region):
    return np.flatnonzero(region).tolist()


def description(number, label, kind=codes.SCT.Neoplasm):
    return hd.seg.SegmentDescription(
        segment_number=number, segment_label=label, segmented_property_category=codes.SCT.MorphologicallyAbnormalStructure,
        segmented_property_type=kind, algorithm_type=hd.seg.SegmentAlgorithmTypeValues.MANUAL)


def segmentation(name, pixels, labels, kind=hd.seg.SegmentationTypeValues.BINARY, **options):
    made = hd.seg.Segmentation(
        source_images=source, pixel_array=pixels, segmentation_type=kind, segment_descriptions=[description(i + 1, label) for i, label in enumerate(labels)],
        series_instance_uid=f"{ROOT}.{len(answers)}.1", series_number=100, sop_instance_uid=f"{ROOT}.{len(answers)}.2", instance_number=1,
        manufacturer="made", manufacturer_model_name="make.py", software_versions="1", device_serial_number="1", series_description=name, **options)
    made.save_as(here / f"{name}.dcm")
    return made


# Binary: two that overlap, and one without a voxel. Slices 0 and 4 are left out of the file, as is usual.
core, whole = np.zeros(size, bool), np.zeros(size, bool)
whole[1:4, 1:4, 1:6] = rng.random((3, 3, 5)) < 0.8
core[2:4, 1:4, 2:4] = rng.random((2, 3, 2)) < 0.7
segments = {"Whole tumour": whole, "Core": core, "Empty one": np.zeros(size, bool)}
segmentation("seg_overlapping", np.stack(list(segments.values()), -1).astype("uint8"), segments)
answers["seg_overlapping"] = [{"name": name, "voxels": voxels(region)} for name, region in segments.items()]

# Regions in every second slice: what is between them is known from SpacingBetweenSlices only
apart = np.zeros(size, bool)
apart[[0, 2], 1:3, 1:3] = True
segmentation("seg_gap", apart.astype("uint8"), ["Apart"])
answers["seg_gap"] = [{"name": "Apart", "voxels": voxels(apart)}]

# A probability a voxel: at least half is inside
probability = np.where(whole, rng.uniform(0.6, 1, size), rng.uniform(0, 0.4, size) * core)
segmentation("seg_fractional", probability, ["Likely"], hd.seg.SegmentationTypeValues.FRACTIONAL,
             fractional_type=hd.seg.SegmentationFractionalTypeValues.PROBABILITY)
answers["seg_fractional"] = [{"name": "Likely", "voxels": voxels(probability > 0.5)}]

# The newer kind, with a number a voxel
labelmap = np.where(core, 2, np.where(whole, 1, 0)).astype("uint8")
segmentation("seg_labelmap", labelmap, ["Rim", "Core"], hd.seg.SegmentationTypeValues.LABELMAP)
answers["seg_labelmap"] = [{"name": name, "voxels": voxels(labelmap == i + 1)} for i, name in enumerate(["Rim", "Core"])]

nothing = segmentation("seg_empty", np.zeros(size, "uint8"), ["Nothing"], omit_empty_frames=False)
answers["seg_empty"] = [{"name": "Nothing", "voxels": []}]


def to_patient(points, slice_index):
    """(column, row) of continuous indices -> mm."""
    image = source[0]
    row, column = np.array(image.ImageOrientationPatient[:3], float), np.array(image.ImageOrientationPatient[3:], float)
    along = (np.array(source[-1].ImagePositionPatient, float) - np.array(image.ImagePositionPatient, float)) / (len(source) - 1)
    dy, dx = (float(mm) for mm in image.PixelSpacing)
    return [np.array(image.ImagePositionPatient, float) + x * dx * row + y * dy * column + slice_index * along for x, y in points]


def contour(points, slice_index, kind="CLOSED_PLANAR", reference=True):
    made = Dataset()
    if reference and slice_index == int(slice_index):
        image = Dataset()
        image.ReferencedSOPClassUID, image.ReferencedSOPInstanceUID = source[int(slice_index)].SOPClassUID, source[int(slice_index)].SOPInstanceUID
        made.ContourImageSequence = Sequence([image])
    made.ContourGeometricType, made.NumberOfContourPoints = kind, len(points)
    made.ContourData = [f"{mm:.6f}" for point in to_patient(points, slice_index) for mm in point]
    return made


def structures(name, rois, syntax=ExplicitVRLittleEndian, sequences=True):
    """rois: name -> list of (points, slice, kind)."""
    sop = "1.2.840.10008.5.1.4.1.1.481.3"
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID, meta.MediaStorageSOPInstanceUID, meta.TransferSyntaxUID = sop, f"{ROOT}.{len(answers)}.3", syntax
    made = Dataset()
    made.file_meta = meta
    made.SOPClassUID, made.SOPInstanceUID, made.Modality, made.PatientID = sop, meta.MediaStorageSOPInstanceUID, "RTSTRUCT", "PHANTOM"
    made.StudyInstanceUID, made.SeriesInstanceUID = source[0].StudyInstanceUID, f"{ROOT}.{len(answers)}.4"
    made.StructureSetLabel, made.SeriesDescription = name[:16], name
    if sequences:
        frame, study, referenced = Dataset(), Dataset(), Dataset()
        referenced.SeriesInstanceUID = source[0].SeriesInstanceUID
        study.ReferencedSOPClassUID, study.ReferencedSOPInstanceUID = "1.2.840.10008.3.1.2.3.1", source[0].StudyInstanceUID
        study.RTReferencedSeriesSequence = Sequence([referenced])
        frame.FrameOfReferenceUID, frame.RTReferencedStudySequence = source[0].FrameOfReferenceUID, Sequence([study])
        made.ReferencedFrameOfReferenceSequence = Sequence([frame])
        made.StructureSetROISequence, made.ROIContourSequence = Sequence([]), Sequence([])
        for number, (roi, contours) in enumerate(rois.items(), 1):
            named, drawn = Dataset(), Dataset()
            named.ROINumber, named.ROIName, named.ReferencedFrameOfReferenceUID = 3 * number, roi, source[0].FrameOfReferenceUID
            named.ROIGenerationAlgorithm = "MANUAL"
            drawn.ReferencedROINumber = 3 * number
            if contours:
                drawn.ContourSequence = Sequence([contour(*one) for one in contours])
            made.StructureSetROISequence.append(named)
            made.ROIContourSequence.append(drawn)
    made.save_as(here / f"{name}.dcm", enforce_file_format=True)
    answers[name] = [{"name": roi, "number": 3 * number, "voxels": filled(contours)} for number, (roi, contours) in enumerate(rois.items(), 1)]


def filled(contours):
    """By scikit-image, contour by contour; what is enclosed twice is outside."""
    inside = np.zeros(size, bool)
    centres = np.array([(x, y) for y in range(size[1]) for x in range(size[2])], float)
    for points, slice_index, *kind in contours:
        if not kind and slice_index == int(slice_index):
            inside[int(slice_index)] ^= points_in_poly(centres, np.array(points)).reshape(size[1:])
    return voxels(inside)


outer, hole = [(0.4, 0.3), (5.3, 0.6), (4.8, 4.2), (0.6, 3.7)], [(1.6, 1.4), (3.4, 1.7), (3.3, 2.6), (1.7, 2.4)]
drawn = {
    "GTV": [(outer, 1), (hole, 1), (outer, 2), ([(0.7, 0.6), (2.2, 0.8), (1.4, 2.3)], 3), ([(3.3, 2.4), (5.4, 2.7), (4.6, 4.4)], 3)],
    "Knoten links": [([(2.6, 0.7), (5.2, 1.3), (3.7, 3.6)], 2)],
    "Marker": [([(2, 2)], 2, "POINT")],
    "Not drawn": [],
}
structures("rtstruct", drawn)
structures("rtstruct_implicit", drawn, ImplicitVRLittleEndian)
structures("rtstruct_off_plane", {"Between slices": [(outer, 1.5), (outer, 2.5)]})
structures("rtstruct_one_off_plane", {"Between slices": [(outer, 1.5)], "In a slice": [(outer, 2)]})
structures("rtstruct_no_contours", {"Not drawn": []})
structures("rtstruct_bare", {}, sequences=False)

versions = {"highdicom": hd.__version__, "pydicom": pydicom.__version__, "scikit-image": skimage.__version__, "numpy": np.__version__}
(here / "answers.json").write_text(json.dumps({"versions": versions, "size": size[::-1], "cases": answers}, separators=(",", ":")) + "\n")
