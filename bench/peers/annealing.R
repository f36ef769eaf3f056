# annealing.R <reference table> <fold of each row, a digit each> <cores>: caret's safs with rfSA on the given folds.
arguments <- commandArgs(TRUE)
suppressMessages({ library(caret); library(jsonlite) })
cores <- as.integer(arguments[3])
if (cores > 1) { suppressMessages(library(doParallel)); registerDoParallel(cores = cores) }
folder <- paste0("reference/statistics/", arguments[1])
table <- read.csv(file.path(folder, "boruta_input.csv"), check.names = FALSE)
x <- table[, fromJSON(file.path(folder, "annealing.json"))$candidates]
y <- factor(table$Target)
fold <- as.integer(strsplit(arguments[2], "")[[1]])
index <- lapply(sort(unique(fold)), function(k) which(fold != k))
set.seed(1)
started <- proc.time()
run <- safs(x, y, iters = 30, differences = FALSE,
  safsControl = safsControl(functions = rfSA, method = "cv", index = index, improve = 15, allowParallel = cores > 1))
seconds <- proc.time() - started
cat(toJSON(list(version = paste("caret", packageVersion("caret")), seconds = seconds[["elapsed"]],
  cpuSeconds = sum(seconds[c("user.self", "sys.self", "user.child", "sys.child")]), averages = run$averages$Accuracy,
  optIter = run$optIter, kept = length(run$optVariables)), digits = NA, auto_unbox = TRUE))
