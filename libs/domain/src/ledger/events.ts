import {
  frameworkImported,
  logContinued,
  logForkFound,
  signingKeyIntroduced,
  signingKeyRetired,
  webhookConfigured,
  witnessPolicySet,
} from './log-events.ts'
import { evidencePackExported, packDownloaded, packShared, packShareRevoked, personalDataDisclosed } from './pack-events.ts'

/** What is recorded about the ledger itself. Tree heads are no events. */
export const ledgerEvents = [
  signingKeyIntroduced,
  signingKeyRetired,
  witnessPolicySet,
  logForkFound,
  logContinued,
  evidencePackExported,
  packShared,
  packShareRevoked,
  packDownloaded,
  personalDataDisclosed,
  webhookConfigured,
  frameworkImported,
] as const
