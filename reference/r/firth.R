# Firth's logistic regression: estimates by brglm2 (type "AS_mean") and, with the profile penalised likelihood intervals and
# tests that logistf gives, by direct maximisation of the penalised likelihood (optim, uniroot) written out here.
# Rscript reference/r/firth.R > reference/r/firth.json
library(jsonlite); library(brglm2)
asah <- read.csv("reference/statistics/asah.csv")
penalised <- function(beta, X, y, w) {
  eta <- drop(X %*% beta)
  p <- plogis(eta)
  information <- crossprod(X * sqrt(w * p * (1 - p)))
  sum(w * (y * plogis(eta, log.p = TRUE) + (1 - y) * plogis(-eta, log.p = TRUE))) + as.numeric(determinant(information)$modulus) / 2
}
# The profile may have several local maxima when classes are separated: the best of several starts counts.
profile <- function(k, value, start, X, y, w) {
  if (ncol(X) == 1) return(penalised(value, X, y, w))
  f <- function(b) { beta <- numeric(ncol(X)); beta[k] <- value; beta[-k] <- b; -penalised(beta, X, y, w) }
  p <- plogis(drop(X %*% start))
  covariance <- solve(crossprod(X * sqrt(w * p * (1 - p))))
  along <- start + covariance[, k] / covariance[k, k] * (value - start[k])
  max(sapply(list(along, start, 0.5 * along + 0.5 * start, 1.3 * along), function(from) {
    fit <- list(par = from[-k])
    for (i in 1:6) fit <- nlminb(fit$par, f, control = list(rel.tol = 1e-15, x.tol = 1e-12, iter.max = 1000, eval.max = 5000))
    -fit$objective
  }))
}
answers <- list()
add <- function(name, columns, y, w = rep(1, length(y))) {
  X <- cbind(rep(1, length(y)), do.call(cbind, columns))
  fit <- brglm_fit(X, y, weights = w, family = binomial(), control = list(type = "AS_mean", epsilon = 1e-12, maxit = 1000))
  beta <- unname(fit$coefficients)
  p <- plogis(drop(X %*% beta))
  se <- sqrt(diag(solve(crossprod(X * sqrt(w * p * (1 - p))))))
  top <- penalised(beta, X, y, w)
  excess <- function(value, k) 2 * (top - profile(k, value, beta, X, y, w)) - qchisq(0.95, 1)
  bounds <- lapply(seq_along(beta), function(k) sapply(c(-1, 1), function(side) {
    far <- 1.96 * se[k]
    while (excess(beta[k] + side * far, k) < 0) far <- 1.5 * far
    uniroot(excess, sort(beta[k] + side * c(0.2 * far, far)), k = k, tol = 1e-9, extendInt = "no")$root
  }))
  chisq <- sapply(seq_along(beta), function(k) 2 * (top - profile(k, 0, beta, X, y, w)))
  answers[[length(answers) + 1]] <<- list(name = name, columns = unname(columns), outcome = y, weights = w, coefficients = beta, se = unname(se),
    intervals = bounds, chiSquare = chisq, p = pchisq(chisq, 1, lower.tail = FALSE), penalised = top)
}
y <- asah$outcome
z <- lapply(asah[c("s100b", "ndka", "age", "wfns")], function(x) as.numeric(scale(x)))
add("aSAH", unname(z), y)
add("raw scales", list(asah$s100b, asah$ndka), y)
add("complete separation", list(ifelse(y == 1, 5, 1) + (seq_along(y) %% 7) / 7, z$age), y)
add("quasi-separation", list(as.numeric(y == 1 & asah$age > 60), z$s100b), y)
add("ten patients, separated", list(c(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)), rep(0:1, each = 5))
add("weights", unname(z[c("age", "wfns")]), y, 1 + seq_along(y) %% 3)
cat(toJSON(list(r = R.version.string, brglm2 = as.character(packageVersion("brglm2")), answers = answers), digits = NA, auto_unbox = TRUE), "\n")
