# The job of `casedraw sample` as an analyst would write it in R, for bench/whole.mjs.
# Reads a 24-column child-level CSV as text, parses its five dates, derives the age band and the delay
# band, keeps the open cases, draws 600 of them by law type and delay with a quarter more in reserve,
# and writes sample.csv, reserves.csv, strata.csv and frame.csv.
#
# Needs: R 4 and data.table (Debian: r-base-core, r-cran-data.table).
# Use:   Rscript draw.R INPUT.csv OUTDIR
suppressPackageStartupMessages(library(data.table))

arguments <- commandArgs(trailingOnly = TRUE)
stopifnot(length(arguments) == 2L)
input <- arguments[1]
out <- arguments[2]
dir.create(out, showWarnings = FALSE, recursive = TRUE)

reference <- as.IDate("2026-11-16")
size <- 600L
minimum <- 2L
set.seed(20261116)

cases <- fread(input, colClasses = "character", na.strings = NULL)
setnames(cases, c(
  "case_id", "child_id", "case_name", "gender", "ethnicity", "disability", "date_of_birth",
  "lead_application", "law_type", "case_type", "practitioner", "team", "service_area",
  "local_authority", "court", "dfj_area", "application_date", "allocation_date",
  "first_hearing_date", "closed_date", "last_activity_date", "factors", "audited", "file_location"
))

# A date stands in many rows: each distinct text is parsed once.
parse_date <- function(text) {
  distinct <- unique(text)
  parsed <- as.IDate(distinct, format = "%d/%m/%Y")
  if (anyNA(parsed[distinct != ""])) stop("unreadable date")
  parsed[chmatch(text, distinct)]
}
dates <- c("date_of_birth", "application_date", "closed_date", "last_activity_date", "allocation_date")
cases[, (dates) := lapply(.SD, parse_date), .SDcols = dates]

cases[, age := year(reference) - year(date_of_birth) -
  (month(reference) * 100L + mday(reference) < month(date_of_birth) * 100L + mday(date_of_birth))]
age_labels <- c("unborn", "0", "1 to 4", "5 to 9", "10 to 15", "16 and over")
cases[, age_band := age_labels[findInterval(age, c(0L, 1L, 5L, 10L, 16L)) + 1L]]

cases[, delay := as.integer(fifelse(is.na(closed_date), reference, closed_date) - application_date)]
delay_labels <- c("up to 26", "over 26 to 52", "over 52 to 100", "over 100")
cases[, delay_band := delay_labels[findInterval(delay, c(182L, 364L, 700L), left.open = TRUE) + 1L]]

frame <- cases[is.na(closed_date)]
frame[, `:=`(unit_id = paste(case_id, child_id, sep = "_"), stratum = paste(law_type, delay_band, sep = " / "))]

# In proportion, but never below the minimum: strata whose share is smaller are fixed at it and the
# rest is shared again; then the largest remainders.
allocate <- function(population) {
  least <- pmin(minimum, population)
  fixed <- rep(FALSE, length(population))
  repeat {
    share <- (size - sum(least[fixed])) * population / sum(population[!fixed])
    below <- !fixed & share < least
    if (!any(below)) break
    fixed <- fixed | below
  }
  share[fixed] <- least[fixed]
  allocated <- as.integer(floor(share))
  left <- size - sum(allocated)
  more <- order(allocated - share)[seq_len(left)]
  allocated[more] <- allocated[more] + 1L
  allocated
}
strata <- frame[, .(population = .N), keyby = stratum]
strata[, allocated := allocate(population)]
strata[, `:=`(drawn = allocated, reserves = pmin(as.integer(ceiling(allocated * 0.25)), population - allocated))]
strata[, inclusion_probability := allocated / population]

frame[strata, on = "stratum", `:=`(allocated = i.allocated, reserves = i.reserves, inclusion_probability = i.inclusion_probability)]
frame[, ticket := runif(.N)]
frame[, place := frank(ticket, ties.method = "first"), by = stratum]

fields <- setdiff(names(cases), c("case_name", "date_of_birth", "age", "delay"))
drawn <- frame[place <= allocated][order(ticket)]
drawn[, `:=`(draw_order = .I, design_weight = 1 / inclusion_probability)]
reserves <- frame[place > allocated & place <= allocated + reserves][order(stratum, place)]
reserves[, reserve_order := place - allocated]

fwrite(
  drawn[, c("draw_order", "unit_id", "stratum", "inclusion_probability", "design_weight", fields), with = FALSE],
  file.path(out, "sample.csv")
)
fwrite(reserves[, c("reserve_order", "unit_id", "stratum", fields), with = FALSE], file.path(out, "reserves.csv"))
fwrite(strata, file.path(out, "strata.csv"))
fwrite(frame[order(unit_id), .(unit_id, stratum)], file.path(out, "frame.csv"))
