# combat.R <doubles, patients by columns> <patients> <columns> <batch of each patient, as letters> parametric|non-parametric
arguments <- commandArgs(TRUE)
suppressMessages({ library(sva); library(jsonlite) })
patients <- as.integer(arguments[2]); columns <- as.integer(arguments[3])
values <- matrix(readBin(arguments[1], "double", patients * columns), patients)
batch <- strsplit(arguments[4], "")[[1]]
sink(tempfile())
started <- proc.time()[["elapsed"]]
adjusted <- suppressMessages(ComBat(t(values), batch, par.prior = arguments[5] == "parametric"))
seconds <- proc.time()[["elapsed"]] - started
sink()
cat(toJSON(list(version = paste("sva", packageVersion("sva")), seconds = seconds, firstPatient = adjusted[, 1]), digits = NA, auto_unbox = TRUE))
