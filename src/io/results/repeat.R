# Repeats in R what the tables of this folder say, from the patients' scores, and tells by how much the two differ:
#   AUC and its interval, DeLong's tests, ROC curves      pROC; where patients have several rows, Obuchowski's formula (1997)
#   bootstrap intervals                                   resamples of its own
#   cut-offs, and what they do                            pROC, exact and Wilson's intervals from stats
#   calibration                                           glm, lowess and loess; rms where it is installed
#   decision curves                                       Vickers and Elkin's formula
#   NRI and IDI                                           Pencina's formulas
#
# Rscript repeat.R, in this folder or with its path before it. It needs pROC: install.packages(c("pROC", "rms")).
# It ends with 0 when every difference is within what is allowed (1e-8, times the value where that is above 1; more where a method
# stops early, see `allowed`), with 1 when one is not, and with 2 when it could not run. Bootstrap intervals are drawn at random: here
# it draws anew, as the generator of Texel cannot be had in R, and asks how many standard errors of that drawing (Monte-Carlo errors) an
# end lies away; 5 are allowed. What the intervals are about is repeated exactly. Rscript repeat.R beside.csv writes its intervals beside
# those of the tables, a row each.

if (!requireNamespace("pROC", quietly = TRUE)) {
  message("repeat.R needs the package pROC: install.packages(\"pROC\")")
  quit(status = 2)
}
hasRms <- requireNamespace("rms", quietly = TRUE)

# What a method allows where it is not exact: rms stops its iterations early.
allowed <- c(default = 1e-8, rms = 1e-5, bootstrap = 5)

script <- sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))
folder <- if (length(script) == 1) dirname(script) else "."

# ---- the files ----

textColumns <- c("id", "patient", "cohort", "model", "scores", "interval", "note", "cutoff_source", "rule", "measure", "test", "curve",
  "cohort_1", "cohort_2", "model_1", "model_2", "scores_1", "scores_2", "statistic_name", "chosen", "classes")

readTable <- function(name) {
  path <- file.path(folder, name)
  if (!file.exists(path)) return(NULL)
  header <- names(read.csv(path, nrows = 1, check.names = FALSE, encoding = "UTF-8"))
  classes <- ifelse(header %in% textColumns, "character", NA)
  read.csv(path, check.names = FALSE, encoding = "UTF-8", na.strings = "", colClasses = classes)
}
# An empty text is no missing one.
text <- function(column) ifelse(is.na(column), "", column)

scoreTables <- Filter(Negate(is.null), lapply(c("scores.csv", "scores_apparent.csv", "scores_out_of_fold.csv"), readTable))
if (length(scoreTables) == 0) {
  message("repeat.R found no scores.csv in ", folder)
  quit(status = 2)
}
trainingCohort <- scoreTables[[1]]$cohort[1]

# A model's scores in a cohort, who has them and whose rows they are; NULL where the tables have none.
scoresOf <- function(cohort, model) {
  for (table in scoreTables) {
    rows <- which(table$cohort == cohort)
    if (length(rows) > 0 && model %in% names(table))
      return(list(id = table$id[rows], patient = (if ("patient" %in% names(table)) table$patient else table$id)[rows],
        outcome = table$outcome[rows], score = as.numeric(table[[model]][rows])))
  }
  NULL
}
pick <- function(scores, rows) lapply(scores, function(column) column[rows])
withScore <- function(scores) pick(scores, !is.na(scores$score))
# Those whom two models have a score of, with both; NULL where the tables lack one.
scoresOfBoth <- function(cohort, model1, model2) {
  first <- scoresOf(cohort, model1)
  second <- scoresOf(cohort, model2)
  if (is.null(first) || is.null(second)) return(NULL)
  pick(c(first, list(other = second$score)), !is.na(first$score) & !is.na(second$score))
}
curveOf <- function(scores) {
  known <- withScore(scores)
  suppressWarnings(pROC::roc(known$outcome, known$score, levels = c(0, 1), direction = "<", quiet = TRUE))
}

