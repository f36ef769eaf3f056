# caret's safs with rfSA on the candidates of the reference tables, ten seeds: held-out Accuracy, and size, at each iteration.
# Rscript reference/r/annealing_seeds.R > reference/r/annealing_seeds.json
suppressMessages({library(caret); library(jsonlite)})
runs <- function(name) {
  table <- read.csv(paste0("reference/statistics/", name, "/boruta_input.csv"), check.names = FALSE)
  candidates <- fromJSON(paste0("reference/statistics/", name, "/annealing.json"))$candidates
  x <- table[, candidates]
  y <- factor(table$Target)
  lapply(1:10, function(seed) {
    set.seed(seed)
    run <- safs(x, y, iters = 30, differences = FALSE,
      safsControl = safsControl(functions = rfSA, method = "cv", number = 5, improve = 15, allowParallel = FALSE))
    list(seed = seed, optIter = run$optIter, kept = length(run$optVariables), averages = run$averages$Accuracy)
  })
}
cat(toJSON(list(caret = as.character(packageVersion("caret")), randomForest = as.character(packageVersion("randomForest")),
  tables = list(ispy1 = runs("ispy1"), lung_two_centres = runs("lung_two_centres"))), digits = NA, auto_unbox = TRUE))
