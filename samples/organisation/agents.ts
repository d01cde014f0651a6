import { servingOn } from './releases.ts'
import { digest, type Story } from './story.ts'
import { sampleSystem } from './systems.ts'

const tools = [
  ['look-up-order', 'reads orders of the customer who asks', 'none', 0.5],
  ['change-address', 'addresses, after the customer has confirmed by SMS', 'notified', 0.2],
  ['schedule-call-back', 'slots of the service desk', 'none', 0.15],
  ['issue-refund', 'refunds up to 50 EUR; above that a person approves', 'approved', 0.15],
] as const

/** The support assistant's tool calls: what it may do grows, and once it does what it may not. */
export function agents(story: Story): void {
  const random = story.random('agents')
  const assistant = sampleSystem('support-assistant')
  const { system, live, unit } = assistant
  for (let day = live; day < story.days; day++)
    for (let i = random.between(0, 2); i > 0; i--) {
      const draw = random.next()
      const [tool, authority, checkpoint] =
        tools.find((_, at) => draw < tools.slice(0, at + 1).reduce((sum, [, , , share]) => sum + share, 0)) ?? tools[0]
      const refund = tool === 'issue-refund'
      if (refund && day < 322) continue
      const at = story.on(day, random.between(7, 20), random.between(0, 59))
      const failed = random.next()
      story.observe(at, `${unit}/support-assistant`, 'AgentActionTaken', {
        system,
        agent: refund ? 'refund-agent' : 'desk-agent',
        tool,
        authority,
        inputSha256: digest(`agent/${day}/${i}`),
        outcome: failed < 0.04 ? 'failed' : failed < 0.08 ? 'refused' : failed < 0.09 ? 'stopped' : 'succeeded',
        checkpoint: refund && random.chance(0.7) ? 'sampled' : checkpoint,
        modelVersion: `assistant-llm@${servingOn(assistant, day)}`,
        subject: `@subject/service case ${random.between(1, 60)}`,
      })
    }
}
