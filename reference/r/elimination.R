# caret's rfe with logistic regression (nothing random once the folds are given), with and without ranking anew at each size.
# Rscript reference/r/elimination.R > reference/r/elimination.json
suppressMessages({library(caret); library(jsonlite)})
run <- function(name, columns, rerank) {
  table <- read.csv(paste0("reference/statistics/", name, "/boruta_input.csv"), check.names = FALSE)
  x <- table[, 1 + seq_len(columns)]
  names(x) <- paste0("c", seq_len(columns))
  y <- factor(ifelse(table$Target == 1, "yes", "no"))
  fold <- (seq_along(y) - 1) %% 5
  index <- lapply(0:4, function(k) which(fold != k))
  functions <- lrFuncs
  result <- rfe(x, y, sizes = c(1, 2, 3, 5), metric = "Accuracy",
    rfeControl = rfeControl(functions = functions, method = "cv", index = index, rerank = rerank, allowParallel = FALSE, returnResamp = "all"))
  list(table = name, columns = columns, rerank = rerank, sizes = result$results$Variables, accuracy = result$results$Accuracy,
    size = result$bestSubset, order = as.integer(sub("c", "", result$optVariables)) - 1)
}
cases <- list(run("ispy1", 8, FALSE), run("ispy1", 8, TRUE), run("lung_two_centres", 12, FALSE), run("lung_two_centres", 12, TRUE))
cat(toJSON(list(caret = as.character(packageVersion("caret")), cases = cases), digits = NA, auto_unbox = TRUE))
