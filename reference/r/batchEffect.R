# Batch effects and principal components: Rscript reference/r/batchEffect.R > reference/r/batchEffect.json
# Partial eta squared of the batch fitted last (anova of two lm), epsilon squared of kruskal.test, prcomp of scaled columns, and
# density() of one column a batch.
suppressMessages(library(jsonlite))
set.seed(77)
n <- 45
batch <- factor(rep(c("B", "A", "C"), c(20, 15, 10)))
age <- round(rnorm(n, 55, 9)); grade <- factor(sample(c("low", "mid", "high"), n, TRUE))
x <- sapply(1:7, function(j) rnorm(n) + (j %% 3) * as.integer(batch) / 2 + 0.02 * (j - 3) * age + (grade == "mid") * (j == 2))
x <- signif(x, 7)
x[3, 4] <- NA; x[41, 4] <- NA
x[, 6] <- round(x[, 6])
partial <- function(y, form) {
  keep <- !is.na(y)
  d <- data.frame(y = y, batch, age, grade)[keep, ]
  rest <- sum(resid(lm(update(form, y ~ .), d))^2)
  residual <- sum(resid(lm(update(form, y ~ . + batch), d))^2)
  (rest - residual) / rest
}
epsilon <- function(y) unname(kruskal.test(y, batch)$statistic) / (sum(!is.na(y)) - 1)
complete <- x[, -4]
components <- prcomp(complete[1:30, ], scale. = TRUE)
all <- predict(components, complete)[, 1:3]
smooth <- lapply(levels(batch), function(b) { d <- density(x[batch == b, 1]); list(bandwidth = d$bw, x = d$x, y = d$y) })
cat(toJSON(list(batch = as.character(batch), age = age, grade = as.character(grade), values = x,
  eta = apply(x, 2, partial, ~ 1), etaBeside = apply(x, 2, partial, ~ age + grade), epsilon = apply(x, 2, epsilon),
  explained = summary(components)$importance[2, 1:3], scores = all, density = smooth), digits = NA, auto_unbox = TRUE))