# ---- the comparison ----

found <- list()
leftOut <- character(0)

# Differences of what is written and what is computed; both missing, or equal and infinite, is no difference.
differences <- function(written, computed) {
  written <- as.numeric(written)
  computed <- as.numeric(computed)
  away <- abs(written - computed) / pmax(1, abs(computed))
  away[is.na(written) & is.na(computed)] <- 0
  away[!is.na(written) & !is.na(computed) & written == computed] <- 0
  away[is.na(away)] <- Inf
  away
}
compare <- function(what, written, computed, method = "default") {
  away <- if (length(written) == length(computed)) differences(written, computed) else Inf
  entry <- found[[what]]
  if (is.null(entry)) entry <- list(values = 0, greatest = 0, method = method)
  found[[what]] <<- list(values = entry$values + length(away), greatest = max(entry$greatest, away), method = method)
}
leaveOut <- function(why) leftOut <<- union(leftOut, why)
quietly <- function(value) suppressMessages(suppressWarnings(value))

eachGroup <- function(table, columns, work) {
  if (is.null(table)) return(invisible())
  keys <- do.call(paste, c(lapply(columns, function(column) text(table[[column]])), sep = "\r"))
  for (key in unique(keys)) work(table[keys == key, , drop = FALSE])
}

# ---- several rows a patient: Obuchowski 1997, equations 4 to 7 ----

# Of each row the share of the other class that its score is right about.
placementsOf <- function(known) {
  positive <- known$outcome == 1
  own <- ave(known$score, positive, FUN = rank)
  beaten <- rank(known$score) - own
  ifelse(positive, beaten / sum(!positive), 1 - beaten / sum(positive))
}
clusteredVariance <- function(known, placements, mean) {
  positive <- known$outcome == 1
  sums <- function(rows) tapply(ifelse(rows, placements - mean, 0), known$patient, sum)
  correction <- function(patients) length(patients) / (length(patients) - 1)
  x <- sums(positive)
  y <- sums(!positive)
  m <- sum(positive)
  n <- sum(!positive)
  correction(unique(known$patient[positive])) * sum(x^2) / m^2 + correction(unique(known$patient[!positive])) * sum(y^2) / n^2 +
    2 * correction(unique(known$patient)) * sum(x * y) / (m * n)
}
aucOf <- function(known) mean(placementsOf(known)[known$outcome == 1])
varianceOf <- function(known) clusteredVariance(known, placementsOf(known), aucOf(known))

# ---- the bootstrap ----

set.seed(1)
draws <- 2000
# Texel's: 10,000 of an AUC; of everything else those of the protocol.
drawsOfAuc <- 10000
protocol <- if (file.exists(file.path(folder, "protocol.yaml"))) readLines(file.path(folder, "protocol.yaml"), warn = FALSE) else character(0)
settings <- protocol[cumsum(grepl("^evaluate:", protocol)) > 0]
settingOf <- function(name) as.numeric(sub(".*: *", "", grep(paste0("^ +", name, ": *[0-9.e-]+$"), settings, value = TRUE)[1]))
drawsOfOthers <- settingOf("bootstraps")
# Of the population of interest; NA where none was set by hand.
setPrevalence <- settingOf("prevalence")
prevalenceOf <- function(outcome) if (is.na(setPrevalence)) mean(outcome) else setPrevalence

