# Partial dependence of a logistic regression (probability) and of a support vector machine (decision value), written out: all patients are
# given the same value of a column, and what the model says of them is averaged. Package pdp does the same, by `partial(..., prob = TRUE)`.
# Rscript reference/r/partialDependence.R > reference/r/partialDependence.json
suppressMessages({library(pROC); library(e1071)})
library(jsonlite)
data(aSAH)
aSAH$outcome <- ifelse(aSAH$outcome == "Poor", 1, 0)
markers <- aSAH[, c("s100b", "ndka")]
grid <- list(s100b = c(0.04, 0.1, 0.3, 0.5, 1, 2.07), ndka = c(3, 10, 20, 50, 100))
mean_at <- function(says) lapply(setNames(names(grid), names(grid)), function(name) sapply(grid[[name]], function(value) {
  given <- markers
  given[[name]] <- value
  mean(says(given))
}))
plain <- glm(outcome ~ s100b + ndka, data = aSAH, family = binomial)
machine <- svm(markers, factor(aSAH$outcome), type = "C-classification", kernel = "radial", gamma = 0.5, cost = 1, scale = TRUE, tolerance = 1e-6, shrinking = FALSE)
decision <- function(given) {
  d <- attr(predict(machine, given, decision.values = TRUE), "decision.values")
  (if (colnames(d) == "1/0") 1 else -1) * as.numeric(d)
}
cat(toJSON(list(
  versions = list(R = R.version.string, e1071 = as.character(packageVersion("e1071")), pROC = as.character(packageVersion("pROC"))),
  grid = grid, logistic = mean_at(function(given) predict(plain, given, type = "response")), svm = mean_at(decision)
), digits = 10, auto_unbox = FALSE))
