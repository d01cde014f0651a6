import { execFileSync } from 'node:child_process'
import { expect, it } from 'vitest'
import { emitCommand } from './emit-command.ts'

it('is one command whose body a shell hands over unharmed', () => {
  const example = { system: 'credit-scoring', name: `Ada's "scores" $HOME \`x\` \\n` }
  const command = emitCommand({
    origin: 'http://127.0.0.1:4000',
    id: '0190f3b2-7c1e-7aa0-9d5e-3f1c2b4a5d6e',
    occurredAt: '2026-11-21T08:00:00.000Z',
    example,
  })
  const words = execFileSync('sh', ['-c', `curl() { for word in "$@"; do printf '%s\\036' "$word"; done; }\n${command}`], {
    encoding: 'utf8',
    env: { ANNAL_KEY: 'secret' },
  }).split('\u001e')
  expect(words.slice(0, 6)).toEqual([
    '-sS',
    'http://127.0.0.1:4000/graphql',
    '-H',
    'authorization: Bearer secret',
    '-H',
    'content-type: application/json',
  ])
  expect(JSON.parse(words[7] ?? '').variables.events[0].event.systemRegistered).toEqual(example)
})