# What `measure` finds of every resample of rows: drawn within the classes, or of patients with all their rows.
ofResamples <- function(known, clustered, measure) {
  rows <- seq_along(known$outcome)
  groups <- if (clustered) split(rows, known$patient) else list(rows[known$outcome == 1], rows[known$outcome == 0])
  draw <- function(from) from[sample.int(length(from), replace = TRUE)]
  numbers <- Filter(is.numeric, known)
  replicate(draws, measure(pick(numbers, unlist(if (clustered) draw(groups) else lapply(groups, draw), use.names = FALSE))))
}
# Mann and Whitney's; NaN where a class is missing.
quickAuc <- function(known) {
  positive <- known$outcome == 1
  m <- sum(positive)
  (sum(rank(known$score)[positive]) - m * (m + 1) / 2) / (m * (length(positive) - m))
}
beside <- list()
aboutColumns <- c("cohort", "model", "model_1", "model_2", "cutoff_source", "rule", "measure", "threshold")
# How many Monte-Carlo errors the written ends lie from the quantiles of our own draws; on the scale of arc sines, where the error of a
# share near 0 or 1 is that of any other.
compareBootstrap <- function(what, row, values, theirDraws) {
  values <- values[!is.na(values)]
  if (is.na(row$lower) || length(values) < draws / 2) return(leaveOut("bootstrap intervals that are not defined"))
  here <- quantile(values, c(1 - row$level, 1 + row$level) / 2, names = FALSE)
  about <- sapply(aboutColumns, function(name) if (name %in% names(row)) as.character(row[[name]]) else "")
  beside[[length(beside) + 1]] <<- c(what = what, about, lower = row$lower, upper = row$upper, lower_in_r = here[1], upper_in_r = here[2])
  for (end in c("lower", "upper")) {
    at <- if (end == "lower") (1 - row$level) / 2 else (1 + row$level) / 2
    # Ties count for either side.
    share <- min(max(at, mean(values < row[[end]] - 1e-12)), mean(values <= row[[end]] + 1e-12))
    away <- 2 * abs(asin(sqrt(share)) - asin(sqrt(at))) / sqrt(1 / length(values) + 1 / theirDraws)
    compare(paste0(what, ", in Monte-Carlo errors"), away, 0, "bootstrap")
  }
}

# ---- AUC and ROC curves ----

eachGroup(readTable("auc.csv"), c("cohort", "model"), function(rows) {
  scores <- scoresOf(rows$cohort[1], rows$model[1])
  if (is.null(scores)) return(leaveOut("a model without scores in the tables"))
  curve <- curveOf(scores)
  compare("AUC", rows$auc, rep(as.numeric(curve$auc), nrow(rows)))
  delong <- rows[rows$interval == "DeLong", ]
  known <- withScore(scores)
  for (k in which(grepl("bootstrap", rows$interval))) {
    aucs <- ofResamples(known, grepl("of patients", rows$interval[k]), quickAuc)
    compareBootstrap("bootstrap of the AUC", rows[k, ], aucs, drawsOfAuc)
  }
  obuchowski <- rows[grepl("Obuchowski", rows$interval), ]
  if (nrow(obuchowski) > 0) {
    reach <- qnorm((1 + obuchowski$level) / 2) * sqrt(varianceOf(known))
    return(compare("interval of the AUC (Obuchowski)", c(obuchowski$lower, obuchowski$upper), pmin(pmax(aucOf(known) + c(-1, 1) * reach, 0), 1)))
  }
  # A model of the prevalence alone has no interval; pROC gives equal scores one without width.
  if (is.na(delong$lower)) return(leaveOut("intervals that are not defined"))
  ci <- quietly(pROC::ci.auc(curve, method = "delong", conf.level = delong$level))
  compare("interval of the AUC (DeLong)", c(delong$lower, delong$upper), ci[c(1, 3)])
})

eachGroup(readTable("roc.csv"), c("cohort", "model"), function(rows) {
  scores <- scoresOf(rows$cohort[1], rows$model[1])
  if (is.null(scores)) return()
  curve <- curveOf(scores)
  compare("thresholds of the ROC curve", rows$threshold, curve$thresholds)
  compare("sensitivity along the ROC curve", rows$sensitivity, curve$sensitivities)
  compare("specificity along the ROC curve", rows$specificity, curve$specificities)
})

