# R's answers on data that the other references do not use: tables that come with R (iris, mtcars, airquality, chickwts,
# InsectSprays, faithful, rivers, ToothGrowth, esoph, warpbreaks), Pima.tr, Pima.te and birthwt of MASS, and seeded draws.
# Test data only. Rscript reference/r/otherData.R > reference/r/otherData.json
# R 4.2, sva 3.46, psych 2.2, pROC 1.18, glmnet, e1071 1.7, rms 6.5, Hmisc 4.7.
suppressMessages({ library(MASS); library(sva); library(psych); library(pROC); library(glmnet); library(e1071); library(rms); library(jsonlite) })
set.seed(1123)
quiet <- suppressWarnings
# NA and NaN become null, infinities strings: JSON has no word for them.
plain <- function(x) if (length(x) != 1) lapply(x, plain) else if (is.na(x)) NULL else if (is.infinite(x)) as.character(x) else x
tests <- list()
add <- function(name, input, answer) tests[[length(tests) + 1]] <<- list(name = name, input = input, answer = lapply(answer, plain))
values <- function(x) lapply(as.numeric(x), plain)

by <- function(x, group) unname(split(x, group))
flowers <- subset(iris, Species != "setosa"); flowers$Species <- droplevels(flowers$Species)
pairs <- c(lapply(1:4, function(j) by(flowers[, j], flowers$Species)), lapply(c("mpg", "wt", "qsec", "hp"), function(v) by(mtcars[[v]], mtcars$am)),
  list(by(birthwt$lwt, birthwt$low), by(birthwt$bwt, birthwt$smoke), by(airquality$Ozone, airquality$Month > 6), by(Pima.tr$ped, Pima.tr$type), by(Pima.te$glu, Pima.te$type),
    list(rnorm(49), rnorm(49, 0.4)), list(rnorm(49), rnorm(50, 0.4)), list(rnorm(2), rnorm(3)), list(rnorm(1), rnorm(40)), list(rexp(30), rexp(45) / 2), list(rnorm(20) + 50, rnorm(25) + 40)))
for (pair in pairs) {
  for (alternative in c("two.sided", "less", "greater")) for (correct in c(TRUE, FALSE)) {
    w <- quiet(wilcox.test(pair[[1]], pair[[2]], alternative = alternative, correct = correct))
    add("rankSum", list(x = values(pair[[1]]), y = values(pair[[2]]), alternative = alternative, correct = correct),
      list(statistic = w$statistic[[1]], p = w$p.value, exact = grepl("exact", w$method)))
  }
  if (min(lengths(pair)) > 1) for (kind in c("welch", "pooled", if (length(pair[[1]]) == length(pair[[2]])) "paired")) for (confidence in c(0.95, 0.8)) {
    t <- t.test(pair[[1]], pair[[2]], var.equal = kind == "pooled", paired = kind == "paired", conf.level = confidence)
    add("t", list(x = values(pair[[1]]), y = values(pair[[2]]), kind = kind, confidence = confidence),
      list(statistic = t$statistic[[1]], df = t$parameter[[1]], p = t$p.value, standardError = t$stderr, lower = t$conf.int[1], upper = t$conf.int[2]))
  }
}

counts <- list(table(mtcars$cyl, mtcars$gear), table(mtcars$am, mtcars$vs), table(mtcars$cyl, mtcars$carb), table(birthwt$race, birthwt$smoke), table(birthwt$low, birthwt$smoke),
  table(birthwt$low, birthwt$ht), table(birthwt$low, birthwt$race), table(birthwt$low, birthwt$ptl), table(warpbreaks$tension, warpbreaks$breaks > 25), table(Pima.tr$type, Pima.tr$npreg > 6),
  table(Pima.te$type, cut(Pima.te$age, c(0, 25, 35, 50, 99))), table(iris$Species, iris$Petal.Width > 1), rbind(c(0, 10), c(12, 0)), rbind(c(1, 0), c(0, 1)), rbind(c(7, 3), c(0, 0)),
  rbind(c(2, 11, 4), c(8, 1, 9)), matrix(rpois(12, 4), 3), matrix(rpois(8, 12), 2), matrix(rpois(15, 2), 5))
for (table in lapply(counts, function(x) matrix(as.integer(x), nrow(x)))) {
  if (all(rowSums(table) > 0)) {
    f <- fisher.test(table, workspace = 2e7)
    add("fisher", list(table = table), c(list(p = f$p.value), if (!is.null(f$estimate)) list(estimate = f$estimate[[1]], lower = f$conf.int[1], upper = f$conf.int[2])))
  }
  for (correct in c(TRUE, FALSE)) {
    x <- quiet(chisq.test(table, correct = correct))
    add("chiSquare", list(table = table, correct = correct), list(statistic = x$statistic[[1]], df = x$parameter[[1]], p = x$p.value))
  }
}

