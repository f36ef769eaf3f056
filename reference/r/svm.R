# e1071's svm where the shared references are silent: class weights, and tight answers on the lung table.
# Rscript reference/r/svm.R > reference/r/svm.json
library(e1071); library(jsonlite)
studies <- list(ispy1 = "ispy1", lung_two_centres = c("lung_centre_a", "lung_centre_b"))
answers <- list()
for (name in names(studies)) {
  data <- do.call(rbind, lapply(studies[[name]], function(file) read.csv(gzfile(paste0("reference/tables/", file, ".csv.gz")), check.names = FALSE, colClasses = c(ID = "character"))))
  split <- fromJSON(paste0("reference/statistics/", name, "/split.json"))
  features <- fromJSON(paste0("reference/statistics/", name, "/models.json"))$features
  train <- data[match(split$train_id, data$ID), ]
  valid <- data[match(split$valid_id, data$ID), ]
  X <- scale(as.matrix(train[, features]))
  V <- scale(as.matrix(valid[, features]), attr(X, "scaled:center"), attr(X, "scaled:scale"))
  y <- factor(train$Target)
  add <- function(kernel, cost, gamma, weights) {
    fit <- svm(X, y, type = "C-classification", kernel = kernel, cost = cost, gamma = gamma, scale = FALSE, tolerance = 1e-6,
      shrinking = FALSE, class.weights = c("0" = weights[1], "1" = weights[2]))
    values <- function(Z) { d <- attr(predict(fit, Z, decision.values = TRUE), "decision.values"); (if (colnames(d) == "1/0") 1 else -1) * as.numeric(d) }
    answers[[length(answers) + 1]] <<- list(study = name, kernel = kernel, cost = cost, gamma = gamma, weights = weights, supportVectors = fit$tot.nSV, train = values(X), valid = values(V))
  }
  add("linear", 0.05, 1, c(1, 1.3))
  add("linear", 0.01, 1, c(1, 1))
  add("radial", 2, 0.1, c(2, 0.5))
  add("radial", 20, 0.5, c(1, 1))
}
cat(toJSON(list(r = R.version.string, e1071 = as.character(packageVersion("e1071")), answers = answers), digits = NA, auto_unbox = TRUE), "\n")