# ---- DeLong's tests ----

# With the patients as clusters, by their formulas.
compareClustered <- function(row, first, second, paired) {
  aucs <- c(aucOf(first), aucOf(second))
  difference <- aucs[1] - aucs[2]
  variances <- c(varianceOf(first), varianceOf(second))
  patients <- c(length(unique(first$patient)), length(unique(second$patient)))
  variance <- if (paired) clusteredVariance(first, placementsOf(first) - placementsOf(second), difference) else sum(variances)
  statistic <- if (difference == 0 && variance == 0 && paired) 0 else difference / sqrt(variance)
  df <- if (paired) NA else sum(variances)^2 / sum(variances^2 / (patients - 1))
  p <- if (paired) 2 * pnorm(-abs(statistic)) else 2 * pt(-abs(statistic), df)
  reach <- qnorm((1 + row$level) / 2) * sqrt(variance)
  name <- if (paired) "Obuchowski's paired test" else "Obuchowski's unpaired test"
  compare(paste0(name, ": AUCs, statistic, P"), c(row$auc_1, row$auc_2, row$statistic, row$p), c(aucs, statistic, p))
  if (!paired) compare(paste0(name, ": degrees of freedom"), row$df, df)
  compare(paste0(name, ": interval of the difference"), c(row$lower, row$upper), pmin(pmax(difference + c(-1, 1) * reach, -1), 1))
}

delongTable <- readTable("delong.csv")
for (k in seq_len(NROW(delongTable))) {
  row <- delongTable[k, ]
  first <- scoresOf(row$cohort_1, row$model_1)
  second <- scoresOf(row$cohort_2, row$model_2)
  paired <- grepl("^paired", row$test)
  if (paired) {
    both <- !is.na(first$score) & !is.na(second$score)
    first <- pick(first, both)
    second <- pick(second, both)
  }
  if (grepl("Obuchowski", row$test)) {
    compareClustered(row, withScore(first), withScore(second), paired)
    next
  }
  a <- curveOf(first)
  b <- curveOf(second)
  result <- tryCatch(quietly(pROC::roc.test(a, b, method = "delong", paired = paired)), error = function(e) NULL)
  if (is.null(result)) {
    leaveOut("tests that pROC refuses")
    next
  }
  name <- if (paired) "DeLong's paired test" else "DeLong's unpaired test"
  compare(paste0(name, ": AUCs"), c(row$auc_1, row$auc_2), c(a$auc, b$auc))
  compare(paste0(name, ": statistic"), row$statistic, result$statistic)
  compare(paste0(name, ": P"), row$p, result$p.value)
  if (!paired) compare(paste0(name, ": degrees of freedom"), row$df, result$parameter)
  # By the variances, as pROC before 1.18 gives no interval; the ends are cut at -1 and 1.
  variance <- quietly(if (paired) pROC::var(a) + pROC::var(b) - 2 * pROC::cov(a, b) else pROC::var(a) + pROC::var(b))
  reach <- qnorm((1 + row$level) / 2) * sqrt(max(variance, 0))
  ends <- as.numeric(a$auc) - as.numeric(b$auc) + c(-1, 1) * reach
  compare(paste0(name, ": interval of the difference"), c(row$lower, row$upper), pmin(pmax(ends, -1), 1))
}

# ---- cut-offs ----

