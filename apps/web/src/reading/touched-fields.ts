const HEALTH = ['ledger', 'log', 'treeHeads']
const ALWAYS = ['overview', 'activity', 'events', ...HEALTH]
const SYSTEMS = ['systems', 'system']
const MODELS = ['models', 'model']

/** Which root fields an event of a history of this kind may change. */
const TOUCHED: Readonly<Record<string, readonly string[]>> = {
  aisystem: [...SYSTEMS, 'approvals', 'approval', 'violations'],
  model: [...SYSTEMS, ...MODELS, 'datasets', 'dataset', 'approvals', 'approval', 'violations'],
  dataset: ['datasets', 'dataset', 'approvals', 'approval', ...MODELS],
  approval: [...SYSTEMS, ...MODELS, 'approvals', 'approval'],
  incident: [...SYSTEMS, 'incidents', 'incident'],
  policy: [...SYSTEMS, 'violations'],
  violation: [...SYSTEMS, 'violations'],
  task: [...SYSTEMS, 'incidents', 'incident', 'erasures'],
  person: ['people', 'person', 'invitations', 'sessions', 'approvals', 'approval'],
  workspace: ['apiKeys', 'people', 'person', 'myWorkspaces', 'webhooks', 'deliveries'],
  ledger: ['packs', 'pack', 'sharedPacks', 'webhooks', 'deliveries', 'legalHolds'],
  subject: ['dataSubject', 'erasures', 'legalHolds'],
}

export function touchedFields(kinds: Iterable<string>): ReadonlySet<string> {
  const fields = new Set(ALWAYS)
  for (const kind of kinds) for (const field of TOUCHED[kind] ?? []) fields.add(field)
  return fields
}
