# wilcoxon.R <doubles, patients by columns> <patients> <columns> <patients of class 1, who come first>
arguments <- commandArgs(TRUE)
library(jsonlite)
patients <- as.integer(arguments[2]); columns <- as.integer(arguments[3]); positives <- as.integer(arguments[4])
values <- matrix(readBin(arguments[1], "double", patients * columns), patients)
ones <- seq_len(positives)
started <- proc.time()[["elapsed"]]
p <- suppressWarnings(apply(values, 2, function(column) wilcox.test(column[ones], column[-ones])$p.value))
answers <- list(list(version = paste("wilcox.test of", R.version.string), seconds = proc.time()[["elapsed"]] - started, p = p))
if (requireNamespace("matrixTests", quietly = TRUE)) {
  x <- t(values[ones, ]); y <- t(values[-ones, ])
  started <- proc.time()[["elapsed"]]
  p <- suppressWarnings(matrixTests::row_wilcoxon_twosample(x, y)$pvalue)
  answers[[2]] <- list(version = paste("matrixTests", packageVersion("matrixTests")), seconds = proc.time()[["elapsed"]] - started, p = p)
}
cat(toJSON(answers, digits = NA, auto_unbox = TRUE))
