# Answers of R's hypothesis tests: Rscript reference/r/tests.R > reference/r/tests.json
library(jsonlite)
set.seed(20)
cases <- list()
# NA and NaN become null, infinities strings: JSON has no word for them.
plain <- function(x) if (length(x) != 1) lapply(x, plain) else if (is.na(x)) NULL else if (is.infinite(x)) as.character(x) else x
add <- function(name, input, answer) cases[[length(cases) + 1]] <<- list(name = name, input = input, answer = lapply(answer, plain))
quiet <- suppressWarnings

pairs <- list(
  list(rnorm(49), rnorm(30, 0.5)), list(rnorm(50), rnorm(5)), list(rnorm(5), rnorm(50)), list(rnorm(49), rnorm(49, 1)), list(1, 2),
  list(c(1, 2, 3), c(10, 20, 30, 40)), list(rnorm(3), rnorm(60)), list(round(rnorm(20), 1), round(rnorm(25), 1)), list(rep(1, 6), rep(1, 9)),
  list(c(0, 0, 1, 1, 1), c(0, 0, 0, 0, 1, 0)), list(rbinom(73, 1, 0.4), rbinom(177, 1, 0.2)), list(rnorm(73), rnorm(177, 0.3)),
  list(c(rnorm(10), NA, NaN), c(rnorm(12), NA)), list(c(-Inf, 1, 2), c(3, Inf, Inf)), list(c(1, 2), c(3, 1.5)), list(rep(3, 60), c(rep(3, 59), 4)),
  list(1:4, 5:8 - 2.5), list(rnorm(48) * 1e-9, rnorm(20) * 1e-9 + 1e-9))
for (pair in pairs) for (alternative in c("two.sided", "less", "greater")) for (correct in c(TRUE, FALSE)) for (exact in c(NA, TRUE, FALSE)) {
  if (alternative != "two.sided" && (!correct || !is.na(exact))) next
  if (isTRUE(exact) && length(pair[[2]]) > 100) next
  w <- quiet(wilcox.test(pair[[1]], pair[[2]], alternative = alternative, correct = correct, exact = if (is.na(exact)) NULL else exact))
  add("rankSum", list(x = lapply(pair[[1]], plain), y = lapply(pair[[2]], plain), alternative = alternative, correct = correct, exact = if (is.na(exact)) "auto" else exact),
      list(statistic = w$statistic[[1]], p = w$p.value, exact = grepl("exact", w$method)))
}

for (pair in list(list(rnorm(9), rnorm(14, 1, 3)), list(c(1, 2), c(4, 9)), list(1e6 + rnorm(30), 1e6 + rnorm(30)), list(c(5, 6, NA, 9), c(4, NA, 3, 3)))) {
  for (kind in c("welch", "pooled", "paired")) {
    if (kind == "paired" && length(pair[[1]]) != length(pair[[2]])) next
    t <- t.test(pair[[1]], pair[[2]], var.equal = kind == "pooled", paired = kind == "paired")
    add("t", list(x = lapply(pair[[1]], plain), y = lapply(pair[[2]], plain), kind = kind),
        list(statistic = t$statistic[[1]], df = t$parameter[[1]], p = t$p.value, standardError = t$stderr, lower = t$conf.int[1], upper = t$conf.int[2]))
  }
}

tables <- list(
  rbind(c(3, 1), c(1, 3)), rbind(c(10, 2), c(3, 15)), rbind(c(0, 5), c(7, 3)), rbind(c(5, 0), c(0, 5)), rbind(c(125, 125), c(75, 77)), rbind(c(1, 999), c(12, 988)),
  rbind(c(0, 3), c(0, 8)), rbind(c(20, 20), c(20, 20)), rbind(c(400, 100), c(100, 400)), rbind(c(6, 80, 164), c(10, 76, 66)), rbind(c(95, 82, 73), c(38, 83, 31)),
  rbind(c(3, 1, 2), c(0, 4, 1), c(2, 2, 6)), rbind(c(1, 2, 1, 0), c(3, 3, 6, 1), c(10, 10, 14, 9), c(6, 7, 12, 11)), rbind(c(2, 0, 0, 5), c(0, 3, 4, 0)), rbind(c(4, 0, 2), c(1, 0, 7)),
  rbind(c(2, 2, 2), c(2, 2, 2), c(2, 2, 2)), rbind(c(12, 5, 3, 2), c(7, 9, 4, 6), c(1, 3, 8, 5)), rbind(c(30, 12, 5), c(22, 25, 9), c(8, 14, 16)), rbind(c(1, 2, 3, 4, 5, 6), c(6, 5, 4, 3, 2, 1)),
  rbind(c(3, 0, 1, 2, 1), c(1, 4, 0, 1, 2), c(0, 2, 5, 1, 0), c(2, 1, 0, 3, 4), c(1, 1, 2, 0, 3)))