groups <- list(by(iris$Petal.Length, iris$Species), by(iris$Sepal.Width, iris$Species), by(chickwts$weight, chickwts$feed), by(InsectSprays$count, InsectSprays$spray), by(airquality$Ozone, airquality$Month),
  by(ToothGrowth$len, ToothGrowth$dose), by(birthwt$bwt, birthwt$race), by(birthwt$age, birthwt$low), by(mtcars$mpg, mtcars$carb))
for (g in groups) { k <- kruskal.test(g); add("kruskal", list(groups = lapply(g, values)), list(statistic = k$statistic[[1]], df = k$parameter[[1]], p = k$p.value)) }

samples <- c(as.list(iris[, 1:4]), as.list(mtcars), as.list(faithful), as.list(Pima.tr[, 1:7]), list(rivers, airquality$Ozone, chickwts$weight, rt(1000, 2), runif(37), rnorm(3), rlnorm(3), c(1, 1, 1, 2)))
for (x in samples) { s <- shapiro.test(x); add("shapiro", list(values = values(x)), list(statistic = s$statistic[[1]], p = s$p.value)) }

columns <- c(combn(names(mtcars), 2, function(n) list(mtcars[[n[1]]], mtcars[[n[2]]]), simplify = FALSE)[seq(1, 55, 4)], list(list(airquality$Ozone, airquality$Temp), list(rivers[1:60], rivers[61:120])),
  lapply(c(4, 6, 7, 8, 9, 10, 11, 14, 50, 200), function(n) { x <- rnorm(n); list(x, x + rnorm(n, 0, 2)) }), lapply(c(8, 9, 10, 12), function(n) { x <- rnorm(n); list(x, -x + rnorm(n, 0, 0.4)) }))
for (xy in columns) {
  input <- list(x = values(xy[[1]]), y = values(xy[[2]]))
  s <- quiet(cor.test(xy[[1]], xy[[2]], method = "spearman")); add("spearman", input, list(rho = s$estimate[[1]], statistic = s$statistic[[1]], p = s$p.value))
  p <- cor.test(xy[[1]], xy[[2]]); add("pearson", input, list(correlation = p$estimate[[1]], statistic = p$statistic[[1]], df = p$parameter[[1]], p = p$p.value, lower = p$conf.int[1], upper = p$conf.int[2]))
}
for (p in list(runif(60)^4, c(runif(10), NA, 0.5, 0.5), 10^-seq(0, 30, 3))) for (method in p.adjust.methods) add("adjustP", list(p = values(p), method = method), list(adjusted = p.adjust(p, method)))
for (x in list(faithful$eruptions, rivers, airquality$Ozone[!is.na(airquality$Ozone)], rnorm(7), 5)) for (type in 6:7)
  add("quantile", list(values = values(x), p = c(0, 0.025, 0.1, 0.25, 1 / 3, 0.5, 0.9, 0.975, 1), type = type), list(quantiles = unname(quantile(x, c(0, 0.025, 0.1, 0.25, 1 / 3, 0.5, 0.9, 0.975, 1), type = type))))

readings <- c(lapply(levels(iris$Species), function(s) as.matrix(iris[iris$Species == s, 1:4])), list(as.matrix(iris[, c(1, 3)]), as.matrix(iris[1:5, 1:3]), as.matrix(mtcars[, c("mpg", "qsec")]), as.matrix(iris[1:2, 1:2]),
  { a <- rnorm(40); cbind(a + rnorm(40, 0, 0.5), a + rnorm(40, 0, 0.5) + 0.2) }, { a <- rnorm(31, 100, 3); sapply(1:5, function(k) a + k + rnorm(31)) }, matrix(rnorm(60), 20)))
icc <- list()
for (x in readings) for (confidence in c(0.95, 0.9)) {
  r <- quiet(ICC(unname(x), lmer = FALSE, alpha = 1 - confidence)$results)
  icc[[length(icc) + 1]] <- list(readers = lapply(seq_len(ncol(x)), function(k) as.numeric(x[, k])), confidence = confidence,
    forms = setNames(lapply(1:6, function(i) lapply(list(icc = r$ICC[i], f = r$F[i], df1 = r$df1[i], df2 = r$df2[i], p = r$p[i], lower = r[["lower bound"]][i], upper = r[["upper bound"]][i]), plain)), r$type))
}

