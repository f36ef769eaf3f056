# What two normal distributions of scores say: the area by integration, the rates of calling by risk by numbers of a fine grid.
# Rscript reference/r/binormal.R > reference/r/binormal.json
library(jsonlite)
logit <- function(p) log(p / (1 - p))
cases <- list(
  list(m1 = 0.74, s1 = 1, m0 = 0, s0 = 1, pi = 0.3),
  list(m1 = 1.2, s1 = 1.6, m0 = 0.1, s0 = 0.9, pi = 0.1),
  list(m1 = 0.5, s1 = 0.6, m0 = -0.2, s0 = 1.4, pi = 0.45),
  list(m1 = -0.4, s1 = 1, m0 = 0.3, s0 = 1, pi = 0.2))
risk <- function(x, k) { a <- k$pi * dnorm(x, k$m1, k$s1); a / (a + (1 - k$pi) * dnorm(x, k$m0, k$s0)) }
# Where the risk is at least t, between roots that uniroot finds on a grid; the rest is pnorm.
region <- function(t, k, mean, sd) {
  grid <- seq(-40, 40, by = 0.01)
  f <- function(x) log(k$pi) + dnorm(x, k$m1, k$s1, log = TRUE) - log(1 - k$pi) - dnorm(x, k$m0, k$s0, log = TRUE) - logit(t)
  v <- f(grid)
  at <- which(v[-1] * v[-length(v)] < 0)
  ends <- c(-Inf, sapply(at, function(i) uniroot(f, c(grid[i], grid[i + 1]), tol = 1e-13)$root), Inf)
  total <- 0
  for (i in seq_len(length(ends) - 1)) {
    inside <- if (is.infinite(ends[i]) && is.infinite(ends[i + 1])) 0 else if (is.infinite(ends[i])) ends[i + 1] - 0.005 else ends[i] + 0.005
    if (f(inside) >= 0) total <- total + pnorm(ends[i + 1], mean, sd) - pnorm(ends[i], mean, sd)
  }
  total
}
of <- function(k) {
  t <- c(0.05, 0.2, 0.33, 0.6)
  x <- c(-2, 0, 0.55, 1.3)
  list(case = k,
    auc = integrate(function(x) dnorm(x, k$m1, k$s1) * pnorm(x, k$m0, k$s0), -Inf, Inf, rel.tol = 1e-11)$value,
    scores = x, sensitivity = 1 - pnorm(x, k$m1, k$s1), specificity = pnorm(x, k$m0, k$s0), risk = risk(x, k),
    thresholds = t,
    sensitivityByRisk = sapply(t, region, k = k, mean = k$m1, sd = k$s1),
    alarmsByRisk = sapply(t, region, k = k, mean = k$m0, sd = k$s0),
    turn = if (k$s1 == k$s0) NULL else optimize(risk, c(-6, 6), k = k, maximum = k$s1 < k$s0, tol = 1e-9)[[1]])
}
cat(toJSON(list(R = R.version.string, cases = lapply(cases, of)), auto_unbox = TRUE, digits = 13, pretty = TRUE))
