import { people, person } from './people.ts'
import { DAY, date, instant, type Story } from './story.ts'

const courses = [
  ['human-oversight-basics', 365],
  ['ai-literacy', 730],
  ['incident-desk', 365],
] as const
const topics = [
  'Drift of credit models',
  'Prompts are code',
  'What an audit by age shows',
  'Forecasts and holidays',
  'Reading a model card',
  'When to stop a system',
]

/** Trainings, some of which run out; competencies; guilds. */
export function staff(story: Story): void {
  const random = story.random('staff')
  for (const [i, { key }] of people.entries()) {
    for (const [n, [course, valid]] of courses.entries())
      for (let day = 10 + i * 4 + n * 23; day < story.days; day += valid + (i % 2 === 0 ? -10 : 60)) {
        const at = story.workday(day, 16)
        const passed = !(key === 'brandt' && course === 'incident-desk' && day < 100)
        story.observe(at, 'people/academy', 'TrainingCompleted', {
          person: person(key),
          course,
          role: 'oversight',
          score: passed ? random.between(0.75, 1, 2) : 0.52,
          passed,
          completedOn: date(at),
          ...(passed && { validUntil: date(at + valid * DAY) }),
        })
        if (!passed)
          story.observe(at + 14 * DAY, 'people/academy', 'TrainingCompleted', {
            person: person(key),
            course,
            role: 'oversight',
            score: 0.88,
            passed: true,
            completedOn: date(at + 14 * DAY),
            validUntil: date(at + valid * DAY),
          })
      }
    story.observe(story.workday(90 + i * 31, 15), 'people/academy', 'CompetencyReached', {
      person: person(key),
      milestone: i % 2 === 0 ? 'first-approval-round' : 'led-an-incident',
      level: i < 2 ? 'expert' : 'practitioner',
      reachedOn: date(story.workday(90 + i * 31, 15)),
    })
  }
  for (let day = 20, n = 0; day < story.days; day += 30, n++) {
    const at = story.workday(day, 13)
    story.observe(at + 7_200_000, 'people/academy', 'GuildSessionHeld', {
      guild: n % 3 === 0 ? 'model-validation' : 'ai-builders',
      topic: topics[n % topics.length] ?? 'Open questions',
      participants: people.filter((_, i) => (i + n) % 3 !== 0).map(({ key }) => person(key)),
      heldAt: instant(at),
    })
  }
}