# ComBat: every option with and without covariates.
batch <- factor(rep(c("scanner 2", "scanner 10", "a", "B"), c(23, 11, 6, 2)))
n <- length(batch)
age <- round(rnorm(n, 60, 8)); sex <- sample(c("f", "m"), n, TRUE); stage <- sample(c("I", "II", "III"), n, TRUE)
features <- signif(sapply(1:14, function(j) 10^(j %% 3) * (rexp(n) * (1 + as.integer(batch) / 6) + as.integer(batch) * rnorm(1, 0, 0.4) + 0.02 * age + (sex == "m") * rnorm(1))), 7)
combat <- list()
for (covaried in c(FALSE, TRUE)) for (parametric in c(TRUE, FALSE)) for (meanOnly in c(FALSE, TRUE)) for (reference in c(NA, "scanner 10", "a")) {
  sink(tempfile())
  adjusted <- suppressMessages(quiet(ComBat(t(features), batch, mod = if (covaried) model.matrix(~ age + sex + stage), par.prior = parametric, mean.only = meanOnly, ref.batch = if (!is.na(reference)) reference)))
  sink()
  combat[[length(combat) + 1]] <- list(covaried = covaried, options = list(prior = if (parametric) "parametric" else "non-parametric", meanOnly = meanOnly, referenceBatch = plain(reference)), adjusted = t(adjusted))
}

# Models: learnt on Pima.tr, applied to Pima.te; and with whole weights.
learn <- Pima.tr; judge <- Pima.te; names <- setdiff(names(learn), "type")
y <- as.integer(learn$type == "Yes"); z <- as.integer(judge$type == "Yes")
regress <- function(names, weights = rep(1, nrow(learn))) {
  fit <- glm(reformulate(names, "y"), binomial, data.frame(learn[, names, drop = FALSE], y = y), weights = weights)
  list(columns = as.list(names), weights = weights, coefficients = unname(summary(fit)$coefficients), interval = unname(confint.default(fit)), deviance = deviance(fit), nullDeviance = fit$null.deviance, aic = AIC(fit),
    training = unname(fitted(fit)), validation = unname(predict(fit, judge, type = "response")))
}
logistic <- list(regress(names), regress(c("glu", "ped")), regress(c("age", "npreg", "bmi"), 1 + seq_along(y) %% 3), regress("skin"))
penalised <- lapply(list(c(1, 0), c(0.5, 0), c(0.1, 0), c(1, 1)), function(s) {
  weights <- if (s[2] == 1) 1 + seq_along(y) %% 2 else rep(1, length(y))
  fit <- glmnet(as.matrix(learn[, names]), y, family = "binomial", alpha = s[1], weights = weights, thresh = 1e-16, maxit = 1e7)
  shown <- unique(round(seq(1, length(fit$lambda), length.out = 6)))
  list(alpha = s[1], weights = weights, lambda = fit$lambda, shown = shown, coefficients = unname(t(as.matrix(coef(fit))))[shown, ], devianceRatio = fit$dev.ratio)
})
X <- scale(as.matrix(learn[, names])); V <- scale(as.matrix(judge[, names]), attr(X, "scaled:center"), attr(X, "scaled:scale"))
machines <- lapply(list(list("linear", 0.1, 1, c(1, 1)), list("radial", 1, 1 / 7, c(1, 2)), list("radial", 5, 0.3, c(1, 1))), function(s) {
  fit <- svm(X, factor(y), type = "C-classification", kernel = s[[1]], cost = s[[2]], gamma = s[[3]], scale = FALSE, tolerance = 1e-6, shrinking = FALSE, class.weights = c("0" = s[[4]][1], "1" = s[[4]][2]))
  d <- attr(predict(fit, V, decision.values = TRUE), "decision.values")
  list(kernel = s[[1]], cost = s[[2]], gamma = s[[3]], weights = s[[4]], supportVectors = fit$tot.nSV, validation = (if (colnames(d) == "1/0") 1 else -1) * as.numeric(d))
})

