/** How much of everything a run does. Times in ms. */
export interface Scale {
  readonly rounds: number
  readonly warmUp: number
  readonly round: number
  readonly batchRows: number
  readonly steadyLoad: number
  readonly rebuildEvents: number
  readonly trailEvents: number
  readonly pageRequests: number
  readonly loadBeforeRss: number
  readonly packEvents: number
  readonly pageLoads: number
  /** Of trees and proven leaves, what is divided by. */
  readonly treeDivisor: number
}

export const full: Scale = {
  rounds: 5,
  warmUp: 2_000,
  round: 8_000,
  batchRows: 200_000,
  steadyLoad: 12_000,
  rebuildEvents: 200_000,
  trailEvents: 1_000_000,
  pageRequests: 100,
  loadBeforeRss: 5_000,
  packEvents: 100_000,
  pageLoads: 5,
  treeDivisor: 1,
}

/** To see that everything runs; the figures say little. */
export const quick: Scale = {
  rounds: 3,
  warmUp: 500,
  round: 1_000,
  batchRows: 10_000,
  steadyLoad: 3_000,
  rebuildEvents: 10_000,
  trailEvents: 100_000,
  pageRequests: 20,
  loadBeforeRss: 1_000,
  packEvents: 5_000,
  pageLoads: 2,
  treeDivisor: 20,
}
