import type { JsonObject } from '../json/json-value.ts'
import type { LeafIndex, TreeSize } from '../tree/tree-hash.ts'

/**
 * What an evidence pack holds and says of itself (`docs/proof-format.md`). It is written as RFC 8785 JSON to `manifest.json`, and signed
 * by a note, `manifest.note`. What a pack claims follows from this alone: completeness from the scope, everything else from the members.
 */
export interface PackManifest {
  readonly v: 1
  /** The program that wrote the pack: the same input and release give the same bytes. */
  readonly release: string
  /** Of the log that the events are in. */
  readonly origin: string
  readonly workspace: string
  /** Size of the tree under the head in `proof/head.note`. */
  readonly size: TreeSize
  /** An instant. */
  readonly exportedAt: string
  readonly exportedBy: { readonly kind: 'person' | 'service'; readonly id: string }
  /** Why, in the exporter's words. */
  readonly purpose: string
  readonly scope: PackScope
  /** Verifier keys that have signed the manifest, in the order of the note's signatures. One of them has signed the head. */
  readonly keys: readonly string[]
  /** Verifier keys of the log named `system`, where `signing-keys.jsonl` is in the pack; else empty. */
  readonly systemKeys: readonly string[]
  /** The witnesses that the workspace asks for, by their verifier keys, and how many of them must have cosigned; null when it asks for none. */
  readonly witnesses: { readonly quorum: number; readonly keys: readonly string[] } | null
  /** Absent in a pack whose documents can't be computed again. */
  readonly report?: PackReport
  /** All members in the order in which they stand in the container, without `manifest.json` and `manifest.note`, which come last. */
  readonly members: readonly ManifestMember[]
}

/** What the documents say that stands nowhere else in the pack. With it and the events anybody can compute them again. */
export interface PackReport {
  /** The pack's own id. */
  readonly pack: string
  readonly workspaceName: string
  /** When the head was signed, as the log's keeper says: an instant. */
  readonly signedAt: string
  /** Who gave the timestamps, in their order. */
  readonly authorities: readonly string[]
  /** Whether names of people and personal fields were asked for. */
  readonly withNames: boolean
}

export interface ManifestMember {
  readonly name: string
  /** Bytes. */
  readonly size: number
  /** Hex. */
  readonly sha256: string
  /** The bytes as they stand in the container. */
  readonly packed: { readonly size: number; readonly sha256: string }
}

/** Which events are in the pack, and with that what is complete. */
export type PackScope =
  /** All leaves of the tree: complete by the tree. */
  | { readonly kind: 'workspace' }
  /**
   * Leaves `from` to `to` − 1: complete by the tree. With `since`, these are the first leaves whose `at` is not before it; with `until`,
   * the last ones before it: the neighbours in the log stand in the pack too and show it.
   */
  | {
      readonly kind: 'range'
      readonly from: LeafIndex
      readonly to: LeafIndex
      readonly since: string | null
      readonly until: string | null
    }
  /** All leaves with the token of one of these references or stream names (sorted): complete by the token map. */
  | { readonly kind: 'references'; readonly refs: readonly string[] }
  /** What a filter found. Completeness is not claimed. */
  | { readonly kind: 'selection'; readonly filter: JsonObject }

/** Events of one purpose, with proof: `<section>.jsonl` and `proof/<section>/…`. */
export type PackSection =
  /** The scope's. */
  | 'events'
  /** `RoleGranted` and `RoleRevoked` of those who decided. */
  | 'roles'
  /** Profiles in force, where names were asked for. */
  | 'names'
  /** `LogContinued`, the first leaf of a log that continues another. */
  | 'break'
  /** `SigningKeyIntroduced` and `SigningKeyRetired`, of the log named `system`, with a head of their own. */
  | 'signing-keys'

export const MANIFEST = 'manifest.json'
export const MANIFEST_NOTE = 'manifest.note'
export const HEAD = 'proof/head.note'
export const SYSTEM_HEAD = 'proof/signing-keys/head.note'
export const MAP_PROOF = 'proof/map.bin'
export const CONSISTENCY = 'proof/consistency.jsonl'
/** For people: what they say is as issued under signature. */
export const DOCUMENTS = ['README.txt', 'report.pdf', 'report.html', 'events.html', 'events.csv', 'verify.mjs'] as const
export type PackDocument = (typeof DOCUMENTS)[number]

export function sectionMembers(section: PackSection): { readonly leaves: string; readonly openings: string; readonly inclusion: string } {
  return { leaves: `${section}.jsonl`, openings: `proof/${section}/openings.jsonl`, inclusion: `proof/${section}/inclusion.bin` }
}

/** @param n from 1. */
export function timestampMember(n: number): string {
  return `proof/timestamps/${n}.tsr`
}

/**
 * The text that is signed for a pack. No checkpoint can look like it: its second line is no number.
 * @param sha256 of `manifest.json`, in hex.
 */
export function packNoteText(origin: string, sha256: string): string {
  return `annal-pack/v1\n${origin}\n${sha256}\n`
}
