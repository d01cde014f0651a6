/** RFC 3161 timestamps: a front door of their own (`@annal/proof/timestamp`), so that nothing else pulls in ASN.1. */
export { embeddedCertificates } from './embedded-certificates.ts'
export { parseCertificates } from './parse-certificates.ts'
export { timestampRequest } from './timestamp-request.ts'
export { type Timestamp, type VerifiedTimestamp, verifyTimestamp } from './verify-timestamp.ts'
