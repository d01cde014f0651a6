import { createClient } from '@annal/client'

/**
 * A service in a process of its own: emits until it is killed and says the id of each event as soon as it was told that it is durable. With
 * the argument `drain` it emits nothing and hands over what others left.
 */
const { LEDGER: url = '', KEY: apiKey = '', OUTBOX: folder = '' } = process.env
const client = await createClient({ url, apiKey, outbox: { folder, segmentBytes: 64 * 1024 }, patience: 10_000 })

async function emitForever(sender: number): Promise<void> {
  for (let n = 0; ; n++) {
    const { id } = await client.emit({
      type: 'VersionDeployed',
      data: {
        model: `crash-${sender % 3}`,
        version: String(n),
        environment: 'production',
        kind: 'real_time',
        strategy: 'all',
        note: `sender ${sender}, event ${n}`,
        systems: ['crash-test'],
      },
    })
    process.stdout.write(`${id}\n`)
    await new Promise((settle) => setTimeout(settle, 10))
  }
}

if (process.argv.includes('drain')) {
  const outcome = await client.close(60_000)
  process.stdout.write(`${JSON.stringify(outcome)}\n`)
} else {
  process.stdout.write('ready\n')
  await Promise.all(Array.from({ length: 8 }, (_, sender) => emitForever(sender)))
}
