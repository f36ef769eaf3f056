# caret's rule for near-constant columns: Rscript reference/r/nearZeroVariance.R > reference/r/nearZeroVariance.json
suppressMessages({ library(caret); library(jsonlite) })
set.seed(7)
n <- 60
table <- data.frame(
  noise = round(rnorm(n), 3), constant = rep(2, n), empty = rep(NA_real_, n), one_value = c(5, rep(NA, n - 1)),
  constant_with_missing = c(rep(1, 50), rep(NA, 10)), one_other = c(rep(0, n - 1), 1), two_others = c(rep(0, n - 2), 1, 1),
  three_others = c(rep(0, n - 3), 1, 1, 1), exactly_19 = c(rep(0, 57), 1, 1, 1), spread_rare = c(rep(0, 50), 1:10),
  rare_distinct = c(rep(0, 56), 1:4), six_distinct = c(rep(0, 55), 1:5), seven_distinct = c(rep(0, 54), 1:6),
  missing = c(rep(0, 40), 1, rep(NA, 19)), pair = rep(c(1, 2), n / 2), infinite = c(Inf, round(rnorm(n - 1), 3)))
answer <- nearZeroVar(table, saveMetrics = TRUE)
text <- function(x) ifelse(is.na(x), "NA", ifelse(is.infinite(x), "Inf", format(x, digits = 15, trim = TRUE)))
cat(toJSON(list(caret = as.character(packageVersion("caret")), columns = lapply(names(table), function(name) list(
  column = name, values = text(table[[name]]), freqRatio = answer[name, "freqRatio"], percentUnique = answer[name, "percentUnique"],
  zeroVar = answer[name, "zeroVar"], nzv = answer[name, "nzv"]))), digits = NA, auto_unbox = TRUE), "\n")
