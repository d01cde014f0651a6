import type { Report } from './report.ts'
import { frameFacts, sealSentences } from './report-text.ts'

/** `README.txt`: what this file is and how to check it, for a reader who has never heard of Annal. */
export function readmeText(report: Report): string {
  const { frame } = report
  const facts = frameFacts(report).map(([label, value]) => `  ${`${label}:`.padEnd(16)} ${oneLine(value)}`)
  return `EVIDENCE PACK ${frame.pack}
${frame.simulatedClock ? '\nTHE CLOCK OF THIS WORKSPACE IS SIMULATED: this is a demonstration and no evidence of anything.\n' : ''}
What this is
  A record of events about AI systems, taken from an append-only ledger, with the proofs that the record is authentic, unaltered, in
  order and, for what it claims, complete. report.pdf and report.html tell it for people; events.html and events.csv list every event;
  events.jsonl holds the events as they are stored; the folder proof holds the proofs; manifest.json lists every file with its
  SHA-256, and manifest.note signs that list.

${facts.join('\n')}

What it claims
${sealSentences(frame)
  .map((sentence) => wrapped(sentence))
  .join('\n')}

How to check it
  1. Get the public key of this ledger from the organisation by another way than this file: from its website, a letter, a call, or from
     a tree head that you or a witness kept. A key that comes with a pack proves only that the pack agrees with itself.
  2. Get the verifier from somewhere you trust: the program verify.mjs in this pack is a convenience. Who doubts the sender must not run
     a verifier that the sender enclosed. The format is published, and anybody can write another verifier from it.
  3. Run, with Node.js 20 or newer and without any network:
         node verify.mjs PACK.zip --key "<the public key>"
     or open the page /verify of any Annal server and drop the file there; nothing leaves your machine.
  The answer has separate verdicts for integrity, signature, order, completeness, witnesses, timestamps and the report.

What it does not show
  It does not show what was never recorded. The report is as issued under signature; whether it follows from the events is checked by
  computing it again (annal verify --recompute). Nothing here is legal advice.
`
}

/** What somebody wrote could look like a part of this file. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, ' ')
}

const WIDTH = 120

function wrapped(sentence: string): string {
  const lines: string[] = ['  -']
  for (const word of sentence.split(' ')) {
    const last = lines.at(-1) ?? ''
    if (last.length + 1 + word.length > WIDTH) lines.push(`    ${word}`)
    else lines[lines.length - 1] = `${last} ${word}`
  }
  return lines.join('\n')
}