countsAt <- function(known, threshold) {
  positive <- known$outcome == 1
  called <- known$score >= threshold
  c(tp = sum(called & positive), fp = sum(called & !positive), tn = sum(!called & !positive), fn = sum(!called & positive))
}
ratesOf <- function(n) {
  n <- as.list(n)
  sen <- n$tp / (n$tp + n$fn)
  spe <- n$tn / (n$tn + n$fp)
  roots <- sqrt(n$tp + n$fp) * sqrt(n$tp + n$fn) * sqrt(n$tn + n$fp) * sqrt(n$tn + n$fn)
  # Bayes; only where a prevalence was set by hand.
  bayes <- function(right, wrong) right / (right + wrong)
  c(accuracy = (n$tp + n$tn) / (n$tp + n$fp + n$tn + n$fn), sensitivity = sen, specificity = spe,
    ppv = n$tp / (n$tp + n$fp), npv = n$tn / (n$tn + n$fn), f1 = 2 * n$tp / (2 * n$tp + n$fp + n$fn),
    mcc = (n$tp * n$tn - n$fp * n$fn) / roots, balanced_accuracy = (sen + spe) / 2,
    ppv_at_prevalence = bayes(sen * setPrevalence, (1 - spe) * (1 - setPrevalence)),
    npv_at_prevalence = bayes(spe * (1 - setPrevalence), (1 - sen) * setPrevalence))
}

eachGroup(readTable("thresholds.csv"), c("cohort", "model"), function(rows) {
  scores <- scoresOf(rows$cohort[1], rows$model[1])
  if (is.null(scores)) return()
  known <- withScore(scores)
  counts <- sapply(rows$threshold, function(threshold) countsAt(known, threshold))
  written <- t(as.matrix(rows[c("true_positives", "false_positives", "true_negatives", "false_negatives")]))
  compare("counts at every threshold", written, counts)
  rates <- apply(counts, 2, ratesOf)
  for (name in c("accuracy", "sensitivity", "specificity", "ppv", "npv")) compare("rates at every threshold", rows[[name]], rates[name, ])
})

# What a rule makes greatest, at a cut-off and at the best of pROC's points; pROC's ties are all equally good.
gainsOf <- function(curve, rule) {
  sen <- curve$sensitivities
  spe <- curve$specificities
  number <- "([-+.0-9eE]+)"
  if (rule == "Youden") return(sen + spe)
  if (grepl("^cost ", rule)) {
    cost <- as.numeric(sub(paste0("^cost ", number, " at prevalence ", number, "$"), "\\1", rule))
    prevalence <- as.numeric(sub(paste0("^cost ", number, " at prevalence ", number, "$"), "\\2", rule))
    return(sen + (1 - prevalence) / (cost * prevalence) * spe)
  }
  least <- as.numeric(sub(paste0("^[a-z]+ >= ", number, "$"), "\\1", rule))
  if (grepl("^sensitivity", rule)) return(ifelse(sen >= least, spe, -Inf))
  if (grepl("^specificity", rule)) return(ifelse(spe >= least, sen, -Inf))
  rep(NA, length(sen))
}

eachGroup(readTable("cutoffs.csv"), c("cohort", "model", "cutoff_source", "rule"), function(rows) {
  row <- rows[1, ]
  scores <- scoresOf(row$cohort, row$model)
  chosenOn <- if (row$cutoff_source == "carried") scoresOf(trainingCohort, row$model) else scores
  if (is.null(scores) || is.null(chosenOn)) return(leaveOut("a model without scores in the tables"))
  curve <- curveOf(chosenOn)
  gains <- gainsOf(curve, row$rule)
  best <- max(gains)
  if (is.na(row$cutoff)) {
    # Only calling everybody the same is best.
    return(compare("cut-offs that do not exist", 0, sum(is.finite(curve$thresholds) & gains >= best - 1e-12)))
  }
  nearest <- which.min(abs(curve$thresholds - row$cutoff))
  compare("cut-offs are thresholds of pROC", row$cutoff, curve$thresholds[nearest])
  compare("no cut-off of pROC is better by the rule", gains[nearest], best)
  scored <- withScore(scores)
  rates <- ratesOf(countsAt(scored, row$cutoff))
  compare("measures at cut-offs", rows$estimate, rates[rows$measure])
  for (k in which(rows$interval %in% c("Clopper-Pearson", "Wilson") & !is.na(rows$trials) & rows$trials > 0)) {
    at <- rows[k, ]
    ci <- if (at$interval == "Wilson") quietly(prop.test(at$hits, at$trials, conf.level = at$level, correct = FALSE)$conf.int)
      else binom.test(at$hits, at$trials, conf.level = at$level)$conf.int
    compare(paste("intervals at cut-offs:", at$interval), c(at$lower, at$upper), ci)
  }
  random <- which(grepl("bootstrap", rows$interval))
  clustered <- grepl("of patients", rows$interval[random[1]])
  drawn <- ofResamples(scored, clustered, function(known) ratesOf(countsAt(known, row$cutoff)))
  for (k in random) {
    what <- if (grepl("_at_prevalence$", rows$measure[k])) "bootstrap at a prevalence set by hand" else "bootstrap at cut-offs"
    compareBootstrap(what, rows[k, ], drawn[rows$measure[k], ], drawsOfOthers)
  }
})

