# Cases that the shared references of ComBat lack: Rscript reference/r/combat.R > reference/r/combat.json
# Rows are patients, as in our tables (sva takes the transpose). The values are drawn once here and written with the answers.
suppressMessages({ library(sva); library(jsonlite) })
set.seed(20240)
quiet <- function(...) { sink(tempfile()); on.exit(sink()); suppressMessages(suppressWarnings(ComBat(...))) }

draw <- function(batch, columns) {
  location <- matrix(rnorm(nlevels(batch) * columns, 0, 0.7), nlevels(batch))
  scale <- matrix(sqrt(rgamma(nlevels(batch) * columns, 6, 6)), nlevels(batch))
  signif(sapply(seq_len(columns), function(j)
    10^((j - 1) %% 4) * (5 + location[as.integer(batch), j] + scale[as.integer(batch), j] * rnorm(length(batch)))), 6)
}
cases <- list()
add <- function(name, values, batch, ..., covariates = list(), options = list())
  cases[[length(cases) + 1]] <<- list(name = name, batch = as.character(batch), values = values, covariates = covariates,
    options = options, adjusted = t(quiet(t(values), batch, ...)))

unbalanced <- factor(rep(c("Z", "B", "M", "C"), c(61, 9, 24, 3)))
values <- draw(unbalanced, 16)
add("unbalanced", values, unbalanced)
add("unbalanced non-parametric", values, unbalanced, par.prior = FALSE, options = list(prior = "non-parametric"))
add("non-parametric mean only", values, unbalanced, par.prior = FALSE, mean.only = TRUE,
  options = list(prior = "non-parametric", meanOnly = TRUE))
add("non-parametric reference", values, unbalanced, par.prior = FALSE, ref.batch = "M",
  options = list(prior = "non-parametric", referenceBatch = "M"))
add("mean only, reference", values, unbalanced, mean.only = TRUE, ref.batch = "B",
  options = list(meanOnly = TRUE, referenceBatch = "B"))

age <- round(rnorm(97, 50, 9)); grade <- sample(c("low", "mid", "high"), 97, TRUE)
covariates <- list(list(name = "age", kind = "numeric", values = age), list(name = "grade", kind = "factor", values = grade))
shifted <- values + outer(age, rep(c(0.02, 0.3), 8)) + outer((grade == "mid") * 1, rep(c(1, 2, 30, 5), 4))
add("two covariates", shifted, unbalanced, mod = model.matrix(~ age + grade), covariates = covariates)
add("two covariates, reference", shifted, unbalanced, mod = model.matrix(~ age + grade), ref.batch = "Z",
  covariates = covariates, options = list(referenceBatch = "Z"))
add("two covariates, non-parametric", shifted, unbalanced, mod = model.matrix(~ age + grade), par.prior = FALSE,
  covariates = covariates, options = list(prior = "non-parametric"))

lone <- factor(c(rep(c("A", "B"), c(20, 15)), "C"))
add("one-patient batch", draw(lone, 12), lone, options = list(asSva = TRUE))

flat <- values; flat[unbalanced == "C", 4] <- 7; flat[unbalanced == "Z", 11] <- 0; flat[, 16] <- 3
add("zero variance in a batch", flat, unbalanced)

holes <- values; holes[cbind(sample(94, 60, TRUE), sample(16, 60, TRUE))] <- NA
add("missing values", holes, unbalanced)
add("missing values, reference", holes, unbalanced, ref.batch = "Z", options = list(referenceBatch = "Z"))
add("missing values, non-parametric", holes, unbalanced, par.prior = FALSE, options = list(prior = "non-parametric"))
shiftedHoles <- shifted; shiftedHoles[is.na(holes)] <- NA
add("missing values, two covariates", shiftedHoles, unbalanced, mod = model.matrix(~ age + grade), covariates = covariates)

two <- factor(sample(c("1.5T", "3T"), 40, TRUE))
add("two batches, more columns than patients", draw(two, 100), two)

# A new batch joins a harmonised reference: the mode "reference" is two calls of sva.
training <- unbalanced != "M"
first <- t(quiet(t(values[training, ]), droplevels(unbalanced[training])))
both <- rbind(first, values[!training, ])
joined <- t(quiet(t(both), factor(rep(c("reference", "M"), c(sum(training), sum(!training)))), ref.batch = "reference"))
join <- list(batch = as.character(unbalanced), newBatch = "M", values = values, training = joined[seq_len(sum(training)), ],
  newcomers = joined[-seq_len(sum(training)), ])

message <- function(...) tryCatch({ quiet(...); "none" }, error = conditionMessage)
confounded <- list(
  batch = message(t(values), unbalanced, mod = model.matrix(~ I(unbalanced == "Z"))),
  each_other = message(t(values), unbalanced, mod = model.matrix(~ age + I(2 * age))),
  one_with_batch = message(t(values), unbalanced, mod = model.matrix(~ age + I(unbalanced == "Z"))))
cat(toJSON(list(r = R.version.string, sva = as.character(packageVersion("sva")), cases = cases, join = join,
  confounded = confounded), digits = NA, auto_unbox = TRUE, na = "null"), "\n")
