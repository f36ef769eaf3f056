# How many of 15 columns of noise caret's rfe keeps (random forests, 5 folds, 100 patients, 40 positive; 20 tables), by the best
# size and by pickSizeTolerance. docs/elimination.md has the answer.
# TZ=UTC Rscript reference/r/eliminationNoise.R
suppressMessages({library(caret); library(randomForest); library(pROC); library(jsonlite)})
functions <- rfFuncs
functions$summary <- twoClassSummary
kept <- sapply(1:20, function(seed) {
  set.seed(seed)
  x <- as.data.frame(matrix(rnorm(100 * 15), 100))
  y <- factor(sample(rep(c("no", "yes"), c(60, 40))), levels = c("yes", "no"))
  folds <- createFolds(y, 5)
  index <- lapply(folds, function(out) setdiff(seq_along(y), out))
  result <- rfe(x, y, sizes = c(1, 2, 4, 8), metric = "ROC", ntree = 500,
    rfeControl = rfeControl(functions = functions, method = "cv", index = index, allowParallel = FALSE))
  c(best = result$bestSubset, tolerance = pickSizeTolerance(result$results, "ROC", maximize = TRUE))
})
count <- function(sizes) as.list(table(sizes))
cat(toJSON(list(caret = as.character(packageVersion("caret")), randomForest = as.character(packageVersion("randomForest")),
  best = count(kept["best", ]), tolerance = count(kept["tolerance", ])), auto_unbox = TRUE))