# ---- calibration ----

calibrationOf <- function(p, y) {
  inside <- p > 0 & p < 1
  logits <- qlogis(p)
  wald <- function(fit, at) if (fit$converged && at <= nrow(summary(fit)$coefficients)) summary(fit)$coefficients[at, 1:2] else c(NA, NA)
  large <- quietly(glm(y ~ offset(logits), family = binomial, subset = inside))
  joint <- quietly(glm(y ~ logits, family = binomial, subset = inside))
  smooth <- lowess(p, y, iter = 0)
  away <- abs(smooth$x - smooth$y)
  local <- tryCatch(quietly(abs(predict(loess(y ~ p)) - p)), error = function(e) rep(NA, length(p)))
  list(
    coefficients = list(in_the_large = wald(large, 1), intercept = wald(joint, 1), slope = wald(joint, 2)),
    plain = c(rows = length(p), events = sum(y), mean_predicted = mean(p), zero_or_one = sum(!inside), brier = mean((p - y)^2),
      brier_scaled = 1 - mean((p - y)^2) / (mean(y) * (1 - mean(y))), hosmer_lemeshow_chi_square = hosmerLemeshow(p, y),
      eavg_lowess = mean(away), e90_lowess = unname(quantile(away, 0.9)), emax_lowess = max(away),
      ici_loess = mean(local), e50_loess = median(local), e90_loess = unname(quantile(local, 0.9, na.rm = TRUE)), emax_loess = max(local)),
    rms = if (hasRms && all(inside)) tryCatch(quietly(rms::val.prob(p, y, pl = FALSE)), error = function(e) NULL))
}
groupsOf <- function(p) {
  breaks <- unique(quantile(p, seq(0, 1, 0.1)))
  if (length(breaks) == 1) factor(rep(1, length(p))) else cut(p, breaks, include.lowest = TRUE)
}
hosmerLemeshow <- function(p, y) {
  group <- groupsOf(p)
  observed <- tapply(y, group, sum)
  expected <- tapply(p, group, sum)
  away <- observed - expected
  sum(ifelse(away == 0, 0, away^2 / (expected * (1 - expected / tapply(p, group, length)))), na.rm = TRUE)
}
rmsNames <- c(r2_nagelkerke = "R2", brier = "Brier", intercept = "Intercept", slope = "Slope", eavg_lowess = "Eavg", e90_lowess = "E90", emax_lowess = "Emax")

