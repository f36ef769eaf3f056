"""Makes the cases of this folder, asks PyRadiomics 3.0.1 for its answers and writes them down.

    python reference/pyradiomics/make.py [PATTERN]

PATTERN (fnmatch over `<case>__<parameters>`) limits the answers that are made anew. Needs PyRadiomics 3.0.1, SimpleITK,
PyWavelets, scipy < 1.17, scikit-image and trimesh. Run from anywhere: paths are relative to this file.
"""
import csv
import fnmatch
import json
import logging
import os
import platform
import re
import sys
import warnings
from pathlib import Path

os.environ.update(OMP_NUM_THREADS="1", ITK_GLOBAL_DEFAULT_NUMBER_OF_THREADS="1")
warnings.simplefilter("ignore")

import numpy
import pywt
import scipy
import SimpleITK as sitk
import skimage
import trimesh
from radiomics import __version__ as pyradiomics_version
from radiomics import featureextractor
from scipy.ndimage import gaussian_filter

sitk.ProcessObject.SetGlobalDefaultNumberOfThreads(1)
here = Path(__file__).resolve().parent
samples = here.parent.parent / "public" / "samples"
versions = {
    "pyradiomics": pyradiomics_version.lstrip("v"),
    "numpy": numpy.__version__,
    "SimpleITK": sitk.Version().VersionString(),
    "PyWavelets": pywt.__version__,
    "scipy": scipy.__version__,
    "scikit-image": skimage.__version__,
    "trimesh": trimesh.__version__,
    "python": platform.python_version(),
}


# ---------------------------------------------------------------- cases

def texture(shape, seed, dtype, low, high, smooth=1.0):
    """Smoothed noise, stretched to [low, high]; shape is (z, y, x)."""
    noise = gaussian_filter(numpy.random.default_rng(seed).standard_normal(shape), smooth)
    scaled = low + (noise - noise.min()) / (noise.max() - noise.min()) * (high - low)
    return (numpy.rint(scaled) if numpy.issubdtype(dtype, numpy.integer) else scaled).astype(dtype)


def ellipsoid(shape, centre, radii, value=1):
    z, y, x = numpy.indices(shape)
    inside = ((z - centre[0]) / radii[0]) ** 2 + ((y - centre[1]) / radii[1]) ** 2 + ((x - centre[2]) / radii[2]) ** 2 <= 1
    return (inside * value).astype("uint8")


def rotation(degrees_x, degrees_y, degrees_z):
    a, b, c = numpy.radians([degrees_x, degrees_y, degrees_z])
    rx = numpy.array([[1, 0, 0], [0, numpy.cos(a), -numpy.sin(a)], [0, numpy.sin(a), numpy.cos(a)]])
    ry = numpy.array([[numpy.cos(b), 0, numpy.sin(b)], [0, 1, 0], [-numpy.sin(b), 0, numpy.cos(b)]])
    rz = numpy.array([[numpy.cos(c), -numpy.sin(c), 0], [numpy.sin(c), numpy.cos(c), 0], [0, 0, 1]])
    return rz @ ry @ rx


def place(array, spacing, origin, direction=numpy.eye(3), vector=False):
    image = sitk.GetImageFromArray(array, isVector=vector)
    image.SetSpacing(spacing)
    image.SetOrigin(origin)
    image.SetDirection(numpy.asarray(direction).ravel().tolist())
    return image


def write_case(name, image, mask):
    folder = here / "cases" / name
    folder.mkdir(parents=True, exist_ok=True)
    for file, what in (("image.nii.gz", image), ("mask.nii.gz", mask)):
        sitk.WriteImage(what, str(folder / file), useCompression=True)


def crop_of_sample(name, margin):
    image, mask = (sitk.ReadImage(str(samples / name / f"{part}.nii.gz")) for part in ("image", "mask"))
    where = numpy.where(sitk.GetArrayFromImage(mask) == 1)
    lower = [max(0, int(axis.min()) - margin) for axis in where][::-1]
    upper = [min(n, int(axis.max()) + margin + 1) for axis, n in zip(where, mask.GetSize()[::-1])][::-1]
    size = [u - l for l, u in zip(lower, upper)]
    return sitk.RegionOfInterest(image, size, lower), sitk.RegionOfInterest(mask, size, lower)


