# caret's safs on a score that depends on the subset alone, every random choice written down, so that another implementation
# can be walked through the same choices. Rscript reference/r/annealing.R > reference/r/annealing.json
suppressMessages(library(caret))
library(jsonlite)
options(digits = 17)

walk <- function(p, iterations, improve, folds, weights, outside, seed, penalty) {
  log <- list()
  starts <- list()
  functions <- list(
    initial = function(vars, prob = 0.2, ...) {
      subset <- sort(sample.int(vars, size = floor(vars * prob) + 1))
      log <<- list()
      subset
    },
    perturb = function(x, vars, number = floor(length(x) * 0.01) + 1) {
      bin <- rep(0, vars); bin[x] <- 1
      change <- sample(seq(along = bin), size = number)
      log[[length(log) + 1]] <<- as.list(change - 1)
      bin[change] <- 1 - bin[change]
      sort(which(bin == 1))
    },
    prob = caret::rfSA$prob,
    selectIter = caret::rfSA$selectIter,
    # The score is rounded, so that equal values occur; the fold is known by its number of rows.
    fit = function(x, y, lev = NULL, last = FALSE, ...) {
      list(at = match(colnames(x), paste0("x", seq_len(p))), rows = nrow(x))
    },
    fitness_intern = function(object, x, y, maximize, p) {
      c(Accuracy = round(sum(weights[object$at]) - penalty * length(object$at)^2, 2), Kappa = 0)
    },
    pred = function(object, x) {
      data.frame(pred = rep(sum(outside[object$at]) + nrow(x) / 1000, nrow(x)))
    },
    fitness_extern = function(data, lev = NULL, model = NULL) {
      if (is.character(data$pred) || is.factor(data$pred)) return(c(Accuracy = 0, Kappa = 0))
      c(Accuracy = round(data$pred[1], 3), Kappa = 0)
    })
  rows <- 30
  x <- as.data.frame(matrix(0, rows, p)); names(x) <- paste0("x", seq_len(p))
  y <- factor(rep(c("a", "b"), rows / 2))
  # Folds of unequal size, and the changes of each run kept by its order of running.
  held <- split(seq_len(rows), rep(seq_along(folds), folds))
  logs <- list()
  runs <- list()
  run_one <- function(index, out, name, run_seed) {
    result <- caret:::sa_select(x[index, ], y[index], funcs = functions, sa_metric = c(internal = "Accuracy", external = "Accuracy"),
      sa_maximize = c(internal = TRUE, external = TRUE), iters = iterations, sa_verbose = FALSE,
      testX = if (length(out)) x[out, ] else NULL, testY = if (length(out)) y[out] else NULL, sa_seed = run_seed,
      improve = improve, Resample = name, lvl = levels(y))
    list(random = result$internal$Random, subsets = lapply(result$subsets, function(s) as.list(s - 1)), changes = log,
      inside = result$internal$Accuracy, best = result$internal$Best, note = result$internal$Note, probability = result$internal$Prob,
      outside = if (is.null(result$external)) list() else result$external$Accuracy, rows = length(out))
  }
  set.seed(seed)
  seeds <- sample.int(1e5, length(folds) + 1)
  for (i in seq_along(folds)) runs[[i]] <- run_one(setdiff(seq_len(rows), held[[i]]), held[[i]], paste0("Fold", i), seeds[i])
  final <- run_one(seq_len(rows), integer(0), "", seeds[length(seeds)])
  # The whole of safs with the same seeds and folds tells which iteration and subset it takes.
  whole <- safs(x, y, iters = iterations, differences = FALSE, safsControl = safsControl(functions = functions, method = "cv",
    metric = c(internal = "Accuracy", external = "Accuracy"), maximize = c(internal = TRUE, external = TRUE),
    improve = improve, seeds = seeds, index = lapply(held, function(h) setdiff(seq_len(rows), h)), indexOut = held, allowParallel = FALSE))
  stopifnot(identical(lapply(whole$sa$subsets, as.integer), lapply(final$subsets, function(s) as.integer(unlist(s) + 1))))
  list(columns = p, iterations = iterations, improve = improve, weights = weights, outside = outside, penalty = penalty,
    runs = runs, final = final, averages = whole$averages$Accuracy, optIter = whole$optIter,
    optVariables = match(whole$optVariables, names(x)) - 1)
}

set.seed(20240601)
cases <- list(
  small = walk(12, 60, 6, c(5, 8, 7, 10), round(rnorm(12, 0.3, 0.3), 2), round(rnorm(12, 0, 0.1), 2), 1, 0.02),
  emptied = walk(3, 60, 5, c(15, 15), c(-0.2, -0.1, -0.15), c(0.1, 0, 0.05), 2, 0),
  hundredth = walk(150, 40, 8, c(15, 15), round(rnorm(150, 0.01, 0.05), 3), round(rnorm(150, 0, 0.02), 3), 3, 0.0002))
cat(toJSON(list(caret = as.character(packageVersion("caret")), cases = cases), digits = NA, auto_unbox = TRUE))
