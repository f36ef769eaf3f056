"""mRMR on the reference tables: FCQ by the package mrmr_selection; the other variants by a greedy search written here on
scikit-learn's and numpy's measures. python reference/python/mrmr_order.py > reference/python/mrmr_order.json"""
import json
from importlib.metadata import version

import numpy as np
import pandas as pd
from sklearn.feature_selection import f_classif
from sklearn.metrics import mutual_info_score
from mrmr import mrmr_classif

KEEP = 10


def greedy(relevance, redundancy, quotient):
    chosen = []
    left = list(range(len(relevance)))
    while left and len(chosen) < KEEP:
        def score(j):
            if not chosen:
                return relevance[j]
            mean = np.mean([redundancy[j][k] for k in chosen])
            return relevance[j] / max(mean, 0.001) if quotient else relevance[j] - mean
        best = max(left, key=score)
        chosen.append(best)
        left.remove(best)
    return chosen


answers = {"mrmr_selection": version("mrmr_selection"), "keep": KEEP, "tables": {}}
for name in ["ispy1", "lung_two_centres"]:
    table = pd.read_csv(f"reference/statistics/{name}/boruta_input.csv")
    y = table.pop("Target")
    columns = list(table.columns)
    answer = {"F": dict(zip(columns, map(float, f_classif(table, y)[0]))), "order": {}}
    answer["order"]["F and correlation, quotient"] = mrmr_classif(table, y, KEEP, n_jobs=1, show_progress=False)
    absolute = table.corr().abs().to_numpy()
    f = np.array(list(answer["F"].values()))
    answer["order"]["F and correlation, difference"] = [columns[j] for j in greedy(f, np.maximum(absolute, 0.001), False)]
    information = lambda r: -0.5 * np.log(1 - np.minimum(r**2, 1 - 1e-12))
    relevance = information(table.corrwith(y).to_numpy())
    binned = [np.searchsorted(np.quantile(table[c], np.arange(1, 5) / 5), table[c], side="left") for c in columns]
    between = [[mutual_info_score(a, b) for b in binned] for a in binned]
    with_outcome = [mutual_info_score(a, y) for a in binned]
    for scheme in ["quotient", "difference"]:
        quotient = scheme == "quotient"
        answer["order"][f"correlation information, {scheme}"] = [columns[j] for j in greedy(relevance, information(absolute), quotient)]
        answer["order"][f"binned information, {scheme}"] = [columns[j] for j in greedy(with_outcome, between, quotient)]
    answer["correlation information"] = dict(zip(columns, map(float, relevance)))
    answer["binned information"] = dict(zip(columns, map(float, with_outcome)))
    answers["tables"][name] = answer
print(json.dumps(answers, indent=1))
