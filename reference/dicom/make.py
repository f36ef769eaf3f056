"""Makes the DICOM phantoms of this folder (random numbers, no patient), a zip a case, and answers.json: the volumes that each
case holds, with the values and grid that were put in, and what SimpleITK reads where one volume fills the case.
Run in this folder with a Python that has pydicom (with pylibjpeg-openjpeg), numpy and SimpleITK; dcmtk's dcmcjpeg, dcmcjpls, dcmcrle and dcmconv on the path."""
import io
import json
import subprocess
import tempfile
import zipfile
from pathlib import Path

import numpy as np
import pydicom
import SimpleITK as sitk
from pydicom.dataset import Dataset, FileMetaDataset
from pydicom.sequence import Sequence
from pydicom.uid import ExplicitVRLittleEndian, JPEG2000, JPEG2000Lossless

here = Path(__file__).parent
rng = np.random.default_rng(20261123)
MR, CT, PET, ENHANCED_MR = "1.2.840.10008.5.1.4.1.1.4", "1.2.840.10008.5.1.4.1.1.2", "1.2.840.10008.5.1.4.1.1.128", "1.2.840.10008.5.1.4.1.1.4.1"
ROOT = "1.2.826.0.1.3680043.10.9999"
AXIAL = [1, 0, 0, 0, 1, 0]
answers = {}


def pixels(kind="uint16", high=1000):
    return rng.integers(-high if kind == "int16" else 0, high, (5, 6)).astype(kind)


def start(sop, modality, case, number):
    meta = FileMetaDataset()
    meta.MediaStorageSOPClassUID = sop
    meta.MediaStorageSOPInstanceUID = f"{ROOT}.{sum(case.encode())}.{number}"
    meta.TransferSyntaxUID = ExplicitVRLittleEndian
    made = Dataset()
    made.file_meta = meta
    made.SOPClassUID, made.SOPInstanceUID = sop, meta.MediaStorageSOPInstanceUID
    made.Modality, made.PatientID, made.SeriesDescription = modality, "PHANTOM", case
    made.StudyInstanceUID, made.SeriesInstanceUID, made.FrameOfReferenceUID = f"{ROOT}.1", f"{ROOT}.2.{sum(case.encode())}", f"{ROOT}.3"
    made.InstanceNumber = number
    made.SamplesPerPixel, made.PhotometricInterpretation = 1, "MONOCHROME2"
    return made


def put_pixels(made, array):
    made.Rows, made.Columns = array.shape[-2:]
    made.BitsAllocated = made.BitsStored = array.dtype.itemsize * 8
    made.HighBit = made.BitsStored - 1
    made.PixelRepresentation = int(array.dtype.kind == "i")
    made.PixelData = array.tobytes()
    if len(made.PixelData) % 2:
        made.PixelData += b"\0"


def slice_(case, number, array, position, orientation=AXIAL, sop=MR, modality="MR", **attributes):
    made = start(sop, modality, case, number)
    made.ImagePositionPatient = [f"{mm:.6f}" for mm in position]
    made.ImageOrientationPatient = [f"{cosine:.9f}" for cosine in orientation]
    made.PixelSpacing, made.SliceThickness = [0.8, 0.7], 5
    put_pixels(made, array)
    for name, value in attributes.items():
        setattr(made, name, value)
    return made


def content(made):
    buffer = io.BytesIO()
    made.save_as(buffer, enforce_file_format=True)
    return buffer.getvalue()


