# Answers of R for what the evaluation's other references lack. Rscript reference/r/evaluate.R > reference/r/evaluate.json
# (from the project's folder). R 4.2, pROC 1.18, rms 6.5, Hmisc 4.7.
suppressMessages({ library(pROC); library(rms); library(jsonlite) })

curve <- function(outcome, score) suppressWarnings(roc(outcome, score, levels = c(0, 1), direction = "<", quiet = TRUE))
quietly <- function(x) suppressWarnings(x)

set.seed(20)
n <- 60
outcome <- rep(0:1, c(36, 24))
base <- rnorm(n) + outcome
sets <- list(
  perfect = list(outcome = c(0, 0, 0, 1, 1, 1), score = c(1, 2, 3, 4, 5, 6)),
  reversed = list(outcome = c(0, 0, 0, 1, 1, 1), score = c(6, 5, 4, 3, 2, 1)),
  constant = list(outcome = c(0, 0, 0, 1, 1, 1), score = rep(0.3, 6)),
  six = list(outcome = c(0, 0, 0, 1, 1, 1), score = c(1, 4, 3, 2, 5, 6)),
  threePatients = list(outcome = c(0, 1, 0), score = c(1, 2, 3)),
  onePositive = list(outcome = c(0, 1, 0, 0, 0), score = c(1, 2, 3, 4, 5)),
  onePositivePerfect = list(outcome = c(0, 0, 0, 1), score = c(1, 2, 3, 4)),
  twoAndTwo = list(outcome = c(0, 1, 0, 1), score = c(1, 2, 2, 3)),
  twoValues = list(outcome = outcome, score = as.numeric(base > 0.5)),
  fourValues = list(outcome = outcome, score = round(base)),
  neighbours = list(outcome = c(0, 1, 0, 1, 1), score = c(1, 1 + .Machine$double.eps, 2, 2 + 4 * .Machine$double.eps, 3)),
  many = list(outcome = outcome, score = base),
  manyToo = list(outcome = outcome, score = round(base + rnorm(n), 1))
)

one <- function(set) {
  r <- curve(set$outcome, set$score)
  ci <- quietly(ci.auc(r, method = "delong"))
  weighted <- function(weights) coords(r, "best", best.method = "youden", best.weights = weights, ret = c("threshold", "sensitivity", "specificity"))
  m <- sum(set$outcome == 1); k <- sum(set$outcome == 0)
  theta <- as.numeric(r$auc); star <- (m + k) / 2 - 1
  width <- function(t) abs(theta - t) - qnorm(0.975) * sqrt(t * (1 - t) * (1 + star * (1 - t) / (2 - t) + star * t / (1 + t)) / (m * k))
  # At theta itself the equation holds trivially: the root sought lies beyond.
  end <- function(to) if (theta == to) to else uniroot(width, sort(c(theta + 1e-9 * sign(to - theta), to)), tol = 1e-14)$root
  list(
    outcome = set$outcome, score = sprintf("%.17g", set$score), auc = theta, ci = as.numeric(ci),
    thresholds = r$thresholds, sensitivity = r$sensitivities, specificity = r$specificities,
    newcombe = c(end(0), end(1)),
    youden = as.list(weighted(c(1, 0.5))), costly = as.list(weighted(c(3, 0.2))), cheap = as.list(weighted(c(0.5, 0.1)))
  )
}

pair <- function(a, b, paired) {
  t <- tryCatch(quietly(roc.test(curve(sets[[a]]$outcome, sets[[a]]$score), curve(sets[[b]]$outcome, sets[[b]]$score),
    method = "delong", paired = paired)), error = function(e) NULL)
  list(first = a, second = b, paired = paired,
    statistic = if (is.null(t)) NULL else as.character(unname(t$statistic)),
    p = if (is.null(t)) NULL else as.character(unname(t$p.value)),
    df = if (paired) NULL else as.character(unname(t$parameter)),
    ci = if (paired && !is.null(t)) as.numeric(t$conf.int) else NULL)
}

comparisons <- list(
  pair("perfect", "constant", TRUE), pair("six", "six", TRUE), pair("constant", "constant", TRUE), pair("six", "perfect", TRUE),
  pair("six", "reversed", TRUE), pair("many", "manyToo", TRUE), pair("many", "twoValues", TRUE), pair("fourValues", "many", TRUE),
  pair("many", "six", FALSE), pair("manyToo", "fourValues", FALSE), pair("twoAndTwo", "many", FALSE), pair("perfect", "many", FALSE)
)

