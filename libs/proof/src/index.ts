export { base64Length, isBase64, parseBase64, toBase64 } from './bytes/base64.ts'
export { isHex32, parseHex, toHex } from './bytes/hex.ts'
export { type DecodedUtf8, decodeUtf8, encodeUtf8 } from './bytes/utf8.ts'
export { BYTES_BEHIND, type ContainerSource, type InflateStream } from './container/read-container.ts'
export type { Chunks, ContainerSink } from './container/write-container.ts'
export { type Digests, digestsFrom, nobleDigests, nobleRunningSha256, type RunningDigest } from './digests.ts'
export { type Entry, entryBytes, entryText, MAX_ENTRY_LENGTH, type ParsedEntry, parseEntry, type TokenCount } from './entry/entry.ts'
export { carriesToken, referenceKey, referenceToken, tokenedReferences } from './entry/token.ts'
export { commitment, SALT_LENGTH } from './event/commitment.ts'
export { eventBytes, type ParsedEventBytes, parseEventBytes } from './event/event-bytes.ts'
export { type EventEnvelope, envelopeProblem, MAX_REFERENCES } from './event/event-envelope.ts'
export { canonicalBytes, canonicalize, NotJson } from './json/canonical-json.ts'
export type { JsonProblem } from './json/json-problem.ts'
export { isJsonObject, type JsonObject, type JsonValue, MAX_DEPTH } from './json/json-value.ts'
export { type ParsedJson, parseJson, parseJsonText } from './json/parse-json.ts'
export { readJson } from './json/read-json.ts'
export type { TallyProof, TokenTally } from './map/map-hash.ts'
export { mapRoot } from './map/map-root.ts'
export { type RestoredTokenMap, restoreTokenMap } from './map/restore-token-map.ts'
export { TokenMap } from './map/token-map.ts'
export { type VerifiedTallies, verifyTallies } from './map/verify-tallies.ts'
export { type VerifiedTally, verifyTally } from './map/verify-tally.ts'
export { decisionStreamId } from './names/decision-stream.ts'
export { derivedId } from './names/derived-id.ts'
export { type EventReference, formatEventReference, parseEventReference } from './names/event-reference.ts'
export { isEventId, isId, isSubjectId, isWorkspace } from './names/ids.ts'
export { formatReference, isReference, parseReference, type Reference } from './names/reference.ts'
export { formatStream, parseStream, type StreamName } from './names/stream.ts'
export { type Checkpoint, checkpointText, type ParsedCheckpoint, parseCheckpoint } from './note/checkpoint.ts'
export { type CheckedCosignatures, type Cosignature, type Cosigner, checkCosignatures, cosign } from './note/cosignature.ts'
export type { SignEd25519, VerifyEd25519 } from './note/ed25519.ts'
export { nobleVerifyEd25519 } from './note/noble-ed25519.ts'
export { type OpenedNote, openNote } from './note/open-note.ts'
export { type NoteSigner, signNote } from './note/sign-note.ts'
export { type NoteSignature, noteBytes, type ParsedNote, parseNote, type SignedNote } from './note/signed-note.ts'
export { type ParsedTlogProof, parseTlogProof, type TlogProof, tlogProofText } from './note/tlog-proof.ts'
export { type ParsedTreeHead, parseTreeHead, type TreeHead, treeHeadText } from './note/tree-head.ts'
export {
  formatVerifierKey,
  formatWitnessKey,
  parseVerifierKey,
  parseWitnessKey,
  type VerifierKey,
  verifierKey,
  witnessKey,
} from './note/verifier-key.ts'
export { type TrustedLog, verifyTlogProof } from './note/verify-tlog-proof.ts'
export { type Fraud, fraudOfHeads, fraudOfOpenings, fraudText, LeafWatch } from './pack/fraud.ts'
export type { DisclosedEvent, FieldDisclosure, PackLeaf } from './pack/leaf-line.ts'
export type { ManifestMember, PackDocument, PackManifest, PackReport, PackScope, PackSection } from './pack/manifest.ts'
export { PackContents, type ReadLeaf } from './pack/pack-contents.ts'
export {
  JAVASCRIPT_PACK_READING,
  NO_ANCHORS,
  type PackAnchors,
  type PackFacts,
  type PackReading,
} from './pack/pack-reading.ts'
export { type OlderHead, type PackHashing, PackWriter, type ProvenLog, type WrittenSection } from './pack/pack-writer.ts'
export { isContinued } from './pack/parse-manifest.ts'
export {
  type Finding,
  type Outcome,
  outcomeOf,
  type PackVerdict,
  type Place,
  QUESTIONS,
  type Question,
  type Verdicts,
  verdict,
} from './pack/verdict.ts'
export { verificationText } from './pack/verification-text.ts'
export { type FileLike, type VerifyFileOptions, verifyFile } from './pack/verify-file.ts'
export { type PackProgress, type PackVerification, verifyPack } from './pack/verify-pack.ts'
export { type EncryptedField, isEncryptedField } from './personal/encrypted-field.ts'
export {
  digestHmac,
  type ExtractedKey,
  eventKey,
  eventKeyFrom,
  extractBlockKey,
  extractFieldSecret,
  type FieldPlace,
  type FieldSource,
  fieldKey,
  fieldKeyFrom,
  KEY_LENGTH,
  keyCommitment,
} from './personal/field-keys.ts'
export { entryBundle, type ParsedEntryBundle, parseEntryBundle } from './tiles/entry-bundle.ts'
export { TILE_WIDTH, type Tile, tileBytes, tilesBetween } from './tiles/tile.ts'
export { tileNodes } from './tiles/tile-nodes.ts'
export { parseTilePath, type TileName, tilePath } from './tiles/tile-path.ts'
export { type InstantProblem, isInstant, type NormalisedInstant, normaliseInstant } from './time/instant.ts'
export { leafHash } from './tree/leaf-hash.ts'
export { MerkleTree } from './tree/merkle-tree.ts'
export { proveConsistency } from './tree/prove-consistency.ts'
export { proveInclusion } from './tree/prove-inclusion.ts'
export { siblingSides } from './tree/sibling-sides.ts'
export { type CompletedNode, TreeEdge } from './tree/tree-edge.ts'
export { emptyRoot, HASH_LENGTH, type LeafIndex, type NodeReader, nodeHash, type TreeSize } from './tree/tree-hash.ts'
export { treeRoot } from './tree/tree-root.ts'
export { type ConsistencyClaim, verifyConsistency } from './tree/verify-consistency.ts'
export { type InclusionClaim, verifyInclusion } from './tree/verify-inclusion.ts'
export type { Verdict } from './verdict.ts'