# Evaluation of probabilities of several kinds.
curve <- function(outcome, score) quiet(roc(outcome, score, levels = c(0, 1), direction = "<", quiet = TRUE))
hosmer <- function(p, y, g = 10) {
  group <- cut(p, unique(quantile(p, seq(0, 1, 1 / g))), include.lowest = TRUE)
  o <- tapply(y, group, sum); e <- tapply(p, group, sum); m <- tapply(p, group, length)
  chi <- sum((o - e)^2 / e + (o - e)^2 / (m - e))
  list(statistic = chi, groups = length(o), training = pchisq(chi, length(o) - 2, lower.tail = FALSE), validation = pchisq(chi, length(o), lower.tail = FALSE))
}
one <- function(p, y) {
  r <- curve(y, p); inside <- p > 0 & p < 1
  large <- summary(glm(y ~ offset(qlogis(p)), binomial, subset = inside))$coefficients; joint <- summary(glm(y ~ qlogis(p), binomial, subset = inside))$coefficients
  v <- quiet(val.prob(p, y, pl = FALSE)); local <- quiet(loess(y ~ p)); away <- abs(predict(local) - p)
  best <- coords(r, "best", best.method = "youden", ret = c("threshold", "sensitivity", "specificity"))
  costly <- coords(r, "best", best.method = "youden", best.weights = c(4, 0.15), ret = c("threshold", "sensitivity", "specificity"))
  at <- function(t) {
    tp <- sum(p >= t & y == 1); fp <- sum(p >= t & y == 0); fn <- sum(p < t & y == 1); tn <- sum(p < t & y == 0)
    share <- function(hits, trials) list(estimate = if (trials == 0) NULL else hits / trials, exact = if (trials == 0) NULL else as.numeric(binom.test(hits, trials)$conf.int),
      wilson = if (trials == 0) NULL else as.numeric(prop.test(hits, trials, correct = FALSE)$conf.int))
    list(threshold = t, accuracy = share(tp + tn, length(y)), sensitivity = share(tp, tp + fn), specificity = share(tn, tn + fp), ppv = share(tp, tp + fp), npv = share(tn, tn + fn),
      f1 = 2 * tp / (2 * tp + fp + fn), mcc = plain(cor(as.integer(p >= t), y)))
  }
  thresholds <- seq(0.05, 0.95, 0.05)
  benefit <- sapply(thresholds, function(t) mean(p >= t & y == 1) - mean(p >= t & y == 0) * t / (1 - t))
  all <- mean(y) - (1 - mean(y)) * thresholds / (1 - thresholds)
  list(p = sprintf("%.17g", p), y = y, auc = as.numeric(r$auc), variance = var(r), ci = as.numeric(ci.auc(r, method = "delong")), ci80 = as.numeric(ci.auc(r, method = "delong", conf.level = 0.8)),
    thresholds = lapply(r$thresholds, plain), sensitivity = r$sensitivities, specificity = r$specificities, youden = as.list(best), costly = as.list(costly),
    inTheLarge = large[1, 1:2], intercept = joint[1, 1:2], slope = joint[2, 1:2], valProb = as.list(v[c("R2", "Brier", "Intercept", "Slope", "Emax", "E90", "Eavg")]),
    ici = mean(away), e50 = median(away), e90 = unname(quantile(away, 0.9)), hosmer = hosmer(p, y), at = lapply(c(0.2, median(p), 0.9), at),
    benefitThresholds = thresholds, benefit = benefit, treatAll = all, reduction = 100 * (benefit - all) / (thresholds / (1 - thresholds)))
}
full <- logistic[[1]]; small <- logistic[[2]]
evaluated <- list(one(full$training, y), one(full$validation, z), one(small$validation, z), one(round(full$validation, 1) * 0.98 + 0.01, z), one(plogis(1.8 * qlogis(full$validation) - 0.7), z), one(small$validation[1:60], z[1:60]))
compared <- list()
compare <- function(a, b, paired) {
  first <- evaluated[[a]]; second <- evaluated[[b]]
  t <- roc.test(curve(first$y, as.numeric(first$p)), curve(second$y, as.numeric(second$p)), method = "delong", paired = paired)
  compared[[length(compared) + 1]] <<- list(first = a - 1, second = b - 1, paired = paired, statistic = unname(t$statistic), p = t$p.value, df = if (paired) NULL else unname(t$parameter), ci = if (paired) as.numeric(t$conf.int))
}
compare(2, 3, TRUE); compare(2, 4, TRUE); compare(3, 4, TRUE); compare(1, 2, FALSE); compare(1, 6, FALSE); compare(6, 4, FALSE)
improved <- Hmisc::improveProb(small$validation, full$validation, z)
reclassified <- list(old = 2, new = 1, nri = improved$nri, nriPositives = improved$nri.ev, nriNegatives = improved$nri.ne, idi = improved$idi)

cat(toJSON(list(r = R.version.string, tests = tests, icc = icc, combat = list(batch = as.character(batch), age = age, sex = sex, stage = stage, features = features, cases = combat),
  pima = list(columns = names, learn = as.matrix(learn[, names]), outcome = y, judge = as.matrix(judge[, names])), logistic = logistic, penalised = penalised, machines = machines,
  evaluated = evaluated, compared = compared, reclassified = reclassified), digits = NA, auto_unbox = TRUE, null = "null", na = "null"), "\n")
