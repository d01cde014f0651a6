import { describe, expect, test } from 'vitest'
import { vectorFiles, vectorsAreThere } from '../vectors/published-vectors.ts'

/** Every published vector beside the repository is run by a spec of this package or stands here with the reason why not. */
const RUN: Record<string, string> = {
  'annal-record/': 'record-answers.spec.ts, map/token-map.spec.ts, note/checkpoint.spec.ts (on our copy)',
  'jcs-erdtman/': 'json/canonical-json.spec.ts',
  'jcs-rfc8785/': 'json/canonical-json.spec.ts, with negative.json and numbers',
  'merkle-rfc6962/testdata/consistency/': 'tree/merkle-tree.spec.ts: all 98',
  'merkle-rfc6962/testdata/inclusion/': 'tree/merkle-tree.spec.ts: all 98',
  'merkle-rfc6962/testdata/subtreeconsistency/': 'tree/merkle-tree.spec.ts: the 91 of 118 whose subtree is leaves 0 to n, n > 0',
  'merkle-rfc6962/testdata/subtreeinclusion/': 'tree/merkle-tree.spec.ts: the 93 of 204 whose subtree is leaves 0 to n, n > 0',
  'rfc3161/': 'timestamp/timestamp.spec.ts',
  'rfc6962-roots/': 'tree/merkle-tree.spec.ts',
  'signed-note/': 'note/signed-note.spec.ts, note/checkpoint.spec.ts',
  'tessera-tlog-tiles/': 'tiles/tiles.spec.ts, note/checkpoint.spec.ts',
  'tlog-proof/': 'note/checkpoint.spec.ts',
}

const LEFT_OUT: Record<string, string> = {
  'merkle-rfc6962/testdata/subtreeinclusion/':
    '111 cases: subtrees of Merkle Tree Certificates that begin behind leaf 0 or are empty; no proof of ours is of one',
  'merkle-rfc6962/testdata/subtreeconsistency/': '27 cases: the same',
  'tessera-tlog-tiles/testdata/log/.state/': 'the private state of the program that wrote the log',
  'cose-sign1/': 'tree heads are signed notes; nothing here is COSE',
  'ct-sct-proofs/': 'certificates with SCTs: our entries are no certificates',
  'dsse/': 'no DSSE envelope is written or read',
  'ossf-model-signing/': 'model signatures are attachments of events, not proofs of the log',
  'sigstore-bundles/': 'no Sigstore bundle is written or read',
}

describe.skipIf(!vectorsAreThere)('published vectors', () => {
  const files = vectorsAreThere ? vectorFiles('').filter((path) => !/(^|\/)(README\.md|LICENSE|README)$/.test(path)) : []

  test('each is run or left out for a reason', () => {
    const known = [...Object.keys(RUN), ...Object.keys(LEFT_OUT)]
    expect(files.filter((path) => !known.some((folder) => path.startsWith(folder)))).toEqual([])
    expect(known.filter((folder) => !files.some((path) => path.startsWith(folder)))).toEqual([])
  })

  test.each(Object.entries(LEFT_OUT))('left out: %s %s', (folder) => {
    expect(files.some((path) => path.startsWith(folder))).toBe(true)
  })
})
