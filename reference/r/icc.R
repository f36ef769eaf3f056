# Answers of psych::ICC on further readings: Rscript reference/r/icc.R > reference/r/icc.json
suppressMessages({library(jsonlite); library(psych)})
set.seed(5)
patient <- rnorm(25, 0, 2)
readings <- list(
  two = cbind(patient + rnorm(25), patient + rnorm(25)),
  three = cbind(patient + rnorm(25), patient + rnorm(25) + 1, patient + rnorm(25, 0, 2)),
  offset = cbind(patient, patient + 3 + rnorm(25, 0, 0.01)),
  close = cbind(patient, patient + rnorm(25, 0, 1e-5)),
  negative = cbind(patient, 0.3 * rnorm(25) - patient),
  noise = cbind(rnorm(12), rnorm(12), rnorm(12), rnorm(12)),
  large = 1e7 + cbind(patient + rnorm(25), patient + rnorm(25)),
  ten = cbind(1:10, c(2, 1, 4, 3, 6, 5, 8, 7, 10, 9)))
cases <- lapply(names(readings), function(name) {
  r <- suppressWarnings(ICC(readings[[name]], lmer = FALSE)$results)
  list(name = name, readers = lapply(seq_len(ncol(readings[[name]])), function(k) readings[[name]][, k]),
       forms = setNames(lapply(1:6, function(i) list(icc = r$ICC[i], f = r$F[i], df1 = r$df1[i], df2 = r$df2[i], p = r$p[i], lower = r[["lower bound"]][i], upper = r[["upper bound"]][i])), r$type))
})
cat(toJSON(list(r = R.version.string, psych = as.character(packageVersion("psych")), cases = cases), digits = NA, auto_unbox = TRUE), "\n")
