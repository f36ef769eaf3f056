# The band of a ROC curve as pROC draws it, on the aSAH data that pROC ships (GPL: for tests only, never part of what is built).
# Rscript reference/r/rocBand.R > reference/r/rocBand.json
suppressMessages(library(pROC))
library(jsonlite)
data(aSAH)
aSAH$outcome <- ifelse(aSAH$outcome == "Poor", 1, 0)
aSAH$wfns <- as.numeric(aSAH$wfns)
set.seed(2026)
specificities <- c(0, 0.1, 0.25, 0.5, 0.75, 0.8, 0.9, 0.95, 1)
band <- function(marker) {
  curve <- roc(aSAH$outcome, aSAH[[marker]], levels = c(0, 1), direction = "<", quiet = TRUE)
  found <- ci.se(curve, specificities = specificities, boot.n = 10000, progress = "none")
  list(lower = found[, 1], upper = found[, 3])
}
cat(toJSON(
  list(R = R.version.string, pROC = as.character(packageVersion("pROC")), specificities = specificities,
       bands = sapply(c("s100b", "ndka", "wfns"), band, simplify = FALSE)),
  auto_unbox = TRUE, digits = 10, pretty = TRUE))
