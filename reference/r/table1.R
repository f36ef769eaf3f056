# P values of Table 1, by R: Rscript reference/r/table1.R > reference/r/table1.json
# The counts (training, validation) and the printed P are those of Luo et al. 2024, doi 10.1016/j.ejro.2024.100592, Table 1.
library(jsonlite)
published <- list(
  TIC = list(levels = c("I", "II", "III"), training = c(6, 80, 164), validation = c(10, 76, 66), printed = "<0.001"),
  side = list(levels = c("left", "right"), training = c(125, 125), validation = c(75, 77), printed = "0.980"),
  ER = list(levels = c("neg", "pos"), training = c(71, 179), validation = c(33, 119), printed = "0.171"),
  PR = list(levels = c("neg", "pos"), training = c(91, 159), validation = c(50, 102), printed = "0.544"),
  HER2 = list(levels = c("zero", "low", "positive"), training = c(95, 82, 73), validation = c(38, 83, 31), printed = "<0.001"),
  Ki67 = list(levels = c("low", "high"), training = c(177, 73), validation = c(49, 103), printed = "<0.001"),
  ALN = list(levels = c("neg", "pos"), training = c(87, 163), validation = c(52, 100), printed = "0.990"))
published <- lapply(published, function(v) c(v, list(p = chisq.test(cbind(v$training, v$validation))$p.value)))

# The aSAH data by outcome, and by wfns for more than two groups.
asah <- read.csv("reference/statistics/asah.csv")
quartiles <- function(x, g) lapply(split(x, g), function(v) as.list(unname(quantile(v, c(0.25, 0.5, 0.75)))))
continuous <- lapply(c(s100b = "s100b", ndka = "ndka", age = "age"), function(name) list(
  quartiles = quartiles(asah[[name]], asah$outcome),
  p = suppressWarnings(wilcox.test(asah[[name]] ~ asah$outcome)$p.value), kruskal_by_wfns = kruskal.test(asah[[name]], asah$wfns)$p.value))
categorical <- lapply(c(female = "female", wfns = "wfns"), function(name) {
  counts <- table(asah[[name]], asah$outcome)
  list(p = suppressWarnings(chisq.test(counts)$p.value), fisher = fisher.test(counts)$p.value, small = sum(suppressWarnings(chisq.test(counts)$expected) < 5))
})
cat(toJSON(list(r = R.version.string, published = published, asah = list(continuous = continuous, categorical = categorical)), digits = NA, auto_unbox = TRUE), "\n")
