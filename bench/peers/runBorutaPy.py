"""runBorutaPy.py <CSV with Target first> <maximum of runs>: BorutaPy as the reference was made, one thread."""
import csv
import json
import sys
import time
from importlib.metadata import version

import numpy as np
from boruta import BorutaPy
from sklearn.ensemble import RandomForestClassifier

with open(sys.argv[1]) as file:
    rows = np.array([[float(cell) for cell in row] for row in list(csv.reader(file))[1:]])
outcome, values = rows[:, 0].astype(int), rows[:, 1:]
forest = RandomForestClassifier(n_jobs=1)
selector = BorutaPy(forest, n_estimators=500, perc=100, alpha=0.05, two_step=False, max_iter=int(sys.argv[2]), random_state=1)
started = time.process_time()
selector.fit(values, outcome)
seconds = time.process_time() - started
history = selector.importance_history_[1:]
print(json.dumps({
    "version": f"BorutaPy {version('boruta')}, scikit-learn {version('scikit-learn')}",
    "seconds": seconds,
    "runs": len(history),
    "columnRuns": int(np.nansum(history > 0)),
    "confirmed": int(selector.support_.sum()),
}))