eachGroup(readTable("calibration.csv"), c("cohort", "model"), function(rows) {
  scores <- scoresOf(rows$cohort[1], rows$model[1])
  if (is.null(scores)) return()
  known <- withScore(scores)
  answer <- calibrationOf(known$score, known$outcome)
  for (name in names(answer$coefficients)) {
    row <- rows[rows$measure == name, ]
    if (is.na(row$estimate)) {
      leaveOut("calibration that is not defined, as the probabilities are all equal or separate the outcomes")
      next
    }
    value <- answer$coefficients[[name]]
    reach <- qnorm((1 + row$level) / 2) * value[2]
    compare("calibration by glm: in the large, intercept, slope", row$estimate, value[1])
    compare("calibration by glm: standard errors and intervals", c(row$standard_error, row$lower, row$upper), c(value[2], value[1] - reach, value[1] + reach))
  }
  for (name in intersect(names(answer$plain), rows$measure)) {
    curve <- if (grepl("_loess$", name)) "calibration by loess: ICI, E50, E90, Emax" else if (grepl("_lowess$", name)) "calibration by lowess: Eavg, E90, Emax" else "calibration: counts, Brier, Hosmer and Lemeshow"
    compare(curve, rows$estimate[rows$measure == name], answer$plain[name])
  }
  df <- rows$estimate[rows$measure == "hosmer_lemeshow_df"]
  chi <- answer$plain[["hosmer_lemeshow_chi_square"]]
  if (df > 0) compare("calibration: P of Hosmer and Lemeshow", rows$estimate[rows$measure == "hosmer_lemeshow_p"], pchisq(chi, df, lower.tail = FALSE))
  if (is.null(answer$rms)) return(if (hasRms) leaveOut("rms where probabilities are 0 or 1, or all equal"))
  for (name in names(rmsNames)) {
    written <- rows$estimate[rows$measure == name]
    if (!is.na(written)) compare("calibration by rms (val.prob)", written, answer$rms[[rmsNames[[name]]]], "rms")
  }
})
if (!hasRms) leaveOut("val.prob of rms, which is not installed (the same figures by glm and lowess are repeated)")

eachGroup(readTable("calibration_curve.csv"), c("cohort", "model", "curve"), function(rows) {
  scores <- scoresOf(rows$cohort[1], rows$model[1])
  if (is.null(scores)) return()
  known <- withScore(scores)
  if (rows$curve[1] == "lowess") {
    smooth <- lowess(known$score, known$outcome, iter = 0)
    once <- !duplicated(smooth$x)
    compare("calibration curve: lowess", c(rows$predicted, rows$observed), c(smooth$x[once], smooth$y[once]))
  } else {
    group <- droplevels(groupsOf(known$score))
    compare("calibration curve: tenths", c(rows$predicted, rows$observed), c(tapply(known$score, group, mean), tapply(known$outcome, group, mean)))
  }
})

# ---- decision curves ----

# At every threshold; the share of positives is drawn with the patients unless it was set by hand.
netBenefit <- function(known, score, thresholds) {
  prevalence <- prevalenceOf(known$outcome)
  # How many thresholds each score reaches, and so the share of a class that is called at each.
  reached <- findInterval(score, thresholds)
  called <- function(rows) rev(cumsum(rev(tabulate(reached[rows] + 1, length(thresholds) + 1))))[-1] / sum(rows)
  called(known$outcome == 1) * prevalence - called(known$outcome == 0) * (1 - prevalence) * thresholds / (1 - thresholds)
}
compareBands <- function(what, rows, known, benefitOf) {
  drawn <- matrix(ofResamples(known, grepl("of patients", rows$interval[1]), benefitOf), nrow(rows))
  for (k in seq_len(nrow(rows))) compareBootstrap(what, rows[k, ], drawn[k, ], drawsOfOthers)
}

eachGroup(readTable("dca.csv"), c("cohort", "model"), function(rows) {
  scores <- scoresOf(rows$cohort[1], rows$model[1])
  if (is.null(scores)) return()
  known <- withScore(scores)
  benefitOf <- function(known) netBenefit(known, known$score, rows$threshold)
  prevalence <- prevalenceOf(known$outcome)
  odds <- rows$threshold / (1 - rows$threshold)
  all <- prevalence - (1 - prevalence) * odds
  avoided <- function(benefit) (benefit - all) / odds * 100
  compare("decision curves: net benefit", rows$net_benefit, benefitOf(known))
  compare("decision curves: treat all, prevalence", c(rows$treat_all, rows$prevalence), c(all, rep(prevalence, nrow(rows))))
  compare("decision curves: avoided of 100", c(rows$avoided_per_100, rows$avoided_lower, rows$avoided_upper),
    c(avoided(benefitOf(known)), avoided(rows$lower), avoided(rows$upper)))
  compareBands("bootstrap of net benefit", rows, known, benefitOf)
})

