import { type AnnalCloudEvent, type Imported, sha256, slug } from './foreign-event.ts'

interface ModelCard {
  readonly model_details: {
    readonly name: string
    readonly overview?: string
    readonly version?: { readonly name?: string; readonly date?: string }
  }
  readonly quantitative_analysis?: {
    readonly performance_metrics?: readonly { readonly type: string; readonly value: string; readonly slice?: string }[]
  }
  readonly considerations?: { readonly limitations?: readonly { readonly description: string }[] }
}

/** A card of Google's Model Card Toolkit: the model, its card, and its overall metrics as an evaluation. */
export function importModelCard(text: string, name: string): Imported {
  const card: ModelCard = JSON.parse(text)
  const { model_details: details } = card
  const model = slug(details.name)
  const version = details.version?.name ?? '1'
  const time = isoDay(details.version?.date)
  const event = (id: string, type: `annal.${string}`, data: Readonly<Record<string, unknown>>): AnnalCloudEvent => ({
    specversion: '1.0',
    type,
    source: '/model-card-toolkit',
    id: `${name}-${id}`,
    time,
    data: { model, ...data },
  })
  const limits = (card.considerations?.limitations ?? []).map(({ description }) => description).join(' ')
  const overall = (card.quantitative_analysis?.performance_metrics ?? []).filter(({ slice }) => slice === undefined)
  return {
    status: 'imported',
    events: [
      event('registered', 'annal.ModelRegistered', { name: details.name, task: 'stated in its card', owner: 'model-cards' }),
      event('card', 'annal.ModelCardPublished', {
        version,
        capabilities: details.overview ?? 'Not stated.',
        limits: limits || 'Not stated.',
        card: { title: details.name, uri: `urn:model-card:${name}`, sha256: sha256(text), mediaType: 'application/json' },
      }),
      ...(overall.length === 0
        ? []
        : [
            event('evaluated', 'annal.ModelEvaluated', {
              version,
              dataset: `${model.slice(0, 80)}-validation`,
              metrics: Object.fromEntries(overall.map(({ type, value }) => [slug(type), Number(value)])),
              passed: true,
            }),
          ]),
    ],
  }
}

/** `08/28/2020` → the beginning of that day; cards without a date count from the toolkit's first release. */
function isoDay(date: string | undefined): string {
  const [, month, day, year] = /^(\d{2})\/(\d{2})\/(\d{4})$/.exec(date ?? '') ?? []
  return year === undefined ? '2020-07-29T00:00:00.000Z' : `${year}-${month}-${day}T00:00:00.000Z`
}
