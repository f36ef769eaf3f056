# Boruta's default written out in R with ranger (the package Boruta was not at hand): the algorithm of Kursa and Rudnicki 2010
# (J Stat Softw 36(11), section 2), with what the paper leaves open decided as the package decides it, which was looked up in its
# source: shadows of the columns not rejected yet and at least 5 of them, both tests in every run against P below 0.01 after
# Bonferroni over all columns. No code of the package (GPL) is in this file.
# Decisions over 6 seeds on the two tables handed to Boruta.
# Rscript reference/r/boruta.R > reference/r/boruta.json
suppressMessages({ library(ranger); library(jsonlite) })

boruta <- function(x, y, seed, significance = 0.01, maximumRuns = 100) {
  set.seed(seed)
  n <- ncol(x)
  decision <- rep("tentative", n)
  hits <- rep(0, n)
  for (run in seq_len(maximumRuns - 1)) {
    left <- which(decision != "rejected")
    # Doubled until there are 5.
    shadows <- rep(left, 2^max(0, ceiling(log2(5 / length(left)))))
    both <- cbind(as.matrix(x[, left]), sapply(shadows, function(j) sample(x[, j])))
    colnames(both) <- paste0("v", seq_len(ncol(both)))
    importance <- ranger(
      x = as.data.frame(both), y = y, num.trees = 500, importance = "permutation", scale.permutation.importance = TRUE,
      write.forest = FALSE, num.threads = 1, seed = sample.int(1e6, 1))$variable.importance
    own <- seq_along(left)
    hit <- left[importance[own] > max(importance[-own])]
    hits[hit] <- hits[hit] + 1
    open <- decision == "tentative"
    decision[open & p.adjust(pbinom(hits - 1, run, 0.5, lower.tail = FALSE), "bonferroni") < significance] <- "confirmed"
    decision[open & p.adjust(pbinom(hits, run, 0.5), "bonferroni") < significance] <- "rejected"
    if (!any(decision == "tentative")) break
  }
  decision
}

answers <- lapply(c(ispy1 = "ispy1", lung_two_centres = "lung_two_centres"), function(table) {
  d <- read.csv(file.path("reference/statistics", table, "boruta_input.csv"), check.names = FALSE)
  decisions <- sapply(1:6, function(seed) boruta(d[, -1], factor(d$Target), seed))
  lapply(seq_len(nrow(decisions)), function(j) list(
    name = names(d)[j + 1],
    confirmed = sum(decisions[j, ] == "confirmed"),
    tentative = sum(decisions[j, ] == "tentative"),
    rejected = sum(decisions[j, ] == "rejected")))
})
cat(toJSON(answers, auto_unbox = TRUE))
