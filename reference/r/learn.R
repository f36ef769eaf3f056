# What the screens Select, Train and Evaluate show beside what stood there before, on the aSAH data that pROC ships (GPL: for tests only, never
# part of what is built) and on made data: order of complete linkage, nomogram, covariance of a logistic regression, permutation importance,
# out-of-bag error by trees, McNemar's test, AUC against one half, interval of the average precision.
# Rscript reference/r/learn.R > reference/r/learn.json
suppressMessages({library(pROC); library(rms); library(randomForest)})
library(jsonlite)
data(aSAH)
aSAH$outcome <- ifelse(aSAH$outcome == "Poor", 1, 0)
aSAH$wfns <- as.numeric(aSAH$wfns)

# Complete linkage of 1 - |rho|: three blocks of columns that hang together, and some that do not.
set.seed(5)
blocks <- matrix(rnorm(60 * 3), 60)
columns <- cbind(blocks[, c(1, 2, 3, 1, 2, 3, 1)] * rep(c(1, 1, 1, -1, 1, 1, 1), each = 60) + 0.4 * matrix(rnorm(60 * 7), 60), matrix(rnorm(60 * 5), 60))
columns <- round(columns, 3)
rho <- cor(columns, method = "spearman")
linkage <- list(columns = columns, rho = rho, order = hclust(as.dist(1 - abs(rho)), method = "complete")$order - 1)

# A nomogram of two markers with the ranges of the data; points of rms are rounded nowhere in what it returns.
dd <- datadist(aSAH[, c("s100b", "ndka")])
dd$limits["Low:prediction", ] <- c(0.04, 3)
dd$limits["High:prediction", ] <- c(2.07, 419.19)
options(datadist = "dd")
fit <- lrm(outcome ~ s100b + ndka, data = aSAH)
nom <- nomogram(fit, s100b = c(0.04, 0.5, 1, 1.5, 2.07), ndka = c(3, 100, 200, 300, 419.19), fun = plogis, fun.at = c(0.3, 0.5, 0.7, 0.9), maxscale = 100)
plain <- glm(outcome ~ s100b + ndka, data = aSAH, family = binomial)
at <- predict(plain, data.frame(s100b = 0.5, ndka = 10), se.fit = TRUE)
nomogram <- list(coefficients = unname(coef(fit)), s100b = nom$s100b$points, ndka = nom$ndka$points,
                 total = unname(nom[["total.points"]]$x), lp = nom$lp$x, lp_at = nom$lp$x.real,
                 covariance = unname(vcov(plain)), eta = unname(at$fit), se = unname(at$se.fit))

# Expected AUC when a column is shuffled among the rows: each pair of rows is equally likely to have any two different values.
expected <- function(name) {
  n <- nrow(aSAH)
  eta <- coef(plain)[1] + coef(plain)["s100b"] * aSAH$s100b + coef(plain)["ndka"] * aSAH$ndka
  own <- coef(plain)[name] * aSAH[[name]]
  rest <- eta - own
  ones <- which(aSAH$outcome == 1); zeros <- which(aSAH$outcome == 0)
  # Differences of two different rows' values.
  gaps <- outer(own, own, "-")[row(diag(n)) != col(diag(n))]
  gaps <- sort(gaps)
  wins <- function(d) { x <- d + gaps; (sum(x > 1e-12) + 0.5 * sum(abs(x) <= 1e-12)) / length(gaps) }
  mean(outer(ones, zeros, Vectorize(function(i, j) wins(rest[i] - rest[j]))))
}
auc <- as.numeric(auc(roc(aSAH$outcome, predict(plain), levels = c(0, 1), direction = "<", quiet = TRUE)))
importance <- list(auc = auc, drop = list(s100b = auc - expected("s100b"), ndka = auc - expected("ndka")))

# A small forest's votes by tree and row (null where the row was drawn), and randomForest's own error as trees are added.
set.seed(11)
markers <- aSAH[, c("s100b", "ndka", "wfns", "age")]
forest <- randomForest(markers, factor(aSAH$outcome), ntree = 25, keep.inbag = TRUE)
votes <- predict(forest, markers, predict.all = TRUE)$individual
votes <- matrix(as.numeric(votes), nrow(votes))
votes[forest$inbag > 0] <- NA
outOfBag <- list(outcome = aSAH$outcome, votes = t(votes), all = unname(forest$err.rate[, 1]), negative = unname(forest$err.rate[, 2]), positive = unname(forest$err.rate[, 3]))

# Two markers' calls at a specificity of at least 0.8.
calls <- function(name) {
  x <- coords(roc(aSAH$outcome, aSAH[[name]], levels = c(0, 1), direction = "<", quiet = TRUE), "all", ret = c("threshold", "specificity"))
  aSAH[[name]] >= min(x$threshold[x$specificity >= 0.8])
}
pairs <- list(c("s100b", "wfns"), c("s100b", "ndka"))
mcnemar <- lapply(pairs, function(pair) {
  a <- calls(pair[1]); b <- calls(pair[2])
  counts <- c(sum(a & !b), sum(!a & b))
  test <- mcnemar.test(table(factor(a, c(TRUE, FALSE)), factor(b, c(TRUE, FALSE))))
  list(models = pair, counts = counts, statistic = unname(test$statistic), p = test$p.value, exact = binom.test(counts[1], sum(counts))$p.value)
})

chance <- sapply(c("s100b", "ndka", "wfns"), function(name) {
  curve <- roc(aSAH$outcome, aSAH[[name]], levels = c(0, 1), direction = "<", quiet = TRUE)
  z <- (as.numeric(auc(curve)) - 0.5) / sqrt(var(curve, method = "delong"))
  list(z = z, p = 2 * pnorm(-abs(z)))
}, simplify = FALSE)

precision <- function(score, outcome) {
  cuts <- sort(unique(score), decreasing = TRUE)
  hits <- sapply(cuts, function(cut) sum(outcome[score >= cut])); calls <- sapply(cuts, function(cut) sum(score >= cut))
  sum(diff(c(0, hits)) / sum(outcome) * hits / calls)
}
set.seed(2026)
average <- sapply(c("s100b", "ndka", "wfns"), function(name) {
  ones <- which(aSAH$outcome == 1); zeros <- which(aSAH$outcome == 0)
  drawn <- replicate(4000, { rows <- c(sample(ones, replace = TRUE), sample(zeros, replace = TRUE)); precision(aSAH[[name]][rows], aSAH$outcome[rows]) })
  list(estimate = precision(aSAH[[name]], aSAH$outcome), lower = unname(quantile(drawn, 0.025)), upper = unname(quantile(drawn, 0.975)))
}, simplify = FALSE)

cat(toJSON(
  list(R = R.version.string, pROC = as.character(packageVersion("pROC")), rms = as.character(packageVersion("rms")), randomForest = as.character(packageVersion("randomForest")),
       linkage = linkage, nomogram = nomogram, importance = importance, outOfBag = outOfBag, mcnemar = mcnemar, chance = chance, average = average),
  auto_unbox = TRUE, digits = 12, na = "null"))
