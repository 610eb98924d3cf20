# A balanced draw with R's package sampling, for bench/cube.mjs.
# Reads a CSV without header: the inclusion probability, then the 0/1 columns (sizes of strata first), and draws with
# samplecube: flight, then landing that drops columns (method 2). Prints the seconds that samplecube took and one digit
# for each unit. samplecube divides its columns by the probabilities, so it is given the products.
#
# Needs: R 4 and sampling (Debian: r-base-core, r-cran-sampling).
# Use:   Rscript cube.R INPUT.csv SEED
suppressPackageStartupMessages(library(sampling))

arguments <- commandArgs(trailingOnly = TRUE)
stopifnot(length(arguments) == 2L)
given <- as.matrix(read.csv(arguments[1], header = FALSE))
set.seed(as.integer(arguments[2]))

probabilities <- given[, 1]
columns <- given[, -1] * probabilities
seconds <- system.time(drawn <- samplecube(columns, probabilities, order = 2, comment = FALSE, method = 2))[["elapsed"]]
cat(seconds, "\n", paste(round(drawn), collapse = ""), "\n", sep = "")
