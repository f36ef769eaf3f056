# glmnet's binomial paths and cv.glmnet with given folds, to tight thresholds.
# Rscript reference/r/glmnet.R > reference/r/glmnet.json
suppressMessages(library(glmnet)); library(jsonlite)
studies <- list(ispy1 = "ispy1", lung_two_centres = c("lung_centre_a", "lung_centre_b"))
tight <- 1e-16
answers <- list(); cv <- list()
for (name in names(studies)) {
  data <- do.call(rbind, lapply(studies[[name]], function(file) read.csv(gzfile(paste0("reference/tables/", file, ".csv.gz")), check.names = FALSE, colClasses = c(ID = "character"))))
  split <- fromJSON(paste0("reference/statistics/", name, "/split.json"))
  data <- data[match(split$train_id, data$ID), ]
  y <- data$Target
  features <- setdiff(names(data), c("ID", "Target"))
  chosen <- intersect(names(read.csv(paste0("reference/statistics/", name, "/boruta_input.csv"), check.names = FALSE, nrows = 1)), features)
  chosen <- chosen[seq_len(min(20, length(chosen)))]
  X <- as.matrix(data[, chosen])
  add <- function(case, columns, alpha, weights = rep(1, length(y)), lambda = NULL, keep = NULL) {
    X <- as.matrix(data[, columns])
    fit <- glmnet(X, y, family = "binomial", alpha = alpha, weights = weights, lambda = lambda, thresh = tight, maxit = 1e7)
    if (is.null(keep)) keep <- unique(round(seq(1, length(fit$lambda), length.out = 8)))
    answers[[length(answers) + 1]] <<- list(study = name, case = case, columns = columns, alpha = alpha, weights = weights, given = !is.null(lambda),
      lambda = fit$lambda, shown = keep, coefficients = unname(t(as.matrix(coef(fit))))[keep, , drop = FALSE], devianceRatio = fit$dev.ratio, nullDeviance = fit$nulldev)
  }
  add("lasso", chosen, 1)
  add("elastic net", chosen, 0.5)
  add("ridge", chosen, 0)
  add("lasso, weights", chosen, 1, weights = 1 + seq_along(y) %% 3)
  wide <- features[seq(1, length(features), by = if (name == "ispy1") 2 else 3)]
  if (name == "ispy1") {
    add("lasso, more columns than patients", wide, 1)
    add("ridge, more columns than patients", wide, 0, lambda = c(5, 0.5, 0.05), keep = 1:3)
  }
  foldid <- (seq_along(y) * 7) %% 5 + 1
  for (measure in c("deviance", "auc")) {
    fit <- cv.glmnet(X, y, family = "binomial", foldid = foldid, type.measure = measure, thresh = tight, maxit = 1e7)
    cv[[length(cv) + 1]] <- list(study = name, columns = chosen, measure = measure, fold = foldid - 1, lambda = fit$lambda,
      mean = fit$cvm, standardError = fit$cvsd, minimum = fit$lambda.min, oneSe = fit$lambda.1se)
  }
}
cat(toJSON(list(r = R.version.string, glmnet = as.character(packageVersion("glmnet")), paths = answers, crossValidation = cv), digits = NA, auto_unbox = TRUE), "\n")
