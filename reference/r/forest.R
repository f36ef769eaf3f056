# Importances of randomForest and ranger, and randomForest's class weights, on the two tables handed to Boruta: mean and SD over 20 seeds.
# Rscript reference/r/forest.R > reference/r/forest.json
suppressMessages({ library(randomForest); library(ranger); library(jsonlite) })
over <- function(draws) list(mean = apply(draws, 1, mean), sd = apply(draws, 1, sd))
seeds <- 1:20
answers <- lapply(c(ispy1 = "ispy1", lung_two_centres = "lung_two_centres"), function(table) {
  d <- read.csv(file.path("reference/statistics", table, "boruta_input.csv"), check.names = FALSE)
  x <- d[, -1]
  y <- factor(d$Target)
  forests <- lapply(seeds, function(s) { set.seed(s); randomForest(x, y, ntree = 500, importance = TRUE) })
  permuted <- sapply(seeds, function(s)
    ranger(x = x, y = y, num.trees = 500, importance = "permutation", seed = s, num.threads = 1)$variable.importance)
  scaled <- sapply(seeds, function(s)
    ranger(x = x, y = y, num.trees = 500, importance = "permutation", scale.permutation.importance = TRUE, seed = s, num.threads = 1)$variable.importance)
  # A case of class 1 weighs 3.1 times one of class 0 (randomForest's classwt is a prior, shared by the cases of the class);
  # at 3 times leaves tie, and the last bits of its weights then favour one class.
  # Without replacement its nodesize counts the same cases as ranger's and ours.
  weighted <- sapply(seeds, function(s) {
    set.seed(s)
    f <- randomForest(x, y, ntree = 500, replace = FALSE, sampsize = floor(0.632 * nrow(x)), nodesize = 20, classwt = table(y) * c(1, 3.1))
    mean(f$votes[, "1"])
  })
  list(
    features = names(x),
    randomForest = list(
      accuracy = over(sapply(forests, function(f) randomForest::importance(f, type = 1, scale = FALSE)[, 1])),
      standardError = over(sapply(forests, function(f) f$importanceSD[, "MeanDecreaseAccuracy"])),
      gini = over(sapply(forests, function(f) randomForest::importance(f, type = 2)[, 1]))),
    ranger = list(permutation = over(permuted), scaled = over(scaled)),
    # Mean over the patients of the share of out-of-bag votes for class 1.
    weightedVotes = list(mean = mean(weighted), sd = sd(weighted)))
})
cat(toJSON(answers, digits = NA, auto_unbox = TRUE))
