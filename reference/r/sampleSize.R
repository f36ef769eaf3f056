# Sample sizes by pmsampsize and pmvalsampsize: the papers' and manuals' examples, and others beside them.
# Rscript reference/r/sampleSize.R > reference/r/sampleSize.json
suppressMessages({library(pmsampsize); library(pmvalsampsize); library(jsonlite)})
develop <- function(...) {
  given <- list(...)
  result <- suppressMessages(do.call(pmsampsize, c(list(type = "b"), given)))
  list(given = given, patients = result$results_table[1:3, "Samp_size"], largest = result$sample_size, events = ceiling(result$events),
    eventsPerParameter = result$EPP, rsquared = result$rsquared, greatestRsquared = result$max_r2a, shrinkage = result$final_shrinkage)
}
validate <- function(...) {
  given <- list(...)
  result <- suppressMessages(do.call(pmvalsampsize, c(list(type = "b"), given)))
  list(given = given, patients = unname(result$results_table[1:3, "Samp_size"]), largest = result$sample_size,
    standardErrors = c(result$se_oe, result$se_cslope, result$se_cstat))
}
developing <- list(
  develop(csrsquared = 0.288, parameters = 24, prevalence = 0.174),
  develop(csrsquared = 0.55, parameters = 24, prevalence = 0.174),
  develop(csrsquared = 0.288, parameters = 36, prevalence = 0.174),
  develop(csrsquared = 0.288, parameters = 24, prevalence = 0.25),
  develop(csrsquared = 0.288, parameters = 24, prevalence = 0.174, shrinkage = 0.95),
  develop(csrsquared = 0.02, parameters = 5, prevalence = 0.5),
  develop(nagrsquared = 0.3, parameters = 10, prevalence = 0.29),
  develop(cstatistic = 0.89, parameters = 24, prevalence = 0.174),
  develop(cstatistic = 0.75, parameters = 10, prevalence = 0.29),
  develop(cstatistic = 0.65, parameters = 20, prevalence = 0.5))
validating <- list(
  validate(prevalence = 0.018, cstatistic = 0.8, lpnormal = c(-5, 2.5), oeciwidth = 1),
  validate(prevalence = 0.018, cstatistic = 0.8, lpbeta = c(0.5, 0.5), oeciwidth = 1),
  validate(prevalence = 0.018, cstatistic = 0.8, lpcstat = -4.7, oeciwidth = 1, seed = 1234),
  validate(prevalence = 0.43, cstatistic = 0.77, lpbeta = c(1.33, 1.75), oeciwidth = 0.4),
  validate(prevalence = 0.2, cstatistic = 0.75, lpcstat = -2, increment = 0.01, cstatciwidth = 0.15, csciwidth = 0.4, oeciwidth = 0.3),
  validate(prevalence = 0.5, cstatistic = 0.7, lpnormal = c(0, 0.8)))
# What the packages simulate, integrated: the R2 of Cox and Snell of an AUC, and the patients for the slope of a linear predictor.
over <- function(f, ...) integrate(f, ..., rel.tol = 1e-11, subdivisions = 2000)$value
nullLogLikelihood <- function(p) p * log(p) + (1 - p) * log(1 - p)
coxSnell <- function(auc, p) {
  mu <- sqrt(2) * qnorm(auc)
  logit <- function(lp) qlogis(p) + mu * lp - mu^2 / 2
  likelihood <- p * over(function(lp) dnorm(lp, mu) * plogis(logit(lp), log.p = TRUE), mu - 12, mu + 12) +
    (1 - p) * over(function(lp) dnorm(lp) * plogis(-logit(lp), log.p = TRUE), -12, 12)
  list(auc = auc, prevalence = p, coxSnell = 1 - exp(2 * (nullLogLikelihood(p) - likelihood)))
}
slope <- function(density, lower, upper, ...) {
  moment <- function(k) over(function(lp) density(lp) * lp^k * plogis(lp) * plogis(-lp), lower, upper)
  I <- sapply(0:2, moment)
  list(given = list(...), patients = I[1] / ((0.2 / (2 * 1.96))^2 * (I[1] * I[3] - I[2]^2)))
}
logitBeta <- function(a, b) function(lp) exp(a * plogis(lp, log.p = TRUE) + b * plogis(-lp, log.p = TRUE) - lbeta(a, b))
twoNormals <- function(auc, p) {
  v <- 2 * qnorm(auc)^2
  m <- qlogis(p) - v / 2
  function(lp) (1 - p) * dnorm(lp, m, sqrt(v)) + p * dnorm(lp, m + v, sqrt(v))
}
integrated <- list(
  coxSnell = list(coxSnell(0.89, 0.174), coxSnell(0.75, 0.29), coxSnell(0.65, 0.5), coxSnell(0.99, 0.018)),
  slope = list(
    slope(function(lp) dnorm(lp, -5, 2.5), -35, 25, lpnormal = c(-5, 2.5), prevalence = 0.018, cstatistic = 0.8),
    slope(function(lp) dnorm(lp, 0, 0.8), -10, 10, lpnormal = c(0, 0.8), prevalence = 0.5, cstatistic = 0.7),
    slope(logitBeta(0.5, 0.5), -80, 80, lpbeta = c(0.5, 0.5), prevalence = 0.018, cstatistic = 0.8),
    slope(logitBeta(1.33, 1.75), -40, 40, lpbeta = c(1.33, 1.75), prevalence = 0.43, cstatistic = 0.77),
    slope(twoNormals(0.8, 0.018), -20, 15, prevalence = 0.018, cstatistic = 0.8),
    slope(twoNormals(0.75, 0.2), -15, 15, prevalence = 0.2, cstatistic = 0.75)))
cat(toJSON(list(pmsampsize = as.character(packageVersion("pmsampsize")), pmvalsampsize = as.character(packageVersion("pmvalsampsize")),
  R = R.version$version.string, developing = developing, validating = validating, integrated = integrated), digits = NA, auto_unbox = TRUE))
