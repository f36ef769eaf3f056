# Values of R's distribution functions: Rscript reference/r/distributions.R > reference/r/distributions.json
library(jsonlite)
rows <- list()
add <- function(name, arguments, value) rows[[length(rows) + 1]] <<- list(name = name, arguments = arguments, value = value)
for (z in c(-30, -8, -1.96, -0.3, 0.2, 1, 5, 12, 30)) for (upper in c(FALSE, TRUE)) {
  add("normalProbability", list(z, upper), pnorm(z, lower.tail = !upper))
  if (upper) add("normalTwoSided", list(z), 2 * pnorm(-abs(z)))
}
for (p in c(1e-12, 0.001, 0.025, 0.3, 0.7, 0.975, 0.9999)) add("normalQuantile", list(p), qnorm(p))
for (df in c(1, 2.5, 10, 97.3, 1e4)) for (t in c(-40, -2, -0.1, 0.4, 3, 25)) {
  for (upper in c(FALSE, TRUE)) add("tProbability", list(t, df, upper), pt(t, df, lower.tail = !upper))
  add("tTwoSided", list(t, df), 2 * pt(-abs(t), df))
}
for (df in c(1, 3.7, 48, 5000)) for (p in c(0.001, 0.025, 0.4, 0.9, 0.975, 0.9999)) add("tQuantile", list(p, df), qt(p, df))
for (df in c(1, 2, 8, 120)) for (x in c(0.01, 1, 9, 150, 600)) for (upper in c(FALSE, TRUE))
  add("chiSquareProbability", list(x, df, upper), pchisq(x, df, lower.tail = !upper))
for (d in list(c(1, 1), c(5, 18), c(49, 49), c(3, 2000))) {
  for (f in c(0.01, 0.8, 1.3, 12, 300)) for (upper in c(FALSE, TRUE))
    add("fProbability", list(f, d[1], d[2], upper), pf(f, d[1], d[2], lower.tail = !upper))
  for (p in c(0.001, 0.025, 0.5, 0.975, 0.999)) add("fQuantile", list(p, d[1], d[2]), qf(p, d[1], d[2]))
}
for (ab in list(c(1, 30), c(0.5, 0.5), c(218, 33), c(12, 1), c(1500, 2)))
  for (p in c(0.001, 0.025, 0.5, 0.975, 0.999)) add("betaQuantile", list(p, ab[1], ab[2]), qbeta(p, ab[1], ab[2]))
cat(toJSON(list(r = R.version.string, rows = rows), digits = NA, auto_unbox = TRUE), "\n")
