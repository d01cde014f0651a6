/** Parts of names that people write in another way. */
const WRITTEN: Readonly<Record<string, string>> = {
  ai: 'AI',
  aisystem: 'AI system',
  api: 'API',
  dpia: 'DPIA',
  eu: 'EU',
  fria: 'FRIA',
  hmac: 'HMAC',
  hmacs: 'HMACs',
  kpi: 'KPI',
  pii: 'PII',
  sha256: 'SHA-256',
  sla: 'SLA',
  uri: 'URI',
}

/** `BiasAudited` → `Bias audited`, `protectedAttribute` → `Protected attribute`, `annexIIIPoint` → `Annex III point`. */
export function words(name: string): string {
  const text = name
    .replace(/[_-]+/g, ' ')
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
    .split(' ')
    .filter(Boolean)
    .map(word)
    .join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

function word(part: string): string {
  const lower = part.toLowerCase()
  const isShort = /^[A-Z]{2,}$/.test(part)
  return Object.hasOwn(WRITTEN, lower) ? (WRITTEN[lower] ?? part) : isShort ? part : lower
}
