# R's glm where the shared references are silent: weights, offset, separation, aliased columns, one class, one column.
# Rscript reference/r/glm.R > reference/r/glm.json
library(jsonlite)
asah <- read.csv("reference/statistics/asah.csv")
y <- asah$outcome
x <- list(s100b = asah$s100b, ndka = asah$ndka, age = asah$age, wfns = asah$wfns)
answers <- list()
add <- function(name, columns, outcome, weights = rep(1, length(outcome)), offset = rep(0, length(outcome))) {
  design <- cbind(rep(1, length(outcome)), do.call(cbind, columns))
  fit <- suppressWarnings(glm.fit(design, outcome, weights = weights, offset = offset, family = binomial()))
  class(fit) <- "glm"
  data <- as.data.frame(design)
  null <- suppressWarnings(glm(outcome ~ 1, weights = weights, offset = offset, family = binomial()))
  covariance <- suppressWarnings(summary(glm(outcome ~ . - 1, data = data, weights = weights, offset = offset, family = binomial())))$cov.scaled
  answers[[length(answers) + 1]] <<- list(
    name = name, columns = unname(columns), outcome = outcome, weights = weights, offset = offset,
    coefficients = I(unname(fit$coefficients)), se = I(unname(sqrt(diag(covariance)))),
    probability = unname(fit$fitted.values), deviance = fit$deviance, nullDeviance = null$deviance, aic = fit$aic,
    iterations = fit$iter, converged = fit$converged, rank = fit$rank,
    zeroOrOne = any(fit$fitted.values > 1 - 10 * .Machine$double.eps | fit$fitted.values < 10 * .Machine$double.eps))
}
add("whole weights", x, y, weights = 1 + seq_along(y) %% 3)
add("weights of 0", x, y, weights = as.numeric(seq_along(y) %% 4 > 0))
add("offset", x[c("age", "wfns")], y, offset = 0.3 * asah$s100b - 1)
add("offset and weights", x["ndka"], y, weights = 1 + seq_along(y) %% 2, offset = sin(seq_along(y)))
add("shares as outcome", x["age"], (y + 1) / 3)
add("aliased", c(x["s100b"], list(twice = 2 * asah$s100b, ones = rep(1, length(y))), x["age"], list(sum = asah$s100b - 3 * asah$age), x["wfns"]), y)
add("nearly aliased", c(x["age"], list(near = asah$age + 1e-6 * asah$ndka)), y)
add("far scales", list(large = 1e9 * asah$s100b + 1e8, small = 1e-9 * asah$ndka), y)
add("complete separation", list(up = ifelse(y == 1, 5, 1) + (seq_along(y) %% 7) / 7, asah$age), y)
add("quasi-separation", list(binary = as.numeric(y == 1 & asah$age > 60), asah$s100b), y)
add("one class", x["age"], rep(1, length(y)))
add("intercept only", list(), y)
add("three patients", list(c(1, 2, 4)), c(0, 1, 0))
cat(toJSON(list(r = R.version.string, answers = answers), digits = NA, auto_unbox = TRUE, na = "null"), "\n")
