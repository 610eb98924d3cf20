import { ageItem } from "./children/age-item.js";
import { cohortFlowItem } from "./children/cohort-flow-item.js";
import { disabilityItem } from "./children/disability-item.js";
import { disproportionalityItem } from "./children/disproportionality-item.js";
import { ethnicityItem } from "./children/ethnicity-item.js";
import { genderItem } from "./children/gender-item.js";
import { repeatItem } from "./children/repeat-item.js";
import { completedDurationsItem } from "./delay/completed-durations-item.js";
import { delayByItem } from "./delay/delay-by-item.js";
import { durationItem } from "./delay/duration-item.js";
import { endingsItem } from "./delay/endings-item.js";
import { openAgeItem } from "./delay/open-age-item.js";
import { startCohortsItem } from "./delay/start-cohorts-item.js";
import { thresholdsItem } from "./delay/thresholds-item.js";
import { backlogItem } from "./demand/backlog-item.js";
import { demandItem } from "./demand/demand-item.js";
import { flowItem } from "./demand/flow-item.js";
import { overTimeItem } from "./demand/over-time-item.js";
import { seasonalityItem } from "./demand/seasonality-item.js";
import type { Item } from "./item.js";
import { auditedItem } from "./places/audited-item.js";
import { sitesItem } from "./places/sites-item.js";
import { dataQualityItem } from "./quality/data-quality-item.js";
import { areasItem } from "./regional/areas-item.js";
import { caseTypesItem } from "./work/case-types-item.js";
import { factorOverlapItem } from "./work/factor-overlap-item.js";
import { factorsItem } from "./work/factors-item.js";
import { lawProfileItem } from "./work/law-profile-item.js";
import { ownFieldsItem } from "./work/own-fields-item.js";
import { allocationItem } from "./workforce/allocation-item.js";
import { caseloadItem } from "./workforce/caseload-item.js";

/** Every question that a pre-inspection analysis asks of an export, in the order of its report. */
export const catalogue: readonly Item[] = [
  cohortFlowItem,
  ageItem,
  genderItem,
  disabilityItem,
  ethnicityItem,
  disproportionalityItem,
  repeatItem,
  caseTypesItem,
  factorsItem,
  factorOverlapItem,
  lawProfileItem,
  ownFieldsItem,
  openAgeItem,
  durationItem,
  completedDurationsItem,
  thresholdsItem,
  endingsItem,
  startCohortsItem,
  delayByItem,
  allocationItem,
  caseloadItem,
  demandItem,
  seasonalityItem,
  backlogItem,
  flowItem,
  overTimeItem,
  areasItem,
  sitesItem,
  auditedItem,
  dataQualityItem,
];
