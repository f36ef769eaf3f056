"""Seconds that SimpleITK takes to find and read every DICOM series below a folder: FOLDER. Prints JSON."""
import json
import os
import sys
import time

import SimpleITK

folder = sys.argv[1]
start, processor = time.perf_counter(), time.process_time()
reader = SimpleITK.ImageSeriesReader()
files = 0
for directory, _, _ in os.walk(folder):
    for series in reader.GetGDCMSeriesIDs(directory):
        names = reader.GetGDCMSeriesFileNames(directory, series)
        reader.SetFileNames(names)
        reader.Execute()
        files += len(names)
print(json.dumps({"seconds": time.perf_counter() - start, "processor": time.process_time() - processor, "files": files, "version": SimpleITK.Version.VersionString()}))
