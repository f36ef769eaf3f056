"""Answers of scikit-learn on pROC's aSAH data (../statistics/asah.csv) for what pROC does not give.

python reference/python/classification.py > reference/python/classification.json (scikit-learn, scipy; from the project's folder)
"""
import csv, json, sys
import numpy as np
from scipy.integrate import quad
from sklearn import __version__, metrics

rows = list(csv.DictReader(open('reference/statistics/asah.csv')))
y = np.array([int(row['outcome']) for row in rows])
roc = json.load(open('reference/statistics/roc.json'))['curves']


def area(y, score):
    """Area of the precision-recall curve by numerical integration of Davis and Goadrich's interpolation."""
    points = [(0, 0)] + [(int((y[score >= t] == 1).sum()), int((y[score >= t] == 0).sum())) for t in sorted(set(score), reverse=True)]
    total = 0.0
    for i, ((a, fa), (b, fb)) in enumerate(zip(points, points[1:])):
        if b > a:
            slope = (fb - fa) / (b - a)
            total += quad(lambda x: 1 / (1 + slope) if i == 0 else x / (x + fa + slope * (x - a)), a, b, epsabs=1e-13, epsrel=1e-13)[0]
    return total / y.sum()


answers = {'version': __version__, 'markers': {}}
for marker, reference in roc.items():
    score = np.array([float(row[marker]) for row in rows])
    called = (score >= reference['youden']['threshold']).astype(int)
    precision, recall, thresholds = metrics.precision_recall_curve(y, score)
    answers['markers'][marker] = {
        'f1': metrics.f1_score(y, called), 'mcc': metrics.matthews_corrcoef(y, called),
        'balancedAccuracy': metrics.balanced_accuracy_score(y, called),
        'averagePrecision': metrics.average_precision_score(y, score), 'area': area(y, score),
        'precision': precision.tolist(), 'recall': recall.tolist(), 'thresholds': thresholds.tolist(),
    }
json.dump(answers, sys.stdout)
