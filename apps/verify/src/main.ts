import { type PackAnchors, type PackProgress, type PackVerification, verificationText, verifyPack } from '@annal/proof'
import { FileSource, UnreadablePack } from './file-source.ts'
import { nodeReading } from './node-reading.ts'
import { type ParsedArguments, parseArguments } from './parse-arguments.ts'
import { USAGE } from './usage.ts'

const EXIT = { holds: 0, fails: 1, consistent: 3 } as const
/** Of the verifier, or of a file that can't be read: nothing was found of a pack. */
const WRONG_USE = 2

async function main(args: readonly string[]): Promise<number> {
  const parsed = parseArguments(args)
  switch (parsed.status) {
    case 'help':
      process.stdout.write(USAGE)
      return 0
    case 'refused':
      process.stderr.write(`${parsed.reason}\n\n${USAGE}`)
      return WRONG_USE
    case 'parsed':
      return await check(parsed)
  }
}

async function check({ pack, anchors, json }: Extract<ParsedArguments, { status: 'parsed' }>): Promise<number> {
  try {
    const verification = await verifyFileAt(pack, anchors)
    print(verification, json)
    return EXIT[verification.outcome]
  } catch (error) {
    if (!(error instanceof UnreadablePack)) throw error
    process.stderr.write(`${error.message}\n`)
    return WRONG_USE
  }
}

/** @throws UnreadablePack */
async function verifyFileAt(path: string, anchors: PackAnchors): Promise<PackVerification> {
  const source = await FileSource.open(path)
  try {
    const verification = await verifyPack(source, anchors, { reading: nodeReading, onProgress: progressOn(process.stderr) })
    await source.requireUnchanged()
    return verification
  } finally {
    await source.close()
  }
}

function print(verification: PackVerification, json: boolean): void {
  process.stdout.write(json ? `${JSON.stringify(verification, null, 2)}\n` : verificationText(verification))
}

/** A line that is written over, on a terminal only. */
function progressOn(stream: NodeJS.WriteStream): (progress: PackProgress) => void {
  if (!stream.isTTY) return () => undefined
  let shown = -1
  return ({ done, total }) => {
    const percent = Math.floor((100 * done) / Math.max(total, 1))
    if (percent === shown) return
    shown = percent
    stream.write(done >= total ? '\r\u001b[K' : `\rchecking ${percent} %`)
  }
}

process.exitCode = await main(process.argv.slice(2))