def make_cases():
    shape = (13, 22, 25)
    geometry = ((0.9, 1.1, 2.5), (-12.5, 30.25, -7.75))
    int16 = texture(shape, 1, "int16", -80, 420)
    roi = ellipsoid(shape, (6, 11, 12), (4.2, 6.5, 8.3))
    write_case("int16", place(int16, *geometry), place(roi, *geometry))

    small = (12, 16, 15)
    cube = ((1.0, 1.0, 1.0), (0.0, 0.0, 0.0))
    float32 = texture(small, 2, "float32", -35.5, 61.25)
    small_roi = ellipsoid(small, (5.5, 7.5, 7), (3.6, 5.2, 4.7))
    write_case("float32", place(float32, *cube), place(small_roi, *cube))

    oblique = (*((0.8, 1.3, 2.0), (11.5, -40.0, 88.25)), rotation(17, -24, 33))
    write_case("oblique", place(texture(small, 3, "int16", 0, 900), *oblique), place(small_roi, *oblique))

    left = (*((1.2, 0.7, 1.9), (-3.0, 5.0, 7.0)), numpy.diag([1, 1, -1]))
    write_case("lefthanded", place(texture(small, 4, "uint16", 10, 700), *left), place(small_roi, *left))

    slice_roi = numpy.zeros(shape, "uint8")
    slice_roi[6] = roi[6]
    write_case("oneslice", place(int16, *geometry), place(slice_roi, *geometry))

    column_roi = numpy.zeros(shape, "uint8")
    column_roi[:, :, 12] = roi[:, :, 12]
    write_case("onecolumn", place(int16, *geometry), place(column_roi, *geometry))

    row_roi = numpy.zeros(shape, "uint8")
    row_roi[:, 11, :] = roi[:, 11, :]
    write_case("onerow", place(int16, *geometry), place(row_roi, *geometry))

    # corners that touch, holes and an island: the ambiguous squares of marching squares
    ragged = numpy.zeros(shape, "uint8")
    ragged[6] = texture(shape, 11, "float32", 0, 1, smooth=0.6)[6] > 0.5
    write_case("checker2d", place(int16, *geometry), place(ragged, *geometry))

    thin = numpy.zeros(small, "uint8")
    thin[4:6, 3:13, 5:12] = small_roi[4:6, 3:13, 5:12]
    write_case("thin", place(float32, *cube), place(thin, *cube))

    line = numpy.zeros(small, "uint8")
    line[5, 7, 3:11] = 1
    write_case("line", place(float32, *cube), place(line, *cube))

    point = numpy.zeros(small, "uint8")
    point[5, 7, 6] = 1
    write_case("point", place(float32, *cube), place(point, *cube))

    write_case("empty", place(float32, *cube), place(numpy.zeros(small, "uint8"), *cube))

    border = ellipsoid(small, (0, 7.5, 14), (5.1, 6.2, 7.3))
    write_case("border", place(texture(small, 5, "int16", 100, 300), *geometry), place(border, *geometry))

    full = numpy.ones(small, "uint8")
    write_case("full", place(texture(small, 6, "uint8", 0, 255), *cube), place(full, *cube))
    full[0, 0, 0] = 0
    write_case("nearlyfull", place(texture(small, 6, "uint8", 0, 255), *cube), place(full, *cube))

    two = small_roi + ellipsoid(small, (9, 13, 12), (1.5, 2, 2), 2) * (small_roi == 0)
    two[1, 1, 1] = two[2, 2, 2] = 1  # touches by corners only, apart from the rest: VolumeNum
    write_case("twolabels", place(texture(small, 7, "int16", -50, 50), *geometry), place(two.astype("uint8"), *geometry))

    write_case("label255", place(float32, *cube), place(small_roi * 255, *cube))

    flat = numpy.full(small, 7, "int16")
    flat[0] = texture(small, 8, "int16", 0, 100)[0]
    write_case("flat", place(flat, *cube), place(small_roi, *cube))
    write_case("constant", place(numpy.full(small, 7, "int16"), *cube), place(small_roi, *cube))

    twolevels = (texture(small, 9, "float32", 0, 1) > 0.5).astype("uint8") * 40
    write_case("twolevels", place(twolevels, *cube), place(small_roi, *cube))

    negative = texture(small, 10, "float64", -950.5, -20.125)
    write_case("float64", place(negative, *cube), place(small_roi, *cube))

    fine = ellipsoid((16, 20, 18), (8, 10, 9), (4.4, 6.1, 5.8))
    write_case("othergrid", place(int16, *geometry), place(fine, (1.05, 0.95, 2.1), (-11.0, 31.0, -6.5)))
    write_case("outside", place(int16, *geometry), place(fine, (1.05, 0.95, 2.1), (-31.0, 31.0, -6.5)))
    shifted = (geometry[0], (-12.5, 30.2504, -7.75))
    write_case("shifted", place(int16, *geometry), place(roi, *shifted))

    channels = numpy.stack([small_roi, ellipsoid(small, (5, 6, 8), (2.5, 3.1, 4.4))], axis=-1)
    write_case("vector", place(float32, *cube), place(channels, *cube, vector=True))

    checker = numpy.indices(small).sum(axis=0) % 2 * small_roi
    write_case("checker", place(float32, *cube), place(checker.astype("uint8"), *cube))

    # no voxel has a neighbour: co-occurrence matrices without a pair, of one level and of several
    apart = numpy.zeros(small, "uint8")
    apart[::2, ::2, ::2] = small_roi[::2, ::2, ::2]
    write_case("apart", place(float32, *cube), place(apart, *cube))
    write_case("apartflat", place(numpy.full(small, 7, "int16"), *cube), place(apart, *cube))

    # 35 pairs along x, each apart from the others, whose two levels are independent: (3 + 4) times (1 + 4)
    pairs, levels = numpy.zeros(small, "uint8"), numpy.zeros(small, "int16")
    kinds = [(10, 10)] * 3 + [(10, 30)] * 12 + [(30, 10)] * 4 + [(30, 30)] * 16
    places = [(z, y, x) for z in (2, 4) for y in range(0, 16, 2) for x in (0, 3, 6)]
    for (z, y, x), kind in zip(places, kinds):
        pairs[z, y, x : x + 2] = 1
        levels[z, y, x : x + 2] = kind
    write_case("independent", place(levels, *cube), place(pairs, *cube))

    hole = float32.copy()
    hole[5, 7, 6] = numpy.nan
    write_case("nan", place(hole, *cube), place(small_roi, *cube))

    write_case("breast1crop", *crop_of_sample("breast1", 9))
    write_case("brain1crop", *crop_of_sample("brain1", 4))


