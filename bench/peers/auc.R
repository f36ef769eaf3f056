# auc.R <file of scores and outcomes> <patients> <bootstrap|delong>
arguments <- commandArgs(TRUE)
suppressMessages({ library(pROC); library(jsonlite) })
n <- as.integer(arguments[2])
values <- readBin(arguments[1], "double", 3 * n)
outcome <- values[seq_len(n)]
first <- roc(outcome, values[n + seq_len(n)], levels = c(0, 1), direction = "<", quiet = TRUE)
second <- roc(outcome, values[2 * n + seq_len(n)], levels = c(0, 1), direction = "<", quiet = TRUE)
if (arguments[3] == "bootstrap") {
  set.seed(1)
  started <- proc.time()
  answer <- as.numeric(ci.auc(first, method = "bootstrap", boot.n = 10000, progress = "none"))[c(1, 3)]
} else {
  started <- proc.time()
  for (i in 1:100) { interval <- ci.auc(first, method = "delong"); test <- roc.test(first, second, method = "delong", paired = TRUE) }
  answer <- c(as.numeric(interval), test$p.value)
}
seconds <- sum((proc.time() - started)[c("user.self", "sys.self")]) / if (arguments[3] == "bootstrap") 1 else 100
cat(toJSON(list(version = paste("pROC", packageVersion("pROC")), seconds = seconds, answer = answer), digits = NA, auto_unbox = TRUE))