eachGroup(readTable("dca_differences.csv"), c("cohort", "model_1", "model_2"), function(rows) {
  known <- scoresOfBoth(rows$cohort[1], rows$model_1[1], rows$model_2[1])
  if (is.null(known)) return()
  gainOf <- function(known) netBenefit(known, known$score, rows$threshold) - netBenefit(known, known$other, rows$threshold)
  compare("decision curves: difference of net benefit", rows$difference, gainOf(known))
  compareBands("bootstrap of differences of net benefit", rows, known, gainOf)
})

# ---- reclassification ----

eachGroup(readTable("reclassification.csv"), c("cohort", "model_1", "model_2"), function(rows) {
  known <- scoresOfBoth(rows$cohort[1], rows$model_1[1], rows$model_2[1])
  if (is.null(known)) return()
  classes <- rows$classes[1]
  placeOf <- if (classes == "category-free") identity else function(p) findInterval(p, sort(as.numeric(strsplit(classes, ", ")[[1]])))
  known$move <- sign(placeOf(known$other) - placeOf(known$score))
  figuresOf <- function(known) {
    positive <- known$outcome == 1
    gain <- known$other - known$score
    up <- mean(known$move[positive])
    down <- -mean(known$move[!positive])
    c(nri = up + down, nri_positives = up, nri_negatives = down, idi = mean(gain[positive]) - mean(gain[!positive]))
  }
  compare("NRI and IDI", rows$estimate, figuresOf(known)[rows$measure])
  drawn <- ofResamples(known, grepl("of patients", rows$interval[1]), figuresOf)
  for (k in seq_len(nrow(rows))) compareBootstrap("bootstrap of NRI and IDI", rows[k, ], drawn[rows$measure[k], ], drawsOfOthers)
})

# ---- the answer ----

packages <- c("pROC", if (hasRms) "rms")
cat(R.version.string, paste0(packages, " ", sapply(packages, function(name) as.character(packageVersion(name)))), sep = "; ")
cat("\n\n")
limits <- sapply(found, function(entry) allowed[[entry$method]])
greatest <- sapply(found, function(entry) entry$greatest)
values <- sapply(found, function(entry) entry$values)
if (length(found) == 0) {
  message("repeat.R found nothing to compare in ", folder)
  quit(status = 2)
}
verdict <- ifelse(greatest <= limits, "", "  DIFFERS")
cat(sprintf("%-58s %8s %12s %9s\n", "what", "values", "greatest", "allowed"))
cat(sprintf("%-58s %8d %12.2g %9.0e%s\n", names(found), as.integer(values), greatest, limits, verdict), sep = "")
exact <- sapply(found, function(entry) entry$method != "bootstrap")
cat(sprintf("\n%d values; greatest difference %.2g (%s).\n", sum(values), max(greatest[exact]), names(found)[exact][which.max(greatest[exact])]))
if (!all(exact)) cat("Bootstrap intervals were drawn anew: their differences are in Monte-Carlo errors.\n")
if (length(beside) > 0 && length(commandArgs(TRUE)) == 1) write.csv(do.call(rbind, beside), commandArgs(TRUE), row.names = FALSE, na = "", fileEncoding = "UTF-8")
if (length(leftOut) > 0) cat("Not repeated: ", paste(leftOut, collapse = "; "), ".\n", sep = "")
if (any(greatest > limits)) {
  cat("What is written and what R finds differ by more than is allowed.\n")
  quit(status = 1)
}
