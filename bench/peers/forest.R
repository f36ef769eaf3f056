# forest.R <doubles, rows by columns> <rows> <columns> <outcome of each row, 0 or 1>
arguments <- commandArgs(TRUE)
suppressMessages({ library(ranger); library(pROC); library(jsonlite) })
rows <- as.integer(arguments[2]); columns <- as.integer(arguments[3])
x <- as.data.frame(matrix(readBin(arguments[1], "double", rows * columns), rows))
y <- factor(strsplit(arguments[4], "")[[1]])
grow <- function(seed) sum(system.time(
  ranger(x = x, y = y, num.trees = 500, importance = "permutation", num.threads = 1, seed = seed))[c("user.self", "sys.self")])
seconds <- median(sapply(1:5, grow))
judged <- ranger(x = x, y = y, num.trees = 500, num.threads = 1, probability = TRUE, min.node.size = 1, seed = 1)
auc <- as.numeric(auc(roc(y, judged$predictions[, "1"], levels = c("0", "1"), direction = "<")))
cat(toJSON(list(version = paste("ranger", packageVersion("ranger")), seconds = seconds, auc = auc), digits = NA, auto_unbox = TRUE))