def pack(case, files, volumes=None, by_simpleitk=False):
    """Files in shuffled order; `volumes` are what must come out."""
    names = sorted(files)
    with zipfile.ZipFile(here / f"{case}.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name, (2026, 1, 1, 0, 0, 0)), files[name], zipfile.ZIP_DEFLATED)
    answer = {"volumes": volumes or []}
    if by_simpleitk:
        with tempfile.TemporaryDirectory() as folder:
            for name in names:
                (Path(folder) / name).write_bytes(files[name])
            ids = sitk.ImageSeriesReader.GetGDCMSeriesIDs(folder)
            assert len(ids) == 1, (case, ids)
            image = sitk.ReadImage(sitk.ImageSeriesReader.GetGDCMSeriesFileNames(folder, ids[0]))
            answer["simpleitk"] = {"pixelType": image.GetPixelIDTypeAsString(), "size": image.GetSize(), "spacing": image.GetSpacing(), "origin": image.GetOrigin(),
                                   "direction": image.GetDirection(), "voxels": sitk.GetArrayFromImage(image).ravel().tolist()}
    answers[case] = answer


def volume(arrays, phase=None):
    return {"phase": phase, "voxels": [float(v) for v in np.stack(arrays).ravel()]}


def stack(case, count=5, position=lambda k: (-10.1, 20.2, 30.3 + 2.1 * k), number=lambda k: k + 1, kind="int16", attributes=lambda k: {}, orientation=AXIAL, **common):
    arrays = [pixels(kind) for _ in range(count)]
    made = [slice_(case, number(k), arrays[k], position(k), orientation, **common, **attributes(k)) for k in range(count)]
    return arrays, made


def named(slices, name=lambda i: f"{(7 * i) % 100:03}.dcm"):
    return {name(i): content(made) for i, made in enumerate(slices)}


# One volume a case
arrays, made = stack("plain")
pack("plain", named(made), [volume(arrays)], True)
row, column = np.array([0.86, 0.41, 0.31]), np.array([-0.47, 0.87, 0.17])
row /= np.linalg.norm(row)
column -= column @ row * row
column /= np.linalg.norm(column)
normal = np.cross(row, column)
arrays, made = stack("oblique", position=lambda k: np.array([-10.1, 20.2, 30.3]) + 2.1 * k * normal, orientation=[*row, *column], number=lambda k: 9 - k)
pack("oblique", named(made), [volume(arrays)], True)
arrays, made = stack("ct", kind="uint16", sop=CT, modality="CT", RescaleSlope=1, RescaleIntercept=-1024)
pack("ct", named(made), [volume([a.astype(float) - 1024 for a in arrays])], True)
arrays, made = stack("mr_slope", kind="uint16", RescaleSlope="2.5", RescaleIntercept="1")
pack("mr_slope", named(made), [volume([a * 2.5 + 1 for a in arrays])], True)
arrays, made = stack("pet", kind="uint16", sop=PET, modality="PT", attributes=lambda k: {"RescaleSlope": f"{0.1 * (k + 1):.1f}", "RescaleIntercept": 0})
pack("pet", named(made), [volume([a * float(f"{0.1 * (k + 1):.1f}") for k, a in enumerate(arrays)])], True)
arrays, made = stack("pet_first_slope_one", kind="uint16", sop=PET, modality="PT", attributes=lambda k: {"RescaleSlope": "1" if k == 0 else f"{0.1 * (k + 1):.1f}", "RescaleIntercept": 0})
pack("pet_first_slope_one", named(made), [volume([a * (1 if k == 0 else float(f"{0.1 * (k + 1):.1f}")) for k, a in enumerate(arrays)])])
arrays, made = stack("slice_times", attributes=lambda k: {"AcquisitionTime": f"10000{k}.5", "ContentTime": f"10010{k}", "TriggerTime": 100 + 30 * k, "AcquisitionNumber": k + 1})
pack("slice_times", named(made), [volume(arrays)], True)
arrays, made = stack("single", count=1)
pack("single", named(made), [volume(arrays)])

# Several volumes in one series
def several(case, count, attributes, phases, slices=4, interleaved=False):
    volumes, files = [], []
    for v in range(count):
        arrays = [pixels("uint16") for _ in range(slices)]
        volumes.append(volume(arrays, phases[v]))
        files += [slice_(case, (k * count + v if interleaved else v * slices + k) + 1, arrays[k], (-10.1, 20.2, 30.3 + 2.1 * k), **attributes(v, k)) for k in range(slices)]
    order = rng.permutation(len(files))
    pack(case, {f"{i:03}.dcm": content(files[j]) for i, j in enumerate(order)}, volumes)


thirds = [f"phase {v + 1} of 3" for v in range(3)]
several("dce_temporal", 3, lambda v, k: {"TemporalPositionIdentifier": v + 1, "NumberOfTemporalPositions": 3}, thirds)
several("dce_acquisition_time", 3, lambda v, k: {"AcquisitionTime": f"1000{v}0", "ContentTime": f"1000{v}{k}"}, thirds)
several("dce_slice_times", 3, lambda v, k: {"AcquisitionTime": f"10{v:02}{3 * k:02}.25"}, thirds, interleaved=True)
several("trigger", 3, lambda v, k: {"TriggerTime": 33.5 * v + 4}, thirds, interleaved=True)
several("echoes", 2, lambda v, k: {"EchoTime": [2.3, 4.6][v], "EchoNumbers": v + 1}, ["echo 1 of 2 (2.3)", "echo 2 of 2 (4.6)"])
several("diffusion", 2, lambda v, k: {"DiffusionBValue": [0.0, 800.0][v]}, ["b-value 0", "b-value 800"])
several("image_types", 2, lambda v, k: {"ImageType": ["ORIGINAL", "PRIMARY", "MP"[v]]}, ["image type ORIGINAL PRIMARY M", "image type ORIGINAL PRIMARY P"])
several("echo_and_phase", 4, lambda v, k: {"EchoTime": [2.3, 4.6][v // 2], "TemporalPositionIdentifier": v % 2 + 1},
        ["echo 1 of 2 (2.3), phase 1 of 2", "echo 1 of 2 (2.3), phase 2 of 2", "echo 2 of 2 (4.6), phase 1 of 2", "echo 2 of 2 (4.6), phase 2 of 2"])
planes = [("axial", AXIAL), ("coronal", [1, 0, 0, 0, 0, -1]), ("sagittal", [0, 1, 0, 0, 0, -1])]
made = [slice_("localiser", i + 1, pixels(), (0, 0, 0), orientation) for i, (_, orientation) in enumerate(planes)]
pack("localiser", named(made), [volume([m.pixel_array], f"part {i + 1} of 3 ({name}, 6 x 5)") for i, (m, (name, _)) in enumerate(zip(made, planes))])
first, second = stack("series_a"), stack("series_b")
text = {"notes/readme.txt": b"no image", "plan.dcm": None}
plan = start("1.2.840.10008.5.1.4.1.1.481.3", "RTSTRUCT", "plan", 1)
text["plan.dcm"] = content(plan)
pack("two_series_and_others", {**{f"a/{n}": c for n, c in named(first[1]).items()}, **{f"b/{n}": c for n, c in named(second[1]).items()}, **text}, [volume(first[0]), volume(second[0])])

# Enhanced multi-frame: geometry, time and rescale of each frame in its functional groups
def enhanced(case, frames):
    made = start(ENHANCED_MR, "MR", case, 1)
    made.ImageType = ["ORIGINAL", "PRIMARY", "M", "NONE"]
    made.NumberOfFrames = len(frames)
    put_pixels(made, np.stack([frame["array"] for frame in frames]))
    shared, measures, plane = Dataset(), Dataset(), Dataset()
    measures.PixelSpacing, measures.SliceThickness = [0.8, 0.7], 5
    plane.ImageOrientationPatient = AXIAL
    shared.PixelMeasuresSequence, shared.PlaneOrientationSequence = Sequence([measures]), Sequence([plane])
    made.SharedFunctionalGroupsSequence = Sequence([shared])
    items = []
    for frame in frames:
        item, where, what, value = Dataset(), Dataset(), Dataset(), Dataset()
        where.ImagePositionPatient = frame["position"]
        what.TemporalPositionIndex = frame["time"]
        value.RescaleSlope, value.RescaleIntercept, value.RescaleType = frame["slope"], frame["intercept"], "US"
        item.PlanePositionSequence, item.FrameContentSequence, item.PixelValueTransformationSequence = Sequence([where]), Sequence([what]), Sequence([value])
        items.append(item)
    made.PerFrameFunctionalGroupsSequence = Sequence(items)
    return made


frames = [{"array": pixels("uint16"), "position": [-10.1, 20.2, 30.3 + 2.1 * k], "time": t, "slope": str(t + 0.5 * k), "intercept": str(k)} for k in range(4) for t in (1, 2)]
order = rng.permutation(len(frames))
expected = [volume([f["array"] * float(f["slope"]) + float(f["intercept"]) for f in frames if f["time"] == t], f"phase {t} of 2") for t in (1, 2)]
pack("enhanced", {"a.dcm": content(enhanced("enhanced", [frames[i] for i in order]))}, expected)

# Bad series
arrays, made = stack("missing", count=6)
pack("missing", named(made[:3] + made[4:]))
arrays, made = stack("doubled")
pack("doubled", named(made + [slice_("doubled", 99, pixels(), (-10.1, 20.2, 30.3 + 2.1 * 2))]))
arrays, made = stack("copied")
pack("copied", named(made + [made[2]]), [volume(arrays)])
arrays, made = stack("uneven", position=lambda k: (-10.1, 20.2, 30.3 + 2.1 * k + (0.4 if k == 3 else 0)))
pack("uneven", named(made))
arrays, made = stack("slightly_uneven", position=lambda k: (-10.1, 20.2, 30.3 + 2.1 * k + (0.05 if k == 3 else 0)))
pack("slightly_uneven", named(made), [volume(arrays)])
arrays, made = stack("tilted", position=lambda k: (-10.1, 20.2 + 0.5 * k, 30.3 + 2.1 * k))
pack("tilted", named(made))
arrays, made = stack("no_position")
for m in made[1:3]:
    del m.ImagePositionPatient
pack("no_position", named(made))
arrays, made = stack("bad_spacing", PixelSpacing=[0.8, -0.7])
pack("bad_spacing", named(made))
arrays, made = stack("cut_off")
files = named(made)
files["007.dcm"] = files["007.dcm"][:-25]
pack("cut_off", files)
arrays, made = stack("colour", count=2)
for m in made:
    m.SamplesPerPixel, m.PhotometricInterpretation, m.PlanarConfiguration = 3, "RGB", 0
    m.BitsAllocated = m.BitsStored = 8
    m.HighBit, m.PixelRepresentation, m.PixelData = 7, 0, bytes(90)
pack("colour", named(made))

# Transfer syntaxes: the same slice in each; lossy ones with the values that pydicom decodes
smooth = (np.add.outer(np.arange(32) ** 2, np.arange(32) * 5) + rng.integers(0, 4, (32, 32))).astype("uint16")
plain = slice_("syntaxes", 1, smooth, (-10.1, 20.2, 30.3))
byte = slice_("syntaxes", 1, (smooth // 5).astype("uint8"), (-10.1, 20.2, 30.3))
with tempfile.TemporaryDirectory() as folder:
    folder = Path(folder)
    (folder / "plain").write_bytes(content(plain))
    (folder / "byte").write_bytes(content(byte))
    run = lambda tool, source, name: subprocess.run([*tool.split(), str(folder / source), str(folder / name)], check=True)
    lossless = ["implicit", "big_endian", "deflated", "rle", "jpeg_lossless", "jpeg_lossless_p14", "jpeg_ls", "jpeg_2000", "bare"]
    run("dcmconv +ti", "plain", "implicit")
    run("dcmconv +tb", "plain", "big_endian")
    run("dcmconv +td", "plain", "deflated")
    run("dcmcrle", "plain", "rle")
    run("dcmcjpeg +e1", "plain", "jpeg_lossless")
    run("dcmcjpeg +el", "plain", "jpeg_lossless_p14")
    run("dcmcjpls", "plain", "jpeg_ls")
    run("dcmcjpeg +eb", "byte", "jpeg_baseline")
    run("dcmconv -F +ti", "plain", "bare")
    j2k = pydicom.dcmread(folder / "plain")
    j2k.compress(JPEG2000Lossless)
    j2k.save_as(folder / "jpeg_2000")
    for name in lossless:
        pack(f"syntax_{name}", {"a.dcm": (folder / name).read_bytes()}, [volume([smooth])])
    baseline = sitk.GetArrayFromImage(sitk.ReadImage(str(folder / "jpeg_baseline"), imageIO="GDCMImageIO"))[0]
    pack("syntax_jpeg_baseline", {"a.dcm": (folder / "jpeg_baseline").read_bytes()}, [volume([baseline])])
    cut = (folder / "jpeg_ls").read_bytes()
    pack("compressed_cut_off", {"a.dcm": cut[:-120]})

versions = {"pydicom": pydicom.__version__, "SimpleITK": sitk.Version_VersionString(), "numpy": np.__version__,
            "dcmtk": subprocess.run(["dcmconv", "--version"], capture_output=True, text=True).stdout.split("\n")[0].strip()}
(here / "answers.json").write_text(json.dumps({"versions": versions, "cases": answers}, separators=(",", ":")) + "\n")