# Smoothers and calibration: the model of statistics/logistic.json, its distorted copy, probabilities with ties, some 0 and 1.
asah <- read.csv("reference/statistics/asah.csv")
fitted <- unlist(fromJSON("reference/statistics/logistic.json")$probability)
set.seed(7)
big <- plogis(rnorm(402, -1)); bigOutcome <- rbinom(402, 1, plogis(1.3 * qlogis(big) + 0.2))
extreme <- c(0, 0, 1, fitted[-(1:3)])
probabilities <- list(
  model = list(p = fitted, y = asah$outcome), distorted = list(p = plogis(0.6 * qlogis(fitted) + 0.3), y = asah$outcome),
  tied = list(p = round(fitted, 1) * 0.9 + 0.05, y = asah$outcome), extreme = list(p = extreme, y = asah$outcome),
  large = list(p = big, y = bigOutcome)
)
hosmer <- function(p, y, g = 10) { # the statistic of ResourceSelection::hoslem.test, tied quantiles merged
  group <- cut(p, unique(quantile(p, seq(0, 1, 1 / g))), include.lowest = TRUE)
  observed <- tapply(y, group, sum); expected <- tapply(p, group, sum); size <- tapply(p, group, length)
  chi <- sum((observed - expected)^2 / expected + (observed - expected)^2 / (size - expected))
  list(statistic = chi, groups = length(observed), pTraining = pchisq(chi, length(observed) - 2, lower.tail = FALSE),
    pValidation = pchisq(chi, length(observed), lower.tail = FALSE), observed = as.numeric(observed), expected = as.numeric(expected))
}
calibrate <- function(set) {
  p <- set$p; y <- set$y; inside <- p > 0 & p < 1
  large <- glm(y ~ offset(qlogis(p)), family = binomial, subset = inside)
  joint <- glm(y ~ qlogis(p), family = binomial, subset = inside)
  smooth <- lowess(p, y, iter = 0); local <- quietly(loess(y ~ p)); away <- abs(predict(local) - p)
  v <- quietly(val.prob(p, y, pl = FALSE))
  list(p = sprintf("%.17g", p), y = y,
    inTheLarge = unname(summary(large)$coefficients[1, 1:2]), intercept = unname(summary(joint)$coefficients[1, 1:2]),
    slope = unname(summary(joint)$coefficients[2, 1:2]), lowess = smooth$y, loess = as.numeric(predict(local)),
    auc = as.numeric(curve(y, p)$auc), ici = mean(away), e50 = median(away), e90 = unname(quantile(away, 0.9)),
    valProb = as.list(v[c("R2", "Brier", "Intercept", "Slope", "Emax", "E90", "Eavg")]), hosmer = hosmer(p, y))
}

# Hmisc's NRI and IDI; and the NRI of three classes, counted by hand.
better <- probabilities$model$p; worse <- fitted(glm(outcome ~ s100b, binomial, asah)); y <- asah$outcome
improved <- improveProb(worse, better, y)
classOf <- function(p) findInterval(p, c(0.2, 0.5))
moved <- sign(classOf(better) - classOf(worse))
reclassification <- list(
  old = sprintf("%.17g", worse), new = sprintf("%.17g", better), y = y,
  nri = improved$nri, nriPositives = improved$nri.ev, nriNegatives = improved$nri.ne, idi = improved$idi,
  categorical = mean(moved[y == 1]) - mean(moved[y == 0])
)

# Harrell's optimism of the logistic model, 2000 bootstrap samples; of Dxy, so twice that of AUC.
set.seed(1)
validated <- rms::validate(lrm(outcome ~ s100b + ndka + age + wfns, asah, x = TRUE, y = TRUE), B = 2000)

answers <- list(curves = lapply(sets, one), comparisons = comparisons, calibration = lapply(probabilities, calibrate),
  reclassification = reclassification, aucOptimism = validated["Dxy", "optimism"] / 2)
cat(toJSON(answers, digits = I(17), auto_unbox = TRUE, na = "null", null = "null", pretty = FALSE))