# ---------------------------------------------------------------- answers

class Warnings(logging.Handler):
    def __init__(self):
        super().__init__(logging.WARNING)
        self.messages = []

    def emit(self, record):
        message = " ".join(record.getMessage().split())
        if record.levelno == logging.WARNING and message not in self.messages:
            self.messages.append(message)


def answer(case, parameters):
    """@returns {feature: float}, {diagnostics name: text as the batch output writes it}, warnings"""
    sitk.ProcessObject.SetGlobalDefaultCoordinateTolerance(1e-6)  # an earlier geometryTolerance stays set otherwise
    sitk.ProcessObject.SetGlobalDefaultDirectionTolerance(1e-6)
    featureextractor.geometryTolerance = None
    logger = logging.getLogger("radiomics")
    logger.setLevel(logging.WARNING)
    log = Warnings()
    logger.handlers[:] = [log]
    extractor = featureextractor.RadiomicsFeatureExtractor(str(here / "parameters" / f"{parameters}.yaml"))
    folder = here / "cases" / case
    result = extractor.execute(str(folder / "image.nii.gz"), str(folder / "mask.nii.gz"))
    features = {k: float(v) for k, v in result.items() if not k.startswith("diagnostics_")}
    diagnostics = {k: str(v) for k, v in result.items() if k.startswith("diagnostics_")}
    return features, diagnostics, log.messages


def reason(error):
    """What failed, without the source lines and addresses of ITK's own build."""
    lines = [line.strip() for line in str(error.args[0] if error.args else "").splitlines() if line.strip()]
    itk = [line for line in lines if "ERROR" in line]
    return re.sub(r"\(0x[0-9a-f]+\)", "", " ".join(itk or lines))


def make_answers(pattern):
    pairs = [(case, name) for name, cases in json.loads((here / "pairs.json").read_text()).items() for case in cases]
    (here / "answers").mkdir(exist_ok=True)
    failures_file = here / "failures.json"
    failures = json.loads(failures_file.read_text())["failures"] if pattern != "*" and failures_file.exists() else {}
    for case, name in pairs:
        key = f"{case}__{name}"
        if not fnmatch.fnmatch(key, pattern):
            continue
        failures.pop(key, None)
        files = here / "answers" / f"{key}.csv", here / "answers" / f"{key}.json"
        try:
            features, diagnostics, messages = answer(case, name)
        except Exception as error:
            failures[key] = {"type": type(error).__name__, "message": reason(error)}
            for file in files:
                file.unlink(missing_ok=True)
            print(f"{key}: {failures[key]['type']}: {failures[key]['message']}")
            continue
        with open(files[0], "w", newline="") as out:
            writer = csv.writer(out, lineterminator="\n")
            writer.writerow(["feature", "value"])
            writer.writerows((feature, "%.17g" % value) for feature, value in features.items())
        record = {"versions": versions, "warnings": messages, "diagnostics": list(diagnostics.items())}
        files[1].write_text(json.dumps(record, indent=1) + "\n")
        bad = sum(not numpy.isfinite(value) for value in features.values())
        print(f"{key}: {len(features)} features" + (f", {bad} not finite" if bad else "") + (f"; {messages}" if messages else ""))
    failures_file.write_text(json.dumps({"versions": versions, "failures": dict(sorted(failures.items()))}, indent=1) + "\n")


if __name__ == "__main__":
    if len(sys.argv) == 1:
        make_cases()
    make_answers(sys.argv[1] if len(sys.argv) > 1 else "*")