for (table in tables) {
  # R's workspace is too small for the larger ones by default.
  f <- fisher.test(table, workspace = 2e7)
  add("fisher", list(table = table), c(list(p = f$p.value), if (!is.null(f$estimate)) list(estimate = f$estimate[[1]], lower = f$conf.int[1], upper = f$conf.int[2])))
  for (correct in c(TRUE, FALSE)) {
    x <- quiet(chisq.test(table, correct = correct))
    add("chiSquare", list(table = table, correct = correct), list(statistic = x$statistic[[1]], df = x$parameter[[1]], p = x$p.value, small = sum(x$expected < 5)))
  }
}

for (groups in list(list(rnorm(10), rnorm(12, 1), rnorm(9)), list(round(rnorm(30)), round(rnorm(25)), round(rnorm(20, 1)), c(NA, 1, 2)), list(1:5, 6:10), list(rep(2, 5), rep(2, 4)), list(1, 2, 3))) {
  k <- kruskal.test(groups)
  add("kruskal", list(groups = lapply(groups, function(g) lapply(g, plain))), list(statistic = k$statistic[[1]], df = k$parameter[[1]], p = k$p.value))
}

samples <- list(c(1, 2, 4), c(1, 2, 3), c(0, 0, 1), c(3, 3.1, 900), rnorm(4), rnorm(5), rnorm(6), rexp(10), rnorm(11), rexp(11), rnorm(12), rexp(12), rexp(200), rep(c(0, 1), c(40, 60)),
                round(rnorm(300), 1), 1e8 + rnorm(50), c(rnorm(20), NA), c(rep(0, 30), 1))
for (sample in samples) { s <- shapiro.test(sample); add("shapiro", list(values = lapply(sample, plain)), list(statistic = s$statistic[[1]], p = s$p.value)) }
s <- shapiro.test(sqrt(1:5000)); add("shapiroOfRoots", list(n = 5000), list(statistic = s$statistic[[1]], p = s$p.value))
s <- shapiro.test(qnorm(ppoints(5000))); add("shapiroOfNormal", list(n = 5000), list(statistic = s$statistic[[1]], p = s$p.value))

line <- 1:40
columns <- list(list(c(1, 2), c(2, 1)), list(c(1, 2, 3), c(3, 1, 2)), list(rnorm(5), rnorm(5)), list(rnorm(9), rnorm(9)), list(1:9, c(2, 1, 4, 3, 6, 5, 8, 7, 9)), list(1:9, 9:1), list(rnorm(10), rnorm(10)), list(1:10, 1:10),
                list(line, line + rnorm(40, 0, 15)), list(rnorm(40), rnorm(40)), list(round(rnorm(30), 1), round(rnorm(30), 1)), list(c(1, 1, 2), c(1, 1, 2)), list(rep(1, 6), rnorm(6)), list(c(rnorm(12), NA), c(NA, rnorm(12))),
                list(line, line^2), list(line, -line))
for (xy in columns) {
  s <- quiet(cor.test(xy[[1]], xy[[2]], method = "spearman"))
  input <- list(x = lapply(xy[[1]], plain), y = lapply(xy[[2]], plain))
  add("spearman", input, list(rho = s$estimate[[1]], statistic = s$statistic[[1]], p = s$p.value))
  if (length(xy[[1]]) < 3) next
  p <- quiet(cor.test(xy[[1]], xy[[2]]))
  # R's perfect correlation may be 1 less a rounding error, whose t says nothing.
  if (isTRUE(abs(p$estimate) > 1 - 1e-12) && is.finite(p$statistic)) next
  add("pearson", input, list(correlation = p$estimate[[1]], statistic = p$statistic[[1]], df = p$parameter[[1]], p = p$p.value, lower = if (is.null(p$conf.int)) NA else p$conf.int[1], upper = if (is.null(p$conf.int)) NA else p$conf.int[2]))
}
for (n in c(1290, 1291)) {
  i <- seq_len(n); s <- quiet(cor.test(i, (i * 617) %% (n + 3) + i / 8, method = "spearman"))
  add("spearmanOfMany", list(n = n), list(rho = s$estimate[[1]], statistic = s$statistic[[1]], p = s$p.value))
}

for (p in list(runif(40)^3, c(0.01, 0.02, 0.03, 0.04, 0.05), c(0.04, 0.01, NA, 0.03, 0.01), 0.3, c(0.04, 0.02), c(1, 1, 0, 0.5), rep(0.02, 6)))
  for (method in p.adjust.methods) add("adjustP", list(p = lapply(p, plain), method = method), list(adjusted = p.adjust(p, method)))

cat(toJSON(list(r = R.version.string, cases = cases), digits = NA, auto_unbox = TRUE, null = "null"), "\n")
