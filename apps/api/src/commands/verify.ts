import { spawn } from 'node:child_process'
import { existsSync, statSync } from 'node:fs'
import { text } from 'node:stream/consumers'
import { type PackVerification, verificationText } from '@annal/proof'
import { builtVerifier } from '../packs/built-release.ts'
import { recomputePack } from '../packs/recompute/recompute-pack.ts'

/** Options of the offline verifier, and what only the whole product can do. */
export interface VerifyOptions {
  readonly key: readonly string[]
  readonly head: readonly string[]
  readonly witness: readonly string[]
  readonly tsa: readonly string[]
  readonly json: boolean
  readonly recompute: boolean
}

const EXIT = { holds: 0, fails: 1, consistent: 3 } as const
const WRONG_USE = 2

/** What is printed, and the exit code: those of the offline verifier, which is what checks the pack. */
export interface VerifyAnswer {
  readonly output: string
  readonly code: number
}

export async function verify(pack: string, options: VerifyOptions): Promise<VerifyAnswer> {
  const before = fileAt(pack)
  const { code, stdout } = await askVerifier(pack, options)
  // Wrong use: the verifier has said what is wrong.
  if (stdout === '') return { output: '', code }
  const checked: PackVerification = JSON.parse(stdout)
  const verification = options.recompute ? await recomputed(pack, checked, before) : checked
  if (verification === null) return { output: '', code: WRONG_USE }
  const output = options.json ? `${JSON.stringify(verification, null, 2)}\n` : verificationText(verification)
  return { output, code: EXIT[verification.outcome] }
}

/** The file is read once more: of another one than the verifier had, nothing is said but that. */
async function recomputed(pack: string, checked: PackVerification, before: string | null): Promise<PackVerification | null> {
  try {
    const verification = await recomputePack(pack, checked)
    if (fileAt(pack) === before) return verification
  } catch (error) {
    if (fileAt(pack) === before) throw error
  }
  process.stderr.write(`expected the file at ${JSON.stringify(pack)} to stay as it was, found that it changed while it was checked\n`)
  return null
}

/** Which file is there, and when it was written. */
function fileAt(path: string): string | null {
  const found = statSync(path, { bigint: true, throwIfNoEntry: false })
  return found === undefined ? null : [found.dev, found.ino, found.size, found.mtimeNs].join()
}

async function askVerifier(pack: string, options: VerifyOptions): Promise<{ readonly code: number; readonly stdout: string }> {
  if (!existsSync(builtVerifier)) throw new Error(`expected the offline verifier at ${builtVerifier}, found none: build it first`)
  const given = (['key', 'head', 'witness', 'tsa'] as const).flatMap((name) => options[name].flatMap((value) => [`--${name}`, value]))
  const child = spawn(process.execPath, [builtVerifier, '--json', ...given, '--', pack], { stdio: ['ignore', 'pipe', 'inherit'] })
  const ended = new Promise<number>((settle, reject) => {
    child.once('error', reject)
    child.once('close', (code) => settle(code ?? 1))
  })
  const [stdout, code] = await Promise.all([text(child.stdout), ended])
  return { code, stdout }
}
