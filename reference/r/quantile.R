# Values of R's quantile(): Rscript reference/r/quantile.R > reference/r/quantile.json
library(jsonlite)
set.seed(1)
rows <- list()
samples <- list(c(3.5, 1.25), round(rnorm(9), 3), round(rexp(10), 2), sample(1:4, 23, TRUE), round(rnorm(99) * 1e6))
for (values in samples) for (type in c(7, 6)) for (p in c(0, 0.01, 0.025, 0.1, 0.25, 1 / 3, 0.5, 0.7, 0.75, 0.9, 0.975, 0.99, 1))
  rows[[length(rows) + 1]] <- list(values = values, p = p, type = type, value = quantile(values, p, type = type, names = FALSE))
cat(toJSON(list(r = R.version.string, rows = rows), digits = NA, auto_unbox = TRUE), "\n")
